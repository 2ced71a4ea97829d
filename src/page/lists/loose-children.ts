import { createElement, elements, isElement, rename, takePlace, type Element, type Node } from '../tree/tree.js'
import { inkIn, isItem, isList, isWrapper, says } from './item-content.js'

/** An item of a list alone; what it stood in gets its children anew, and is not looked through for it. */
function itemOf(list: Element): Element {
  const item = createElement('li')
  item.childNodes = [list]
  list.parentNode = item
  return item
}

/** A block around items, and how many items and lists were found before those. */
interface Wrapper {
  readonly element: Element
  readonly before: number
}

/** What a child of a list comes to. */
interface Found {
  /** Items, and lists beside them */
  readonly entries: Element[]
  readonly wrappers: Wrapper[]
}

/** Gathers what a child of a list comes to; false if it has more than items, lists and what holds them. */
function gather(node: Node, found: Found): boolean {
  if (!isElement(node)) return false
  if (isItem(node) || isList(node)) {
    found.entries.push(node)
    return true
  }
  if (!isWrapper(node)) return false
  found.wrappers.push({ element: node, before: found.entries.length })
  return inkIn(node).every(child => gather(child, found))
}

/** The items in the place of a child of a list; the child alone where it has anything else. */
function itemsIn(node: Node): readonly Node[] {
  if (isItem(node)) return [node]
  const { entries, wrappers }: Found = { entries: [], wrappers: [] }
  // Nothing is changed before it is known that all is: half of a block would have another parent.
  if (!gather(node, { entries, wrappers }) || entries.length === 0) return [node]
  const items = entries.map(entry => (isList(entry) ? itemOf(entry) : entry))
  for (const { element, before } of wrappers) takePlace(items[Math.min(before, items.length - 1)]!, element)
  return items
}

/** An item that holds words that stood loose in a list, and the list that is theirs. */
function labelledItem(words: readonly Node[], list: Element): Element {
  const item = createElement('li')
  item.childNodes = [...words, list]
  for (const node of item.childNodes) node.parentNode = item
  return item
}

/** The children of a list as items. A list below words that are in none is that of these words, and of their item. */
function itemsOf({ childNodes }: Element): Node[] {
  const all: Node[] = []
  /** What stands loose since the last item, and says something. */
  let label: Node[] = []
  for (const node of childNodes) {
    if (label.length > 0 && isList(node)) {
      all.splice(-label.length, label.length, labelledItem(label, node))
      label = []
      continue
    }
    const items = itemsIn(node)
    for (const item of items) all.push(item)
    const isLoose = items[0] === node && !isItem(node)
    if (!isLoose) label = []
    else if (label.length > 0 || says(node)) label.push(node)
  }
  return all
}

/**
 * Makes items of all that stands in a list beside them: a list, or a block around items. The writer would put each into
 * an item of its own, whose bullet stands beside nothing. MENU and DIR are lists as well.
 */
export function freeLooseChildren(body: Element): void {
  for (const menu of elements(body, 'menu', 'dir')) rename(menu, 'ul')
  for (const list of elements(body, 'ul', 'ol')) {
    if (list.childNodes.every(node => !isElement(node) || isItem(node))) continue
    list.childNodes = itemsOf(list)
    for (const node of list.childNodes) node.parentNode = list
  }
}
