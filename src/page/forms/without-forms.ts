import { encodeField } from '../../charset/query.js'
import { resolve } from '../addresses/address.js'
import type { PageContext } from '../step.js'
import { append, attribute, createElement, createText, elements, remove, unwrap, type Element } from '../tree/tree.js'
import { seenWords, wordOf, wordOfForm } from './button-words.js'
import { CONTROLS, isDisabled, typeOf } from './controls.js'
import { untouched } from './kept-fields.js'

const BUTTONS = new Set(['submit', 'image', 'button', 'reset'])

/** Where a form leads that nobody has filled in; undefined for one that is sent by POST, or to no page. */
function addressOf(form: Element, controls: readonly Element[], context: PageContext): string | undefined {
  if ((attribute(form, 'method') ?? 'get').trim().toLowerCase() !== 'get') return undefined
  const url = resolve(attribute(form, 'action') ?? '', context)
  if (url === undefined || !/^https?:$/.test(url.protocol)) return undefined
  url.hash = ''
  url.search = ''
  const fields = controls
    .flatMap(untouched)
    .map(field => ['name', 'value'].map(part => encodeField(attribute(field, part) ?? '', context.charset)).join('='))
  return `${url.href}${fields.length === 0 ? '' : `?${fields.join('&')}`}`
}

/** The word on the button of a form. */
function wordOn(form: Element, controls: readonly Element[]): string {
  const button = controls.find(control => control.tagName === 'button' || typeOf(control) === 'submit')
  const shown = button?.tagName === 'input' ? seenWords(attribute(button, 'value')) : ''
  return shown || (button === undefined ? '' : wordOf(button)) || wordOfForm(form)
}

/**
 * Leaves of a form what is no form, for a browser that has none: its text stays, and a line says why there is nothing
 * to fill in, with a link to what it leads to as it stands.
 */
export function leaveForm(form: Element, context: PageContext): void {
  const controls = elements(form, ...CONTROLS).filter(control => !isDisabled(control))
  const seen = controls.filter(control => typeOf(control) !== 'hidden')
  const word = wordOn(form, controls)
  const address = addressOf(form, controls, context)
  if (seen.some(control => !BUTTONS.has(typeOf(control))) || (seen.length > 0 && address !== undefined)) {
    const link =
      address === undefined
        ? []
        : [createText(' As it stands: '), createElement('a', { href: address }, createText(word))]
    append(
      form,
      createElement('p', {}, createText('[A form, which needs a browser with forms.'), ...link, createText(']'))
    )
  }
  // What a field is called says nothing without it.
  for (const label of elements(form, 'label')) remove(label)
  for (const control of elements(form, ...CONTROLS)) remove(control)
  unwrap(form)
}
