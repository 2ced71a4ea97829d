import { likelihoodIn, type Content } from '../content/content.js'
import {
  attribute,
  closest,
  contains,
  elements,
  isElement,
  plainText,
  textOf,
  textStart,
  walk,
  type Element
} from '../tree/tree.js'
import { isFillable, typeOf } from './controls.js'
import {
  isAfterSending,
  isAnnounced,
  isClosedToast,
  isCopied,
  isHiddenByName,
  messageBy,
  MOST_MESSAGE,
  namesOf,
  type Message
} from './message-signs.js'

/** What is likelier content than that is no message; if its class says that it is hidden, it must be surer. Mean likelihood. */
const LIKELY = 0.3
const LIKELY_HIDDEN = 0.5
/** Shorter texts are signs: the asterisk of a field that is required. Characters. */
const LEAST_MESSAGE = 4
/** Messages of a form may stand beside it, so far around it and with so much other text. Levels, characters. */
const LEVELS_AROUND = 2
const TEXT_AROUND = 600
/** A form with more text is the page itself. Characters. */
const MOST_FORM = 4000
/** More links lead somewhere: "Log in", "Close". */
const MOST_LINKS = 2

/** What a message never holds. */
const WHOLES = new Set('form input select textarea main article h1 img picture video table'.split(' '))
/** What is no message by what it says alone: "Please enter a valid ZIP code" may be the label of a field. */
const LABELS = new Set(['label', 'legend'])
const NEVER = new Set(['button', 'a', 'option', 'li', 'td', 'th'])
/** A server that refuses what was sent never shows this field once more. */
const isSecret = (field: Element): boolean => typeOf(field) === 'password'

function isEmpty(field: Element): boolean {
  const value = field.tagName === 'textarea' ? textOf(field) : (attribute(field, 'value') ?? '')
  return value.trim() === ''
}

/** How many of something, which comes filled in: "1". */
const isAmount = (field: Element): boolean => typeOf(field) === 'number'

/**
 * Whether a form comes as nobody has sent it: a server that refuses what was sent shows that once more, but for
 * passwords.
 */
function isUnsent(form: Element): boolean {
  const fields = elements(form, 'input', 'textarea').filter(isFillable)
  return fields.length > 0 && fields.every(field => isEmpty(field) || isAmount(field)) && !fields.some(isSecret)
}

/** The text of an element that may be a message, as far as its size and what it holds go; else undefined. */
function messageText(element: Element): string | undefined {
  const start = textStart(element, MOST_MESSAGE * 2)
  const text = start.replace(/\s+/g, ' ').trim()
  if (text.length < LEAST_MESSAGE || text.length > MOST_MESSAGE) return undefined
  if (WHOLES.has(element.tagName) || contains(element, ({ tagName }) => WHOLES.has(tagName))) return undefined
  return elements(element, 'a').length <= MOST_LINKS ? text : undefined
}

const mayBeContent = (element: Element, content: Content | undefined, likely = LIKELY): boolean =>
  content !== undefined && likelihoodIn(element, content).mean >= likely

/**
 * Whether an element is a message of something that has not happened, whatever stands around it: scripts show what its
 * class says is hidden.
 */
export function isUnseenMessage(element: Element, content: Content | undefined): boolean {
  if (isAfterSending(element)) return true
  const isToast = isClosedToast(element)
  if (!isToast && !isHiddenByName(element)) return false
  const text = messageText(element)
  if (text === undefined || mayBeContent(element, content, LIKELY_HIDDEN)) return false
  return isToast || isAnnounced(element) || messageBy(namesOf(element), text) !== undefined
}

/** How many forms each element holds: to count them anew around each would take the square of their number. */
function formsWithin(forms: readonly Element[]): ReadonlyMap<Element, number> {
  const counts = new Map<Element, number>()
  for (const form of forms)
    for (let at = form.parentNode; at !== null && isElement(at); at = at.parentNode)
      counts.set(at, (counts.get(at) ?? 0) + 1)
  return counts
}

/** The form with what stands close around it and belongs to it. */
function scopeOf(form: Element, within: ReadonlyMap<Element, number>): Element {
  let scope = form
  for (let level = 0; level < LEVELS_AROUND; level++) {
    const around = scope.parentNode
    if (around === null || !isElement(around) || around.tagName === 'body') break
    if (within.get(around) !== 1) break
    if (textStart(around, TEXT_AROUND).length >= TEXT_AROUND + plainText(form).length) break
    scope = around
  }
  return scope
}

interface Found {
  readonly element: Element
  readonly says: Message
  readonly inside: boolean
}

/** What an element in the scope of a form says as a message of it; undefined for what is none. */
function saysIn(element: Element, inside: boolean): Message | undefined {
  const text = NEVER.has(element.tagName) ? undefined : messageText(element)
  if (text === undefined) return undefined
  if (isCopied(text)) return 'other'
  const says = messageBy(namesOf(element), LABELS.has(element.tagName) ? '' : text)
  if (says === 'good' || says === 'bad') return says
  return inside && attribute(element, 'role') === 'alert' ? 'bad' : undefined
}

/** Whether the words alone say that a field was filled in wrongly: within a form they are about it, however likely. */
const isFault = (element: Element): boolean => messageBy('', messageText(element) ?? '') === 'bad'

/** The outermost messages in the scope of a form. */
function messagesIn(scope: Element, form: Element, content: Content | undefined): Found[] {
  const found: Found[] = []
  walk(scope, element => {
    const inside = closest(element, 'form') !== undefined
    const says = element === form ? undefined : saysIn(element, inside)
    if (says === undefined || (!(inside && isFault(element)) && mayBeContent(element, content))) return true
    found.push({ element, says, inside })
    return false
  })
  return found
}

/**
 * The messages of forms that nobody has sent. What stands beside one and says that all went well may be true, unless
 * the opposite is said as well.
 */
export function unsentMessages(forms: readonly Element[], content: Content | undefined): Element[] {
  const within = formsWithin(forms)
  return forms.flatMap(form => {
    if (textStart(form, MOST_FORM).length >= MOST_FORM || !isUnsent(form)) return []
    const found = messagesIn(scopeOf(form, within), form, content)
    const contradicts = found.some(({ says }) => says === 'bad') && found.some(({ says }) => says === 'good')
    return found.filter(({ inside }) => inside || contradicts).map(({ element }) => element)
  })
}
