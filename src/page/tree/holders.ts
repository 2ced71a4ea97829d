import { contains, isElement, isText, walk, type Element, type Node, type Parent, type Text } from './tree.js'

/** Whether an element contains text other than white space. It stops at the first. */
export function hasText(root: Element): boolean {
  const shows = ({ childNodes }: Element): boolean => childNodes.some(node => isText(node) && /\S/.test(node.value))
  return shows(root) || contains(root, shows)
}

const around = (node: Node | Parent): Parent | null => ('parentNode' in node ? node.parentNode : null)

/**
 * The elements below root that contain a node which passes the test, at any depth, found in one walk: asking each of a
 * hundred nested elements would read the same text a hundred times.
 */
export function holdersOf(root: Parent, test: (node: Element | Text) => boolean): ReadonlySet<Parent> {
  const holders = new Set<Parent>()
  const stack: Node[] = [...root.childNodes]
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (!isElement(node) && !isText(node)) continue
    if (isElement(node)) for (const child of node.childNodes) stack.push(child)
    if (test(node)) addAround(node, holders)
  }
  return holders
}

/** The same where only elements are looked for: most nodes are texts. */
export function holdersOfElements(root: Parent, test: (element: Element) => boolean): ReadonlySet<Parent> {
  const holders = new Set<Parent>()
  walk(root, element => {
    if (test(element)) addAround(element, holders)
  })
  return holders
}

function addAround(node: Node, holders: Set<Parent>): void {
  for (let parent = around(node); parent !== null && !holders.has(parent); parent = around(parent)) holders.add(parent)
}
