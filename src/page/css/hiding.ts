import { proseLength } from '../tree/prose-length.js'
import { attribute, classAndId, closest, contains, elements, isElement, plainText, type Element } from '../tree/tree.js'

/**
 * More text than this in a block that a style sheet hides is something that a script shows when it is asked to: the
 * answer to a question, the second of three tabs. An old browser could never ask. Characters.
 */
const MOST_PROSE = 100
/** A box that opens by itself and would cover the page may hold this much text, and pictures. Characters. */
const MOST_POPUP_PROSE = 600

const POPUP =
  /(^|[-_\s])(modal|dialog|pop-?up|popover|lightbox|cookies?|consent|gdpr|tooltip|toast|snackbar|off-?canvas|newsletter)([-_\s]|$)/i
/** Whether an element is named as a box that opens over the page. */
export const isPopup = (element: Element): boolean => POPUP.test(classAndId(element))

/** Boxes about cookies have fields for choices that an old browser cannot store. */
const CONSENT = /(^|[-_\s])(cookies?|consent|gdpr)([-_\s]|$)/i
/** Names of blocks that nobody wants on paper, nor on a screen of 640 pixels. */
const CLUTTER =
  /(^|[-_\s])(advert|sponsor|promo|(ads?|shar(e|ing)|social|cookies?|consent|gdpr|pop-?up|newsletter|subscribe)([-_\s]|$))/i

/** Never hidden by a sheet: the page itself, what people type into and what names it, parts of tables. */
const ALWAYS_SHOWN = new Set([
  'html',
  'body',
  'main',
  'article',
  'h1',
  'label',
  'legend',
  'caption',
  'td',
  'th',
  'option',
  'optgroup',
  'noscript',
  'input',
  'select',
  'textarea',
  'form',
  'pre'
])
/** Scripts load these when a person scrolls to them or clicks. */
const PICTURES = new Set(['img', 'picture', 'video', 'audio', 'iframe', 'object', 'embed'])

const isAlwaysShown = (element: Element): boolean =>
  ALWAYS_SHOWN.has(element.tagName) || attribute(element, 'role') === 'main'
const isPicture = (element: Element): boolean => PICTURES.has(element.tagName)
const isOrHas = (element: Element, test: (element: Element) => boolean): boolean =>
  test(element) || contains(element, test)

/** The number of links of a page to each address. */
export type LinkCounts = Map<string, number>

export function countLinks(root: Element): LinkCounts {
  const counts: LinkCounts = new Map()
  for (const link of elements(root, 'a')) {
    const address = attribute(link, 'href')
    if (address !== undefined && !address.startsWith('#')) counts.set(address, (counts.get(address) ?? 0) + 1)
  }
  return counts
}

/** A hidden block with fewer links is no menu. */
const LEAST_LINKS = 4

/**
 * Whether the links of an element are too few to be missed, or lead to addresses that links which stay lead to as well.
 * If so, they are subtracted from the counts.
 */
export function linksAreElsewhere(element: Element, page: LinkCounts): boolean {
  const own = countLinks(element)
  if (own.size >= LEAST_LINKS) for (const [address, count] of own) if ((page.get(address) ?? 0) <= count) return false
  for (const [address, count] of own) page.set(address, (page.get(address) ?? 0) - count)
  return true
}

/**
 * Whether an element that a style sheet hides may go. Sheets hide what scripts show later: fields, pictures, prose and
 * menus that are nowhere else stay.
 */
export function mayHide(element: Element, links: LinkCounts): boolean {
  if (isOrHas(element, isAlwaysShown) && !CONSENT.test(classAndId(element))) return false
  const popup = isPopup(element)
  if (!popup && isOrHas(element, isPicture)) return false
  return proseLength(element) <= (popup ? MOST_POPUP_PROSE : MOST_PROSE) && linksAreElsewhere(element, links)
}

/**
 * Whether an element that is not printed may go: a print sheet also leaves out menus, searches and comments, so only
 * what is called an advertisement, a share bar, a banner for cookies or newsletters, and has nothing to read.
 */
export function mayGoUnprinted(element: Element): boolean {
  return CLUTTER.test(classAndId(element)) && !isOrHas(element, isAlwaysShown) && proseLength(element) <= MOST_PROSE
}

const isShownImage = (element: Element): boolean => element.tagName === 'img' && attribute(element, 'src') !== undefined
const isOnlyText = (element: Element, within: Element): boolean => plainText(within) === plainText(element)

/**
 * Whether text for screen readers alone may go: a link to a place in the page, and what repeats an image beside it. The
 * name of an icon, of a field and of a section stays: an old browser shows nothing else in its place.
 */
export function mayHideOffscreen(element: Element): boolean {
  if (element.tagName === 'a') return attribute(element, 'href')?.startsWith('#') === true
  if (
    !['span', 'div', 'p'].includes(element.tagName) ||
    isOrHas(element, isAlwaysShown) ||
    element.childNodes.some(isElement)
  )
    return false
  const siblings = element.parentNode?.childNodes ?? []
  if (siblings.length > 20 || !siblings.some(node => isElement(node) && isOrHas(node, isShownImage))) return false
  const link = closest(element, 'a', 'button')
  return link === undefined || !isOnlyText(element, link)
}
