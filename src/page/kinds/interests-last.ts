import type { Block } from '../content/blocks.js'
import type { Content } from '../content/content.js'
import { tellsInterests } from '../article/site-notices.js'
import { append, closest, isInside, remove, type Element } from '../tree/tree.js'

/** Such a notice stands among the first that is shown. Blocks. */
const HEAD_BLOCKS = 8
/** Less is shown of a page that is about little else. Blocks. */
const LEAST_BLOCKS = 2 * HEAD_BLOCKS
/** It speaks of who says it; other texts may tell of what others earn. */
const OWN =
  /\b(we|our|us|i|my|(this|the) (post|page|article|site|website|blog)|wir|unsere?|diese[rs]?|nous|nos|cet|este|esta|questo|deze)\b/i
/** A line with a year says when the text was written as well. */
const YEAR = /\b(?:19|20)\d\d\b/
const PARAGRAPHS = new Set(['p', 'div', 'aside', 'section'])
/** What stands in these stays where they are. */
const HOLDERS = ['table', 'ul', 'ol', 'dl', 'blockquote', 'form', 'details', 'label']

interface Shown {
  readonly content: Content
  readonly blocks: ReadonlySet<Block>
  readonly title: string
}

/** Whether a block stands in an element of its own, which can stand anywhere. */
function isAlone({ region: { element, first, end } }: Block): boolean {
  return end === first + 1 && PARAGRAPHS.has(element.tagName) && closest(element, ...HOLDERS) === undefined
}

/** Moves what a site says of how it earns its money from the head of what is shown to its end: a text begins with itself. */
export function interestsLast(element: Element, { content, blocks, title }: Shown): void {
  if (blocks.size < LEAST_BLOCKS) return
  const head = content.survey.blocks.filter(block => blocks.has(block) && block.words > 0).slice(0, HEAD_BLOCKS)
  let before: Block | undefined
  for (const block of head) {
    const { heading, text, region } = block
    const isOwn = OWN.test(text) || (before !== undefined && region.parent === before.region.parent)
    before = undefined
    if (heading > 0 || !isAlone(block) || !isOwn || YEAR.test(text) || !tellsInterests(block, content, title)) continue
    if (!isInside(region.element, element)) continue
    remove(region.element)
    append(element, region.element)
    before = block
  }
}
