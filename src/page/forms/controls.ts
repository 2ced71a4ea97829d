import { attribute, type Element } from '../tree/tree.js'

/** What a form sends. */
export const CONTROLS: readonly string[] = ['input', 'button', 'select', 'textarea']

export const isControl = (element: Element): boolean => CONTROLS.includes(element.tagName)

/** What a control is: the type of an INPUT, else its name. */
export const typeOf = (control: Element): string =>
  control.tagName === 'input' ? (attribute(control, 'type') ?? 'text').trim().toLowerCase() : control.tagName

/** Values that are named beside a field, of a DATALIST or of a choice that must be typed. */
export const LISTED_OPTIONS = 10
