import { asFieldToken } from '../../charset/form-mark.js'
import type { Profile } from '../../clients/profile.js'
import { CONTROLS, LISTED_OPTIONS, typeOf } from '../forms/controls.js'
import { createFormIndex, type FormIndex } from '../forms/form-index.js'
import type { Step } from '../step.js'
import {
  append,
  attribute,
  childrenBetween,
  closest,
  contains,
  createElement,
  createText,
  elements,
  insertAfter,
  insertBefore,
  isElement,
  plainText,
  remove,
  removeAttribute,
  rename,
  replace,
  setAttribute,
  unwrap,
  type Element,
  type Node,
  type Parent
} from '../tree/tree.js'

/** Widths of the fields that HTML 5 gave a type of their own, in characters, and what to type there. */
const FIELD_SIZES: Readonly<Record<string, number>> = {
  number: 6,
  range: 6,
  date: 10,
  month: 7,
  week: 8,
  time: 5,
  'datetime-local': 16,
  color: 7,
  email: 30,
  url: 30,
  tel: 16,
  search: 30
}
const HINTS: Readonly<Record<string, string>> = {
  date: '(YYYY-MM-DD)',
  month: '(YYYY-MM)',
  week: '(YYYY-Www)',
  time: '(HH:MM)',
  'datetime-local': '(YYYY-MM-DDTHH:MM)',
  color: '(#rrggbb)'
}
const OLD_TYPES = new Set(['text', 'password', 'checkbox', 'radio', 'submit', 'reset', 'file', 'hidden', 'image'])

const isControl = (element: Element): boolean => CONTROLS.includes(element.tagName)

function ancestors(node: Node): Parent[] {
  const found: Parent[] = []
  for (
    let parent: Parent | null = node.parentNode;
    parent !== null;
    parent = isElement(parent) ? parent.parentNode : null
  )
    found.push(parent)
  return found
}

/** The child of an ancestor in which a node stands, or the node itself. */
function childWith(node: Node, ancestor: Parent): Node {
  let child = node
  while (child.parentNode !== null && child.parentNode !== ancestor) child = child.parentNode as Element
  return child
}

const TABLE_PARTS = new Set(['table', 'thead', 'tbody', 'tfoot', 'tr'])

/**
 * A FORM between the rows of a table is left empty by the HTML 5 parser, its controls stand outside. It is put around
 * all that stands between it and its last control.
 */
function surround(form: Element, orphans: readonly Element[]): void {
  const outer = ancestors(form)
  const common = ancestors(orphans.at(-1)!).find(
    parent => outer.includes(parent) && !(isElement(parent) && TABLE_PARTS.has(parent.tagName))
  )
  if (common === undefined) return
  const inside = childrenBetween(common, childWith(form, common), childWith(orphans.at(-1)!, common))
  if (inside.length === 0) return
  const around = createElement('form', Object.fromEntries(form.attrs.map(({ name, value }) => [name, value])))
  insertBefore(around, inside[0]!)
  for (const node of inside) append(around, node)
  unwrap(form)
}

function reunite(parts: readonly Element[], index: FormIndex): void {
  const all = parts.filter(part => part.tagName === 'form' || isControl(part))
  all.forEach((form, at) => {
    if (form.tagName !== 'form' || contains(form, isControl)) return
    const orphans: Element[] = []
    for (let next = at + 1; next < all.length && all[next]!.tagName !== 'form'; next++) {
      if (closest(all[next]!, 'form') === undefined) orphans.push(all[next]!)
    }
    if (orphans.length > 0) surround(form, orphans)
  })
  for (const control of all) {
    const owner = attribute(control, 'form')
    const form = owner === undefined ? undefined : index.form(owner)
    if (form !== undefined && closest(control, 'form') !== form) append(form, control)
  }
}

/** Contiki cuts names after so many characters (docs/clients.md R18). */
const SHORT_NAME = 50

/**
 * BUTTON becomes INPUT. A label that differs from the value that is sent is the value; the name carries the value that
 * was, and gives it back on its way to the site.
 */
function plainButton(button: Element, profile: Profile): void {
  const type = (attribute(button, 'type') ?? 'submit').toLowerCase()
  if (type !== 'submit' && type !== 'reset') return remove(button)
  const label =
    plainText(button) ||
    elements(button, 'img')
      .map(image => attribute(image, 'alt')?.trim())
      .find(alt => alt) ||
    attribute(button, 'value') ||
    'OK'
  const name = attribute(button, 'name')
  const value = attribute(button, 'value')
  if (type === 'reset' || name === undefined) return replace(button, createElement('input', { type, value: label }))
  const sent = value ?? label
  const carrier = sent === label ? name : asFieldToken(name, sent)
  if (!profile.forms.simple || carrier.length <= SHORT_NAME)
    return replace(button, createElement('input', { type, name: carrier, value: label }))
  replace(button, createText(`${label} `), createElement('input', { type, name, value: sent }))
}

function hasLabel(input: Element, form: Element, index: FormIndex): boolean {
  if (closest(input, 'label') !== undefined) return true
  const id = attribute(input, 'id')
  return id !== undefined && index.isLabelled(form, id)
}

function nameField(input: Element, form: Element, index: FormIndex): void {
  const label = attribute(input, 'aria-label') ?? attribute(input, 'placeholder') ?? attribute(input, 'title') ?? ''
  if (label.trim() !== '' && !hasLabel(input, form, index)) insertBefore(createText(`${label.trim()} `), input)
  for (const name of ['aria-label', 'placeholder', 'title']) removeAttribute(input, name)
}

/** An image that is not there: a button with its text. */
function plainImageButton(input: Element): void {
  setAttribute(input, 'type', 'submit')
  const alt = attribute(input, 'alt')?.trim() ?? ''
  if (attribute(input, 'value') === undefined && alt !== '') setAttribute(input, 'value', alt)
}

function plainInput(input: Element, form: Element, index: FormIndex, profile: Profile): void {
  const type = typeOf(input)
  if (type === 'button') return remove(input)
  if (type === 'file' && !profile.forms.upload) return replace(input, createText('[upload not possible]'))
  if (type === 'image' && attribute(input, 'src') === undefined) plainImageButton(input)
  if (typeOf(input) === 'submit' && attribute(input, 'value') === undefined) setAttribute(input, 'value', 'OK')
  if (attribute(input, 'name') === undefined && !['submit', 'reset', 'image'].includes(type)) return remove(input)
  if (!OLD_TYPES.has(type) || type === 'text' || type === 'password') {
    nameField(input, form, index)
    // TYPE=constructor names no size.
    const size = Object.hasOwn(FIELD_SIZES, type) ? FIELD_SIZES[type] : undefined
    if (size !== undefined && attribute(input, 'size') === undefined) setAttribute(input, 'size', String(size))
    if (Object.hasOwn(HINTS, type)) insertAfter(createText(` ${HINTS[type]}`), input)
    const named = attribute(input, 'list')
    const options = named === undefined ? undefined : index.datalist(named)
    if (options !== undefined)
      insertAfter(
        createText(
          ` (${elements(options, 'option')
            .slice(0, LISTED_OPTIONS)
            .map(option => attribute(option, 'value') ?? plainText(option))
            .join(', ')})`
        ),
        input
      )
    removeAttribute(input, 'list')
  }
  if (!OLD_TYPES.has(type)) setAttribute(input, 'type', 'text')
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
    // "Choose one": it is shown, and is nothing when it is sent.
    if (attribute(option, 'disabled') !== undefined) setAttribute(option, 'value', '')
    const label = attribute(option, 'label')
    if (plainText(option) === '' && label !== undefined) append(option, createText(label))
  }
}

function plainArea(area: Element, form: Element, index: FormIndex): void {
  if (attribute(area, 'name') === undefined) return remove(area)
  nameField(area, form, index)
  const within = (name: string, least: number, most: number, value: number): void =>
    setAttribute(
      area,
      name,
      String(Math.min(most, Math.max(least, Number.parseInt(attribute(area, name) ?? '', 10) || value)))
    )
  within('rows', 2, 24, 6)
  within('cols', 10, 60, 50)
}

function addSubmit(form: Element): void {
  const inputs = elements(form, 'input')
  const visible =
    elements(form, 'select', 'textarea').length + inputs.filter(input => typeOf(input) !== 'hidden').length
  // Mosaic's Return key sends a form only in some cases: there must be a button.
  if (visible > 0 && !inputs.some(input => ['submit', 'image'].includes(typeOf(input))))
    append(form, createElement('input', { type: 'submit', value: 'OK' }))
}

function plainForm(form: Element, profile: Profile): void {
  const method = (attribute(form, 'method') ?? 'get').toLowerCase()
  if (method === 'dialog' || !contains(form, isControl) || !profile.forms.show) {
    for (const control of elements(form, ...CONTROLS)) remove(control)
    return unwrap(form)
  }
  setAttribute(form, 'method', method === 'post' && profile.forms.post ? 'POST' : 'GET')
  if (attribute(form, 'action') === undefined) setAttribute(form, 'action', '')
  addSubmit(form)
}

function meterText(meter: Element): string {
  const value = Number(attribute(meter, 'value') ?? NaN)
  const most = Number(attribute(meter, 'max') ?? 1)
  return plainText(meter) || (Number.isFinite(value) && most > 0 ? `${Math.round((100 * value) / most)}%` : '')
}

/** What is disabled sends nothing; browsers of the time do not know it. */
const isDisabled = (control: Element): boolean => attribute(control, 'disabled') !== undefined

/** What stands beside controls in forms of today. */
const BESIDE = ['meter', 'progress', 'datalist', 'legend', 'fieldset']

function plainPart(part: Element): void {
  switch (part.tagName) {
    case 'datalist':
      return remove(part)
    case 'legend':
      return rename(part, 'p', {})
    case 'fieldset':
      return rename(part, 'section', {})
    default:
      replace(part, createText(meterText(part)))
  }
}

/** Forms of HTML 2: known controls only, each inside its form and with a name, a button in each form. */
export const plainForms: Step = {
  name: 'plain-forms',
  run({ body, names }, { profile }) {
    if (!['form', ...CONTROLS, ...BESIDE].some(name => names.has(name))) return
    const parts = elements(body, 'form', ...CONTROLS, ...BESIDE)
    if (parts.length === 0) return
    const index = createFormIndex(body)
    reunite(parts, index)
    for (const control of parts.filter(isControl)) {
      const form = closest(control, 'form')
      // Mosaic drops controls outside a form, and nothing is sent without one.
      if (form === undefined || isDisabled(control)) remove(control)
      else if (control.tagName === 'button') plainButton(control, profile)
      else if (control.tagName === 'select') plainSelect(control)
      else if (control.tagName === 'textarea') plainArea(control, form, index)
      else plainInput(control, form, index, profile)
    }
    for (const part of parts) if (BESIDE.includes(part.tagName)) plainPart(part)
    for (const form of elements(body, 'form')) plainForm(form, profile)
  }
}
