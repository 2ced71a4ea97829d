import type { Block, Region, Survey } from '../content/blocks.js'
import { PRICE } from '../content/columns.js'
import { blocksIn, isWithin } from '../content/regions.js'
import { inOneLine } from '../content/words.js'
import { namesContents } from '../lists/lone-contents.js'
import { NARROWING } from '../lists/narrowing.js'
import { namesOthers } from '../kinds/shown/heads-beside.js'
import type { PageLines } from '../lines/page-lines.js'

/** Names of other goods. */
const OTHERS = new Set(
  'related recommended recommendation recommendations suggest suggested suggestions similar upsell crosssell bundle bundles'.split(
    ' '
  )
)
/** Names of what customers say in praise of somebody. */
const PRAISE = new Set(['testimonial', 'testimonials'])
/** Names of what a page shows when one points at a word, or presses it; a shorter text may be that word. Words. */
const TIPS = new Set(['tooltip', 'popover', 'popup', 'hovercard'])
const TIP_WORDS = 10
/** Such names stand so near around a text. Elements. */
const NEAR = 4
/** A longer heading is no name of other goods. Words. */
const HEADING_WORDS = 10

/** Whether a region is named as what customers say. */
export const isPraise = ({ names }: Region): boolean => names.some(name => PRAISE.has(name))

const isTipBox = ({ names }: Region): boolean =>
  names.some((name, at) => TIPS.has(name) || (name === 'tip' && names[at - 1] === 'tool'))

const REVIEWS = new Set(['review', 'reviews'])

/** Whether a block stands in what is named as a review: so does the name of who has written that. */
export const isInReview = (block: Block): boolean =>
  isWithin(block, region => isPraise(region) || region.names.some(name => REVIEWS.has(name)), NEAR)

/** Whether a block is what a customer says: a shop has it beside what it sells. */
export const isInPraise = (block: Block): boolean => isWithin(block, isPraise, NEAR)

/** Whether a block tells more of a word beside it, such as who an author is. */
export const isTip = (block: Block): boolean => block.words >= TIP_WORDS && isWithin(block, isTipBox, NEAR)

const OVERLAYS = new Set(['modal', 'dialog', 'popup'])
/** A longer one may be the page. Words. */
const MOST_OF_OVERLAY = 250

/** Whether a region is named as what a page opens over itself. */
export const isOverlay = ({ names, words }: Region): boolean =>
  words <= MOST_OF_OVERLAY && names.some(name => OVERLAYS.has(name))

const SIDES = new Set(['sidebar', 'rail'])

/**
 * Whether a region is named as what stands beside the text of a page: it is a part of it only if that is sure, or if it
 * says what the page, or the guide that it is a chapter of, has.
 */
export const isBesideText = (region: Region, survey: Survey): boolean =>
  region.names.some(name => SIDES.has(name)) && !blocksIn(survey, region).some(({ text }) => namesContents(text.trim()))

/** Whether a block stands in such a region. */
export const isInOverlay = (block: Block): boolean => isWithin(block, isOverlay, NEAR)

/** What stands above others says that they are of other pages; words to open them may follow: "Show all". */
function isHeaded({ first }: Region, { blocks }: Survey, lines: PageLines): boolean {
  const head = blocks[first]
  if (head === undefined || head.words > HEADING_WORDS) return false
  const [begin] = head.texts
  return (
    namesOthers(inOneLine(head.text), lines) ||
    (head.heading > 0 && begin !== undefined && namesOthers(inOneLine(begin.value), lines))
  )
}

/**
 * What is called so for what it can be narrowed down by may be the list itself: so many goods with pictures and prices
 * stand among its first blocks. Goods, blocks.
 */
const GOODS = 3
const GOODS_AMONG = 500

const holdsGoods = ({ first, end, images }: Region, { blocks }: Survey): boolean =>
  images >= GOODS &&
  blocks.slice(first, Math.min(end, first + GOODS_AMONG)).filter(({ text }) => PRICE.test(text)).length >= GOODS

const isNarrowing = (region: Region, survey: Survey): boolean =>
  region.names.some(name => NARROWING.has(name)) && !holdsGoods(region, survey)

/**
 * Whether a region is named or headed as other goods, or named as what a list can be narrowed down by, or as what
 * customers say. What is not of customers may not be likely content on the whole.
 */
export const isOther = (region: Region, survey: Survey, lines: PageLines): boolean =>
  isPraise(region) ||
  (2 * region.prose < region.words &&
    (region.names.some(name => OTHERS.has(name)) || isNarrowing(region, survey) || isHeaded(region, survey, lines)))
