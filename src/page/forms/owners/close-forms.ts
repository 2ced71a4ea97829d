import {
  appendAll,
  attribute,
  childrenBetween,
  closest,
  createElement,
  elements,
  insertAfter,
  insertBefore,
  isElement,
  isInside,
  isText,
  rename,
  type Element,
  type Node
} from '../../tree/tree.js'
import { isControl, typeOf } from '../controls.js'
import { childWith } from './reunite.js'

/** A form may stand in these. */
const FLOW = new Set(
  'form div center blockquote section article main header footer aside nav fieldset figure td th li dd'.split(' ')
)
/** What stands in the line of a field. */
const INLINE = new Set(
  'a b i u em strong span font small big sub sup tt code label br img input select textarea'.split(' ')
)

const isInline = (node: Node | undefined): boolean =>
  node !== undefined && (isText(node) || (isElement(node) && INLINE.has(node.tagName)))

/** The innermost element of a form, or the form itself, that holds both of two controls and may hold a form. */
function around(first: Element, last: Element, form: Element): Element {
  let at = first
  while (at !== form && !(FLOW.has(at.tagName) && at !== first && isInside(last, at)) && isElement(at.parentNode!))
    at = at.parentNode
  return at
}

/** The nodes within a form from the line of its first control that is shown to that of the last; a form may stand around them. */
export function linesOf(form: Element, controls: readonly Element[]): Node[] {
  const shown = controls.filter(control => typeOf(control) !== 'hidden')
  const [first, last] = [shown[0], shown.at(-1)]
  if (first === undefined || last === undefined) return []
  const parent = around(first, last, form)
  const { childNodes } = parent
  let start = childNodes.indexOf(childWith(first, parent))
  let end = childNodes.indexOf(childWith(last, parent))
  while (isInline(childNodes[start]) && isInline(childNodes[start - 1])) start--
  while (isInline(childNodes[end]) && isInline(childNodes[end + 1])) end++
  return childrenBetween(parent, childNodes[start]!, childNodes[end]!)
}

/** Closes a form around some nodes within it, and takes all of its controls along. Returns what is the form then; `form` becomes a DIV. */
export function closeAround(form: Element, lines: readonly Node[], controls: readonly Element[]): Element {
  const narrower = createElement('form')
  narrower.attrs = form.attrs.filter(({ name }) => name !== 'id')
  insertBefore(narrower, lines[0] ?? form.childNodes[0]!)
  appendAll(narrower, lines)
  const outside = controls.filter(control => closest(control, 'form') !== narrower)
  appendAll(narrower, [...outside, ...narrower.childNodes])
  rename(form, 'div', {})
  return narrower
}

/** The forms that hold others, the innermost first, with the controls of their own. */
function holdersAmong(parts: readonly Element[]): Map<Element, Element[]> {
  const holders = new Map<Element, Element[]>()
  for (const part of parts) {
    const outer = part.tagName === 'form' ? closest(part, 'form') : undefined
    if (outer !== undefined) holders.set(outer, [])
  }
  if (holders.size === 0) return holders
  for (const part of parts) {
    const owner = isControl(part) ? closest(part, 'form') : undefined
    if (owner !== undefined) holders.get(owner)?.push(part)
  }
  return holders
}

/** Closes a form that holds others around its own controls; those among these go behind it. */
function closeHolder(form: Element, controls: readonly Element[]): void {
  const narrower = closeAround(form, linesOf(form, controls), controls)
  for (const inner of elements(narrower, 'form').reverse()) if (inner !== narrower) insertAfter(inner, narrower)
  // What stands elsewhere names its form by that.
  const id = attribute(form, 'id')
  if (id === undefined) return
  form.attrs = []
  narrower.attrs.push({ name: 'id', value: id })
}

/**
 * Takes forms out of others: HTML has none within another, and the parser makes them where the end of one is crossed with
 * that of what stands around it. A browser of the time would send the fields of both to where the outer one leads.
 *
 * @param parts the forms and controls of a page, in order; returns whether there were such forms
 */
export function unnestForms(parts: readonly Element[]): boolean {
  const holders = [...holdersAmong(parts)].reverse()
  for (const [form, controls] of holders) closeHolder(form, controls)
  return holders.length > 0
}
