import { FOR_NO, FOR_YES } from './answers.js'
import { beginsItem, cellAround } from '../lists/item-content.js'
import { attribute, type Element } from '../tree/tree.js'
import { isDisabled } from '../forms/controls.js'

/** One of several that are chosen between stands before each of them, whether or not it can be chosen. */
const BOX = /^checkbox$/i
const ONE_OF = /^radio$/i

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
