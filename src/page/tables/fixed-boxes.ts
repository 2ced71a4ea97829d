import { FOR_NO, FOR_YES } from './answers.js'
import { cellAround, inkIn, LEVELS_IN_CELL, MOST_BESIDE } from '../lists/item-content.js'
import { childCount } from '../tree/child-list.js'
import { attribute, isElement, type Element } from '../tree/tree.js'
import { isDisabled } from '../forms/controls.js'

/** One of several that are chosen between stands before each of them, whether or not it can be chosen. */
const BOX = /^checkbox$/i
const ONE_OF = /^radio$/i

/** Whether an element is the first thing that an item of a list shows. */
function beginsItem(element: Element): boolean {
  let node = element
  for (let level = 0; level < LEVELS_IN_CELL; level++) {
    const { parentNode } = node
    if (parentNode === null || !isElement(parentNode) || childCount(parentNode) > MOST_BESIDE) return false
    if (inkIn(parentNode)[0] !== node) return false
    if (parentNode.tagName === 'li') return true
    node = parentNode
  }
  return false
}

/**
 * What a box that nobody can tick says of the item that begins with it, or of its cell: whether a task is done, and what
 * a lamp burns. Undefined for any other control.
 */
export function saidByBox(control: Element): string | undefined {
  const type = attribute(control, 'type') ?? ''
  if (!(BOX.test(type) || ONE_OF.test(type)) || !isDisabled(control)) return undefined
  if (cellAround(control) === undefined && !(BOX.test(type) && beginsItem(control))) return undefined
  return attribute(control, 'checked') === undefined ? FOR_NO : FOR_YES
}
