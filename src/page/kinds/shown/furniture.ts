import { isLogIn } from '../../posts/log-in.js'
import { asksForCookies, isSiteNotice } from '../../article/site-notices.js'
import type { Block, Region, Survey } from '../../content/blocks.js'
import { likelihoodOf, likelyWordsIn, wordsIn, type Content } from '../../content/content.js'
import { sumsOf } from '../../content/numbers.js'
import { blocksIn } from '../../content/regions.js'
import { inOneLine, setOf, wordsOf } from '../../content/words.js'
import { markedTurnsIn } from '../../lists/marked-turns.js'
import { isConsent } from '../../menus/menu-names.js'
import { turningIn } from '../../lists/pager.js'
import { filedIn } from '../../lists/filed.js'
import { NARROWING } from '../../lists/narrowing.js'
import type { PageLines } from '../../lines/page-lines.js'
import { entryLinesIn, noticesIn } from './entry-lines.js'
import { headsWritten, isHeadOfSite, namesOthers } from './heads-beside.js'
import { boxBelow, endBelow, endOfLabelled, endOfLinks, isLink, textsOf, type Stretch } from './part-ends.js'

/** Names of where a page stands in its site, and how long such a trail is. Words. */
const TRAIL = setOf('breadcrumb breadcrumbs crumb crumbs')
const TRAIL_WORDS = 30
/** Names of what turns the pages of a handbook, as DocBook has it. */
const TURNING = setOf('navheader navfooter')
/** What wikis call a line below each title that says which wiki it is. */
const OF_WIKI = 'site sub'
/** Names of who has written a page, with those of what tells more of that person. Words of the latter. */
const AUTHOR = setOf('author authors')
const BIOGRAPHY = setOf('bio about box biography info description')
const BIOGRAPHY_WORDS = 200
/** Names of the paragraph that says when a page came into a weblog, and what can be done with it there. Words. */
const ENTRY = setOf('postmetadata postmeta')
const ENTRY_WORDS = 80
/** The same as two names: the foot of an entry. */
const ENTRIES = setOf('post entry article asset story node')
const FEET = setOf('footer utility metadata')
/** Names of boxes in which a site asks for an address, or for money. Words. */
const ASKS = setOf('newsletter newsletters paywall regwall')
const ASKS_WORDS = 100
/** A box that asks about cookies has no more. Words. */
const CONSENT_WORDS = 400
/** Names of what a site says so that nobody can hold it to what it says; alone, or as two words. */
const DISCLAIMER = setOf('disclaimer disclaimers')
const DISCLOSURE = setOf('disclosure disclosures')
const OF_MONEY = setOf('affiliate advertiser advertising editorial')
/** A shorter one is a note to what stands before it. Words. */
const LEAST_DISCLAIMER = 8
/** Names of what shops open over what they sell: what a term means, how goods are sent, sizes. */
const OVER = setOf('tooltip popover dialog modal popup lightbox')
/** Names of what customers think of it, as elements and as headings have them. */
const REVIEWS = setOf('review reviews')
const REVIEWS_HEADINGS = setOf(
  'reviews bewertungen kundenbewertungen rezensionen clients opiniones reseñas valoraciones recensioni avaliações'.concat(
    ' recensies beoordelingen recensioner omdömen anmeldelser arvostelut opinie recenze отзывы'
  )
)
const HEADING_WORDS = 6
/** What holds more of a page is no part beside what it is about. Share of the words of the page. */
const MOST_OF_PAGE = 0.5

/** A line for those who have an account, or who are to write something. Words; what surely is content says how to. */
const LINE_WORDS = 20
const SURE = 0.6

/** A link back to what the page is one of, or to its beginning, and nothing else. Words. */
const BACK_WORDS = 8

/** What is of other pages is no more of what is shown. Share of its words. */
const MOST_OF_SHOWN = 0.34
/** Where links stand in it, behind so much of the rest, it may be more, and more like that. Shares; links; likelihood. */
const MOST_BEHIND = 0.5
const LEAST_LINKS = 2
const NEARLY = 0.9
/** What was written to a page stands behind so much of it. Words. */
const LEAST_TEXT = 60

const has = (names: readonly string[], set: ReadonlySet<string>): boolean => names.some(name => set.has(name))

const isFoot = (names: readonly string[], { words, prose }: Pick<Region, 'words' | 'prose'>): boolean =>
  2 * prose < words && has(names, ENTRIES) && has(names, FEET)

/** Whether a region stands beside what any page is about. */
function isBeside({ names, words, linked, prose, controls }: Region): boolean {
  if (has(names, TRAIL) && words <= TRAIL_WORDS && linked > 0) return true
  if (linked > 0 && prose === 0 && has(names, TURNING)) return true
  if (names.length === 2 && names.join(' ') === OF_WIKI) return true
  if (has(names, AUTHOR) && has(names, BIOGRAPHY) && words <= BIOGRAPHY_WORDS) return true
  if (has(names, ASKS) && words <= ASKS_WORDS) return true
  if (words <= ENTRY_WORDS && linked > 0 && (has(names, ENTRY) || isFoot(names, { words, prose }))) return true
  return controls > 0 && 2 * prose < words && has(names, NARROWING)
}

/**
 * Whether a region asks about cookies, as its name and its text say: what waits for consent alone is named so as well, and
 * the part of a handbook that a heading stands above.
 */
function asksForConsent(survey: Survey, region: Region, title: string): boolean {
  if (region.words === 0 || region.words > CONSENT_WORDS || !isConsent(region.element)) return false
  const blocks = blocksIn(survey, region)
  return blocks.every(({ heading }) => heading === 0) && blocks.some(block => asksForCookies(block, title))
}

/** Whether a region says how far what the page says is to be relied on. */
const isDisclaimer = ({ names, words }: Region): boolean =>
  words >= LEAST_DISCLAIMER && (has(names, DISCLAIMER) || (has(names, DISCLOSURE) && has(names, OF_MONEY)))

/** Whether a region stands beside the one thing that a page offers for sale. */
const isBesideGoods = ({ names }: Region): boolean =>
  has(names, OVER) || has(names, REVIEWS) || names.join(' ').includes('tool tip')

/** Whether a heading stands above what customers think. */
const isReviews = ({ text, words }: Block): boolean => words <= HEADING_WORDS && has(wordsOf(text), REVIEWS_HEADINGS)

const mayBeBack = ({ words, linked }: Block): boolean => words <= BACK_WORDS && linked === words

/** A link back with a mark before it leads to no page that is called so. */
const MARKED = /^[<«‹←]/u

/** Whether a line that is so likely is for those who have an account or are to write something, or leads back. */
const isForOthers = (block: Block, likelihood: number, lines: PageLines): boolean => {
  const text = inOneLine(block.text)
  if (likelihood < SURE && lines.says('account', text)) return true
  return mayBeBack(block) && (likelihood < SURE || MARKED.test(text)) && lines.says('back', text)
}

/** Whether a line is a link and no entry of a list. */
const isLineAlone = ({ words, linked, heading, region }: Block): boolean =>
  heading === 0 && linked === words && region.element.tagName !== 'li' && region.element.tagName !== 'td'

/** Whether a line only says that the author is told of below it. */
const isAuthorLabel = ({ words }: Block, text: string, lines: PageLines): boolean =>
  words <= HEADING_WORDS && lines.says('beside', text)

/** What is shown as far as it is known: what is left of it, how many words it had, and how many before each block. */
interface Known {
  readonly left: ReadonlySet<Block>
  readonly all: number
  readonly before: Float64Array
  readonly teasers: ReadonlySet<Block>
}

/** Whether what stands below a label is what that says: links to other pages, or what was written to this one. */
function areOthers(
  content: Content,
  { left, all, before, teasers }: Known,
  { first, end, isWritten }: Stretch & { readonly isWritten: boolean }
): boolean {
  const { blocks } = content.survey
  const part = blocks.slice(first, end).filter(block => left.has(block))
  const words = wordsIn(part)
  const likely = likelyWordsIn(part, content)
  const areLinks = blocks.slice(first + 1, end).every(block => block.words === 0 || isLink(block) || teasers.has(block))
  if (words <= MOST_OF_SHOWN * all && (areLinks || likely < SURE * words)) return true
  if (isWritten && before[first]! >= LEAST_TEXT && likely < NEARLY * words) return true
  return (
    blocks.slice(first, end).filter(({ links }) => links > 0).length >= LEAST_LINKS &&
    words <= MOST_BEHIND * all &&
    likely < NEARLY * words &&
    before[first]! >= MOST_BEHIND * all
  )
}

/** What is known of a page besides its blocks. */
interface Told {
  readonly isForSale: boolean
  readonly lines: PageLines
  readonly title: string
  /** What is said of other pages (others/teasers.ts) */
  readonly teasers: ReadonlySet<Block>
}

/** The regions that stand beside what any page is about. */
function regionsBeside(survey: Survey, { isForSale, title }: Told): readonly Region[] {
  const { regions } = survey
  const most = MOST_OF_PAGE * (regions[0]?.words ?? 0)
  const filed = filedIn(regions)
  const isNamedSo = (region: Region): boolean =>
    region.names.length > 0 && (isBeside(region) || filed.has(region) || (isForSale && isBesideGoods(region)))
  return regions.filter(
    region => region.words <= most && (isLogIn(region) || isNamedSo(region) || asksForConsent(survey, region, title))
  )
}

/**
 * What is shown without what stands beside what a page is about, however like it that is: trails, what a list can be
 * narrowed down by, the life of the author; and on a page of one thing for sale its reviews, which are what was written
 * about it, and what a shop says of itself in boxes over it.
 */
export function withoutFurniture(content: Content, shown: ReadonlySet<Block>, told: Told): Set<Block> {
  const { survey } = content
  const { isForSale, lines, teasers } = told
  const { blocks, regions } = survey
  const total = regions[0]?.words ?? 0
  const left = new Set(shown)
  const take = (first: number, end: number): void => {
    for (let at = first; at < end; at++) left.delete(blocks[at]!)
  }
  // A heading stands above more than that, and a picture is none.
  const takeTexts = ({ first, end }: Region): void => {
    const part = blocks.slice(first, end).filter(({ words }) => words > 0)
    if (part.every(({ heading }) => heading === 0)) for (const block of part) left.delete(block)
  }
  for (const { first, end } of [...turningIn(blocks), ...markedTurnsIn(blocks)]) take(first, end)
  for (const { first, end } of regionsBeside(survey, told)) take(first, end)
  const all = wordsIn(shown)
  for (const region of regions.filter(({ words }) => words <= Math.min(MOST_OF_SHOWN * all, MOST_OF_PAGE * total)))
    if (isDisclaimer(region)) takeTexts(region)
  const before = sumsOf(blocks, block => (shown.has(block) ? block.words : 0))
  const takeOthers = (part: Stretch, isWritten: boolean): void => {
    if (areOthers(content, { left, all, before, teasers }, { ...part, isWritten })) take(part.first, part.end)
  }
  const below = (at: number): Stretch => ({ first: at, end: endBelow(survey, at) })
  const takeBox = (at: number, most: number): void => {
    const end = endOfLabelled(survey, at)
    if (wordsIn(blocks.slice(at, end)) <= most) take(at, Math.max(end, isLineAlone(blocks[at]!) ? at + 1 : at))
  }
  const texts = textsOf(blocks, shown)
  const around = [...entryLinesIn(survey, shown, lines), ...noticesIn(content, shown, lines)]
  for (const block of [...[...shown].filter(isSiteNotice), ...around]) left.delete(block)
  blocks.forEach((block, at) => {
    if (block.words === 0 || block.words > LINE_WORDS) return
    const text = inOneLine(block.text)
    const isHead = block.heading > 1
    if (isHead && (isHeadOfSite({ text, isForSale }, lines) || (isForSale && left.has(block) && isReviews(block))))
      take(at, below(at).end)
    else if (block.heading !== 1 && lines.says('sign up', text)) takeBox(at, ASKS_WORDS)
    else if (block.heading === 0 && before[at]! >= LEAST_TEXT && isAuthorLabel(block, text, lines))
      takeBox(at, BIOGRAPHY_WORDS)
    else if (isHead && namesOthers(text, lines)) {
      const box = boxBelow(survey, at)
      takeOthers({ first: at, end: endOfLinks(survey, below(at), texts) }, headsWritten(text, lines))
      if (box !== undefined) takeOthers(box, false)
    } else if (block.heading !== 1 && namesOthers(text, lines))
      takeOthers({ first: at, end: endOfLabelled(survey, at) }, false)
    else if (isHead && headsWritten(text, lines)) takeOthers(below(at), true)
    else if (isHead && lines.says('notice', text)) takeOthers(below(at), false)
    else if (isForOthers(block, likelihoodOf(block, content), lines)) left.delete(block)
  })
  return left
}
