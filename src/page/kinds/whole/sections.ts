import type { Block } from '../../content/blocks.js'
import { likelihoodOf, likelyWordsIn, wordsIn, type Content } from '../../content/content.js'

/** A heading that is so likely a part of what the page is about promises what stands below it. Likelihood. */
const SURE = 0.5
/** What is less likely, on the whole, is not that. Mean likelihood. */
const LIKELY = 0.35
/** What has more is a text of its own, of which the model is sure, one way or the other. Words. */
const MOST_WORDS = 150
/** What has more of its words in links leads elsewhere. Share. */
const MOST_LINKED = 0.3
/** Numbers alone count something, or are that of the next heading. */
const NUMBERS = /^[\d\s.,()]+$/

function mayFill(section: readonly Block[], content: Content): boolean {
  const words = wordsIn(section)
  if (words === 0 || words > MOST_WORDS || likelyWordsIn(section, content) < LIKELY * words) return false
  if (section.every(({ text }) => NUMBERS.test(text))) return false
  if (section.some(({ hidden, region }) => hidden || region.controls > 0)) return false
  return section.reduce((sum, { linked }) => sum + linked, 0) <= MOST_LINKED * words
}

/**
 * What stands below headings that are shown and have nothing below them else: when a museum is open, what is in a box.
 * Of so short lines, the model is less sure than of sentences.
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
