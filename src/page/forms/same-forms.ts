import { inOneLine } from '../content/words.js'
import {
  attribute,
  closest,
  elements,
  isElement,
  isText,
  pushChildren,
  remove,
  textOf,
  type Element,
  type Node
} from '../tree/tree.js'
import { CONTROLS, typeOf } from './controls.js'

/** The labels of a form, and a word above it, have no more. Characters. */
const LABELS = 80

/** Names of hidden fields whose value is another for each copy of a form. */
const TOKEN = /csrf|token|nonce|build_id|authenticity|captcha|view_?state/i

/** What a control sends, or shows if it is a button. */
function partOf(control: Element): string {
  const name = attribute(control, 'name') ?? ''
  const type = typeOf(control)
  const value =
    control.tagName === 'select' || control.tagName === 'textarea'
      ? textOf(control)
      : (attribute(control, 'value') ?? '')
  const ticked = attribute(control, 'checked') === undefined ? '' : 'checked'
  return [type, name, type === 'hidden' && TOKEN.test(name) ? '' : value, ticked].join('\0')
}

/** What a form does: two with the same are one to a person who has no phone. */
const deedOf = (form: Element): string =>
  [
    ...['action', 'method', 'enctype', 'target'].map(name => attribute(form, name) ?? ''),
    ...elements(form, ...CONTROLS).map(partOf)
  ].join('\x01')

/** Whether a form has one field to type into, and asks for a page. */
function asksOne(form: Element): boolean {
  if (attribute(form, 'method')?.toLowerCase() === 'post') return false
  const shown = elements(form, ...CONTROLS).filter(control => !['hidden', 'submit', 'image'].includes(typeOf(control)))
  return shown.length === 1 && shown[0]?.tagName === 'input'
}

/**
 * The forms of a page in their order, each with whether anything that is seen stands between it and the one before.
 */
function formsOf(body: Element): Array<{ form: Element; follows: boolean }> {
  const found: Array<{ form: Element; follows: boolean }> = []
  let follows = false
  const stack: Node[] = []
  pushChildren(stack, body)
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (isText(node)) follows &&= node.value.trim() === ''
    else if (isElement(node)) {
      if (node.tagName === 'form') {
        found.push({ form: node, follows })
        follows = true
      } else if (node.tagName === 'img') follows = false
      else pushChildren(stack, node)
    }
  }
  return found
}

/**
 * Whether a form that does the same as another has more to say than labels, and other things: shops put each of their
 * goods into a form with a button, of which a script knows what is meant.
 */
function saysOther(form: Element, other: Element): boolean {
  const text = inOneLine(textOf(form))
  if (text === inOneLine(textOf(other))) return false
  return text.length > LABELS || elements(form, 'img').some(image => !isInButton(image))
}

const isInButton = (image: Element): boolean => closest(image, 'button') !== undefined

/**
 * Removes copies of a form: those for phones right beside those for larger screens, and a search that stands at the top
 * and at the foot.
 */
export function dropSameForms(body: Element): void {
  const seen = new Map<string, Element>()
  let last: string | undefined
  for (const { form, follows } of formsOf(body)) {
    const deed = deedOf(form)
    const other = seen.get(deed)
    const isCopy = other !== undefined && ((follows && deed === last) || asksOne(form))
    if (isCopy && !saysOther(form, other)) remove(form)
    seen.set(deed, form)
    last = deed
  }
}
