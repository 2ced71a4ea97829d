import {
  attribute,
  closest,
  createElement,
  elements,
  isElement,
  isText,
  plainText,
  prepend,
  pushChildren,
  remove,
  type Element,
  type Node
} from '../tree/tree.js'
import { isSkip } from './menu-names.js'

/** What names of a page's skip links stand above: "Accessibility information", as screen readers read it. */
const ABOVE =
  /accessib|barrierefrei|zugänglich|sprungmarken|sprunglinks|accesib|acessib|toegankel|tilgængelig|tilgjengelig|tillgäng|saavutett|přístup|dostępno|доступн|skip|quick ?links|navigation aids|アクセシビリティ|无障碍/iu
const HEADING = /^h[1-6]$/
/** These show something without words. */
const LIVE = new Set('img input select textarea iframe video audio object embed svg hr'.split(' '))
/** More nodes without words are not looked through. */
const MOST_NODES = 100

/** Whether an element shows nothing. */
function isEmpty(root: Element): boolean {
  const stack: Node[] = [root]
  for (let looked = 0; stack.length > 0; looked++) {
    const node = stack.pop()!
    if (looked > MOST_NODES || (isText(node) && node.value.trim() !== '')) return false
    if (!isElement(node)) continue
    if (LIVE.has(node.tagName) || node.childNodes.length > MOST_NODES) return false
    pushChildren(stack, node)
  }
  return true
}

/** What a link that skips a menu is told by. */
export interface Skipping {
  /** Links within the page before its first paragraph */
  readonly links: readonly Element[]
  /** The elements around the content, from the inside out; none where no content was found */
  readonly around: readonly Element[]
  /** The first node of the content */
  readonly start: Node | undefined
}

/** The links among others that stand before a node, in document order. */
function linksBefore(start: Node | undefined, body: Element): ReadonlySet<Element> {
  const before = new Set<Element>()
  const stack: Node[] = [body]
  for (let node = stack.pop(); node !== undefined && node !== start; node = stack.pop()) {
    if (!isElement(node)) continue
    if (node.tagName === 'a') before.add(node)
    pushChildren(stack, node)
  }
  return before
}

const targetOf = (link: Element): string => attribute(link, 'href') ?? ''

/** Finds the lists of contents: with a link to some place in the page that is no skip link. */
function createContentsTest(names: ReadonlySet<string>): (link: Element) => boolean {
  const lists = new Map<Element, boolean>()
  const isEntry = (link: Element): boolean =>
    /^#./.test(targetOf(link)) && !names.has(targetOf(link)) && !isSkip(link, plainText(link))
  return link => {
    const list = closest(link, 'ul', 'ol', 'dl')
    if (list === undefined) return false
    const known = lists.get(list) ?? elements(list, 'a').some(isEntry)
    lists.set(list, known)
    return known
  }
}

/** Whether two siblings have nothing to read between them, and which the next one is. */
export function neighbour(node: Node, step: 1 | -1): Node | undefined {
  const siblings = node.parentNode?.childNodes ?? []
  const from = siblings.indexOf(node)
  const to = from + step * MOST_NODES
  for (let at = from + step; at !== to && at >= 0 && at < siblings.length; at += step) {
    const sibling = siblings[at]!
    if (isText(sibling) ? sibling.value.trim() !== '' : isElement(sibling)) return sibling
  }
  return undefined
}

/** The heading right before what goes, if it stands above nothing else. */
function headingAbove(goes: Node): Element | undefined {
  const before = neighbour(goes, -1)
  if (before === undefined || !isElement(before) || !HEADING.test(before.tagName)) return undefined
  const after = neighbour(goes, 1)
  const isAlone = after !== undefined && isElement(after) && HEADING.test(after.tagName)
  return isAlone || ABOVE.test(plainText(before)) ? before : undefined
}

/** Removes a link with what holds nothing else, and the heading above; a place that its ID marks stays. */
function removeSkip(link: Element, body: Element): void {
  const id = attribute(link, 'id') ?? attribute(link, 'name')
  let goes: Element = link
  let { parentNode } = link
  remove(link)
  while (parentNode !== null && isElement(parentNode) && parentNode !== body && isEmpty(parentNode)) {
    goes = parentNode
    parentNode = goes.parentNode
  }
  if (id !== undefined) prepend(body, createElement('span', { id }))
  if (goes === link) return
  const heading = headingAbove(goes)
  remove(goes)
  if (heading !== undefined) remove(heading)
}

/**
 * Removes links that skip menus: there is nothing to skip here. An entry of the contents that leads to the chapter
 * around it is none.
 * @returns the number of links that went
 */
export function dropSkipLinks(skipping: Skipping, body: Element): number {
  const { links, around, start } = skipping
  const names = new Set(around.map(element => `#${attribute(element, 'id') ?? ''}`))
  names.delete('#')
  const isEntry = createContentsTest(names)
  let before: ReadonlySet<Element> | undefined
  const skips = links.filter(link => {
    if (isSkip(link, plainText(link))) return true
    if (!names.has(targetOf(link)) || isEntry(link)) return false
    before ??= linksBefore(start, body)
    return before.has(link)
  })
  for (const link of skips) removeSkip(link, body)
  return skips.length
}
