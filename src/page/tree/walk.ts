import { attribute, isElement, isText, type Element, type Node, type Parent, type Text } from './node.js'

// No walk recurses without a bound: a page may nest a million elements deep.

/** Puts children on a stack, the last one first. One by one: a call takes fewer arguments than a parent may have children. */
export function pushChildren(stack: Node[], parent: Parent): void {
  const children = parent.childNodes
  for (let at = children.length - 1; at >= 0; at--) {
    const child = children[at]
    if (child !== undefined) stack.push(child)
  }
}

/**
 * Calls `visit` for each element below root in document order. A visit that returns false skips the children of its
 * element.
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
 * All elements below root in document order, or those of the given names. They are collected first, so that they may be
 * moved meanwhile.
 */
export function elements(root: Parent, ...names: string[]): Element[] {
  const found: Element[] = []
  const [only] = names
  if (names.length === 1 && only !== undefined) collectNamed(root, { name: only, found }, MOST_RECURSION)
  else collect(root, { names: names.length === 0 ? undefined : new Set(names), found }, MOST_RECURSION)
  return found
}

interface NamedCollection {
  readonly name: string
  readonly found: Element[]
}

/** One name is compared, not looked up: that takes half the time (measured). */
function collectNamed(parent: Parent, collection: NamedCollection, depth: number): void {
  const { name, found } = collection
  if (depth === 0) return collectFar(parent, { names: new Set([name]), found })
  for (const node of parent.childNodes) {
    if (!isElement(node)) continue
    if (node.tagName === name) found.push(node)
    if (node.childNodes.length > 0) collectNamed(node, collection, depth - 1)
  }
}

interface Collection {
  /** Undefined is all */
  readonly names: ReadonlySet<string> | undefined
  readonly found: Element[]
}

function collect(parent: Parent, collection: Collection, depth: number): void {
  if (depth === 0) return collectFar(parent, collection)
  const { names, found } = collection
  for (const node of parent.childNodes) {
    if (!isElement(node)) continue
    if (names === undefined || names.has(node.tagName)) found.push(node)
    if (node.childNodes.length > 0) collect(node, collection, depth - 1)
  }
}

/** A function of its own: what a closure sees is allocated each time that the function around it is called. */
const collectFar = (parent: Parent, { names, found }: Collection): void =>
  descendFar(parent, node => {
    if (names === undefined || names.has(node.tagName)) found.push(node)
  })

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

/** The text of what holds one text and no more, or nothing, as most elements at the end of a branch do. */
function onlyTextIn({ childNodes }: Parent): string | undefined {
  if (childNodes.length > 1) return undefined
  const [only] = childNodes
  if (only === undefined) return ''
  return isText(only) ? only.value : undefined
}

/** The texts in an element, in order but for its own children, which come first. */
export function textsIn(root: Parent): Text[] {
  const texts = root.childNodes.filter(isText)
  walk(root, ({ childNodes }) => {
    for (const node of childNodes) if (isText(node)) texts.push(node)
  })
  return texts
}

/** The texts below an element in the order of the page. */
export function textsInOrder(root: Parent): Text[] {
  const texts: Text[] = []
  const stack: Node[] = []
  pushChildren(stack, root)
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (isText(node)) texts.push(node)
    else if (isElement(node)) pushChildren(stack, node)
  }
  return texts
}

/** The text below a node, unchanged. */
export function textOf(root: Parent): string {
  const only = onlyTextIn(root)
  if (only !== undefined) return only
  let text = ''
  const stack: Node[] = []
  pushChildren(stack, root)
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (isText(node)) text += node.value
    else if (isElement(node)) pushChildren(stack, node)
  }
  return text
}

/** The text below a node, each run of white space as one space. */
export const plainText = (root: Parent): string => textOf(root).replace(/\s+/g, ' ').trim()

interface Start {
  text: string
  readonly characters: number
  /** That may still be looked at */
  nodes: number
}

/** What lies deeper than the recursion goes is read whole: there is next to nothing. */
function readStart(parent: Parent, start: Start, depth: number): void {
  if (depth === 0) start.text += textOf(parent)
  else
    for (const node of parent.childNodes) {
      if (start.text.length >= start.characters || --start.nodes < 0) return
      // To cut a text out of two that were joined copies both, as long as they may be.
      if (isText(node)) start.text += node.value.slice(0, start.characters)
      else if (isElement(node)) readStart(node, start, depth - 1)
    }
}

/**
 * The beginning of the text below a node, unchanged: at least this number of characters if there are as many.
 *
 * @param nodes that are looked at at most, where what is asked stands around each of many elements
 */
export function textStart(root: Parent, characters: number, nodes = Infinity): string {
  const only = onlyTextIn(root)
  if (only !== undefined) return only
  const start = { text: '', characters, nodes }
  readStart(root, start, MOST_RECURSION)
  return start.text
}

/** What is a line has no more below it: elements and texts. */
const LINE_NODES = 300

/**
 * No more than this number of characters of what may be a line; undefined where so many nodes are no line. Asking for
 * what is around each of many elements takes no longer for all that stands there.
 */
export function lineStart(root: Parent, characters: number): string | undefined {
  let text = ''
  let left = LINE_NODES - root.childNodes.length
  if (left < 0) return undefined
  const stack: Node[] = []
  pushChildren(stack, root)
  for (let node = stack.pop(); node !== undefined && text.length < characters; node = stack.pop()) {
    if (isText(node)) text += node.value.slice(0, characters)
    if (!isElement(node)) continue
    left -= node.childNodes.length
    if (left < 0) return undefined
    pushChildren(stack, node)
  }
  return text.slice(0, characters)
}

/** The nearest ancestor with one of the names, or undefined. */
export function closest(node: Node, ...names: string[]): Element | undefined {
  for (let parent = node.parentNode; parent !== null; parent = isElement(parent) ? parent.parentNode : null) {
    if (isElement(parent) && names.includes(parent.tagName)) return parent
  }
  return undefined
}

/** The address of the link that a node stands in; empty outside of links. */
export function hrefAround(node: Node): string {
  const link = closest(node, 'a')
  return (link && attribute(link, 'href')) ?? ''
}

/** The PICTURE right around an image, which has other forms of it. */
export function pictureAround({ parentNode }: Element): Element | undefined {
  return parentNode !== null && isElement(parentNode) && parentNode.tagName === 'picture' ? parentNode : undefined
}

/** Whether a node stands in an element, at any depth. */
export function isInside(node: Node, element: Element): boolean {
  for (let at = node.parentNode; at !== null; at = isElement(at) ? at.parentNode : null) if (at === element) return true
  return false
}
