import { hasText } from '../tree/holders.js'
import { attribute, isElement, type Element } from '../tree/tree.js'

const HIDING = /(^|;)\s*(display\s*:\s*none|visibility\s*:\s*hidden)/i

/** A comment that does not end goes to the end (CSS Syntax 4.3.2). */
const COMMENT = /\/\*(?:[^*]|\*(?!\/))*(?:\*\/|$)/g

/** Whether an element says itself that it is not shown; style sheets are heard before (steps/apply-styles.ts). */
export function isHidden(element: Element): boolean {
  if (element.tagName === 'dialog') return attribute(element, 'open') === undefined
  if (element.tagName === 'input') return false
  if (attribute(element, 'hidden') !== undefined && attribute(element, 'hidden') !== 'until-found') return true
  if (HIDING.test((attribute(element, 'style') ?? '').replace(COMMENT, ' '))) return true
  // These are icons, which are hidden from screen readers and have no text.
  return attribute(element, 'aria-hidden') === 'true' && ['svg', 'i'].includes(element.tagName) && !hasText(element)
}

/** Whether an element is in the body, and not within one that goes anyway. */
export function isWithin(element: Element, body: Element, hidden: ReadonlySet<Element>): boolean {
  for (let parent = element.parentNode; parent !== null && isElement(parent); parent = parent.parentNode) {
    if (parent === body) return true
    if (hidden.has(parent)) return false
  }
  return false
}
