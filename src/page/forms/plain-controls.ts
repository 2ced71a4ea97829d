import { asFieldToken } from '../../charset/form-mark.js'
import type { Profile } from '../../clients/profile.js'
import {
  append,
  attribute,
  closest,
  createElement,
  createText,
  elements,
  insertAfter,
  insertBefore,
  isText,
  plainText,
  remove,
  removeAttribute,
  replace,
  setAttribute,
  unwrap,
  type Element
} from '../tree/tree.js'
import { seenWords, wordOf } from './button-words.js'
import { LISTED_OPTIONS, typeOf } from './controls.js'
import type { FormIndex } from './form-index.js'

/** Widths of the fields of the types that HTML 5 added, in characters, and a hint at what to type. */
const FIELD_SIZES: ReadonlyMap<string, number> = new Map([
  ['number', 6],
  ['range', 6],
  ['date', 10],
  ['month', 7],
  ['week', 8],
  ['time', 5],
  ['datetime-local', 16],
  ['color', 7],
  ['email', 30],
  ['url', 30],
  ['tel', 16],
  ['search', 30]
])
const HINTS: ReadonlyMap<string, string> = new Map([
  ['date', '(YYYY-MM-DD)'],
  ['month', '(YYYY-MM)'],
  ['week', '(YYYY-Www)'],
  ['time', '(HH:MM)'],
  ['datetime-local', '(YYYY-MM-DDTHH:MM)'],
  ['color', '(#rrggbb)']
])
const OLD_TYPES = new Set(['text', 'password', 'checkbox', 'radio', 'submit', 'reset', 'file', 'hidden', 'image'])

/** Contiki cuts longer names (docs/clients.md R18). Characters. */
const SHORT_NAME = 50

/** Where a control stands. */
interface Surroundings {
  readonly form: Element
  readonly index: FormIndex
}

/**
 * Turns BUTTON into INPUT. Old browsers show the value that they send: where the label differs from the value, the
 * label is the new value and the name carries the old one, which is put back before the site gets it. A button without a
 * value sends an empty one (HTML, "constructing the entry list").
 */
function plainButton(button: Element, around: Surroundings, profile: Profile): void {
  const type = (attribute(button, 'type') ?? 'submit').toLowerCase()
  if (type !== 'submit' && type !== 'reset') return remove(button)
  const label = wordOf(button) || around.index.word(around.form)
  const name = attribute(button, 'name')
  const value = attribute(button, 'value')
  if (type === 'reset' || name === undefined) return replace(button, createElement('input', { type, value: label }))
  const sent = value ?? ''
  const carrier = sent === label ? name : asFieldToken(name, sent)
  if (!profile.forms.simple || carrier.length <= SHORT_NAME)
    return replace(button, createElement('input', { type, name: carrier, value: label }))
  replace(button, createText(`${label} `), createElement('input', { type, name, value: sent || label }))
}

function hasLabel(input: Element, { form, index }: Surroundings): boolean {
  if (closest(input, 'label') !== undefined) return true
  const id = attribute(input, 'id')
  return id !== undefined && index.isLabelled(form, id)
}

function nameField(input: Element, around: Surroundings): void {
  const label = attribute(input, 'aria-label') ?? attribute(input, 'placeholder') ?? attribute(input, 'title') ?? ''
  if (label.trim() !== '' && !hasLabel(input, around)) insertBefore(createText(`${label.trim()} `), input)
  for (const name of ['aria-label', 'placeholder', 'title']) removeAttribute(input, name)
}

/** An image button without an image becomes a button with its text. */
function plainImageButton(input: Element): void {
  setAttribute(input, 'type', 'submit')
  const alt = attribute(input, 'alt')?.trim() ?? ''
  if (attribute(input, 'value') === undefined && alt !== '') setAttribute(input, 'value', alt)
}

/**
 * A submit button without a word is a sliver in Dillo and "Submit Query" in Mosaic. One with a name still sends its
 * value, which then stands in the name.
 */
function nameButton(input: Element, { form, index }: Surroundings): void {
  const sent = attribute(input, 'value')
  if (seenWords(sent) !== '') return
  const name = attribute(input, 'name')
  setAttribute(input, 'value', wordOf(input) || index.word(form))
  if (name !== undefined && sent !== undefined) setAttribute(input, 'name', asFieldToken(name, sent))
}

/** Makes a field for typing plain: with its label before it, and its width and a hint if HTML 5 added its type. */
function plainField(input: Element, type: string, around: Surroundings): void {
  nameField(input, around)
  const size = FIELD_SIZES.get(type)
  if (size !== undefined && attribute(input, 'size') === undefined) setAttribute(input, 'size', String(size))
  const hint = HINTS.get(type)
  if (hint !== undefined) insertAfter(createText(` ${hint}`), input)
  const named = attribute(input, 'list')
  const options = named === undefined ? undefined : around.index.datalist(named)
  if (options !== undefined) insertAfter(createText(` (${optionNames(options).join(', ')})`), input)
  removeAttribute(input, 'list')
}

const optionNames = (datalist: Element): string[] =>
  elements(datalist, 'option')
    .slice(0, LISTED_OPTIONS)
    .map(option => attribute(option, 'value') ?? plainText(option))

function plainInput(input: Element, around: Surroundings, profile: Profile): void {
  const type = typeOf(input)
  if (type === 'button') return remove(input)
  if (type === 'file' && !profile.forms.upload) return replace(input, createText('[upload not possible]'))
  if (type === 'image' && attribute(input, 'src') === undefined) plainImageButton(input)
  if (typeOf(input) === 'submit') nameButton(input, around)
  if (attribute(input, 'name') === undefined && !['submit', 'reset', 'image'].includes(type)) return remove(input)
  if (!OLD_TYPES.has(type) || type === 'text' || type === 'password') plainField(input, type, around)
  // Small letters: Contiki draws no other (browsers.md R52).
  if (attribute(input, 'type') !== undefined) setAttribute(input, 'type', OLD_TYPES.has(type) ? typeOf(input) : 'text')
  // Mosaic 2.7 makes a field of two lines of TYPE=text, and a proper one of none.
  if (typeOf(input) !== 'text') return
  if (profile.forms.textType) setAttribute(input, 'type', 'text')
  else removeAttribute(input, 'type')
}

function plainSelect(select: Element): void {
  for (const group of elements(select, 'optgroup')) {
    const label = attribute(group, 'label') ?? ''
    if (label !== '') insertBefore(createElement('option', { value: '' }, createText(`-- ${label} --`)), group)
    unwrap(group)
  }
  if (attribute(select, 'name') === undefined || elements(select, 'option').length === 0) return remove(select)
  for (const option of elements(select, 'option')) {
    // An option like "Choose one" is shown, and sends nothing.
    if (attribute(option, 'disabled') !== undefined) setAttribute(option, 'value', '')
    const label = attribute(option, 'label')
    if (plainText(option) === '' && label !== undefined) append(option, createText(label))
  }
}

interface Bounds {
  readonly least: number
  readonly most: number
  readonly usual: number
}

const ROWS: Bounds = { least: 2, most: 24, usual: 6 }
const COLUMNS: Bounds = { least: 10, most: 60, usual: 50 }

const lengthWithin = (value: string | undefined, { least, most, usual }: Bounds): number =>
  Math.min(most, Math.max(least, Number.parseInt(value ?? '', 10) || usual))

function plainArea(area: Element, around: Surroundings): void {
  if (attribute(area, 'name') === undefined) return remove(area)
  nameField(area, around)
  setAttribute(area, 'rows', String(lengthWithin(attribute(area, 'rows'), ROWS)))
  setAttribute(area, 'cols', String(lengthWithin(attribute(area, 'cols'), COLUMNS)))
  for (const node of area.childNodes) if (isText(node)) node.value = node.value.replace(/\r\n?/g, '\n')
}

/** Makes one control of a form plain. */
export function plainControl(control: Element, around: Surroundings, profile: Profile): void {
  switch (control.tagName) {
    case 'button':
      return plainButton(control, around, profile)
    case 'select':
      return plainSelect(control)
    case 'textarea':
      return plainArea(control, around)
    default:
      plainInput(control, around, profile)
  }
}
