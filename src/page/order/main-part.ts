import type { Block } from '../content/blocks.js'
import { likelihoodOf, type Content } from '../content/content.js'
import { lettersOf } from '../content/words.js'
import { asksForCookies, tellsInterests } from './notices.js'
import type { Opening } from './set-aside.js'
import { isProse, SURE, textFrom } from './text-from.js'
import { closest, isText, walk, type Element, type Node, type Text } from '../tree/tree.js'

/** Where the content of a page begins. */
export interface MainPart {
  /** The title, or the first text where no title was found */
  readonly start: Node
  /** First text of what the page is about, without its title */
  readonly prose: Node
  /** The same among the blocks of the page */
  readonly opening: Opening
}

/** A shorter text may well stand on a page twice. Words. */
const COPY_WORDS = 8
/** A page that is about less is about nothing that could stand first. Words. */
const LEAST_WORDS = 20
/** A title is looked for so far before the content. Blocks. */
const REACH = 20
/**
 * A heading farther before it is its title if so much of what stands between them is likely content too, such as the
 * goods of a shop above the text about them. Words, by how likely they are.
 */
const GOODS = 20
/** Such a heading is no less likely content than that. */
const LEAST_HEADING = 0.1
/** Or, on a page without such headings, if a paragraph that may be content follows so soon, though not a sure one. Blocks. */
const LEADS_WITHIN = 6
/** And so far into it, past so little of it: the name of the site may stand before. Blocks, words. */
const REACH_IN = 10
const FAR_IN = 60
const MOST_PASSED = 30
/** Past a gallery, if it is the only one of the first level. Words. */
const FEW_PASSED = 90
/** Past more, such as a box about cookies, if the heading surely is the title. Share of the words of the content. */
const SHARE_PASSED = 0.5
/**
 * Headings of the first and the second level are more of a title than other blocks with the same words; but such a
 * heading may as well hold the name of the site. Share of the title.
 */
const HEADING_BONUS = [0, 0.1, 0.05]
/** What stands right before the title and is that likely belongs to it: a kicker, a path, a date. Blocks. */
const LIKELY_BEFORE = 0.2
const REACH_BEFORE = 6
/** So many links alike are a path through the site. */
const STEPS = 3
/** One block of so few words may stand between. Words. */
const GAP = 2
/** A paragraph is looked for so far. Blocks. */
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

interface Search {
  readonly blocks: readonly Block[]
  readonly chosen: ReadonlySet<Block>
  readonly likelihoodOf: (block: Block) => number
  /** The first block that surely is content */
  readonly first: number
  /** Words of the whole content */
  readonly words: number
  /** The heading of the first level of a page that has one of them; it is no link to the front page */
  readonly onlyHeading: Block | undefined
  /** Whether it has headings of that level at all */
  readonly headed: boolean
}

const isHeadline = ({ heading, words }: Block): boolean => heading === 1 && words > 0

function onlyHeadingOf(blocks: readonly Block[]): Block | undefined {
  const [only, ...others] = blocks.filter(isHeadline)
  return only !== undefined && others.length === 0 && only.links === 0 ? only : undefined
}

/** Whether a paragraph that may be content follows so soon. */
const leads = ({ blocks, chosen, headed }: Search, at: number): boolean =>
  !headed && blocks.slice(at + 1, at + 1 + LEADS_WITHIN).some(block => chosen.has(block) && isProse(block))

/** Whether a block may be the title, as far as its place goes. */
function inPlace(search: Search, at: number, passed: number): boolean {
  const { blocks, likelihoodOf, first, onlyHeading } = search
  const block = blocks[at]!
  if (block === onlyHeading && at < first) return true
  if (block === onlyHeading && passed <= FEW_PASSED) return true
  if (passed > MOST_PASSED) return block.heading === 1 && likelihoodOf(block) >= SURE
  if (at >= first - REACH || (block.links === 0 && leads(search, at))) return true
  if (block.heading === 0 || block.heading > 2 || likelihoodOf(block) < LEAST_HEADING) return false
  let goods = 0
  for (let between = at + 1; between < first && goods < GOODS; between++)
    goods += blocks[between]!.words * likelihoodOf(blocks[between]!)
  return goods >= GOODS
}

/**
 * The block that holds most of the page's title, before the content or at its beginning; else the nearest heading of
 * the first level before it.
 */
function titleNear(search: Search, title: string): number | undefined {
  const { blocks, chosen, first, words } = search
  let best: { at: number; weight: number } | undefined
  let heading: number | undefined
  let passed = 0
  for (let at = 0; at < blocks.length; at++) {
    if (passed > Math.max(MOST_PASSED, SHARE_PASSED * words) || (at > first + FAR_IN && passed > MOST_PASSED)) break
    const block = blocks[at]!
    const share = titleShare(block, title)
    const weight = share + (HEADING_BONUS[block.heading] ?? 0)
    if (share >= TITLE_SHARE && weight > (best?.weight ?? 0) && inPlace(search, at, passed)) best = { at, weight }
    if (at <= first && block.heading === 1 && block.words > 0 && inPlace(search, at, passed)) {
      // A shop says the name of its goods once more, below them, above what it says about them.
      if (heading === undefined || lettersOf(blocks[heading]!.text) !== lettersOf(block.text)) heading = at
    }
    if (chosen.has(block)) passed += block.words
  }
  return best?.at ?? heading
}

/** A part of a path through the site: one of several links alike. */
const isStep = ({ words, linked, region }: Block): boolean =>
  linked === words && (region.alike >= STEPS || (region.parent?.alike ?? 0) >= STEPS)

/** Not a heading of its own, nor a row of links, nor the text of a form, which would be torn from its fields. */
const mayLead = (block: Block): boolean => block.heading < 2 && block.links < 2 && !isStep(block) && hasNoField(block)

const hasNoField = ({ texts }: Block): boolean =>
  texts.every(text => closest(text, 'form', 'label', 'fieldset') === undefined)

/** Whether a text before the content is said once more at its beginning. */
const isAgain = (copy: Block, { blocks, first }: Search): boolean =>
  blocks.slice(first, first + REACH_IN).some(block => block !== copy && block.text === copy.text)

/** The first of the blocks that stand right before a title and belong to it; the title itself if there is none. */
function withWhatIsBefore(search: Search, title: number): number {
  const { blocks, likelihoodOf } = search
  let begin = title
  for (let at = title - 1, gap = 0; at >= Math.max(0, title - REACH_BEFORE); at--) {
    const block = blocks[at]!
    if (block.words >= COPY_WORDS && isAgain(block, search)) break
    if (likelihoodOf(block) >= LIKELY_BEFORE && mayLead(block)) {
      begin = at
      gap = 0
    } else if (block.words > 0 && (block.words > GAP || ++gap > 1)) break
  }
  return begin
}

/** The texts that are in the body still: menus and what was hidden have left it. */
function textsIn(body: Element): Set<Text> {
  const texts = new Set<Text>()
  const add = (parent: Element): undefined => {
    for (const node of parent.childNodes) if (isText(node)) texts.add(node)
  }
  add(body)
  walk(body, add)
  return texts
}

/**
 * The place of the content that comes first. What stands before the only heading of a page, and once more behind it,
 * is a copy for another screen or for whoever has no scripts.
 */
function firstContent(blocks: readonly Block[], only: Block | undefined, isContent: (block: Block) => boolean): number {
  const first = blocks.findIndex(isContent)
  const heading = only === undefined ? -1 : blocks.indexOf(only)
  if (first === -1 || heading < first || blocks[first]!.words < COPY_WORDS) return first
  const again = blocks.findIndex(({ text }, at) => at > heading && text === blocks[first]!.text)
  return again === -1 ? first : again
}

/** Finds where the content of a page begins; undefined for one that is about nothing. */
export function mainPartOf(content: Content, title: string, body: Element): MainPart | undefined {
  const { survey, chosen } = content
  const present = textsIn(body)
  const textIn = ({ texts }: Block): Text | undefined => texts.find(text => present.has(text))
  const likelihood = (block: Block): number => likelihoodOf(block, content)
  const blocks = survey.blocks.filter(block => textIn(block) !== undefined)
  const isNotice = (block: Block): boolean => asksForCookies(block, title) || tellsInterests(block, content, title)
  const onlyHeading = onlyHeadingOf(blocks)
  const first = firstContent(
    blocks,
    onlyHeading,
    block => chosen.has(block) && block.words > 0 && likelihood(block) >= SURE && !isNotice(block)
  )
  const words = blocks.reduce((sum, block) => sum + (chosen.has(block) ? block.words : 0), 0)
  if (words < LEAST_WORDS || first === -1) return undefined
  const search: Search = {
    blocks,
    chosen,
    likelihoodOf: likelihood,
    first,
    words,
    onlyHeading,
    headed: blocks.some(isHeadline)
  }
  const at = titleNear(search, lettersOf(title)) ?? first
  const start = blocks[withWhatIsBefore(search, at)]!
  const isTitle = at !== first || blocks[at]!.heading > 0
  const after = blocks
    .slice(isTitle ? at + 1 : at)
    .filter(block => chosen.has(block) && !isNotice(block))
    .slice(0, PROSE_WITHIN)
  const prose = after.find(isProse) ?? after.find(block => likelihood(block) >= SURE) ?? after[0] ?? blocks[first]!
  const text = textFrom(prose, after, search)
  const opening = { title: survey.blocks.indexOf(blocks[at]!), text: survey.blocks.indexOf(text) }
  return { start: textIn(start)!, prose: textIn(prose)!, opening }
}
