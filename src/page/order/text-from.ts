import type { Block } from '../content/blocks.js'

/** What is less likely does not begin the content. */
export const SURE = 0.5
/** A block with fewer words is no paragraph. Words. */
const PROSE_WORDS = 12
/** A paragraph that is no subtitle, and how far it may be behind one: words, likelihood; words, chosen blocks. */
const TEXT = { words: 20, likelihood: 0.8 }
const TEXT_WITHIN = { words: 200, chosen: 6 }
/** The content has begun where the next words are so likely on the whole: words, mean likelihood. */
const BEGUN = { words: 60, likelihood: 0.35 }

/** Where the title and the text of a page stand among its blocks. */
export interface Opening {
  readonly title: number
  /** The first paragraph that is no subtitle */
  readonly text: number
}

interface Blocks {
  readonly blocks: readonly Block[]
  readonly chosen: ReadonlySet<Block>
  readonly likelihoodOf: (block: Block) => number
}

/** A paragraph, and not a byline, a date or a bar. */
export const isProse = ({ words, linked, heading }: Block): boolean =>
  heading === 0 && words >= PROSE_WORDS && 2 * linked < words

/** A longer and surer paragraph soon behind one that may be a subtitle: between them, things can wait as well. */
function surelyAfter(short: Block, { blocks, chosen, likelihoodOf }: Blocks): Block | undefined {
  const isSure = (block: Block): boolean =>
    isProse(block) && block.words >= TEXT.words && likelihoodOf(block) >= TEXT.likelihood
  let words = 0
  let count = 0
  for (let at = blocks.indexOf(short); at < blocks.length && words <= TEXT_WITHIN.words; at++) {
    const block = blocks[at]!
    if (chosen.has(block) && isSure(block)) return block
    if (chosen.has(block) && ++count > TEXT_WITHIN.chosen) break
    if (block.region.element.tagName !== 'option') words += block.words
  }
  return undefined
}

/** Whether a block surely is content, and so much of what follows too: not a notice above what lists are narrowed by. */
function isBeginning(block: Block, { blocks, likelihoodOf }: Blocks): boolean {
  if (likelihoodOf(block) < SURE) return false
  let [words, likely] = [0, 0]
  for (let at = blocks.indexOf(block); at < blocks.length && words < BEGUN.words; at++) {
    words += blocks[at]!.words
    likely += blocks[at]!.words * likelihoodOf(blocks[at]!)
  }
  return likely >= BEGUN.likelihood * words
}

/**
 * Where the text of a page begins, or the list that it is about: what stands before it and is no content can wait.
 *
 * @param prose the first paragraph, which may be a subtitle
 * @param after the content behind the title
 */
export const textFrom = (prose: Block, after: readonly Block[], blocks: Blocks): Block =>
  surelyAfter(prose, blocks) ?? after.find(block => isBeginning(block, blocks)) ?? prose
