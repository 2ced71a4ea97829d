import { proseLength } from '../tree/prose-length.js'
import { attribute, closest, contains, isElement, plainText, type Element } from '../tree/tree.js'
import { isPopup } from './hiding.js'

/** A section that opens has a heading and what it opens, and little else. Nodes. */
const MOST_PARTS = 20
/** Less text is a message, or a label. Characters. */
const LEAST_PROSE = 20
const HEADINGS = new Set(['h2', 'h3', 'h4', 'h5', 'h6'])

const isHeading = (element: Element): boolean =>
  HEADINGS.has(element.tagName) || attribute(element, 'aria-expanded') === 'false'

/** The element before one; undefined where there is none, or too many nodes to look through. */
function elementBefore(element: Element): Element | undefined {
  const siblings = element.parentNode?.childNodes ?? []
  return siblings.length > MOST_PARTS
    ? undefined
    : siblings
        .slice(0, siblings.indexOf(element))
        .filter(node => isElement(node))
        .at(-1)
}

/**
 * Whether a hidden element is what a heading before it would open ("Specs", "Delivery"), so that the heading would
 * stand there with nothing below. Menus have headings too: they are lists of links.
 */
export function isHiddenSection(element: Element): boolean {
  const before = elementBefore(element)
  if (before === undefined || !(isHeading(before) || contains(before, isHeading))) return false
  if (isPopup(element) || closest(element, 'nav', 'header', 'footer', 'dialog', 'form') !== undefined) return false
  const prose = proseLength(element)
  return prose >= LEAST_PROSE && prose * 2 >= plainText(element).length && plainText(before) !== ''
}
