import type { Block, Region } from '../content/blocks.js'
import { countWords } from '../content/words.js'

/** What leads to the page before begins so, and what leads to the next one ends so: "« Rain | Home | Snow »". */
const BACK = /^[«‹←<]/u
const ON = /[»›→>]$/u
const MARKS = /[«»‹›←→]/gu
/** Two titles have no more, and one has half. Words. */
const MOST_WORDS = 40

/** A mark beside a link counts as a word, being no letter of ASCII. */
const isLink = ({ text, linked, heading }: Block): boolean =>
  heading === 0 && linked > 0 && countWords(text.replace(MARKS, ' ')) <= linked

/**
 * The lines that lead to the page before and to the next one and say so by their marks alone: both in one line, or one
 * behind the other.
 */
export function markedTurnsIn(blocks: readonly Block[]): Array<Pick<Region, 'first' | 'end'>> {
  const found: Array<Pick<Region, 'first' | 'end'>> = []
  blocks.forEach((block, at) => {
    const text = block.text.trim()
    if (block.words > MOST_WORDS || !BACK.test(text) || !isLink(block)) return
    const next = blocks[at + 1]
    if (block.links > 1 && ON.test(text)) found.push({ first: at, end: at + 1 })
    else if (next !== undefined && 2 * next.words <= MOST_WORDS && ON.test(next.text.trim()) && isLink(next))
      found.push({ first: at, end: at + 2 })
  })
  return found
}
