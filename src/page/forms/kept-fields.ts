import {
  attribute,
  contains,
  createElement,
  elements,
  isElement,
  plainText,
  prepend,
  removeWithParents,
  textOf,
  type Element
} from '../tree/tree.js'
import { hasText } from '../tree/holders.js'
import { CONTROLS, isControl, isDisabled, isTyped, typeOf } from './controls.js'
import { createFormIndex } from './form-index.js'

const sends = (name: string, value: string): Element => createElement('input', { type: 'hidden', name, value })

function isUsable({ attrs, parentNode }: Element): boolean {
  const group = parentNode !== null && isElement(parentNode) ? parentNode.attrs : []
  return ![...attrs, ...group].some(({ name }) => name === 'disabled')
}

/**
 * The options that a list sends as it stands: those that are selected, else the first of a list with one choice. What
 * cannot be chosen is not sent, and nothing in its place where it is selected: "Choose one".
 */
function chosen(select: Element): Element[] {
  const options = elements(select, 'option')
  const selected = options.filter(option => attribute(option, 'selected') !== undefined)
  if (attribute(select, 'multiple') !== undefined) return selected.filter(isUsable)
  if (selected.length > 0) return selected.slice(-1).filter(isUsable)
  const isRow = Number.parseInt(attribute(select, 'size') ?? '1', 10) > 1
  return isRow ? [] : options.filter(isUsable).slice(0, 1)
}

/** Lines end as they do when a form is sent (HTML, "constructing the entry list"; RFC 7578). */
const asSent = (text: string): string => text.replace(/\r\n?|\n/g, '\r\n')

/** What a browser would send of a control that nobody has touched (HTML, "constructing the entry list"). */
export function untouched(control: Element): Element[] {
  const name = attribute(control, 'name') ?? ''
  if (name === '' || isDisabled(control)) return []
  const type = typeOf(control)
  if (type === 'select')
    return chosen(control).map(option => sends(name, attribute(option, 'value') ?? plainText(option)))
  // The parser has taken away the line break after the tag.
  if (type === 'textarea') return [sends(name, asSent(textOf(control)))]
  if (type === 'checkbox' || type === 'radio')
    return attribute(control, 'checked') === undefined ? [] : [sends(name, attribute(control, 'value') ?? 'on')]
  return type === 'hidden' || isTyped(control) ? [sends(name, attribute(control, 'value') ?? '')] : []
}

/**
 * The form that holds an element from outside, or that a control in it names; undefined for one that goes with it. A
 * control may go alone, as a list that a script draws anew does.
 */
function ownerOf(
  control: Element,
  going: Element,
  formNamed: (id: string) => Element | undefined
): Element | undefined {
  const named = attribute(control, 'form')
  if (named !== undefined) return formNamed(named)
  let within = control !== going
  for (let parent = control.parentNode; parent !== null && isElement(parent); parent = parent.parentNode) {
    if (parent.tagName === 'form') return within ? undefined : parent
    within &&= parent !== going
  }
  return undefined
}

/**
 * Keeps what a browser would send of the controls in elements that are about to go, as hidden fields of the forms that
 * stay: a form without its token can never work, and many frameworks put it into a wrapper that is not displayed.
 * They come before all others, where a field of the same name that a person sees still overrides them.
 */
export function keepFields(going: readonly Element[], body: Element): void {
  const fields = new Map<Element, Element[]>()
  const index = createFormIndex(body)
  for (const element of going) {
    const controls = isControl(element) ? [element] : elements(element, ...CONTROLS)
    for (const control of controls) {
      const form = ownerOf(control, element, index.form)
      if (form === undefined) continue
      const kept = fields.get(form) ?? []
      kept.push(...untouched(control))
      fields.set(form, kept)
    }
  }
  for (const [form, kept] of fields) for (const field of kept.reverse()) prepend(form, field)
}

const isHidden = (element: Element): boolean => element.tagName === 'input' && typeOf(element) === 'hidden'
/** Mean nothing around hidden fields alone. */
const BOXES = new Set(['div', 'span', 'p'])

/** Whether an item of a list has hidden fields and nothing that is seen. */
const isUnseen = (item: Element): boolean =>
  !contains(item, element => !isHidden(element) && !BOXES.has(element.tagName)) &&
  contains(item, isHidden) &&
  !hasText(item)

/** Has the hidden fields of items that hold nothing else stand at the beginning of their form: bullets stood beside nothing. */
export function freeUnseenItems(form: Element): void {
  const items = elements(form, 'li').filter(isUnseen)
  for (const field of items.flatMap(item => elements(item, 'input')).toReversed()) prepend(form, field)
  removeWithParents(items, 'ul', 'ol')
}
