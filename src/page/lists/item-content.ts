import { childCount } from '../tree/child-list.js'
import { isCustom, isElement, isText, textStart, type Element, type Node, type Parent } from '../tree/tree.js'

export const isItem = (node: Node): node is Element => isElement(node) && node.tagName === 'li'
export const isList = (node: Node | Parent): node is Element =>
  isElement(node) && (node.tagName === 'ul' || node.tagName === 'ol')

/** Elements that mean nothing where they are alone in an item: style sheets hang on them. */
const WRAPPERS = new Set(['div', 'p', 'span', 'section', 'nav', 'article', 'header', 'footer', 'aside'])

export const isWrapper = (element: Element): boolean => WRAPPERS.has(element.tagName) || isCustom(element)

/** Whether a node may show something. */
export const isInk = (node: Node): boolean => (isText(node) ? node.value.trim() !== '' : isElement(node))

/** Whether a node has any text; in an element, white space counts as well. */
export const says = (node: Node): boolean => (isText(node) ? isInk(node) : isElement(node) && textStart(node, 1) !== '')

/** The children of an element that may show something. */
export const inkIn = (element: Element): Node[] => element.childNodes.filter(isInk)

/** What an item holds below the wrappers that hold all of it, and these wrappers. */
export function contentOf(item: Element): { readonly nodes: readonly Node[]; readonly wrappers: readonly Element[] } {
  const wrappers: Element[] = []
  for (let at = item; ;) {
    const nodes = inkIn(at)
    const only = nodes[0]
    if (nodes.length !== 1 || only === undefined || !isElement(only) || !isWrapper(only)) return { nodes, wrappers }
    wrappers.push(only)
    at = only
  }
}

/** How deep what a cell or an item shows stands in it, and how much white space stands beside it. Levels, nodes. */
export const LEVELS_IN_CELL = 4
export const MOST_BESIDE = 12

/** The nearest element of some names around another one, if what each element up to it shows passes a test. */
function holderOf(
  element: Element,
  names: readonly string[],
  isShown: (ink: readonly Node[], node: Element) => boolean
): Element | undefined {
  let node = element
  for (let level = 0; level < LEVELS_IN_CELL; level++) {
    const { parentNode } = node
    if (parentNode === null || !isElement(parentNode) || childCount(parentNode) > MOST_BESIDE) return undefined
    if (!isShown(inkIn(parentNode), node)) return undefined
    if (names.includes(parentNode.tagName)) return parentNode
    node = parentNode
  }
  return undefined
}

/** The cell of a table that shows an element and nothing else. */
export const cellAround = (element: Element): Element | undefined =>
  holderOf(element, ['td', 'th'], ink => ink.length <= 1)

/** Whether an element is the first thing that an item of a list shows. */
export const beginsItem = (element: Element): boolean =>
  holderOf(element, ['li'], ([first], node) => first === node) !== undefined
