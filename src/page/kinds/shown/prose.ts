import type { Block } from '../../content/blocks.js'

/** A line with fewer words outside links is no part of a running text. Words. */
const PROSE_WORDS = 8

/** Whether a block is a part of a running text. */
export const isProse = ({ words, linked, heading }: Block): boolean =>
  heading === 0 && words - linked >= PROSE_WORDS && 2 * linked < words
