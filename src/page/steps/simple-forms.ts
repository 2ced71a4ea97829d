import { NO_NAME } from '../../charset/form-mark.js'
import { encodeField } from '../../charset/query.js'
import { LISTED_OPTIONS, typeOf } from '../forms/controls.js'
import type { PageContext, Step } from '../step.js'
import {
  attribute,
  createElement,
  createText,
  elements,
  insertAfter,
  plainText,
  remove,
  removeAttribute,
  replace,
  setAttribute,
  textOf,
  type Element
} from '../tree/tree.js'

/** Marks a hidden value that is encoded already; never written. */
const MARK = 'data-encoded'
/** Contiki gives a field without SIZE the width of the last one. Characters. */
const FIELD_SIZE = 20

/** Contiki has no fields that hide what is typed, and sends it as a part of an address, as it is. */
const SEEN = ' (can be seen here and on your network)'

const valueOf = (option: Element): string => attribute(option, 'value') ?? plainText(option)

function field(from: Element, value: string): Element {
  return createElement('input', { type: 'text', name: attribute(from, 'name') ?? '', value, size: String(FIELD_SIZE) })
}

/** Turns a choice into a field: it contains the selected value, and all values are listed beside it. */
function spellSelect(select: Element): void {
  const options = elements(select, 'option')
  const chosen = options.find(option => attribute(option, 'selected') !== undefined) ?? options[0]
  const input = field(select, chosen === undefined ? '' : valueOf(chosen))
  const named = options
    .slice(0, LISTED_OPTIONS)
    .map(option =>
      valueOf(option) === plainText(option) ? valueOf(option) : `${valueOf(option)}: ${plainText(option)}`
    )
  replace(select, input)
  insertAfter(createText(` (${named.join(', ')})`), input)
}

function hide(input: Element, context: PageContext): void {
  setAttribute(input, 'type', 'hidden')
  if (attribute(input, MARK) !== undefined) return
  // Contiki sends values unchanged, but for + instead of spaces.
  setAttribute(input, 'value', encodeField(attribute(input, 'value') ?? '', context.charset))
  setAttribute(input, MARK, '')
}

/** Turns a ticked box into a hidden field and removes others; a person cannot change them. */
function spellTick(input: Element, context: PageContext): void {
  if (attribute(input, 'checked') === undefined) return remove(input)
  setAttribute(input, 'value', attribute(input, 'value') ?? 'on')
  hide(input, context)
}

function spellButton(input: Element): void {
  if (attribute(input, 'name') === undefined) setAttribute(input, 'name', NO_NAME)
  if (typeOf(input) === 'submit') return
  setAttribute(input, 'value', attribute(input, 'alt') ?? 'OK')
  setAttribute(input, 'type', 'submit')
}

function spellInput(input: Element, context: PageContext): void {
  switch (typeOf(input)) {
    case 'hidden':
      return hide(input, context)
    case 'checkbox':
    case 'radio':
      return spellTick(input, context)
    case 'submit':
    case 'image':
      return spellButton(input)
    case 'reset':
      return remove(input)
    default:
      if (typeOf(input) === 'password') insertAfter(createText(SEEN), input)
      setAttribute(input, 'type', 'text')
      // Contiki gives a field without VALUE that of the last one.
      if (attribute(input, 'value') === undefined) setAttribute(input, 'value', '')
      if (!/^[1-9]\d?$/.test(attribute(input, 'size') ?? '')) setAttribute(input, 'size', String(FIELD_SIZE))
      removeAttribute(input, 'maxlength')
  }
}

/**
 * Turns forms into those of Contiki, which has fields of one line, hidden values and buttons with names, and encodes
 * nothing.
 */
export const simpleForms: Step = {
  name: 'simple-forms',
  run({ body, names }, context) {
    if (!context.profile.forms.simple || !names.has('form')) return
    for (const control of elements(body, 'input', 'select', 'textarea')) {
      if (control.tagName === 'select') spellSelect(control)
      else if (control.tagName === 'textarea') replace(control, field(control, textOf(control).trim()))
      else spellInput(control, context)
    }
  }
}
