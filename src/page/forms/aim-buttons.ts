import { asAimedToken } from '../../charset/form-mark.js'
import { resolve } from '../addresses/address.js'
import type { PageContext } from '../step.js'
import { attribute, createElement, elements, remove, replace, setAttribute, type Element } from '../tree/tree.js'
import { seenWords, wordOf } from './button-words.js'
import { isDisabled, typeOf } from './controls.js'
import type { FormIndex } from './form-index.js'

/** What a button of HTML 5 may say beside what its form says, and where the form says it. */
const OF_FORM = { formaction: 'action', formmethod: 'method', formenctype: 'enctype' } as const
const OWN = Object.keys(OF_FORM) as ReadonlyArray<keyof typeof OF_FORM>

const isSubmit = (control: Element): boolean =>
  control.tagName === 'button'
    ? /^(submit|)$/i.test((attribute(control, 'type') ?? '').trim())
    : ['submit', 'image'].includes(typeOf(control))

const isPost = (method: string | undefined): boolean => method?.trim().toLowerCase() === 'post'

/** A client that knows no other method sends all of them by GET. */
const methodOf = (button: Element, form: Element, { profile }: PageContext): 'get' | 'post' =>
  profile.forms.post && isPost(attribute(button, 'formmethod') ?? attribute(form, 'method')) ? 'post' : 'get'

/** The one button of a form is what the form does. */
function asFormSays(button: Element, form: Element): void {
  for (const own of OWN) {
    const said = attribute(button, own)
    if (said !== undefined) setAttribute(form, OF_FORM[own], said)
  }
}

interface Aiming {
  readonly form: Element
  /** As it stands now: a form has one method for all of its buttons */
  readonly isSentByPost: boolean
  readonly index: FormIndex
  readonly context: PageContext
}

/** Lets a button carry where it leads in its name. One that cannot goes: what it would do is something else. */
function aim(button: Element, { form, isSentByPost, index, context }: Aiming): void {
  const ofForm = resolve(attribute(form, 'action') ?? '', context)
  const url = resolve(attribute(button, 'formaction') ?? attribute(form, 'action') ?? '', context)
  const method = methodOf(button, form, context)
  if (url?.href === ofForm?.href && (method === 'post') === isSentByPost) return
  // Contiki cuts long names, and what is on another host is not this site's to be asked.
  if (url === undefined || url.host !== ofForm?.host || context.profile.forms.simple) return remove(button)
  const label =
    (button.tagName === 'input' && typeOf(button) === 'submit' ? seenWords(attribute(button, 'value')) : '') ||
    wordOf(button) ||
    index.word(form)
  const name = attribute(button, 'name') ?? ''
  const value = name === '' ? '' : (attribute(button, 'value') ?? (button.tagName === 'button' ? '' : label))
  const token = asAimedToken({ name, value, method, path: url.pathname + url.search })
  replace(button, createElement('input', { type: 'submit', name: token, value: label }))
}

/**
 * Buttons with an address, a method or a coding of their own (formaction, formmethod, formenctype), which browsers of
 * the time do not know: Delete would save. Returns whether a form was changed.
 */
export function aimButtons(forms: readonly Element[], index: FormIndex, context: PageContext): boolean {
  let changed = false
  for (const form of forms) {
    const buttons = elements(form, 'button', 'input').filter(control => isSubmit(control) && !isDisabled(control))
    if (!buttons.some(button => OWN.some(own => attribute(button, own) !== undefined))) continue
    changed = true
    const [only, ...others] = buttons
    if (only !== undefined && others.length === 0) {
      asFormSays(only, form)
      continue
    }
    const isSentByPost = buttons.some(button => methodOf(button, form, context) === 'post')
    if (buttons.some(button => /multipart/i.test(attribute(button, 'formenctype') ?? '')))
      setAttribute(form, 'enctype', 'multipart/form-data')
    for (const button of buttons) aim(button, { form, isSentByPost, index, context })
    setAttribute(form, 'method', isSentByPost ? 'post' : 'get')
  }
  return changed
}
