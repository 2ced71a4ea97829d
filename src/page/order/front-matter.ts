import { tellsWho } from './byline.js'
import { LEAST_TITLE } from './find-title.js'
import type { MainPart } from './main-part.js'
import { isConsent, isNoise, isPartOfMenu } from '../menus/menu-names.js'
import { neighbour } from '../menus/skip-links.js'
import { menusOf, tallyOf } from '../menus/menus.js'
import { lettersOf } from '../content/words.js'
import { contains, isElement, isText, plainText, textsIn, type Element, type Node } from '../tree/tree.js'

/** If no more than this stands before the title, it stays: the name of the site, a date. Letters, links, images. */
const SHORT = { letters: 80, links: 3, images: 1 }
/** A block named as a bar to share, a sign-up or a search is no content if it has no more letters outside of links. */
const MOST_NOISE = 450
/** A list with this many links, and this share of its text in them, is a menu or the contents of a whole book. */
const LIST = { links: 8, share: 0.85 }
/** Who and when may stand above the title, so near to it. Nodes. */
const NEAR_TITLE = 6
/** A longer heading above a bar sums up the text below it. Words. */
const BAR_HEADING_WORDS = 5
/** Deeper bars are not looked for, because each level is counted anew. Elements. */
const MOST_DEPTH = 20

/** Parts of these mean nothing on their own. */
const WHOLES = new Set(['table', 'ul', 'ol', 'dl', 'select', 'pre', 'a'])
const PRESSED = new Set(['a', 'button', 'select', 'input'])
const CELLS = new Set(['td', 'th', 'tr', 'caption'])

const siblingsOf = (node: Node): readonly Node[] => node.parentNode?.childNodes ?? []
const preceding = (node: Node): readonly Node[] => siblingsOf(node).slice(0, siblingsOf(node).indexOf(node))
const following = (node: Node): readonly Node[] => siblingsOf(node).slice(siblingsOf(node).indexOf(node) + 1)

/** A node and its ancestors below the body, from the inside out. */
export function pathOf(node: Node, body: Element): Node[] {
  const path: Node[] = []
  for (let at: Node = node; at !== body; at = at.parentNode) {
    path.push(at)
    if (at.parentNode === null || !isElement(at.parentNode)) break
  }
  return path
}

/** All nodes before a path in document order, except for other parts of a table or list that the path leads through. */
function beforePath(path: readonly Node[]): Node[] {
  const whole = path.findLastIndex(node => isElement(node) && WHOLES.has(node.tagName))
  return path.slice(Math.max(0, whole)).toReversed().flatMap(preceding)
}

/** All nodes after one path and before another, in document order. */
function between(start: readonly Node[], end: readonly Node[]): Node[] {
  const inStart = new Set(start)
  const inEnd = new Set(end)
  const from = start.filter(node => !inEnd.has(node))
  const to = end.filter(node => !inStart.has(node))
  const top = from.at(-1)
  if (top === undefined) return to.toReversed().flatMap(preceding)
  const last = to.at(-1)
  if (last === undefined) return []
  const siblings = siblingsOf(top)
  return [
    ...from.slice(0, -1).flatMap(following),
    ...siblings.slice(siblings.indexOf(top) + 1, siblings.indexOf(last)),
    ...to.slice(0, -1).toReversed().flatMap(preceding)
  ]
}

/** Whether the nodes before the content are so few that they may stay. */
function isShort(nodes: readonly Node[]): boolean {
  const sum = { letters: 0, links: 0, images: 0 }
  for (const node of nodes) {
    if (isText(node)) sum.letters += node.value.trim().length
    if (!isElement(node)) continue
    const { letters, links, images, controls } = tallyOf(node)
    if (controls > 0) return false
    sum.letters += letters
    sum.links += links
    sum.images += images
  }
  return sum.letters <= SHORT.letters && sum.links <= SHORT.links && sum.images <= SHORT.images
}

/** Whether nodes before the title say it, too: they are a bar that stays in sight, or the same for another screen. */
function sayTitle(nodes: readonly Node[], title: string): boolean {
  const letters = lettersOf(title)
  if (letters.length < LEAST_TITLE) return false
  const says = (node: Node): boolean => isText(node) && lettersOf(node.value) === letters
  return nodes.some(node => says(node) || (isElement(node) && textsIn(node).some(says)))
}

/** Whether there is nothing to press in what is called a part of a menu: that of a restaurant has dishes. */
const isOfDishes = (element: Element): boolean =>
  isPartOfMenu(element) && !contains(element, ({ tagName }) => PRESSED.has(tagName))

/** Whether an element is a bar, a box or a list of links that does not belong to the text around it. */
function isBar(element: Element): boolean {
  const tally = tallyOf(element)
  const { content, letters, linked, links } = tally
  // A row of data without one of its cells would say something else.
  if (content || letters === 0 || CELLS.has(element.tagName)) return false
  // A bar to share may hold the byline: only what is beside that goes.
  if (isConsent(element) || (isNoise(element) && !isOfDishes(element)))
    return letters - linked <= MOST_NOISE && !tellsWho(element, tally)
  if (letters - linked > MOST_NOISE) return false
  return ['ul', 'ol'].includes(element.tagName) && links >= LIST.links && linked >= LIST.share * letters
}

/** The outermost bars, menus and elements that may wait in an element, in order. */
function barsIn(element: Element, mayWait: ReadonlySet<Element>): Element[] {
  const goes = (part: Element): boolean => mayWait.has(part) || isBar(part)
  if (goes(element)) return [element]
  const menus = new Set(menusOf(element).menus)
  const inner = (parent: Element, depth: number): Element[] =>
    depth === 0
      ? []
      : parent.childNodes
          .filter(isElement)
          .flatMap(child =>
            (menus.has(child) && !CELLS.has(child.tagName)) || goes(child) ? [child] : inner(child, depth - 1)
          )
  return inner(element, MOST_DEPTH)
}

/** Whether an element says who and when; what has headings of its own says that of other pages. */
const isByline = (element: Element): boolean =>
  tellsWho(element, tallyOf(element)) && !contains(element, ({ tagName }) => /^h[1-6]$/.test(tagName))

/** A bar with the heading right before it, if that stands above nothing else and is not the title. */
function withHeading(bar: Element, title: ReadonlySet<Node>): Element[] {
  const before = neighbour(bar, -1)
  if (before === undefined || !isElement(before) || !/^h[2-6]$/.test(before.tagName) || title.has(before)) return [bar]
  if (plainText(before).split(' ').length > BAR_HEADING_WORDS) return [bar]
  const after = neighbour(bar, 1)
  const isAlone = after === undefined || (isElement(after) && /^h[1-6]$/.test(after.tagName))
  return isAlone ? [before, bar] : [bar]
}

/** What is known of what stands between the title and the text of a page. */
export interface Between {
  /** What can wait besides bars and menus */
  readonly aside: readonly Element[]
  /** Whether an element stays, however much it looks like a menu */
  readonly stays: (element: Element) => boolean
}

/** The nodes before the text of a page that are not its title, byline, date or picture, in order. */
export function frontMatterOf(
  { start, prose, title: name }: MainPart,
  body: Element,
  { aside, stays }: Between
): Node[] {
  const waiting = aside.filter(element => !stays(element))
  const mayWait = new Set(waiting)
  const startPath = pathOf(start, body)
  const title = new Set(startPath)
  const all = beforePath(startPath)
  const near = new Set(all.slice(-NEAR_TITLE).filter(node => isElement(node) && isByline(node)))
  const front = all.filter(node => !near.has(node))
  const bars = between(startPath, pathOf(prose, body))
    .filter(isElement)
    .flatMap(element => barsIn(element, mayWait))
    .filter(bar => !stays(bar))
    .flatMap(bar => withHeading(bar, title))
  const moved = new Set<Node>(bars)
  const later = waiting.filter(element => !pathOf(element, body).some(node => moved.has(node)))
  return [...(isShort(front) && !sayTitle(front, name) ? [] : front), ...bars, ...later]
}
