import { textsIn, type Element, type Text } from '../tree/tree.js'
import type { Block } from '../content/blocks.js'
import { wordsIn } from '../content/content.js'
import { lettersOf } from '../content/words.js'

/** A shorter text may well stand on a page twice. Words. */
const COPY_WORDS = 8
/** So much of what is a copy is said elsewhere. Share of its words. */
const SAID = 0.8

/**
 * Tells whether what stands in an element is said by other blocks of the page too: the first post of a thread, once more
 * for search engines.
 *
 * @param copies blocks that may say it again; what else stands in an element does not count
 * @param others blocks that may say it as well
 */
export function createRepeats(copies: readonly Block[], others: readonly Block[]): (element: Element) => boolean {
  const said = new Set(others.filter(({ words }) => words >= COPY_WORDS).map(({ text }) => lettersOf(text)))
  // A link says where it leads, such as to a heading that says the same.
  const again = new Set(
    copies.filter(({ words, linked, text }) => words >= COPY_WORDS && linked === 0 && said.has(lettersOf(text)))
  )
  const blockOf = new Map<Text, Block>()
  for (const block of copies) for (const text of block.texts) blockOf.set(text, block)
  return element => {
    const blocks = new Set(textsIn(element).flatMap(text => blockOf.get(text) ?? []))
    const found = [...blocks].filter(block => again.has(block))
    return found.length > 0 && wordsIn(found) >= SAID * wordsIn(blocks)
  }
}
