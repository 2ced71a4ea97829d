import type { Profile } from '../../clients/profile.js'
import { aimButtons } from '../forms/aim-buttons.js'
import { wordOfForm } from '../forms/button-words.js'
import { CONTROLS, isControl, isDisabled, typeOf, WANTS_POST } from '../forms/controls.js'
import { createFormIndex } from '../forms/form-index.js'
import { isHeading, showWords } from '../forms/buttons/mute-buttons.js'
import { freeUnseenItems } from '../forms/kept-fields.js'
import { linkInPlaceOf } from '../forms/buttons/opened-by-script.js'
import { plainControl } from '../forms/plain-controls.js'
import { leaveForm } from '../forms/without-forms.js'
import { unnestForms } from '../forms/owners/close-forms.js'
import { reunite } from '../forms/owners/reunite.js'
import { dropSameForms } from '../forms/same-forms.js'
import { formSentByScript } from '../forms/sent-by-script.js'
import { dropRepeatedLabels } from '../forms/said-twice.js'
import { shortenOptions } from '../forms/short-options.js'
import type { Step } from '../step.js'
import { saidByBox } from '../tables/fixed-boxes.js'
import {
  append,
  attribute,
  closest,
  contains,
  createElement,
  createText,
  elements,
  plainText,
  remove,
  rename,
  replace,
  setAttribute,
  unwrap,
  type Element
} from '../tree/tree.js'

const isDialog = (form: Element): boolean => attribute(form, 'method')?.toLowerCase() === 'dialog'

function addSubmit(form: Element): void {
  const inputs = elements(form, 'input')
  const visible =
    elements(form, 'select', 'textarea').length + inputs.filter(input => typeOf(input) !== 'hidden').length
  // Mosaic sends a form with the Return key in some cases only: it needs a button.
  if (visible > 0 && !inputs.some(input => ['submit', 'image'].includes(typeOf(input))))
    append(form, createElement('input', { type: 'submit', value: wordOfForm(form) }))
}

const isShown = (element: Element): boolean => isControl(element) && typeOf(element) !== 'hidden'

function plainForm(form: Element, profile: Profile): void {
  const method = (attribute(form, 'method') ?? 'get').toLowerCase()
  // Nothing sends what has neither a field nor a button: the scripts that did are gone.
  if (isDialog(form) || !contains(form, isShown) || !profile.forms.show) {
    for (const control of elements(form, ...CONTROLS)) remove(control)
    return unwrap(form)
  }
  if (method === 'post' && !profile.forms.post) setAttribute(form, WANTS_POST, '')
  setAttribute(form, 'method', method === 'post' && profile.forms.post ? 'POST' : 'GET')
  if (attribute(form, 'action') === undefined) setAttribute(form, 'action', '')
  freeUnseenItems(form)
  addSubmit(form)
}

function meterText(meter: Element): string {
  const value = Number(attribute(meter, 'value') ?? NaN)
  const most = Number(attribute(meter, 'max') ?? 1)
  return plainText(meter) || (Number.isFinite(value) && most > 0 ? `${Math.round((100 * value) / most)}%` : '')
}

/** Elements of forms that are no controls. */
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

/**
 * Turns forms into those of HTML 2: known controls only, each within a form and with a name, and a button in each form.
 */
export const plainForms: Step = {
  name: 'plain-forms',
  run(page, context) {
    const { body, names, content } = page
    const { profile } = context
    if (!['form', ...CONTROLS, ...BESIDE].some(name => names.has(name))) return
    const partsNow = (): Element[] => elements(body, 'form', ...CONTROLS, ...BESIDE)
    const given = partsNow()
    if (given.length === 0) return
    const alone = unnestForms(given) ? partsNow() : given
    const index = createFormIndex(body)
    const whole = reunite(alone, index) ? partsNow() : alone
    const found = whole !== alone && unnestForms(whole) ? partsNow() : whole
    const forms = found.filter(({ tagName }) => tagName === 'form')
    const sent = formSentByScript(forms, page)
    if (sent !== undefined) append(sent, createElement('input', { type: 'submit', value: 'Continue' }))
    if (!profile.forms.show)
      for (const form of forms) if (contains(form, isControl) && !isDialog(form)) leaveForm(form, context)
    const parts = aimButtons(forms, index, context) ? partsNow() : found
    for (const control of parts.filter(isControl)) {
      const form = closest(control, 'form')
      const link = linkInPlaceOf(control, form)
      const said = saidByBox(control)
      if (link !== undefined) replace(control, link)
      else if (said !== undefined) replace(control, createText(`${said} `))
      else if (isHeading(control, { form, content, index })) showWords(control)
      // Mosaic drops controls outside a form, and nothing is sent without one.
      else if (form === undefined || isDisabled(control)) remove(control)
      else plainControl(control, { form, index }, profile)
    }
    for (const part of parts) if (BESIDE.includes(part.tagName)) plainPart(part)
    for (const form of elements(body, 'form')) plainForm(form, profile)
    dropRepeatedLabels(body)
    dropSameForms(body)
    if (!profile.forms.simple) for (const select of elements(body, 'select')) shortenOptions(select, profile.preColumns)
  }
}
