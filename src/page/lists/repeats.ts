import { textsIn, type Element, type Text } from '../tree/tree.js'
import type { Block } from '../content/blocks.js'
import { wordsIn } from '../content/content.js'
import { lettersOf } from '../content/words.js'

/** A shorter text may well stand on a page twice. Words. */
export const COPY_WORDS = 8
/** So much of what is a copy is said elsewhere. Share of its words. */
const SAID = 0.8

/** The blocks that say what others say as well, and the blocks that texts stand in. */
interface Copies {
  readonly again: ReadonlySet<Block>
  readonly blockOf: ReadonlyMap<Text, Block>
}

function copiesAmong(blocks: readonly Block[], mayBeCopy: (block: Block, at: number) => boolean): Copies {
  const copies = new Set(blocks.filter(mayBeCopy))
  const others = blocks.filter(block => block.words >= COPY_WORDS && !copies.has(block))
  const said = new Set(others.map(({ text }) => lettersOf(text)))
  // A link says where it leads, such as to a heading that says the same.
  const again = [...copies].filter(
    ({ words, linked, text }) => words >= COPY_WORDS && linked === 0 && said.has(lettersOf(text))
  )
  return {
    again: new Set(again),
    blockOf: new Map([...copies].flatMap(block => block.texts.map(text => [text, block] as const)))
  }
}

/**
 * Tells whether what stands in an element is said elsewhere on the page too: the first post of a thread, once more for
 * search engines. The page is read when that is asked first.
 *
 * @param mayBeCopy tells blocks that may say it again, apart from those that may say it as well; nothing else of an element
 * counts
 */
export function createRepeats(
  blocks: readonly Block[],
  mayBeCopy: (block: Block, at: number) => boolean
): (element: Element) => boolean {
  let copies: Copies | undefined
  return element => {
    const { again, blockOf } = (copies ??= copiesAmong(blocks, mayBeCopy))
    if (again.size === 0) return false
    const inIt = new Set(textsIn(element).flatMap(text => blockOf.get(text) ?? []))
    const found = [...inIt].filter(block => again.has(block))
    return found.length > 0 && wordsIn(found) >= SAID * wordsIn(inIt)
  }
}
