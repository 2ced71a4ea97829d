import { attribute, isElement, type Element } from '../tree/tree.js'

/** The elements that a form sends. */
export const CONTROLS: readonly string[] = ['input', 'button', 'select', 'textarea']

export const isControl = (element: Element): boolean => CONTROLS.includes(element.tagName)

/** The type of an INPUT; the name of any other control. */
export const typeOf = (control: Element): string =>
  control.tagName === 'input' ? (attribute(control, 'type') ?? 'text').trim().toLowerCase() : control.tagName

/** Types of INPUT that nobody types into. */
const NOT_TYPED = new Set(['hidden', 'checkbox', 'radio', 'file', 'submit', 'image', 'reset', 'button'])

/** Whether a control is a field for typing, of one line. */
export const isTyped = (control: Element): boolean => control.tagName === 'input' && !NOT_TYPED.has(typeOf(control))

/** Whether a control is a field for typing. */
export const isFillable = (control: Element): boolean => isTyped(control) || control.tagName === 'textarea'

/** Whether a FIELDSET that is disabled holds a control, and not in its LEGEND (HTML, "disabled" of form controls). */
function isInDisabledSet(control: Element): boolean {
  let child = control
  for (let parent = control.parentNode; parent !== null && isElement(parent); parent = parent.parentNode) {
    if (parent.tagName === 'fieldset' && attribute(parent, 'disabled') !== undefined && child.tagName !== 'legend')
      return true
    child = parent
  }
  return false
}

/** A disabled control sends nothing, which browsers of the time do not know. */
export const isDisabled = (control: Element): boolean =>
  attribute(control, 'disabled') !== undefined || isInDisabledSet(control)

/** The most values of a DATALIST, or of a choice that must be typed, that are listed beside a field. */
export const LISTED_OPTIONS = 10

/** Marks a form that its site wants by POST, for a client that sends forms by GET alone; never written. */
export const WANTS_POST = 'data-wants-post'
