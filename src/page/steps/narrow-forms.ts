import { typeOf, CONTROLS } from '../forms/controls.js'
import { tallyOf } from '../menus/menus.js'
import type { Step } from '../step.js'
import {
  appendAll,
  childrenBetween,
  closest,
  createElement,
  elements,
  insertBefore,
  isElement,
  isInside,
  isText,
  rename,
  type Element,
  type Node
} from '../tree/tree.js'

/** A form that holds less text beside its fields than that is one form to a person as well. Letters. */
const LEAST_BESIDE = 1000
/** So much of the text of a form stands away from all of its fields. Share. */
const LEAST_SHARE = 0.4

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

function childOf(parent: Element, node: Element): Element {
  let child = node
  while (child.parentNode !== null && child.parentNode !== parent && isElement(child.parentNode))
    child = child.parentNode
  return child
}

/** The innermost element of a form, or the form itself, that holds both of two controls and may hold a form. */
function around(first: Element, last: Element, form: Element): Element {
  let at = first
  while (at !== form && !(FLOW.has(at.tagName) && at !== first && isInside(last, at)) && isElement(at.parentNode!))
    at = at.parentNode
  return at
}

/** The children of an element from the line of one control to that of another. */
function linesOf(parent: Element, first: Element, last: Element): Node[] {
  const { childNodes } = parent
  let start = childNodes.indexOf(childOf(parent, first))
  let end = childNodes.indexOf(childOf(parent, last))
  while (isInline(childNodes[start]) && isInline(childNodes[start - 1])) start--
  while (isInline(childNodes[end]) && isInline(childNodes[end + 1])) end++
  return childrenBetween(parent, childNodes[start]!, childNodes[end]!)
}

const lettersIn = (nodes: readonly Node[]): number =>
  nodes.reduce(
    (sum, node) => sum + (isText(node) ? node.value.trim().length : isElement(node) ? tallyOf(node).letters : 0),
    0
  )

/** Closes a form around the part of it that has its fields, if most of it has none. */
function narrow(form: Element): void {
  const controls = elements(form, ...CONTROLS)
  const shown = controls.filter(control => typeOf(control) !== 'hidden')
  const [first, last] = [shown[0], shown.at(-1)]
  if (first === undefined || last === undefined) return
  const { letters } = tallyOf(form)
  if (letters < LEAST_BESIDE) return
  const parent = around(first, last, form)
  const lines = linesOf(parent, first, last)
  const beside = letters - lettersIn(lines)
  if (beside < LEAST_BESIDE || beside < LEAST_SHARE * letters) return
  const narrower = createElement('form')
  narrower.attrs = form.attrs.filter(({ name }) => name !== 'id')
  insertBefore(narrower, lines[0]!)
  appendAll(narrower, lines)
  const outside = controls.filter(control => closest(control, 'form') !== narrower)
  appendAll(narrower, [...outside, ...narrower.childNodes])
  rename(form, 'div', {})
}

/**
 * Narrows forms around most of a page, as some makers of sites have them for their scripts, to what can be filled in:
 * the page can then be cut outside of them, and what they send without being asked goes with their fields.
 */
export const narrowForms: Step = {
  name: 'narrow-forms',
  run({ body, names }) {
    if (!names.has('form')) return
    for (const form of elements(body, 'form')) narrow(form)
  }
}
