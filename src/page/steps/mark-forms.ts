import {
  asFieldToken,
  asToken,
  differ,
  FORM_MARK,
  isToken,
  markValue,
  NO_NAME,
  type WantedByPost
} from '../../charset/form-mark.js'
import { createRepertoire, type Repertoire } from '../../charset/repertoire.js'
import { siteCharset, siteCharsetName } from '../../charset/site-charset.js'
import { normalised } from '../../charset/stream-safe.js'
import type { Profile } from '../../clients/profile.js'
import { CONTROLS, typeOf, WANTS_POST } from '../forms/controls.js'
import { resolve } from '../addresses/address.js'
import { formSeal } from '../addresses/form-seal.js'
import type { PageContext, Step } from '../step.js'
import {
  attribute,
  elements,
  plainText,
  prepend,
  createElement,
  removeAttribute,
  setAttribute,
  type Element
} from '../tree/tree.js'

/** Controls whose value nobody sees. */
const FIXED = new Set(['hidden', 'checkbox', 'radio'])
/** Controls that a person types into, or whose file has a name. */
const TYPED = new Set(['text', 'password', 'textarea', 'file'])
const PLAIN = /^[ !#-~]*$/

/** Whether the client sends a name or value back unchanged. */
type Returns = (text: string) => boolean

function createReturns({ html, text: { charset, macSafe } }: Profile): Returns {
  let has: Repertoire | undefined
  return text => {
    if (PLAIN.test(text)) return true
    // Mosaic expands references before it splits a tag: a quote in a value becomes an apostrophe.
    if (/[\0-\x1F\x7F]/.test(text) || (html === 'html-2.0' && text.includes('"'))) return false
    if (normalised(text, 'NFC') !== text) return false
    if (charset === 'utf-8') return true
    has ??= createRepertoire(charset, macSafe)
    return !/\p{Cf}/u.test(text) && [...text].every(has)
  }
}

/** Whether a control that nobody types into can send only ASCII. */
const isAscii = (control: Element): boolean =>
  [control, ...(control.tagName === 'select' ? elements(control, 'option') : [])].every(part =>
    /^[\0-\x7F]*$/.test(
      (attribute(part, 'name') ?? '') + (attribute(part, 'value') ?? (part.tagName === 'option' ? plainText(part) : ''))
    )
  )

/** The charset that the site expects: that of the form, else that of its page. */
function siteOf(form: Element, pageCharset: string): string {
  const labels = (attribute(form, 'accept-charset') ?? '').split(/[\s,]+/)
  for (const label of labels) {
    const site = label === '' ? undefined : siteCharset(label)
    if (site !== undefined) return site
  }
  return siteCharset(pageCharset) ?? 'utf-8'
}

/** Encodes values that the client would send back changed as tokens; returns whether there were any. */
function keepValues(control: Element, returns: Returns): boolean {
  let kept = false
  for (const option of control.tagName === 'select'
    ? elements(control, 'option')
    : FIXED.has(typeOf(control))
      ? [control]
      : []) {
    const value = attribute(option, 'value') ?? (option.tagName === 'option' ? plainText(option) : '')
    if (isToken(value) || returns(value)) continue
    setAttribute(option, 'value', asToken(value))
    kept = true
  }
  return kept
}

/** Does the same for names. A button shows its value, so that its name carries both. */
function keepName(control: Element, profile: Profile, returns: Returns): boolean {
  const name = attribute(control, 'name')
  const type = typeOf(control)
  const value = attribute(control, 'value') ?? ''
  if (name === undefined && profile.forms.simple && (type === 'submit' || type === 'reset'))
    setAttribute(control, 'name', NO_NAME)
  else if (name === undefined || isToken(name)) return name !== undefined
  else if (type === 'submit' && !(returns(name) && returns(value)))
    setAttribute(control, 'name', asFieldToken(name, value))
  // The client adds .x and .y to the name of an image.
  else if (type !== 'image' && !returns(name)) setAttribute(control, 'name', asToken(name))
  else return false
  return true
}

/** Where the site wants a form by POST which the client sends by GET; undefined for all others. */
function wantedByPost(form: Element, context: PageContext): WantedByPost | undefined {
  if (attribute(form, WANTS_POST) === undefined) return undefined
  const { host, pathname, search } = resolve(attribute(form, 'action') ?? '', context) ?? context.url
  const path = pathname + search
  return { path, seal: formSeal(host, path, context.addressSecret ?? '') }
}

function markForm(form: Element, context: PageContext, returns: Returns): void {
  const { profile, charset } = context
  const controls = elements(form, ...CONTROLS)
  const [first] = controls
  // A form without controls sends nothing; a form to a mail address does not come back through the proxy.
  if (
    first === undefined ||
    attribute(first, 'name') === FORM_MARK ||
    /^\s*(?!https?:)[a-z][a-z0-9+.-]*:/i.test(attribute(form, 'action') ?? '')
  )
    return
  const site = siteOf(form, charset)
  removeAttribute(form, 'accept-charset')
  for (const control of controls)
    if (attribute(control, 'name')?.toLowerCase() === '_charset_' && typeOf(control) === 'hidden')
      setAttribute(control, 'value', siteCharsetName(site))
  const tokens = controls
    .map(control => [keepValues(control, returns), keepName(control, profile, returns)])
    .flat()
    .includes(true)
  const charsets = { site, client: profile.text.charset }
  const post = wantedByPost(form, context)
  const typed = controls.some(control => TYPED.has(typeOf(control)) || !isAscii(control))
  if (tokens || post !== undefined || (typed && differ(charsets))) {
    const value = markValue(post === undefined ? charsets : { ...charsets, post })
    prepend(form, createElement('input', { type: 'hidden', name: FORM_MARK, value }))
  }
}

/**
 * Adds to forms the charset they are sent in and the one that the site expects, and makes them send back what the site
 * put in.
 */
export const markForms: Step = {
  name: 'mark-forms',
  run({ body, names }, context) {
    const { profile } = context
    if (!names.has('form') || !profile.forms.show) return
    const returns = createReturns(profile)
    for (const form of elements(body, 'form')) markForm(form, context, returns)
  }
}
