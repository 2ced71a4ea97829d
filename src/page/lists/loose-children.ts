import { createElement, elements, isElement, isText, rename, type Element, type Node } from '../tree/tree.js'
import { inkIn, isInk, isWrapper } from './item-content.js'
import { IN_LINE } from './one-line/line.js'

const isItem = (node: Node): boolean => isElement(node) && node.tagName === 'li'
const isList = (node: Node): node is Element => isElement(node) && (node.tagName === 'ul' || node.tagName === 'ol')

/** An item of a list alone; what it stood in gets its children anew, and is not looked through for it. */
function itemOf(list: Element): Element {
  const item = createElement('li')
  item.childNodes = [list]
  list.parentNode = item
  return item
}

/** Gathers the items that a child of a list comes to; false if it has more than items, lists and what holds them. */
function gather(node: Node, items: Node[]): boolean {
  if (isItem(node)) items.push(node)
  else if (isList(node)) items.push(itemOf(node))
  else return isElement(node) && isWrapper(node) && inkIn(node).every(child => gather(child, items))
  return true
}

function itemsIn(node: Node): readonly Node[] {
  const items: Node[] = []
  return gather(node, items) && items.length > 0 ? items : [node]
}

/** The lists that stand behind words which are in no item: those are what the list is called, and its item. */
function labelledIn(nodes: readonly Node[]): ReadonlySet<Node> {
  const labelled = new Set<Node>()
  let isLabel = false
  for (const node of nodes.filter(isInk)) {
    if (isList(node) && isLabel) labelled.add(node)
    isLabel = isText(node) || (isElement(node) && (IN_LINE.has(node.tagName) || (isLabel && node.tagName === 'br')))
  }
  return labelled
}

/**
 * Makes items of all that stands in a list beside them: a list, or a block around items. The writer would put each into
 * an item of its own, whose bullet stands beside nothing. MENU and DIR are lists as well.
 */
export function freeLooseChildren(body: Element): void {
  for (const menu of elements(body, 'menu', 'dir')) rename(menu, 'ul')
  for (const list of elements(body, 'ul', 'ol')) {
    if (list.childNodes.every(node => !isElement(node) || isItem(node))) continue
    const labelled = labelledIn(list.childNodes)
    list.childNodes = list.childNodes.flatMap(node => (labelled.has(node) ? [node] : itemsIn(node)))
    for (const node of list.childNodes) node.parentNode = list
  }
}
