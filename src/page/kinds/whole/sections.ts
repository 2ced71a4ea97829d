import type { Block } from '../../content/blocks.js'
import { likelihoodOf, likelyWordsIn, wordsIn, type Content } from '../../content/content.js'

/** A heading that is so likely a part of what the page is about promises what stands below it. Likelihood. */
const SURE = 0.5
/** A section that is less likely, on the whole, is about something else. Mean likelihood. */
const LIKELY = 0.35
/** A longer section is a text of its own: whether it is shown, the model knows better. Words. */
const MOST_WORDS = 150
/** A section with more of its words in links leads elsewhere. Share. */
const MOST_LINKED = 0.3
/** A section of numbers alone counts comments, or numbers the next heading. */
const NUMBERS = /^[\d\s.,()]+$/

function mayFill(section: readonly Block[], content: Content): boolean {
  const words = wordsIn(section)
  if (words === 0 || words > MOST_WORDS || likelyWordsIn(section, content) < LIKELY * words) return false
  if (section.every(({ text }) => NUMBERS.test(text))) return false
  if (section.some(({ hidden, region }) => hidden || region.controls > 0)) return false
  return section.reduce((sum, { linked }) => sum + linked, 0) <= MOST_LINKED * words
}

/**
 * The sections of which only the heading is shown, up to the next heading: when a museum is open, what is in a box. Of
 * such short lines, the model is less sure than of sentences.
 */
export function sectionsBelow(content: Content, shown: ReadonlySet<Block>): readonly Block[] {
  const { blocks } = content.survey
  const added: Block[] = []
  let end = blocks.length
  for (let at = blocks.length - 1; at >= 0; at--) {
    const block = blocks[at]!
    if (block.heading === 0 || block.words === 0) continue
    const section = blocks.slice(at + 1, end).filter(({ words }) => words > 0)
    end = at
    if (!shown.has(block) || likelihoodOf(block, content) < SURE || section.some(part => shown.has(part))) continue
    if (mayFill(section, content)) added.push(...section)
  }
  return added
}
