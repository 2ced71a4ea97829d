import { createParent, replace, takePlace, type Element, type Node } from '../tree/tree.js'
import { contentOf, inkIn, isItem } from './item-content.js'

/** An item of which nothing is left, as of pictures that are not shown. */
const isEmptyItem = (node: Node): boolean => isItem(node) && contentOf(node).nodes.length === 0

/** The only item of a list without numbers that says anything. */
function loneItem(list: Element): Element | undefined {
  if (list.tagName !== 'ul') return undefined
  const [item, ...others] = inkIn(list).filter(node => !isEmptyItem(node))
  return item !== undefined && isItem(item) && others.length === 0 ? item : undefined
}

/** Writes a list of one entry as a part of what it stands in: no bullet leads it. Says whether it was one. */
export function freeLoneItem(list: Element): boolean {
  const item = loneItem(list)
  if (item === undefined) return false
  const line = createParent('div', item.childNodes)
  for (const gone of [list, item]) takePlace(line, gone)
  replace(list, line)
  return true
}
