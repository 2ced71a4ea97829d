import { asksForCookies, tellsInterests } from '../article/site-notices.js'
import type { Block, Region } from '../content/blocks.js'
import { likelihoodOf, likelyWordsIn, wordsIn, type Content } from '../content/content.js'
import { findTitle, isHeadline, LEAST_TITLE, SEPARATOR, type Search } from './find-title.js'
import { takesNoRoom } from '../css/hidden.js'
import { isWithin } from '../content/regions.js'
import { lettersOf } from '../content/words.js'
import { shownPrice } from '../kinds/shown-price.js'
import { COPY_WORDS } from '../lists/repeats.js'
import { leadingHeading, type Named } from './leading-heading.js'
import { asksToSubscribe } from './notices.js'
import { isInOverlay, isInPraise, isInReview, isTip } from './others.js'
import { isProse, SURE, textFrom, type Opening } from './text-from.js'
import { closest, hrefAround, textsIn, type Element, type Node, type Text } from '../tree/tree.js'

/** Where the content of a page begins. */
export interface MainPart {
  /** The title, or the first text where no title was found */
  readonly start: Node
  /** First text of what the page is about, without its title */
  readonly prose: Node
  /** The same among the blocks of the page */
  readonly opening: Opening
  /** What the title says; empty where no title was found */
  readonly title: string
}

/** A page that is about less is about nothing that could stand first. Words. */
const LEAST_WORDS = 20
/** The beginning of the content. Blocks. */
const REACH_IN = 10
/** What stands right before the title and is that likely belongs to it: a kicker, a path, a date. Blocks. */
const LIKELY_BEFORE = 0.2
const REACH_BEFORE = 6
/** A short text in the same element as the heading, above it, may be less likely. Likelihood, words. */
const LIKELY_BESIDE = 0.06
const KICKER_BESIDE = 6
/** A longer text is a part of something else, such as what a customer says. Words. */
const LEAD_WORDS = 60
/** A heading of the first level needs less before it. Words. */
const KICKER_WORDS = 15
/** So many links alike are a path through the site. */
const STEPS = 3
/** One block of so few words may stand between. Words. */
const GAP = 2
/** A paragraph is looked for so far. Blocks. */
const PROSE_WITHIN = 20

/** Whether a page shows a block only when it is asked to. */
const opens = (block: Block): boolean => isTip(block) || isInOverlay(block)

/** A page may say the same heading once more, for another screen. */
function onlyHeadingOf(blocks: readonly Block[]): Block | undefined {
  const [only, ...others] = blocks.filter(isHeadline)
  if (only === undefined || only.linked === only.words) return undefined
  return others.every(({ text }) => lettersOf(text) === lettersOf(only.text)) ? only : undefined
}

/** A part of a path through the site: one of several links alike. */
const isStep = ({ words, linked, region }: Block): boolean =>
  linked === words && (region.alike >= STEPS || (region.parent?.alike ?? 0) >= STEPS)

/** Names of what a site says above all of its pages, and how near around a text they stand. Elements. */
const BANNERS = new Set(['banner', 'announcement', 'announcements', 'topbar', 'promobar', 'ticker'])
const BANNER_WITHIN = 4

const isBanner = ({ names }: Region): boolean => names.some(name => BANNERS.has(name))

/** Whether a block stands in a banner of the site that does not hold the title, or in what a customer says. */
const isBesideTitle = (block: Block, title: Block): boolean => {
  const holdsTitle = (region: Region): boolean => isWithin(title, around => around === region)
  return isInReview(block) || isWithin(block, region => isBanner(region) && !holdsTitle(region), BANNER_WITHIN)
}

/** Not a heading of its own, nor a row of links, nor the text of a form, which would be torn from its fields. */
const mayLead = (block: Block, most: number): boolean =>
  block.heading < 2 && block.links < 2 && block.words <= most && !isStep(block) && hasNoField(block)

/** What stands in another list than the title is an entry of that. */
const listOf = ({ texts }: Block): Element | undefined => texts[0] && closest(texts[0], 'ul', 'ol', 'table')

const hasNoField = ({ texts }: Block): boolean =>
  texts.every(text => closest(text, 'form', 'label', 'fieldset') === undefined)

/** Whether a block is an entry of a list of contents. */
const leadsInside = ({ words, linked, texts }: Block): boolean =>
  linked === words && texts[0] !== undefined && /^#./.test(hrefAround(texts[0]))

/** Whether a text before the content is said once more at its beginning. */
const isAgain = (copy: Block, { blocks, first }: Search): boolean =>
  blocks.slice(first, first + REACH_IN).some(block => block !== copy && block.text === copy.text)

/** A longer text is no name of who makes something. Words. */
const MAKER_WORDS = 4
const MAKER = new Set(['brand', 'vendor', 'manufacturer', 'designer', 'marque', 'hersteller', 'marke'])

/**
 * Whether a short text completes a heading: the title of the page has its words besides, as that of a shop has the name
 * of who makes the goods, or it is called so. The name of the site is a whole part of the title.
 */
function completes({ text, words, region }: Block, heading: Block, title: string): boolean {
  const own = lettersOf(text)
  if (words > MAKER_WORDS || own.length < 2 || lettersOf(heading.text).includes(own)) return false
  if (region.names.some(name => MAKER.has(name))) return true
  return lettersOf(title).includes(own) && !title.split(SEPARATOR).some(part => lettersOf(part) === own)
}

/** On a page without headings of the first level, one right above its beginning is its title. */
const isHeading = ({ heading, links }: Block): boolean => heading > 0 && links === 0

/** The first of the blocks that stand right before a title and belong to it; the title itself if there is none. */
function withWhatIsBefore(search: Search, title: number, name: string): number {
  const { blocks, likelihoodOf, headed } = search
  const most = blocks[title]!.heading === 1 ? KICKER_WORDS : LEAD_WORDS
  let begin = title
  const list = listOf(blocks[title]!)
  const own = lettersOf(blocks[title]!.text)
  const said = new Set([own])
  for (let at = title - 1, gap = 0; at >= Math.max(0, title - REACH_BEFORE); at--) {
    const block = blocks[at]!
    // The same above a title is that of a bar which stays in sight, or the end of a path through the site.
    const letters = lettersOf(block.text)
    const isPath = own.length >= LEAST_TITLE && letters.endsWith(own)
    if ((block.words >= COPY_WORDS && isAgain(block, search)) || isPath || (letters !== '' && said.has(letters))) break
    const isKicker =
      block.region.parent === blocks[title]!.region.parent &&
      block.linked === 0 &&
      block.words <= KICKER_BESIDE &&
      likelihoodOf(block) >= LIKELY_BESIDE
    const leads =
      (isKicker || likelihoodOf(block) >= LIKELY_BEFORE) &&
      mayLead(block, most) &&
      !isBesideTitle(block, blocks[title]!)
    const isHead = at === begin - 1 && !headed && isHeading(block) && likelihoodOf(block) >= LIKELY_BEFORE
    const belongs = leads || ((isHead || completes(block, blocks[title]!, name)) && !isStep(block) && hasNoField(block))
    if (belongs && listOf(block) === list) {
      begin = at
      gap = 0
      said.add(letters)
    } else if (block.words > 0 && (block.words > GAP || ++gap > 1)) break
  }
  return begin
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

/** What is no less likely than what is chosen on the whole begins it, on a page of which nothing is sure; 0 to 1. */
function sureOf(content: Content): number {
  const { chosen } = content
  const words = wordsIn(chosen)
  return words === 0 ? SURE : Math.min(SURE, likelyWordsIn(chosen, content) / words)
}

/** The first content behind the heading that leads it; that heading if nothing surely is content. */
function firstFrom(blocks: readonly Block[], leading: number, isContent: (block: Block) => boolean): number {
  const first = blocks.findIndex((block, at) => at >= leading && isContent(block))
  return first === -1 ? leading : first
}

/** The blocks of a page without the headings that take no room, if another one is shown: those are for search engines. */
function withoutUnseen(blocks: readonly Block[]): readonly Block[] {
  const seen = blocks.filter(block => !(isHeadline(block) && takesNoRoom(block.region.element)))
  return seen.some(isHeadline) ? seen : blocks
}

/** Finds where the content of a page begins; undefined for one that is about nothing. */
export function mainPartOf(content: Content, named: Named, body: Element): MainPart | undefined {
  const { survey, chosen } = content
  const { title } = named
  // Menus and what was hidden have left it.
  const present = new Set<Text>(textsIn(body))
  const textIn = ({ texts }: Block): Text | undefined => texts.find(text => present.has(text))
  const likelihood = (block: Block): number => likelihoodOf(block, content)
  const blocks = withoutUnseen(survey.blocks.filter(block => textIn(block) !== undefined))
  const isNotice = (block: Block): boolean =>
    asksForCookies(block, title) || tellsInterests(block, content, title) || asksToSubscribe(block, title)
  const onlyHeading = onlyHeadingOf(blocks)
  const sure = sureOf(content)
  const isContent = (block: Block): boolean =>
    chosen.has(block) &&
    block.words > 0 &&
    likelihood(block) >= (block.heading > 0 || isProse(block) ? sure : SURE) &&
    !isNotice(block) &&
    !leadsInside(block)
  const price = shownPrice(content)
  const leading = leadingHeading(onlyHeading, { ...named, blocks, chosen, likelihoodOf: likelihood, isNotice, price })
  const first = leading === -1 ? firstContent(blocks, onlyHeading, isContent) : firstFrom(blocks, leading, isContent)
  const words = wordsIn(blocks.filter(block => chosen.has(block)))
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
  const found = findTitle(search, title) ?? first
  // A kicker may say the same right before it.
  const at = leading === -1 || (found <= leading && found >= leading - REACH_BEFORE) ? found : leading
  const start = blocks[withWhatIsBefore(search, at, title)]!
  const isTitle = at !== first || blocks[at]!.heading > 0
  const after: Block[] = []
  for (let next = isTitle ? at + 1 : at; next < blocks.length && after.length < PROSE_WITHIN; next++) {
    const block = blocks[next]!
    if (chosen.has(block) && !isNotice(block) && !leadsInside(block) && !isInPraise(block) && !opens(block))
      after.push(block)
  }
  const prose = after.find(isProse) ?? after.find(block => likelihood(block) >= SURE) ?? after[0] ?? blocks[first]!
  const text = textFrom(prose, after, search)
  const opening = { title: survey.blocks.indexOf(blocks[at]!), text: survey.blocks.indexOf(text) }
  return { start: textIn(start)!, prose: textIn(prose)!, opening, title: isTitle ? blocks[at]!.text : '' }
}
