import type { PageLines } from '../lines/page-lines.js'
import { tellsInterests, tellsStandards } from '../article/site-notices.js'
import type { Block, Region, Survey } from '../content/blocks.js'
import { likelihoodOf, wordsIn, type Content } from '../content/content.js'
import { sumsOf } from '../content/numbers.js'
import { isPartOf, isWithin, outerOf } from '../content/regions.js'
import { regionsThatTellWho } from './byline.js'
import { areChoices, isChoice } from './aside/choices.js'
import { contentsIn } from './aside/contents-lists.js'
import { bylinesAgain, copiesIn, listsAgain } from './aside/copies.js'
import { isFact, isSignature, SEVERAL } from './aside/facts.js'
import { galleryRests } from './aside/galleries.js'
import { KEPT, outermost } from './aside/outermost.js'
import { smallLinesIn } from './aside/small-lines.js'
import { isPager } from '../lists/pager.js'
import { areFacets, facetsFrom } from './facets.js'
import { asksForAddress, asksToSubscribe } from './notices.js'
import { isBesideText, isOther, isPraise, isOverlay, isTip } from './others.js'
import { isProse, SURE, type Opening } from './text-from.js'
import { attribute, elements, isInside, type Element } from '../tree/tree.js'

/**
 * What stands between the title and the text and is less likely content than that can wait. A paragraph may introduce
 * the page, and what is one of several alike may be an entry of the list that it is about: both must be surer.
 * Likelihood, words outside links.
 */
const UNLIKELY = 0.2
const SURELY_NOT = 0.08
const PARAGRAPH = 20
/** What is named or headed as other goods is no content where it is less likely on the whole: one name may look so. */
const LIKELY_OTHERS = 0.4
/** Less is a byline, or the place where something is. Words. */
const LEAST_WORDS = 12
/** A picture with fewer words beside it is the lead picture, and no portrait of the author. Words. */
const WORDS_PER_PICTURE = 20

/** What is closed stands so near around a text. Elements. */
const NEAR = 4
/** So much text around fields is what a list can be narrowed down by, and no form for what stands above. Words. */
const FACETS_WORDS = 25
/** A form for an address, or any above a text that is signed, waits behind so much: there is more to a page with less. Words. */
const LONG = 150

/** What need not stand before the text of a page. */
export interface SetAside {
  /** Lists of contents: links to places in the page itself */
  readonly contents: readonly Element[]
  /** Notices, boxes about authors, sign-ups, and what is said again */
  readonly others: readonly Element[]
  /** The lists among them that another one below says again */
  readonly again: ReadonlySet<Element>
}

/** Whether a region is one of several alike, or stands in one, behind a block. */
function isEntry(region: Region, from: number): boolean {
  for (let at: Region | undefined = region; at !== undefined && at.first >= from; at = at.parent)
    if (at.alike >= SEVERAL) return true
  return false
}

const elementsOf = (regions: readonly Region[]): Element[] => regions.map(({ element }) => element)

/** What is less likely below a title is none of the content: where the title itself is that unlikely, so is the content. */
const unlikelyBelow = (title: Block, content: Content): number =>
  title.heading === 1 ? Math.min(UNLIKELY, Math.max(SURELY_NOT, likelihoodOf(title, content))) : UNLIKELY

const isClosed = ({ element }: Region): boolean =>
  element.tagName === 'details' && attribute(element, 'open') === undefined

/** Whether a block is a paragraph that a page shows only when it is asked to, and not surely content. */
const isUnopened = (block: Block, content: Content): boolean =>
  isProse(block) && likelihoodOf(block, content) < SURE && isWithin(block, isClosed, NEAR)

/** Whether a block is said beside the text of a page: what opens, how the site earns its money, that it sends letters. */
const isBeside = (block: Block, content: Content, title: string): boolean =>
  isTip(block) ||
  isUnopened(block, content) ||
  tellsInterests(block, content, title) ||
  tellsStandards(block, content, title) ||
  asksToSubscribe(block, title)

/** Where a region begins: behind its heading if it is a form for an address above a long text, which has it with it. */
function beginOf(region: Region, { blocks }: Survey, isLong: boolean): number {
  const { first, controls } = region
  return isLong && controls > 0 && blocks[first]!.heading > 0 && asksForAddress(region) ? first + 1 : first
}

interface Front {
  readonly content: Content
  readonly body: Element
  /** Of the page */
  readonly title: string
  readonly lines: PageLines
}

/** How many of the blocks between a title and its text say something, before each of them and behind the last. */
interface Sums {
  /** That stay as they are likely, those that are possible, and those that are likely and nothing to choose from */
  readonly likely: Float64Array
  readonly possible: Float64Array
  readonly choices: Float64Array
  /** Their words */
  readonly said: Float64Array
  /** That surely are content; how many words are likely on the whole; and those that say who, when or for how much */
  readonly surely: Float64Array
  readonly expected: Float64Array
  readonly facted: Float64Array
  /** That are more than a small line which may wait */
  readonly large: Float64Array
}

function sumsBetween({ title, text }: Opening, { content, body, title: name, lines }: Front): Sums {
  const { blocks } = content.survey
  const from = title + 1
  const between = blocks.slice(from, text)
  const copies = copiesIn(blocks.slice(title, text), body)
  const unlikely = unlikelyBelow(blocks[title]!, content)
  const leastOf = (least: number, { words, linked }: Block): number => (words - linked < PARAGRAPH ? least : SURELY_NOT)
  const facts = between.map((block, at) => isFact(block, between[at - 1]))
  const ownLines = smallLinesIn(content, [from, text], lines)
  const isSmall = (block: Block): boolean => ownLines.has(block) || (block.heading === 0 && copies.has(block))
  const waits = between.map(block => copies.has(block) || ownLines.has(block) || isBeside(block, content, name))
  const stays = (least: number, at: number, block: Block): boolean =>
    !waits[at] && (likelihoodOf(block, content) >= leastOf(least, block) || facts[at] === true)
  const sumOf = (test: (block: Block, at: number) => boolean): Float64Array =>
    sumsOf(between, (block, at) => (test(block, at) ? 1 : 0))
  return {
    likely: sumOf((block, at) => stays(unlikely, at, block)),
    possible: sumOf((block, at) => stays(SURELY_NOT, at, block)),
    choices: sumOf((block, at) => !isChoice(block) && stays(unlikely, at, block)),
    said: sumsOf(between, block => block.words),
    surely: sumOf(block => likelihoodOf(block, content) >= SURE),
    expected: sumsOf(between, block => block.words * likelihoodOf(block, content)),
    facted: sumOf((_, at) => facts[at] === true),
    large: sumOf(block => block.words > 0 && !isSmall(block))
  }
}

/** Tells whether something from one block up to another says who has written the page, or when. */
function createSigned(
  { blocks, regions }: Survey,
  [from, to]: readonly [number, number],
  tellsWho: (region: Region) => boolean
): () => boolean {
  let signed: boolean | undefined
  return () =>
    (signed ??=
      blocks.slice(from, to).some(isSignature) ||
      regions.some(region => region.first >= from && region.end <= to && tellsWho(region)))
}

/** The item of a list, behind a block, that a region is a part of. */
function itemAround({ parent }: Region, from: number): Region | undefined {
  let at = parent
  while (at !== undefined && at.first >= from && at.element.tagName !== 'li') at = at.parent
  return at !== undefined && at.first >= from ? at : undefined
}

/** Whether a region has nothing but short lines that cannot be content. */
const isSlight = ({ first, end, words, images }: Region, { large }: Sums, from: number): boolean =>
  words > 0 && images === 0 && large[end - from] === large[first - from]

/**
 * Whether a region is what an item of a list begins with, without which a bullet stands beside nothing, or a short line
 * in it, which what it begins with may announce.
 */
function isOfItem(region: Region, sums: Sums, from: number): boolean {
  const item = itemAround(region, from)
  if (item === undefined) return false
  return sums.said[region.first - from] === sums.said[item.first - from] || isSlight(region, sums, from)
}

/** Finds what stands between the title of a page and its text and can wait. */
export function setAside(opening: Opening, page: Front): SetAside {
  const { content, body, lines } = page
  const { survey } = content
  const { text } = opening
  const from = opening.title + 1
  const sums = sumsBetween(opening, page)
  const { likely, possible, choices, surely, expected, facted } = sums
  const tellsWho = regionsThatTellWho(body)
  const isSigned = createSigned(survey, [from, text], tellsWho)
  const bylines = new Set(bylinesAgain(survey, { from, to: text, body }).filter(region => !isEntry(region, from)))
  const isLong = wordsIn(survey.blocks.slice(text).filter(block => content.chosen.has(block))) >= LONG
  const isSmall = (region: Region): boolean => isSlight(region, sums, from) && !isEntry(region, from)
  const mayWait = (region: Region): boolean => {
    const { element, first, end, words, images, controls } = region
    if (KEPT.has(element.tagName)) return element.tagName === 'figcaption' && isSmall(region)
    if (isOfItem(region, sums, from)) return false
    if (isSmall(region)) return isInside(element, body)
    if (isOther(region, survey, lines)) {
      const isSure =
        expected[end - from]! - expected[first - from]! >= LIKELY_OTHERS * words && !areFacets(region, survey, content)
      return end > first && (!isSure || isPraise(region)) && isInside(element, body)
    }
    if (bylines.has(region)) return isInside(element, body)
    if (isBesideText(region, survey) && surely[end - from] === surely[first - from] && !tellsWho(region))
      return facted[end - from] === facted[first - from] && isInside(element, body)
    if (isOverlay(region) && words >= LEAST_WORDS) return isInside(element, body)
    if (words < WORDS_PER_PICTURE * images || tellsWho(region)) return false
    if (isOverlay(region) || isPager(element)) return isInside(element, body)
    const stay = areChoices(region) ? choices : isEntry(region, from) ? possible : likely
    const isForm = controls > 0 && words < FACETS_WORDS && !(isLong && (isSigned() || asksForAddress(region)))
    return !isForm && stay[end - from] === stay[beginOf(region, survey, isLong) - from] && isInside(element, body)
  }
  const lists = contentsIn(survey, opening, body)
  const linked = new Set(lists.filter(list => elements(list, 'a').length > 0))
  const isLarge = (regions: readonly Region[]): boolean =>
    wordsIn(regions) >= LEAST_WORDS || elementsOf(regions).some(isPager) || regions.some(asksForAddress)
  // Of what is small, a part may wait where the whole does not.
  const mayWaitAlone = (region: Region): boolean => (isSmall(region) || bylines.has(region)) && mayWait(region)
  const smallIn = ({ first, end }: Region): Region[] => outermost(survey, [first, end], mayWaitAlone).flat()
  const waiting = outermost(survey, [from, text], mayWait).map(regions =>
    isLarge(regions) ? regions : regions.flatMap(smallIn)
  )
  // What may be content among them may have begun the text.
  const facets = facetsFrom(survey, from, content).filter(
    ({ element }) => !KEPT.has(element.tagName) && isInside(element, body)
  )
  const again = listsAgain(content, { from, to: text, body }).filter(({ element }) => isInside(element, body))
  // What is in a list of contents goes with it.
  const rests = galleryRests(survey.blocks, { from, to: text, body })
  const others = outerOf([...waiting.flat(), ...facets, ...again, ...rests].filter(region => !isPartOf(region, linked)))
  return {
    contents: [...linked],
    others: [...lists.filter(list => !linked.has(list)), ...elementsOf(others)],
    again: new Set(elementsOf(again))
  }
}
