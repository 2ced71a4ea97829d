import type { Page } from '../step.js'
import { attribute, elements, plainText, type Element } from '../tree/tree.js'
import { CONTROLS, typeOf } from './controls.js'

/** A page with more to read is there for itself, whatever its scripts send. Characters. */
const MOST_TEXT = 1000

const SENDS = /\.(?:requestSubmit|submit)\s*\(/

const hasHiddenFieldsAlone = (form: Element): boolean =>
  elements(form, 'input').length > 0 && elements(form, ...CONTROLS).every(control => typeOf(control) === 'hidden')

/**
 * The form that a page is there for, which its script sends as soon as it has come: so one site hands a log-in or a
 * payment over to another (SAML 2.0 bindings 3.5.4, OAuth 2.0 form post response mode). Where no script runs it needs a
 * button.
 */
export function formSentByScript(
  forms: readonly Element[],
  { body, scripts }: Pick<Page, 'body' | 'scripts'>
): Element | undefined {
  const [form] = forms
  if (form === undefined || forms.length > 1 || !hasHiddenFieldsAlone(form)) return undefined
  if (plainText(body).length > MOST_TEXT) return undefined
  const isSent = SENDS.test(attribute(body, 'onload') ?? '') || scripts.some(({ text }) => SENDS.test(text))
  return isSent ? form : undefined
}
