import {
  closest,
  createElement,
  appendAll,
  isBlank,
  isElement,
  replace,
  type Element,
  type Node
} from '../tree/tree.js'

/** The only item of a list. */
function loneItem({ childNodes }: Element): Element | undefined {
  const [item, ...others] = childNodes.filter(node => !isBlank(node))
  return item !== undefined && isElement(item) && item.tagName === 'li' && others.length === 0 ? item : undefined
}

/** The lists before a node of the body, outer ones first. */
function listsBefore(end: Node, body: Element): Element[] {
  const lists: Element[] = []
  const stack: Node[] = body.childNodes.toReversed()
  for (let node = stack.pop(); node !== undefined && node !== end; node = stack.pop()) {
    if (!isElement(node)) continue
    if (node.tagName === 'ul') lists.push(node)
    for (let at = node.childNodes.length - 1; at >= 0; at--) stack.push(node.childNodes[at]!)
  }
  return lists
}

/** Writes lists of one entry above a title, such as what the page is filed under, as lines: no bullet leads them. */
export function freeKickers(title: Node, body: Element): void {
  for (const list of listsBefore(title, body)) {
    const item = closest(list, 'li') === undefined ? loneItem(list) : undefined
    if (item === undefined) continue
    const line = createElement('div')
    appendAll(line, item.childNodes)
    replace(list, line)
  }
}
