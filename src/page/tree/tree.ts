import { defaultTreeAdapter as adapter, html, type DefaultTreeAdapterTypes as Types } from 'parse5'
import { listOf } from './child-list.js'

// The dozen things that steps do to a tree. All walks are iterative: a page may nest a million elements deep.

export type Node = Types.ChildNode
export type Element = Types.Element
export type Parent = Types.ParentNode
export type Document = Types.Document
export type Text = Types.TextNode

/** Only the names of elements begin without #; cheaper than asking for a property that some nodes lack. */
export const isElement = (node: Types.Node): node is Element => node.nodeName.charCodeAt(0) !== 35
export const isText = (node: Types.Node): node is Text => node.nodeName === '#text'

/** The value of an attribute, or undefined. */
export function attribute(element: Element, name: string): string | undefined {
  for (const attr of element.attrs) if (attr.name === name) return attr.value
  return undefined
}

export function setAttribute(element: Element, name: string, value: string): void {
  const attr = element.attrs.find(attr => attr.name === name)
  if (attr === undefined) element.attrs.push({ name, value })
  else attr.value = value
}

export function removeAttribute(element: Element, name: string): void {
  element.attrs = element.attrs.filter(attr => attr.name !== name)
}

function pushChildren(stack: Node[], parent: Parent): void {
  const children = parent.childNodes
  for (let at = children.length - 1; at >= 0; at--) stack.push(children[at]!)
}

/**
 * Calls `visit` for each element below root in document order; a visit that returns false is not followed into its
 * children.
 */
export function walk(root: Parent, visit: Visit): void {
  descend(root, visit, MOST_RECURSION)
}

// eslint-disable-next-line @typescript-eslint/no-invalid-void-type -- most visits say nothing, and need no return
type Visit = (element: Element) => boolean | undefined | void

/** Recursion is twice as fast as a stack of our own (measured); below this depth the stack takes over. Elements. */
const MOST_RECURSION = 400

function descend(parent: Parent, visit: Visit, depth: number): void {
  if (depth === 0) return descendFar(parent, visit)
  for (const node of parent.childNodes) {
    if (isElement(node) && visit(node) !== false && node.childNodes.length > 0) descend(node, visit, depth - 1)
  }
}

function descendFar(root: Parent, visit: Visit): void {
  const stack: Node[] = []
  pushChildren(stack, root)
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (isElement(node) && visit(node) !== false) pushChildren(stack, node)
  }
}

/**
 * All elements below root in document order (those of the given names, if any), collected first: they may be moved
 * meanwhile.
 */
export function elements(root: Parent, ...names: string[]): Element[] {
  const found: Element[] = []
  collect(root, names.length === 0 ? undefined : new Set(names), found, MOST_RECURSION)
  return found
}

function collect(parent: Parent, names: ReadonlySet<string> | undefined, found: Element[], depth: number): void {
  if (depth === 0) {
    return descendFar(parent, node => {
      if (names === undefined || names.has(node.tagName)) found.push(node)
    })
  }
  for (const node of parent.childNodes) {
    if (!isElement(node)) continue
    if (names === undefined || names.has(node.tagName)) found.push(node)
    if (node.childNodes.length > 0) collect(node, names, found, depth - 1)
  }
}

/** Whether any element below root passes the test. */
export function contains(root: Parent, test: (element: Element) => boolean): boolean {
  const stack: Node[] = []
  pushChildren(stack, root)
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (!isElement(node)) continue
    if (test(node)) return true
    pushChildren(stack, node)
  }
  return false
}

/** The text below a node, as it stands. */
export function textOf(root: Parent): string {
  let text = ''
  const stack: Node[] = []
  pushChildren(stack, root)
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (isText(node)) text += node.value
    else if (isElement(node)) pushChildren(stack, node)
  }
  return text
}

/** The text below a node with runs of white space as one space. */
export const plainText = (root: Parent): string => textOf(root).replace(/\s+/g, ' ').trim()

/** The beginning of the text below a node, at least so many characters if there are; as it stands. */
export function textStart(root: Parent, characters: number): string {
  let text = ''
  const stack: Node[] = []
  pushChildren(stack, root)
  for (let node = stack.pop(); node !== undefined && text.length < characters; node = stack.pop()) {
    if (isText(node)) text += node.value
    else if (isElement(node)) pushChildren(stack, node)
  }
  return text
}

/** The nearest ancestor with one of the names, or undefined. */
export function closest(node: Node, ...names: string[]): Element | undefined {
  for (let parent = node.parentNode; parent !== null; parent = isElement(parent) ? parent.parentNode : null) {
    if (isElement(parent) && names.includes(parent.tagName)) return parent
  }
  return undefined
}

export function remove(node: Node): void {
  if (node.parentNode === null) return
  const list = listOf(node.parentNode)
  if (list === undefined) return adapter.detachNode(node)
  list.take(node)
  node.parentNode = null
}

/** Puts nodes where a node stands, and takes that node away. */
export function replace(node: Node, ...replacements: Node[]): void {
  const parent = node.parentNode
  if (parent === null) return
  for (const replacement of replacements) remove(replacement)
  for (const replacement of replacements) replacement.parentNode = parent
  const list = listOf(parent)
  if (list !== undefined) {
    list.put(replacements, 'before', node)
    list.take(node)
  } else {
    // Not splice(...replacements): a body of a hundred thousand children is more than a call takes arguments.
    const at = parent.childNodes.indexOf(node)
    parent.childNodes =
      replacements.length < 1000
        ? (parent.childNodes.splice(at, 1, ...replacements), parent.childNodes)
        : [...parent.childNodes.slice(0, at), ...replacements, ...parent.childNodes.slice(at + 1)]
  }
  node.parentNode = null
}

/** Takes an element away and leaves its children in its place. */
export function unwrap(element: Element): void {
  const children = element.childNodes
  element.childNodes = []
  for (const child of children) child.parentNode = null
  replace(element, ...children)
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

export function append(parent: Parent, node: Node): void {
  remove(node)
  adapter.appendChild(parent, node)
}

/**
 * Moves nodes behind the children of a parent, all at once: one by one, each would be searched for among its siblings.
 */
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

export function insertBefore(node: Node, before: Node): void {
  const parent = before.parentNode
  if (parent === null) return
  remove(node)
  const list = listOf(parent)
  if (list === undefined) return adapter.insertBefore(parent, node, before)
  list.put([node], 'before', before)
  node.parentNode = parent
}

export function insertAfter(node: Node, after: Node): void {
  const parent = after.parentNode
  if (parent === null) return
  const list = listOf(parent)
  if (list !== undefined) {
    if (node === after) return
    remove(node)
    list.put([node], 'behind', after)
    node.parentNode = parent
    return
  }
  const next = parent.childNodes[parent.childNodes.indexOf(after) + 1]
  if (next === undefined) append(parent, node)
  else insertBefore(node, next)
}

/** The children of a parent from one to another; none if that does not follow. */
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
  append(element, createElement(name, {}, ...children))
}

/** Puts a node first among the children of a parent. */
export function prepend(parent: Parent, node: Node): void {
  const first = parent.childNodes[0]
  if (first === undefined) append(parent, node)
  else insertBefore(node, first)
}

/**
 * Gives an element another name, in the HTML namespace, and only these attributes and its ID, which links may lead to.
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

/** The HEAD of a document: a page always has one after parsing. */
export function headOf(document: Document): Element | undefined {
  const root = document.childNodes.find((node): node is Element => isElement(node) && node.tagName === 'html')
  return root?.childNodes.find((node): node is Element => isElement(node) && node.tagName === 'head')
}

/** The BODY of a document (a page always has one after parsing, unless it is a frameset). */
export function bodyOf(document: Document): Element | undefined {
  const root = document.childNodes.find((node): node is Element => isElement(node) && node.tagName === 'html')
  return root?.childNodes.find(
    (node): node is Element => isElement(node) && (node.tagName === 'body' || node.tagName === 'frameset')
  )
}
