import { attribute, elements, isElement, isText, type Element, type Node } from '../tree/tree.js'
import { countWords, lettersOf, wordsOf } from '../content/words.js'
import { inkIn } from '../lists/item-content.js'
import { isForReaders } from './for-readers.js'
import { unescaped } from './told-text.js'

/** Between a title and the name of its site; Chinese sites write _ without spaces. */
const BETWEEN = /( [-–—|:·•»/] | ?_)/

/** What phpBB puts between the name of a forum and that of a thread. */
const VIEWED =
  /(?:^|:: ?)(?:view topic|thema anzeigen|voir le sujet|ver tema|ver tópico|leggi argomento|bekijk onderwerp|zobacz temat|просмотр темы|visa ämne|vis emne|näytä aihe|zobrazit téma)$/i

/** What stands before a title whose first part is missing. */
const AT_START = /^[\s|–—·•»/-]+/

/** A longer heading, or title, is a text. Characters. */
const MOST_CHARACTERS = 300
/** So many headings of a page are looked at. */
const MOST_HEADINGS = 20
/** Words that stand deeper in a heading are passed over. Elements. */
const MOST_DEPTH = 20
/** Shorter names of sites are a part of many words. Letters. */
const LEAST_SITE = 4
/** Of the words of a heading, so many stand in the title of a page as well if it says what that is about. Share. */
const LEAST_SHARED = 0.5

/** What handbooks put behind a heading as a link to it: no word. */
export const HEADING_MARK = /^[\s#¶§🔗\u200b]+$/u
const UNREAD = new Set(['button', 'svg', 'script', 'style'])

/** A heading; those of the first level are titles most often. */
export interface Heading {
  readonly text: string
  /** Whether it is a part of what the page is about */
  readonly isChosen: boolean
  /** Whether it is a link to the front page of its site */
  readonly isHome?: boolean
}

/** What may be the title of a page. */
export interface Titles {
  /** Its TITLE */
  readonly title: string
  /** What its data and its META call it, the surer one first */
  readonly told: readonly string[]
  readonly headings: readonly Heading[]
  /** Those of the next levels */
  readonly lower?: readonly Heading[]
  /** Names of its site */
  readonly sites: readonly string[]
  /** Whether it is the front page of its site, whose heading is often a slogan */
  readonly isFront: boolean
}

function addText(node: Node, parts: string[], depth: number): void {
  if (isText(node)) parts.push(node.value)
  if (!isElement(node) || UNREAD.has(node.tagName) || depth === 0) return
  if (node.tagName === 'br') parts.push(' ')
  for (const child of node.childNodes) if (!isElement(child) || !isForReaders(child)) addText(child, parts, depth - 1)
}

/** What a heading says, without buttons, the mark of a link to it, and what only those hear who do not see it. */
function headingText(heading: Element): string {
  const parts: string[] = []
  addText(heading, parts, MOST_DEPTH)
  const text = parts.filter(part => !HEADING_MARK.test(part) || part.trim() === '').join('')
  return unescaped(text.slice(0, MOST_CHARACTERS + 1))
    .replace(/[\s¶]+/g, ' ')
    .trim()
}

/** What leads to the front page of a site, or of the forum on it. */
const HOME = /^(https?:\/\/[^/?]+\/?|\.?\/)$|(^|\/)index\.(php|html?)$/

/** Whether a heading is nothing but a link to the front page. */
function isHome(heading: Element): boolean {
  const [only, ...others] = inkIn(heading)
  if (only === undefined || others.length > 0 || !isElement(only) || only.tagName !== 'a') return false
  return HOME.test(attribute(only, 'href') ?? '')
}

/** The headings of some levels, each once. */
export function headingsIn(
  body: Element,
  isChosen: (heading: Element) => boolean,
  levels: readonly string[] = ['h1']
): Heading[] {
  const headings = new Map<string, Heading>()
  for (const element of elements(body, ...levels).slice(0, MOST_HEADINGS)) {
    const text = headingText(element)
    if (text === '' || text.length > MOST_CHARACTERS || headings.get(text)?.isChosen === true) continue
    headings.set(text, { text, isChosen: isChosen(element), isHome: isHome(element) })
  }
  return [...headings.values()]
}

/** Whether a text is the name of a site: that, most of that, or that with a little more. */
function isSite(text: string, sites: readonly string[]): boolean {
  const letters = lettersOf(text)
  return sites.map(lettersOf).some(site => {
    const [short, long] = letters.length < site.length ? [letters, site] : [site, letters]
    return short.length >= LEAST_SITE && long.includes(short) && 2 * short.length > long.length
  })
}

/** A title without the names of its site at its end. */
export function withoutSite(title: string, sites: readonly string[]): string {
  const parts = title.slice(0, MOST_CHARACTERS).split(BETWEEN)
  if (title.length > MOST_CHARACTERS || !parts.slice(1).some(part => isSite(part, sites))) return title
  while (parts.length > 1 && isSite(parts.at(-1)!, sites)) parts.splice(-2)
  return parts.join('')
}

/** Whether a title begins with a text, or is told to be it. */
function isNamed(text: string, { title, told }: Titles): boolean {
  const letters = lettersOf(text)
  const parts = title.split(BETWEEN)
  const begins = parts.some((_, at) => at % 2 === 0 && lettersOf(parts.slice(0, at + 1).join('')) === letters)
  return begins || told.some(name => lettersOf(name) === letters)
}

/** The heading that says what a page is about. */
function headingOf(titles: Titles): string | undefined {
  const { title, headings, sites, isFront } = titles
  const words = new Set(wordsOf(title))
  const isShared = ({ text }: Heading): boolean => {
    const own = wordsOf(text)
    return title === '' || own.filter(word => words.has(word)).length >= LEAST_SHARED * own.length
  }
  const own = headings.filter(({ text }) => !isSite(text, sites))
  const named = own.find(({ text }) => isNamed(text, titles))
  if (named !== undefined) return withoutSite(named.text, sites)
  const several = own.filter(({ text }) => title === '' || countWords(text) > 1)
  const [only] = several.length === 1 ? several : several.filter(isShared)
  return only !== undefined && ((only.isChosen && !isFront) || isShared(only)) ? shortened(only.text, title) : undefined
}

/** A heading without what some sites put behind it: what saves the page, what copies its name. */
function shortened(heading: string, title: string): string {
  const [first = ''] = title.split(BETWEEN)
  return countWords(first) > 1 && heading.startsWith(`${first} `) && heading.length > 2 * first.length ? first : heading
}

/** A title without what it says of its site, as far as that can be told: its longest part. */
function plainTitle({ title: whole, told, sites }: Titles): string {
  const title = withoutSite(whole, sites)
  if (title === '') return told.find(text => text !== '') ?? ''
  const isPart = (text: string): boolean =>
    text.length > 1 && text.length < title.length && (title.startsWith(text) || title.endsWith(text))
  const part = told.find(text => text === title || (isPart(text) && 2 * text.length > title.length))
  const parts = title.split(BETWEEN)
  if (part !== undefined || parts.length < 2 || title !== whole) return part ?? title
  const longest = parts.reduce((one, other) => (other.length > one.length ? other : one))
  return 2 * longest.length > title.length ? longest : title
}

/** Before the name of a page, where that of its site stands first. */
const BEFORE_NAME = /[-–—|:·•»/]\s?$/

/** The heading of a page below that of its site, whose name stands before it in the title too, as on old weblogs. */
function lowerHeading({ title, headings, lower = [] }: Titles): string | undefined {
  if (headings.some(({ isChosen }) => isChosen) || !headings.some(({ text }) => title.startsWith(text)))
    return undefined
  const isEnd = (text: string): boolean =>
    countWords(text) > 1 && title.endsWith(text) && BEFORE_NAME.test(title.slice(0, -text.length))
  return lower.find(({ text, isChosen }) => isChosen && isEnd(text))?.text
}

/** A title without what phpBB puts before it. */
function withoutForum(title: string): string {
  const parts = title.slice(0, MOST_CHARACTERS).split(BETWEEN)
  const at = parts.findIndex(part => VIEWED.test(part))
  return at === -1 || at + 2 >= parts.length ? title : parts.slice(at + 2).join('')
}

/** What a page is called: by its own heading, else by its title without the name of its site. */
export function titleOf(all: Titles): string {
  const begun = withoutForum(all.title).replace(AT_START, '')
  // Where it names the site alone as a part is missing, the heading alone says what the page is about.
  const found = { ...all, title: begun !== all.title && isSite(begun, all.sites) ? '' : begun }
  const title = found.title.slice(0, MOST_CHARACTERS)
  const last = lettersOf(title.split(BETWEEN).slice(2).at(-1) ?? '')
  // A heading of every page of a site is its name, which ends the titles; so is a link to the front page.
  const isName = ({ text, isChosen, isHome: isLink = false }: Heading): boolean =>
    (lettersOf(text) === last && !isChosen) || (isLink && !found.isFront && !isNamed(text, found))
  const names = found.headings.filter(isName)
  const titles = { ...found, sites: [...found.sites, ...names.map(({ text }) => text)] }
  return (
    lowerHeading({ ...titles, title }) ??
    headingOf({ ...titles, title, told: found.told.map(name => name.slice(0, MOST_CHARACTERS)) }) ??
    plainTitle(titles)
  )
}

/** Whether a name with a mark in it says all that a title says, in any order. */
function saysAll(name: string, title: string): boolean {
  const words = new Set(wordsOf(name))
  return BETWEEN.test(name) && title !== '' && wordsOf(title).every(word => words.has(word))
}

/** What data call a thing; where that has more than the title of its page behind a mark, the title. */
export const nameOf = (name: string, title: string): string => (name === '' || saysAll(name, title) ? title : name)
