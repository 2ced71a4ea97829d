import {
  append,
  attribute,
  childrenBetween,
  closest,
  contains,
  createElement,
  insertBefore,
  isElement,
  unwrap,
  type Element,
  type Node,
  type Parent
} from '../../tree/tree.js'
import { isControl } from '../controls.js'
import type { FormIndex } from '../form-index.js'

function ancestors(node: Node): Parent[] {
  const found: Parent[] = []
  for (
    let parent: Parent | null = node.parentNode;
    parent !== null;
    parent = isElement(parent) ? parent.parentNode : null
  )
    found.push(parent)
  return found
}

/** The child of an ancestor that contains a node; the node itself if it is that child. */
export function childWith(node: Node, ancestor: Parent): Node {
  let child = node
  for (let parent = node.parentNode; parent !== null && parent !== ancestor && isElement(parent);) {
    child = parent
    parent = parent.parentNode
  }
  return child
}

const TABLE_PARTS = new Set(['table', 'thead', 'tbody', 'tfoot', 'tr'])

/** Puts a form around everything between it and its last control; returns whether it could. */
function surround(form: Element, last: Element): boolean {
  const outer = ancestors(form)
  const common = ancestors(last).find(
    parent => outer.includes(parent) && !(isElement(parent) && TABLE_PARTS.has(parent.tagName))
  )
  if (common === undefined) return false
  const inside = childrenBetween(common, childWith(form, common), childWith(last, common))
  const [first] = inside
  if (first === undefined) return false
  const around = createElement('form', Object.fromEntries(form.attrs.map(({ name, value }) => [name, value])))
  insertBefore(around, first)
  for (const node of inside) append(around, node)
  unwrap(form)
  return true
}

/**
 * The HTML 5 parser leaves a FORM between the rows of a table empty, and its controls stand outside of every form. Such
 * a form gets the controls that follow it, up to the next form. Returns whether there was one.
 */
function fillEmptyForms(parts: readonly Element[]): boolean {
  let filled = false
  let empty: Element | undefined
  let last: Element | undefined
  const fill = (): void => {
    if (empty !== undefined && last !== undefined && surround(empty, last)) filled = true
    last = undefined
  }
  for (const part of parts) {
    if (part.tagName === 'form') {
      fill()
      empty = contains(part, isControl) ? undefined : part
    } else if (empty !== undefined && closest(part, 'form') === undefined) last = part
  }
  fill()
  return filled
}

/**
 * Puts the controls of a page into their forms, which they belong to by their place or by their FORM attribute. Returns
 * whether there are other forms then, which may stand around some.
 */
export function reunite(parts: readonly Element[], index: FormIndex): boolean {
  const all = parts.filter(part => part.tagName === 'form' || isControl(part))
  const filled = fillEmptyForms(all)
  for (const control of all) {
    const owner = attribute(control, 'form')
    const form = owner === undefined ? undefined : index.form(owner)
    if (form !== undefined && closest(control, 'form') !== form) append(form, control)
  }
  return filled
}
