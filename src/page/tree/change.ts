import { defaultTreeAdapter as adapter, html } from 'parse5'
import { listOf } from './child-list.js'
import { elements } from './walk.js'
import { attribute, isBlank, isElement, setAttribute, type Element, type Node, type Parent, type Text } from './node.js'

export function remove(node: Node): void {
  if (node.parentNode === null) return
  const list = listOf(node.parentNode)
  if (list === undefined) return adapter.detachNode(node)
  list.take(node)
  node.parentNode = null
}

/**
 * Removes elements, and those right around them that have one of these names and now are empty. When all have gone, each
 * of those is asked once: one that has held a hundred thousand would be read as often.
 */
export function removeWithParents(gone: readonly Element[], ...names: string[]): void {
  const around = new Set<Element>()
  for (const element of gone) {
    const { parentNode } = element
    if (parentNode !== null && isElement(parentNode) && names.includes(parentNode.tagName)) around.add(parentNode)
    remove(element)
  }
  for (const parent of around) if (parent.childNodes.every(isBlank)) remove(parent)
}

/** Replaces a node by few. */
export const replace = (node: Node, ...replacements: Node[]): void => {
  replaceByAll(node, replacements)
}

/**
 * Replaces a node by any number of others, which may be the children of another parent: a call takes fewer arguments
 * than a parent may have children.
 */
export function replaceByAll(node: Node, others: readonly Node[]): void {
  const parent = node.parentNode
  if (parent === null) return
  const replacements = [...others]
  for (const replacement of replacements) remove(replacement)
  for (const replacement of replacements) replacement.parentNode = parent
  const list = listOf(parent)
  if (list !== undefined) list.swap(node, replacements)
  else {
    const at = parent.childNodes.indexOf(node)
    parent.childNodes =
      replacements.length < 1000
        ? (parent.childNodes.splice(at, 1, ...replacements), parent.childNodes)
        : [...parent.childNodes.slice(0, at), ...replacements, ...parent.childNodes.slice(at + 1)]
  }
  node.parentNode = null
}

/** Removes an element and leaves its children in its place. */
export function unwrap(element: Element): void {
  const children = element.childNodes
  element.childNodes = []
  for (const child of children) child.parentNode = null
  replaceByAll(element, children)
}

export function createElement(name: string, attributes: Record<string, string> = {}, ...children: Node[]): Element {
  const attrs = Object.entries(attributes).map(([name, value]) => ({ name, value }))
  const element = adapter.createElement(name, html.NS.HTML, attrs)
  for (const child of children) append(element, child)
  return element
}

export function createText(value: string): Text {
  return adapter.createTextNode(value)
}

/** Makes a node the last child of a parent, whose children are not read. */
export function append(parent: Parent, node: Node): void {
  remove(node)
  const list = listOf(parent)
  if (list === undefined) parent.childNodes.push(node)
  else list.add(node, 'last')
  node.parentNode = parent
}

/** Moves nodes to the end of a parent, all at once: moved one by one, each would be searched for among its siblings. */
export function appendAll(parent: Parent, nodes: readonly Node[]): void {
  const moved = new Set(nodes)
  for (const former of new Set(nodes.map(node => node.parentNode))) {
    if (former !== null) former.childNodes = former.childNodes.filter(child => !moved.has(child))
  }
  for (const node of moved) {
    node.parentNode = parent
    parent.childNodes.push(node)
  }
}

/** An element with any number of children. */
export function createParent(name: string, children: readonly Node[]): Element {
  const parent = createElement(name)
  appendAll(parent, children)
  return parent
}

export function insertBefore(node: Node, before: Node): void {
  const parent = before.parentNode
  if (parent === null) return
  remove(node)
  const list = listOf(parent)
  if (list === undefined) return adapter.insertBefore(parent, node, before)
  list.put([node], { child: before, where: 'before' })
  node.parentNode = parent
}

export function insertAfter(node: Node, after: Node): void {
  const parent = after.parentNode
  if (parent === null) return
  const list = listOf(parent)
  if (list !== undefined) {
    if (node === after) return
    remove(node)
    list.put([node], { child: after, where: 'behind' })
    node.parentNode = parent
    return
  }
  const next = parent.childNodes[parent.childNodes.indexOf(after) + 1]
  if (next === undefined) append(parent, node)
  else insertBefore(node, next)
}

/** The children of a parent from `first` to `last`; none if `last` comes before `first`. */
export function childrenBetween(parent: Parent, first: Node, last: Node): Node[] {
  const list = listOf(parent)
  return list === undefined
    ? parent.childNodes.slice(parent.childNodes.indexOf(first), parent.childNodes.indexOf(last) + 1)
    : list.run(first, last)
}

/** Puts a new element between an element and its children. */
export function wrapChildren(element: Element, name: string): void {
  const children = element.childNodes
  element.childNodes = []
  append(element, createParent(name, children))
}

/** Makes a node the first child of a parent. The children are not read: a form may get a hundred thousand fields so. */
export function prepend(parent: Parent, node: Node): void {
  remove(node)
  const list = listOf(parent)
  if (list === undefined) parent.childNodes.unshift(node)
  else list.add(node, 'first')
  node.parentNode = parent
}

/**
 * Gives an element another name in the HTML namespace. With attributes, it keeps those alone and its ID, because links
 * may lead to it.
 */
export function rename(element: Element, name: string, attributes?: Record<string, string>): void {
  element.tagName = name
  element.nodeName = name
  element.namespaceURI = html.NS.HTML
  if (attributes === undefined) return
  const id = attribute(element, 'id')
  element.attrs = Object.entries(id === undefined ? attributes : { ...attributes, id }).map(([name, value]) => ({
    name,
    value
  }))
}

/** The places in an element that links lead to, which are left when it goes. */
export function anchorsIn(element: Element): Element[] {
  const names = [element, ...elements(element)].flatMap(
    inner => attribute(inner, 'id') ?? attribute(inner, 'name') ?? []
  )
  return names.map(name => createElement('a', { name }))
}

/** Has the links to an element that goes lead to another one, which stands where it begins. */
export function takePlace(place: Element, gone: Element): void {
  const id = attribute(gone, 'id')
  if (id === undefined) return
  if (attribute(place, 'id') === undefined) setAttribute(place, 'id', id)
  else prepend(place, createElement('a', { name: id }))
}
