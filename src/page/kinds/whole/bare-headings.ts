import type { Block, Survey } from '../../content/blocks.js'
import { MOSTLY_LINKED } from '../shown/part-ends.js'

/** A longer heading says something itself, and so does a sentence. Words. */
const MOST_NAMED = 8
const SENTENCE = /[.!?…。！？]["'”’)]?$/u
/** One or two may be about what the heading names. Links. */
const LEAST_LINKS = 3

const isName = ({ text, words, linked }: Block): boolean =>
  linked === 0 && words <= MOST_NAMED && !SENTENCE.test(text.trim())

/** Whether parts of a page are a list of links. */
function areLinks(parts: readonly Block[]): boolean {
  const sumOf = (count: 'words' | 'linked' | 'links'): number => parts.reduce((sum, block) => sum + block[count], 0)
  return sumOf('links') >= LEAST_LINKS && sumOf('linked') >= MOSTLY_LINKED * sumOf('words')
}

/** What is shown without the headings of links to other pages that are not shown: "More about lamps". */
export function withoutBareHeadings({ blocks }: Survey, shown: ReadonlySet<Block>): Set<Block> {
  const kept = new Set(shown)
  let next: Block | undefined
  let between: Block[] = []
  for (const block of blocks.toReversed()) {
    if (!shown.has(block)) {
      between.push(block)
      continue
    }
    const isBare = block.heading > 0 && (next === undefined || (next.heading > 0 && next.heading <= block.heading))
    if (isBare && isName(block) && areLinks(between)) kept.delete(block)
    next = block
    between = []
  }
  return kept
}
