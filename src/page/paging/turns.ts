import { resolve } from '../addresses/address.js'
import { stepIn } from '../lists/pager.js'
import type { Page } from '../step.js'
import { sequenceIn } from '../tree/announced.js'
import { attribute, elements, textStart, type Element } from '../tree/tree.js'
import { isDated, isHandbook } from './handbook.js'
import { pageOf, type PageOf } from './page-of.js'
import { stripsIn, type Place, type Strip } from './strips.js'

/** A page of the same thread, article or list. */
export interface Turn {
  readonly url: URL
  /** The first page is 1; undefined where that is not told */
  readonly number?: number | undefined
}

/** Which page is shown, and the pages before and after it. */
export interface Turns {
  readonly number?: number | undefined
  readonly before?: Turn | undefined
  readonly after?: Turn | undefined
  /** What says so on the page */
  readonly said: readonly Element[]
}

/** A longer text names more than a page. Characters. */
const MOST_TEXT = 40
/** What a script brings into the page that is shown: not another page. */
const FETCHED = /(?:^|[\s_-])(?:ajax|load-?more)(?:$|[\s_-])/i
/** Greater numbers are of things, not of pages, where no word says that they are. */
const MOST_PAGES = 300

type Paged = Pick<Page, 'body' | 'announced'>

/** What leads to another page, and which way. */
interface Lead {
  readonly way: 'prev' | 'next'
  readonly url: URL
  readonly how: PageOf
}

/** Whether numbers that nothing calls so can be those of pages: the first has none, or one follows the other. */
function areNear({ numbers: [from, to], isNamed }: PageOf): boolean {
  if (isNamed || from === undefined || to === undefined) return true
  return Math.max(from, to) <= MOST_PAGES && Math.abs(from - to) === 1
}

/** First pages have no number, and those beside them one of these; the front page of a comic has no number either. */
const MOST_BESIDE_FIRST = 2

/** Whether only one of two addresses has a number, which nothing says to be that of a page, and which is not beside the first. */
const isFar = ({ numbers: [from, to], isNamed }: PageOf): boolean =>
  !isNamed && (from === undefined) !== (to === undefined) && (from ?? to ?? 0) > MOST_BESIDE_FIRST

function leadTo(href: string, way: Lead['way'], place: Place): Lead | undefined {
  const url = resolve(href, place)
  const how = url === undefined ? undefined : pageOf(place.url, url)
  if (url === undefined || how === undefined || !areNear(how)) return undefined
  const [from = 0, to = 0] = how.numbers
  const counted = from === to ? way : from < to ? 'next' : 'prev'
  // "Older posts" come after newer ones; "Previous" in front of all that has numbers does not.
  return counted !== way && isFar(how) ? undefined : { way: counted, url, how }
}

/** Which way a link says that it leads. */
function wayOf(link: Element): Lead['way'] | undefined {
  if (FETCHED.test(attribute(link, 'class') ?? '')) return undefined
  const rel = attribute(link, 'rel')
  const said = rel === undefined ? undefined : sequenceIn(rel)
  if (said !== undefined) return said
  const text = textStart(link, MOST_TEXT + 1)
  return text.length > MOST_TEXT ? undefined : stepIn(text.replace(/\s+/g, ' ').trim())
}

/** What LINK says. */
const toldBy = ({ announced }: Pick<Page, 'announced'>): Array<{ way: Lead['way']; href: string }> =>
  announced.flatMap(({ kind, href }) => (kind === 'prev' || kind === 'next' ? [{ way: kind, href }] : []))

/** The chapters of a handbook before and after the one that is shown, as LINK and REL have them. */
function chaptersOf(page: Paged, links: readonly Element[], place: Place): Turns | undefined {
  if (isDated(place.url) || !isHandbook(page.body, place.url)) return undefined
  const said = links.map(link => ({
    way: sequenceIn(attribute(link, 'rel') ?? ''),
    href: attribute(link, 'href') ?? ''
  }))
  const turnBy = (wanted: Lead['way']): Turn | undefined => {
    const href = [...toldBy(page), ...said].find(({ way }) => way === wanted)?.href
    const url = href === undefined ? undefined : resolve(href, place)
    return url?.host === place.url.host && url.pathname !== place.url.pathname ? { url } : undefined
  }
  const [before, after] = [turnBy('prev'), turnBy('next')]
  return before === undefined && after === undefined ? undefined : { before, after, said: [] }
}

/** What LINK, REL and the names of links say. */
function leadsOf(page: Paged, links: readonly Element[], place: Place): Lead[] {
  const told = toldBy(page)
  const said = links.map(link => ({ way: wayOf(link), href: attribute(link, 'href') ?? '' }))
  return [...told, ...said]
    .map(({ way, href }) => (way === undefined || href === '' ? undefined : leadTo(href, way, place)))
    .filter(lead => lead !== undefined)
}

/** The number of the page that is shown, by what its address and that of what leads on lack: the first page has no number. */
function numberBy({ how }: Lead): number | undefined {
  const { numbers, shown } = how
  const [from, to] = numbers
  if (isFar(how)) return undefined
  if (from === undefined) return to === undefined ? undefined : 1
  return to === undefined ? 2 : shown
}

/** The strip that says most of the page that is shown. */
const bestOf = (strips: readonly Strip[]): Strip | undefined =>
  strips.find(({ number }) => number !== undefined) ?? strips[0]

/** Which page of a thread, an article or a list is shown, and where those before and after it are; never guessed. */
export function turnsOf(page: Paged, place: Place): Turns | undefined {
  const links = elements(page.body, 'a').filter(link => attribute(link, 'href') !== undefined)
  const strips = stripsIn(links, place)
  const leads = leadsOf(page, links, place)
  const strip = bestOf(strips)
  const number = strip?.number ?? leads.map(numberBy).find(said => said !== undefined)
  const turnBy = (way: Lead['way'], at: number | undefined): Turn | undefined => {
    const listed = at === undefined ? undefined : strip?.pages.get(at)
    const url = listed ?? leads.find(lead => lead.way === way)?.url
    return url === undefined || at === 0 ? undefined : { url, number: at }
  }
  const before = turnBy('prev', number === undefined ? undefined : number - 1)
  const after = turnBy('next', number === undefined ? undefined : number + 1)
  if (before === undefined && after === undefined) return chaptersOf(page, links, place)
  return { number, before, after, said: strips.map(({ element }) => element) }
}
