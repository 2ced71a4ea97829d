import { attribute, isElement, type Element } from '../tree/tree.js'
import { isHidden } from './hidden.js'

/** So many things alike that are shown behind a hidden one are what a script has made of it. Elements. */
const LEAST_COPIES = 3
/** What is no thing of a row: a part of a text, or what holds a whole page. */
const NEVER_COPIED = new Set(['main', 'header', 'nav', 'footer', 'form', 'p', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6'])

const firstName = (element: Element): string => (attribute(element, 'class') ?? '').trim().split(/\s/, 1)[0]!

/** The first elements of a row, no more than are asked for. */
function firstOf(row: Element['childNodes'], most: number): Element[] {
  const found: Element[] = []
  for (const node of row) {
    if (isElement(node)) found.push(node)
    if (found.length === most) break
  }
  return found
}

/**
 * Whether a hidden element is the pattern that the shown ones behind it were made of: the first of a row, with the tag
 * and the first class of all that follow. What a row hides until it is asked for more stands at its end.
 */
export function isCopiedPattern(element: Element): boolean {
  const { parentNode, tagName } = element
  const name = firstName(element)
  if (parentNode === null || name === '' || NEVER_COPIED.has(tagName)) return false
  const [first, ...copies] = firstOf(parentNode.childNodes, LEAST_COPIES + 1)
  return (
    first === element &&
    copies.length === LEAST_COPIES &&
    copies.every(copy => copy.tagName === tagName && firstName(copy) === name && !isHidden(copy))
  )
}
