import { says } from '../lists/item-content.js'
import { attribute, isElement, type Element } from '../tree/tree.js'

/** What Bootstrap, WordPress, themes, Drupal, jQuery, the BBC and shops call words for machines or screen readers. */
const NAMES = [
  ...['visually-hidden', 'visuallyhidden', 'u-visually-hidden', 'screen-reader-text', 'screen-reader-only'],
  ...['off-screen', 'offscreen', 'element-invisible', 'clipped', 'rich-snippet-hidden']
]
/** And parts of such names: pdp-sr-only, rating__caption-sr_15, ui-helper-hidden-accessible. */
const PARTS = ['(?<![^-_\\s])sr(?![^-_\\s])', 'hidden-accessible']
const FOR_READERS = new RegExp([`(?<!\\S)(?:${NAMES.join('|')})(?!\\S)`, ...PARTS].join('|'))

/** Whether an element is for those who hear the page ("Image copyright", "Opens in a new tab"). */
export const isForReaders = (element: Element): boolean => FOR_READERS.test(attribute(element, 'class') ?? '')

const CELLS = new Set(['td', 'th'])
/** A cell with more in it has more to say than a tick. Nodes. */
const MOST_IN_CELL = 10

/** Whether nothing else says anything in the cell that holds an element: "Yes", beside the tick that styles draw. */
export function saysAllOfCell(element: Element): boolean {
  const { parentNode } = element
  if (parentNode === null || !isElement(parentNode) || !CELLS.has(parentNode.tagName)) return false
  const { childNodes } = parentNode
  return childNodes.length <= MOST_IN_CELL && !childNodes.some(node => node !== element && says(node))
}

/** What wikis put into their headings: a link to change that part. */
const FOR_WRITERS = /(?<!\S)(?:mw-)?editsection(?!\S)/

/** Whether an element is for those who write the page ("[edit]"). */
export const isForWriters = (element: Element): boolean => FOR_WRITERS.test(attribute(element, 'class') ?? '')
