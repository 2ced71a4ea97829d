import { fillHollowItems } from '../lists/hollow-items.js'
import { isItem, isList } from '../lists/item-content.js'
import { freeLooseChildren } from '../lists/loose-children.js'
import { writeRows } from '../lists/row-lists.js'
import { dropSeparators } from '../lists/separators.js'
import type { Step } from '../step.js'
import { createElement, elements, isBlank, type Element, type Node, type Parent } from '../tree/tree.js'

/** Puts each run of items among the children of a parent into a list, with the white space after them. */
function listItems(parent: Parent): void {
  const children: Node[] = []
  let list: Element | undefined
  for (const node of parent.childNodes) {
    if (!isItem(node) && (list === undefined || !isBlank(node))) {
      list = undefined
      children.push(node)
      continue
    }
    if (list === undefined) {
      list = createElement('ul')
      list.parentNode = parent
      children.push(list)
    }
    list.childNodes.push(node)
    node.parentNode = list
  }
  parent.childNodes = children
}

/**
 * Puts items outside of a list into one, with the items that follow them; gives lists to the items that they belong to,
 * and writes those whose items stand in a row as one line.
 */
export const plainLists: Step = {
  name: 'plain-lists',
  run({ body, names }) {
    if (!names.has('li')) return
    freeLooseChildren(body)
    const parents = new Set(elements(body, 'li').map(item => item.parentNode))
    for (const parent of parents) if (parent !== null && !isList(parent)) listItems(parent)
    fillHollowItems(body)
    writeRows(body)
    dropSeparators(body)
  }
}
