import { hasText } from '../tree/holders.js'
import { attribute, walk, type Element } from '../tree/tree.js'

const GONE = /(^|;)\s*display\s*:\s*none/i
const INVISIBLE = /(^|;)\s*visibility\s*:\s*hidden/i
const VISIBLE = /(^|;)\s*visibility\s*:\s*visible/i
const NO_WIDTH = /(^|;)\s*width\s*:\s*0(px)?\s*(;|!|$)/i
const NO_HEIGHT = /(^|;)\s*height\s*:\s*0(px)?\s*(;|!|$)/i

/** A comment that does not end goes to the end (CSS Syntax 4.3.2). */
const COMMENT = /\/\*(?:[^*]|\*(?!\/))*(?:\*\/|$)/g

const styleOf = (element: Element): string => (attribute(element, 'style') ?? '').replace(COMMENT, ' ')

/** Whether an element says itself that it is not shown; style sheets are heard before (steps/apply-styles.ts). */
export function isHidden(element: Element): boolean {
  if (element.tagName === 'dialog') return attribute(element, 'open') === undefined
  if (element.tagName === 'input') return false
  if (attribute(element, 'hidden') !== undefined && attribute(element, 'hidden') !== 'until-found') return true
  const style = styleOf(element)
  if (GONE.test(style) || INVISIBLE.test(style)) return true
  // These are icons, which are hidden from screen readers and have no text.
  return attribute(element, 'aria-hidden') === 'true' && ['svg', 'i'].includes(element.tagName) && !hasText(element)
}

/** Whether an element says itself that it has no width and no height. */
export function takesNoRoom(element: Element): boolean {
  const style = styleOf(element)
  return NO_WIDTH.test(style) && NO_HEIGHT.test(style)
}

/** What is seen within an element that is hidden by its visibility alone: that does not hide what says otherwise. */
export function visibleWithin(element: Element): Element[] {
  const style = styleOf(element)
  if (!INVISIBLE.test(style) || GONE.test(style) || attribute(element, 'hidden') !== undefined) return []
  const seen: Element[] = []
  walk(element, inner => {
    if (GONE.test(styleOf(inner))) return false
    if (!VISIBLE.test(styleOf(inner))) return true
    seen.push(inner)
    return false
  })
  return seen
}
