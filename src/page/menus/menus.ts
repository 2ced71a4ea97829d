import { likelihoodIn, type Content } from '../content/content.js'
import { isMain } from '../content/regions.js'
import { attribute, classAndId, elements, isElement, isText, type Element } from '../tree/tree.js'

/** A block with fewer links is no menu. */
const LEAST_LINKS = 4
/** The share of letters in links that a menu needs if the page marks it as one. */
const NAMED_SHARE = 0.5
/**
 * What a menu needs that is not marked: this many links, few letters between them, and links as short as those of
 * menus.
 */
const UNNAMED_LEAST_LINKS = 10
const UNNAMED_PROSE_PER_LINK = 2
const SHORT_LINK = 22
/** Links that are longer on the whole are goods and stories, with all that is said of them. Letters for each. */
const LONG_LINK = 100
/** A block with more letters outside of links, in all or in one paragraph, is for reading. */
const MOST_PROSE = 400
const PARAGRAPH = 70

const NAMED_TAGS = new Set(['nav', 'footer', 'header', 'aside', 'menu'])
const NAMED_ROLES = new Set(['navigation', 'banner', 'contentinfo', 'complementary', 'menu', 'menubar', 'directory'])
const NAMED_CLASS =
  /(^|[-_\s])(nav|navbar|navigation|menu|submenu|header|footer|sidebar|breadcrumbs?|toolbar|topbar|masthead|share|social|related|widget|tags?|sitemap|links|categor(y|ies)|archives?)([-_\s]|$)/i
const BLOCKS = new Set([
  'div',
  'ul',
  'ol',
  'td',
  'table',
  'section',
  'nav',
  'footer',
  'header',
  'aside',
  'menu',
  'dl',
  'center',
  'p'
])
const CONTENT = new Set(['main', 'article', 'h1', 'pre'])
const CONTROLS = new Set(['input', 'select', 'textarea', 'button'])

/** What an element contains, counted once for all. */
export interface Tally {
  links: number
  /** The characters of text, and those within links */
  letters: number
  linked: number
  images: number
  /** Of these, the arrows and icons beside the words of links */
  icons: number
  /** Fields and buttons */
  controls: number
  /** It contains a heading of the page, an article, or a paragraph of prose */
  content: boolean
}

/** The characters of a text, or 0 for the spaces, bars and dots between the links of a menu. */
const lettersIn = (text: string): number => {
  const { length } = text.charCodeAt(0) > 32 && text.charCodeAt(text.length - 1) > 32 ? text : text.trim()
  return length <= 1 ? 0 : length
}

/** Links within the page are its table of contents and not a menu. */
const isLink = (element: Element): boolean => element.tagName === 'a' && /^[^#]/.test(attribute(element, 'href') ?? '')

/** A wider or higher image is a picture, and no arrow beside a word. Pixels. */
const MOST_ICON = 64
const isLarge = (image: Element): boolean =>
  Number.parseInt(attribute(image, 'width') ?? '', 10) > MOST_ICON ||
  Number.parseInt(attribute(image, 'height') ?? '', 10) > MOST_ICON

/** So many different pictures, each beside the words of a link, are of things and not of a menu. */
const LEAST_PICTURES = 4

/** Deeper elements are not counted. Elements. */
const MOST_DEPTH = 400

const newTally = (): Tally => ({ links: 0, letters: 0, linked: 0, images: 0, icons: 0, controls: 0, content: false })

/**
 * Adds what an element contains to a tally. Blocks get a tally of their own, which is kept in `tallies` if they may be
 * menus.
 */
function count(parent: Element, into: Tally, tallies: Map<Element, Tally> | undefined, depth: number): void {
  for (const child of parent.childNodes) {
    if (isText(child)) into.letters += lettersIn(child.value)
    else if (isElement(child) && depth > 0) countElement(child, into, tallies, depth - 1)
  }
}

function countElement(element: Element, into: Tally, tallies: Map<Element, Tally> | undefined, depth: number): void {
  const { tagName } = element
  if (BLOCKS.has(tagName)) {
    const own = newTally()
    count(element, own, tallies, depth)
    if (tagName === 'p' && own.letters - own.linked > PARAGRAPH) own.content = true
    if (own.links >= LEAST_LINKS) tallies?.set(element, own)
    return add(into, own)
  }
  const before = into.letters
  const images = into.images
  count(element, into, tallies, depth)
  if (isLink(element)) {
    into.links++
    into.linked += into.letters - before
    const held = into.images - images
    if (held > 0 && into.letters > before && !elements(element, 'img').some(isLarge)) into.icons += held
  } else if (tagName === 'img') into.images++
  else if (CONTENT.has(tagName)) into.content = true
  else if (CONTROLS.has(tagName)) into.controls++
}

function add(outer: Tally, inner: Tally): void {
  outer.links += inner.links
  outer.letters += inner.letters
  outer.linked += inner.linked
  outer.images += inner.images
  outer.icons += inner.icons
  outer.controls += inner.controls
  outer.content ||= inner.content
}

/** Counts an element with all that it contains. */
export function tallyOf(element: Element): Tally {
  const tally = newTally()
  countElement(element, tally, undefined, MOST_DEPTH)
  return tally
}

/** The words of a class and an ID, also of those in camel case: subMenu, mainNav, headerBlock. */
const wordsOf = (element: Element): string => classAndId(element).replace(/[a-z](?=[A-Z])/g, '$&-')

function isNamed(element: Element): boolean {
  if (NAMED_TAGS.has(element.tagName) || NAMED_ROLES.has(attribute(element, 'role') ?? '')) return true
  return NAMED_CLASS.test(wordsOf(element))
}

/** With a telephone number among so few links a block that is called a menu says how to reach somebody. */
const FEW_LINKS = 12

const saysWhereToCall = (element: Element, { links }: Tally): boolean =>
  links <= FEW_LINKS &&
  !NAMED_TAGS.has(element.tagName) &&
  elements(element, 'a').some(link => /^tel:/i.test(attribute(link, 'href') ?? ''))

/** Whether its links show things, each with a picture of its own: the arrows of a menu are one image many times. */
function showsThings(element: Element, { icons }: Tally): boolean {
  if (icons < LEAST_PICTURES) return false
  const sources = elements(element, 'img').map(image => attribute(image, 'src') ?? '')
  return new Set(sources.filter(source => /\.(jpe?g|png|webp|avif)\b/i.test(source))).size >= LEAST_PICTURES
}

function isMenu(element: Element, counts: Tally, within: boolean): boolean {
  if (within && !NAMED_TAGS.has(element.tagName)) return false
  const prose = counts.letters - counts.linked
  if (counts.content || prose > MOST_PROSE || counts.linked > LONG_LINK * counts.links) return false
  if (isNamed(element)) return counts.linked >= NAMED_SHARE * counts.letters && !saysWhereToCall(element, counts)
  return (
    counts.links >= UNNAMED_LEAST_LINKS &&
    counts.images === counts.icons &&
    prose <= UNNAMED_PROSE_PER_LINK * counts.links &&
    counts.linked < SHORT_LINK * counts.links &&
    !showsThings(element, counts)
  )
}

/** Text that is likelier, or is so on the whole, is not surely navigation. */
const MOST_LIKELY = 0.4
const MOST_LIKELY_MEAN = 0.2

/**
 * What lies in so many menus by their looks that may be what the page is about is no menu either: all texts of one are
 * looked up for that, and a page may put two hundred into each other. Elements.
 */
const MOST_AROUND = 12

/** Whether a menu by its looks may be what the page is about: a list of stories, of goods, of entries. */
function mayBeContent(element: Element, content: Content | undefined): boolean {
  if (content === undefined) return false
  const { most, mean } = likelihoodIn(element, content)
  return most > MOST_LIKELY || mean > MOST_LIKELY_MEAN
}

/** An element on the way through the page. */
interface Place {
  readonly element: Element
  /** In the main part */
  readonly within: boolean
  /** So many menus by their looks that it lies in may be what the page is about */
  readonly around: number
}

/**
 * The menus of a page: never within an article or around a paragraph for reading, and within the main part only blocks
 * that are named as menus.
 */
export function menusOf(body: Element, content?: Content): { menus: Element[]; links: number } {
  const tallies = new Map<Element, Tally>()
  count(body, newTally(), tallies, MOST_DEPTH)
  const menus: Element[] = []
  let links = 0
  const stack: Place[] = [{ element: body, within: false, around: 0 }]
  for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
    const { element } = top
    const within = top.within || isMain(element)
    const counts = tallies.get(element)
    if (element.tagName === 'article' || (counts === undefined && BLOCKS.has(element.tagName))) continue
    const looksSo = top.around < MOST_AROUND && counts !== undefined && isMenu(element, counts, within)
    if (looksSo && !mayBeContent(element, content)) {
      menus.push(element)
      links += counts.links
      continue
    }
    const around = looksSo ? top.around + 1 : top.around
    for (const child of element.childNodes.toReversed())
      if (isElement(child)) stack.push({ element: child, within, around })
  }
  return { menus, links }
}
