import { attribute, type Element } from '../tree/tree.js'

/** The elements that a form sends. */
export const CONTROLS: readonly string[] = ['input', 'button', 'select', 'textarea']

export const isControl = (element: Element): boolean => CONTROLS.includes(element.tagName)

/** The type of an INPUT; the name of any other control. */
export const typeOf = (control: Element): string =>
  control.tagName === 'input' ? (attribute(control, 'type') ?? 'text').trim().toLowerCase() : control.tagName

/** The most values of a DATALIST, or of a choice that must be typed, that are listed beside a field. */
export const LISTED_OPTIONS = 10
