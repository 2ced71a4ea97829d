import { isCustom, isElement, isText, rename, textStart, type Element, type Node } from '../../tree/tree.js'
import { inkIn, isInk, isWrapper } from '../item-content.js'

/** White space of the source may stand within what is read. Times. */
const LOOSE = 4
/** A line stands in no more elements of its own. Elements. */
export const MOST_WRAPPERS = 6

const IN_LINE = new Set(
  'span a b strong em i time small abbr cite bdi data mark font u s del ins sup sub code samp var'.split(' ')
)
const ICONS = new Set(['svg', 'img'])
/** What these hold is placed by them. */
const PLACED = new Set('table tbody thead tfoot tr ul ol select label button form fieldset'.split(' '))

export const isPlacing = ({ tagName }: Element): boolean => PLACED.has(tagName)

/** A short text that stands on a line of its own or within one: the elements that hold all of it, and its text. */
export interface Line {
  readonly node: Node
  readonly wrappers: readonly Element[]
  readonly text: string
}

/** Nothing that would stand between two lines: white space, an icon, the place for one. */
export const isMute = (node: Node): boolean =>
  !isInk(node) ||
  (isElement(node) && (ICONS.has(node.tagName) || (node.childNodes.length === 0 && IN_LINE.has(node.tagName))))

const isHolder = (element: Element): boolean => isWrapper(element) || IN_LINE.has(element.tagName)

/** Whether all below a node stands in a line. */
export const isInLine = (node: Node): boolean =>
  isText(node) || (isElement(node) && IN_LINE.has(node.tagName) && node.childNodes.every(isInLine))

/** A node as one line, or undefined: it may be held by blocks, one around the other, but has none beside others. */
export function lineOf(node: Node, most: number): Line | undefined {
  const wrappers: Element[] = []
  let at = node
  while (isElement(at) && isHolder(at) && wrappers.length < MOST_WRAPPERS) {
    wrappers.push(at)
    const [only, ...others] = inkIn(at)
    if (only === undefined || others.length > 0) break
    at = only
  }
  const inner = isElement(at) && wrappers.at(-1) === at ? at.childNodes : [at]
  const text = isText(node) ? node.value : isElement(node) ? textStart(node, LOOSE * most) : ''
  const shown = text.length > LOOSE * most ? '' : text.replace(/\s+/g, ' ').trim()
  return shown === '' || shown.length > most || !inner.every(isInLine) ? undefined : { node, wrappers, text: shown }
}

const isWrapperBlock = (element: Element): boolean =>
  isWrapper(element) && element.tagName !== 'span' && !isCustom(element)

/** Whether a line has one of its own by an element, which puts what follows below it. */
export const hasBlock = ({ wrappers }: Line): boolean => wrappers.some(isWrapperBlock)

/** Takes the blocks around a line away, so that others may stand beside it. */
export function putInLine({ wrappers }: Line): void {
  for (const wrapper of wrappers) if (isWrapperBlock(wrapper)) rename(wrapper, 'span')
}
