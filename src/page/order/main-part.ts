import type { Block } from '../content/blocks.js'
import type { Content } from '../content/content.js'
import { lettersOf } from '../content/words.js'
import type { Element, Node, Text } from '../tree/tree.js'

/** Where the content of a page begins. */
export interface MainPart {
  /** The title, or the first text where no title was found */
  readonly start: Node
  /** First text of what the page is about, without its title */
  readonly prose: Node
}

/** A page that is about less is about nothing that could stand first. Words. */
const LEAST_WORDS = 20
/** What is less likely does not begin the content. */
const SURE = 0.5
/** The title is looked for so far before the content. Blocks. */
const REACH = 20
/** And so far into it, past so little of it: the name of the site may stand before. Blocks, words. */
const REACH_IN = 10
const MOST_PASSED = 30
/** A block with fewer words is no paragraph; one is looked for so far. Words, blocks. */
const PROSE_WORDS = 12
const PROSE_WITHIN = 20
/** So much of the page's title is a heading that holds it; less is the name of the site. */
const TITLE_SHARE = 0.4
/** A longer text is no title. Words. */
const TITLE_WORDS = 40

/** How much of the page's title a block is: 0 to 1. */
function titleShare({ text, words }: Block, title: string): number {
  const own = words > TITLE_WORDS ? '' : lettersOf(text)
  return own !== '' && title.includes(own) ? own.length / title.length : 0
}

/**
 * The block that holds most of the page's title, before the content or at its beginning; else the nearest heading of the
 * first level before it.
 */
function titleNear({ survey: { blocks }, chosen }: Content, first: number, title: string): number | undefined {
  let best: { at: number; share: number } | undefined
  let heading: number | undefined
  let passed = 0
  for (let at = Math.max(0, first - REACH); at <= first + REACH_IN && at < blocks.length; at++) {
    const block = blocks[at]!
    const share = titleShare(block, title)
    if (share >= TITLE_SHARE && share >= (best?.share ?? 0)) best = { at, share }
    if (at <= first && block.heading === 1 && block.words > 0) heading = at
    if (chosen.has(block)) passed += block.words
    if (passed > MOST_PASSED) break
  }
  return best?.at ?? heading
}

/** A paragraph, and not a byline, a date or a bar. */
const isProse = ({ words, linked, heading }: Block): boolean =>
  heading === 0 && words >= PROSE_WORDS && 2 * linked < words

const isWithin = (node: Node, body: Element): boolean => {
  let at: Node | Element = node
  while (at !== body && at.parentNode !== null && 'parentNode' in at.parentNode) at = at.parentNode
  return at === body
}

/** Finds where the content of a page begins; undefined for one that is about nothing. */
export function mainPartOf(content: Content, title: string, body: Element): MainPart | undefined {
  const { survey, chosen, likelihoods } = content
  const { blocks } = survey
  const textIn = ({ texts }: Block): Text | undefined => texts.find(text => isWithin(text, body))
  const isSure = (block: Block): boolean => (likelihoods.get(block.texts[0]!) ?? 0) >= SURE
  const words = blocks.reduce((sum, block) => sum + (chosen.has(block) ? block.words : 0), 0)
  const first = blocks.findIndex(
    block => chosen.has(block) && block.words > 0 && isSure(block) && textIn(block) !== undefined
  )
  if (words < LEAST_WORDS || first === -1) return undefined
  const at = titleNear(content, first, lettersOf(title))
  const start = at === undefined ? undefined : textIn(blocks[at]!)
  const after = blocks
    .slice((at ?? first - 1) + 1)
    .filter(block => chosen.has(block) && textIn(block) !== undefined)
    .slice(0, PROSE_WITHIN)
  const prose = after.find(isProse) ?? after[0]
  const begin = textIn(blocks[first]!)!
  return { start: start ?? begin, prose: (prose === undefined ? undefined : textIn(prose)) ?? begin }
}
