import type { PageLines } from '../lines/page-lines.js'
import { tellsInterests, tellsStandards } from '../article/site-notices.js'
import type { Block, Region, Survey } from '../content/blocks.js'
import { likelihoodOf, wordsIn, type Content } from '../content/content.js'
import { share, sumsOf } from '../content/numbers.js'
import { isPartOf, isWithin, outerOf } from '../content/regions.js'
import { regionsThatTellWho } from './byline.js'
import { areChoices, isChoice } from './aside/choices.js'
import { bylinesAgain, copiesIn, listsAgain } from './aside/copies.js'
import { isFact, SEVERAL } from './aside/facts.js'
import { smallLinesIn } from './aside/small-lines.js'
import { isPager } from '../lists/pager.js'
import { areFacets, facetsFrom } from './facets.js'
import { asksForAddress, asksToSubscribe } from './notices.js'
import { isBesideText, isOther, isPraise, isOverlay, isTip } from './others.js'
import { createOutlines } from './outline.js'
import { isProse, SURE } from './text-from.js'
import { attribute, elements, isInside, type Element } from '../tree/tree.js'

/** A list of contents with fewer links takes no more room than the line that leads to it. */
const LEAST_ENTRIES = 5
/** Words of a list of contents that are in its links: a heading stands above. Share. */
const ENTRIES_SHARE = 0.75
/** Such a list may stand behind the first paragraph too. Blocks. */
const CONTENTS_WITHIN = 12

/**
 * What stands between the title and the text and is less likely content than that can wait. A paragraph may introduce
 * the page, and what is one of several alike may be an entry of the list that it is about: both must be surer.
 * Likelihood, words outside links.
 */
const UNLIKELY = 0.2
const SURELY_NOT = 0.08
const PARAGRAPH = 20
/** Less is a byline, or the place where something is. Words. */
const LEAST_WORDS = 12
/** A picture with fewer words beside it is the lead picture, and no portrait of the author. Words. */
const WORDS_PER_PICTURE = 20

/** What is closed stands so near around a text. Elements. */
const NEAR = 4
/** So much text around fields is what a list can be narrowed down by, and no form for what stands above. Words. */
const FACETS_WORDS = 25
/** A form for an address waits behind so much text: there is more to a page that has less. Words. */
const LONG = 150

/** Parts of these mean nothing on their own, or belong to what stands around them. */
const KEPT = new Set(
  'body main article li dt dd td th tr tbody thead table caption label option select button figure figcaption h1 h2 h3 h4 h5 h6'.split(
    ' '
  )
)

/** What need not stand before the text of a page. */
export interface SetAside {
  /** Lists of contents: links to places in the page itself */
  readonly contents: readonly Element[]
  /** Notices, boxes about authors, sign-ups, and what is said again */
  readonly others: readonly Element[]
  /** The lists among them that another one below says again */
  readonly again: ReadonlySet<Element>
}

/** Where the title and the text of a page stand among its blocks. */
export interface Opening {
  readonly title: number
  /** The first paragraph that is no subtitle */
  readonly text: number
}

const leadsInside = (link: Element): boolean => /^#./.test(attribute(link, 'href') ?? '')

/** Whether a region is a list of contents: links to places in its own page, and next to nothing besides. */
function isContents({ element, words, linked, images, controls }: Region): boolean {
  if (share(linked, words) < ENTRIES_SHARE || images > 0 || controls > 0 || KEPT.has(element.tagName)) return false
  const links = elements(element, 'a')
  return links.length >= LEAST_ENTRIES && links.filter(leadsInside).length >= ENTRIES_SHARE * links.length
}

/** Whether a region is one of several alike, or stands in one, behind a block. */
function isEntry(region: Region, from: number): boolean {
  for (let at: Region | undefined = region; at !== undefined && at.first >= from; at = at.parent)
    if (at.alike >= SEVERAL) return true
  return false
}

/**
 * The outermost regions from one block up to another that pass a test, in order; those with no block between them
 * stand together.
 */
function outermost(
  { regions }: Survey,
  [from, to]: readonly [number, number],
  test: (region: Region) => boolean
): Region[][] {
  const found: Region[][] = []
  let done = from
  for (const region of regions) {
    if (region.first < done || region.end > to || region.end <= region.first || !test(region)) continue
    const together = region.first === done ? found.at(-1) : undefined
    if (together === undefined) found.push([region])
    else together.push(region)
    done = region.end
  }
  return found
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

/** Lists of contents between the title of a page and its text, or soon behind where that begins. */
function contentsIn(survey: Survey, { title, text }: Opening, body: Element): Element[] {
  const isOutline = createOutlines(survey)
  const isList = (region: Region): boolean =>
    region.first <= text + CONTENTS_WITHIN &&
    (isContents(region) || isOutline(region)) &&
    !KEPT.has(region.element.tagName) &&
    isInside(region.element, body)
  return elementsOf(outermost(survey, [title + 1, survey.blocks.length], isList).flat())
}

/** How many of the blocks between a title and its text say something, before each of them and behind the last. */
interface Sums {
  /** That stay as they are likely, those that are possible, and those that are likely and nothing to choose from */
  readonly likely: Float64Array
  readonly possible: Float64Array
  readonly choices: Float64Array
  /** That surely are content, and those that say who, when or for how much */
  readonly surely: Float64Array
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
    surely: sumOf(block => likelihoodOf(block, content) >= SURE),
    facted: sumOf((_, at) => facts[at] === true),
    large: sumOf(block => block.words > 0 && !isSmall(block))
  }
}

/** Finds what stands between the title of a page and its text and can wait. */
export function setAside(opening: Opening, page: Front): SetAside {
  const { content, body, lines } = page
  const { survey } = content
  const { text } = opening
  const from = opening.title + 1
  const { likely, possible, choices, surely, facted, large } = sumsBetween(opening, page)
  const tellsWho = regionsThatTellWho(body)
  const bylines = new Set(bylinesAgain(survey, { from, to: text, body }).filter(region => !isEntry(region, from)))
  const isLong = wordsIn(survey.blocks.slice(text).filter(block => content.chosen.has(block))) >= LONG
  const isSmall = (region: Region): boolean =>
    region.words > 0 &&
    region.images === 0 &&
    large[region.end - from] === large[region.first - from] &&
    !isEntry(region, from)
  const mayWait = (region: Region): boolean => {
    const { element, first, end, words, images, controls } = region
    if (KEPT.has(element.tagName)) return element.tagName === 'figcaption' && isSmall(region)
    if (isSmall(region)) return isInside(element, body)
    if (isOther(region, survey, lines)) {
      const isSure = surely[end - from] !== surely[first - from] && !areFacets(region, survey, content)
      return end > first && (!isSure || isPraise(region)) && isInside(element, body)
    }
    if (bylines.has(region)) return isInside(element, body)
    if (isBesideText(region, survey) && surely[end - from] === surely[first - from] && !tellsWho(region))
      return facted[end - from] === facted[first - from] && isInside(element, body)
    if (isOverlay(region) && words >= LEAST_WORDS) return isInside(element, body)
    if (words < WORDS_PER_PICTURE * images || tellsWho(region)) return false
    if (isOverlay(region) || isPager(element)) return isInside(element, body)
    const stay = areChoices(region) ? choices : isEntry(region, from) ? possible : likely
    const isForm = controls > 0 && words < FACETS_WORDS && !(isLong && asksForAddress(region))
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
  const others = outerOf([...waiting.flat(), ...facets, ...again].filter(region => !isPartOf(region, linked)))
  return {
    contents: [...linked],
    others: [...lists.filter(list => !linked.has(list)), ...elementsOf(others)],
    again: new Set(elementsOf(again))
  }
}
