import { freeLoneItem } from '../lists/lone-item.js'
import { closest, isElement, pushChildren, type Element, type Node } from '../tree/tree.js'

/** The lists before a node of the body, outer ones first. */
function listsBefore(end: Node, body: Element): Element[] {
  const lists: Element[] = []
  const stack: Node[] = []
  pushChildren(stack, body)
  for (let node = stack.pop(); node !== undefined && node !== end; node = stack.pop()) {
    if (!isElement(node)) continue
    if (node.tagName === 'ul') lists.push(node)
    pushChildren(stack, node)
  }
  return lists
}

/** Writes lists of one entry above a title, such as what the page is filed under, as lines. */
export function freeKickers(title: Node, body: Element): void {
  for (const list of listsBefore(title, body)) if (closest(list, 'li') === undefined) freeLoneItem(list)
}
