import { CONTROLS } from '../forms/controls.js'
import { closeAround, linesOf } from '../forms/owners/close-forms.js'
import { tallyOf } from '../menus/menus.js'
import type { Step } from '../step.js'
import { elements, isElement, isText, type Element, type Node } from '../tree/tree.js'

/** A form that holds less text beside its fields than that is one form to a person as well. Letters. */
const LEAST_BESIDE = 1000
/** So much of the text of a form stands away from all of its fields. Share. */
const LEAST_SHARE = 0.4

const lettersIn = (nodes: readonly Node[]): number =>
  nodes.reduce(
    (sum, node) => sum + (isText(node) ? node.value.trim().length : isElement(node) ? tallyOf(node).letters : 0),
    0
  )

/** Closes a form around the part of it that has its fields, if most of it has none. */
function narrow(form: Element): void {
  const { letters } = tallyOf(form)
  if (letters < LEAST_BESIDE) return
  const controls = elements(form, ...CONTROLS)
  const lines = linesOf(form, controls)
  if (lines.length === 0) return
  const beside = letters - lettersIn(lines)
  if (beside < LEAST_BESIDE || beside < LEAST_SHARE * letters) return
  closeAround(form, lines, controls)
}

/**
 * Narrows forms around most of a page, as some makers of sites have them for their scripts, to what can be filled in:
 * the page can then be cut outside of them, and what they send without being asked goes with their fields.
 */
export const narrowForms: Step = {
  name: 'narrow-forms',
  run({ body, names }) {
    if (!names.has('form')) return
    for (const form of elements(body, 'form')) narrow(form)
  }
}
