import { resolve, type AddressContext } from '../addresses/address.js'
import { saysPages } from '../lists/pager.js'
import { attribute, closest, isElement, isText, textStart, type Element, type Parent } from '../tree/tree.js'
import { pageOf } from './page-of.js'

/** The number of a page in a link: 2, [2]. */
const NUMBER = /^\D{0,2}(\d{1,4})\D{0,2}$/
const NUMBERS = /(?<![\d.,])\d{1,4}(?![\d.,])/g
const NUMBER_CHARACTERS = 12
/** More links with a number are no pages: a calendar, a table. */
const MOST_LINKS = 300
/** Such a strip holds its links at most so deep: a list, a table. Elements. */
const MOST_UP = 6
/** What programs call the page that is shown. */
const CURRENT = /(?:^|[\s_-])(?:current|active|selected|on|this|ausgewaehlt)(?:$|[\s_-])/i
/** Of what was written about a page. */
const OF_OTHERS = /comment|review|related/i

/** A strip of numbers of pages. */
export interface Strip {
  readonly element: Element
  /** The links of pages of the same, by their numbers */
  readonly pages: ReadonlyMap<number, URL>
  /** The number of the page that is shown */
  readonly number: number | undefined
}

/** Where a page is, and how its links are read. */
export interface Place extends AddressContext {
  readonly url: URL
}

const numberOf = (link: Element): number | undefined => {
  const text = textStart(link, NUMBER_CHARACTERS + 1).trim()
  const number = text.length > NUMBER_CHARACTERS ? undefined : NUMBER.exec(text)?.[1]
  return number === undefined ? undefined : Number(number)
}

/** The outermost element around a link that says nothing but which pages there are. */
function stripAround(link: Element, known: ReadonlySet<Element>): Element | undefined {
  let strip: Element | undefined
  let at: Parent | null = link.parentNode
  for (let up = 0; up < MOST_UP && at !== null && isElement(at) && at.tagName !== 'body'; up++, at = at.parentNode) {
    if (known.has(at)) return at
    if (!saysPages(at)) {
      // Around one number stands an element of a list or a cell, which says nothing yet.
      if (textStart(at, NUMBER_CHARACTERS + 1).trim().length > NUMBER_CHARACTERS) break
    } else strip = at
  }
  return strip
}

const isCurrent = (element: Element): boolean =>
  attribute(element, 'aria-current') !== undefined || CURRENT.test(attribute(element, 'class') ?? '')

/** The numbers in a strip: those that lead to a page, and those that do not. */
class Reader {
  readonly pages = new Map<number, URL>()
  readonly others: number[] = []
  /** Whether the address of one of them says that it is a page */
  isNamed = false
  readonly #place: Place

  constructor(place: Place) {
    this.#place = place
  }

  read(parent: Element): void {
    for (const node of parent.childNodes) {
      if (isText(node)) this.others.push(...(node.value.match(NUMBERS) ?? []).map(Number))
      else if (isElement(node) && node.tagName === 'a') this.#link(node)
      else if (isElement(node)) this.read(node)
    }
  }

  #link(link: Element): void {
    const number = numberOf(link)
    if (number === undefined) return
    const { parentNode: parent } = link
    const url = resolve(attribute(link, 'href') ?? '', this.#place)
    const isShown =
      isCurrent(link) || (parent !== null && isElement(parent) && parent.tagName === 'li' && isCurrent(parent))
    const how = isShown || url === undefined ? undefined : pageOf(this.#place.url, url)
    if (url === undefined || how === undefined) return void this.others.push(number)
    this.isNamed ||= how.isNamed
    if (!this.pages.has(number)) this.pages.set(number, url)
  }
}

/** A strip whose links lead to pages of the same; undefined for any other list of numbers. */
function stripOf(element: Element, place: Place): Strip | undefined {
  const reader = new Reader(place)
  reader.read(element)
  const { pages, others, isNamed } = reader
  // Years and sizes stand in such strips as well, but pages begin with the first one.
  if (pages.size === 0 || (!isNamed && !pages.has(1) && !others.includes(1))) return undefined
  const number = others.find(other => !pages.has(other) && (pages.has(other - 1) || pages.has(other + 1)))
  return { element, pages, number }
}

const isOfOthers = (element: Element): boolean => {
  const list = closest(element, 'ul', 'ol', 'nav', 'section') ?? element
  return [element, list].some(one => OF_OTHERS.test(`${attribute(one, 'class') ?? ''} ${attribute(one, 'id') ?? ''}`))
}

/** The strips of numbers among the links of a page that lead to its other pages. */
export function stripsIn(links: readonly Element[], place: Place): Strip[] {
  const found = new Set<Element>()
  for (const link of links.filter(one => numberOf(one) !== undefined).slice(0, MOST_LINKS)) {
    const strip = stripAround(link, found)
    if (strip !== undefined) found.add(strip)
  }
  return [...found]
    .filter(element => !isOfOthers(element))
    .map(element => stripOf(element, place))
    .filter(strip => strip !== undefined)
}
