import { likelihoodIn, type Content } from '../content/content.js'
import { isFillable } from './controls.js'
import { hasText } from '../tree/holders.js'
import { proseLength } from '../tree/prose-length.js'
import { attribute, contains, elements, type Element } from '../tree/tree.js'
import { linksAreElsewhere, type LinkCounts } from '../css/hiding.js'

/** What is likelier content than that stays: a guide to sizes, the text of a law. Mean likelihood. */
const LIKELY = 0.2
/** More is something to read, such as how goods are delivered. Characters. */
const MOST_PROSE = 160
/** A box with more pictures shows those of the page enlarged. */
const MOST_PICTURES = 2
/** What such a box is called; its class is believed where `aria-hidden` keeps the box from those who hear the page. */
const MODAL = /(^|\s)([\w-]*[_-])?modal(\s|$)/i

/** Whether an element is a box that covers the page and keeps all else from being reached: a script opens it. */
export function isModal(element: Element): boolean {
  const role = attribute(element, 'role')
  const isUnheard = attribute(element, 'aria-hidden') === 'true'
  if (role !== 'dialog' && role !== 'alertdialog') return isUnheard && MODAL.test(attribute(element, 'class') ?? '')
  return isUnheard || attribute(element, 'aria-modal') === 'true'
}

const isFilled = (field: Element): boolean => isFillable(field) || field.tagName === 'select'
/** To search, to log in, to choose a country: many of these work without scripts as well. */
const hasForm = (element: Element): boolean => elements(element, 'form').some(form => contains(form, isFilled))

/**
 * Whether an element is a box that scripts would open and that nobody misses: no part of what the page is about, no
 * form to fill in, no links that are nowhere else.
 */
export function isClosedModal(element: Element, content: Content | undefined, links: () => LinkCounts): boolean {
  if (content === undefined || !isModal(element) || !hasText(element) || hasForm(element)) return false
  if (contains(element, ({ tagName }) => tagName === 'main' || tagName === 'article' || tagName === 'h1')) return false
  if (likelihoodIn(element, content).mean >= LIKELY || elements(element, 'img').length > MOST_PICTURES) return false
  return proseLength(element) <= MOST_PROSE && linksAreElsewhere(element, links())
}
