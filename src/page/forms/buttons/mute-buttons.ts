import { likelihoodIn, type Content } from '../../content/content.js'
import { cellAround } from '../../lists/item-content.js'
import type { FormIndex } from '../form-index.js'
import { isInSentence, isNameInText } from './names-in-buttons.js'
import { attribute, closest, HEADINGS, isElement, plainText, rename, unwrap, type Element } from '../../tree/tree.js'

/** Elements whose content is one line. */
const LINES = new Set([...HEADINGS, 'p', 'span', 'li', 'dt', 'dd', 'td', 'th', 'a', 'summary'])

const sends = (button: Element, form: Element | undefined): boolean =>
  form !== undefined && /^(submit|reset|)$/i.test(attribute(button, 'type') ?? '')

/** A button may stand so deep in a heading that has no other words. Elements. */
const WRAPPERS = 3

function isInHeading(button: Element, text: string): boolean {
  let around = button.parentNode
  for (let level = 0; level < WRAPPERS && around !== null && isElement(around); level++) {
    if (HEADINGS.includes(around.tagName) || attribute(around, 'role') === 'heading')
      return level === 0 || plainText(around) === text
    around = around.parentNode
  }
  return false
}

/** Whether a button is the name of a column or row, by which its script would sort the table. */
const namesCells = (button: Element, text: string): boolean => text !== '' && cellAround(button)?.tagName === 'th'

const COPIES = /^copy\b/i

/** Whether a button stands beside the words of a heading and would copy them, or their address. */
function copiesHeading({ parentNode }: Element, text: string): boolean {
  if (!COPIES.test(text) || parentNode === null || !isElement(parentNode)) return false
  return HEADINGS.includes(parentNode.tagName) && plainText(parentNode) !== text
}

/** What opens a part of the page names it, unless it says only what it does. */
const OPENERS =
  /\b(menu|navigation|search|close|open|toggle|share|cart|basket|login|account|language|cookies?|more|less|expand|collapse|link|previous|slides?)\b/i
const OPENER_WORDS = 8
/** Pictures that follow one another are numbered. */
const NUMBERED = /^(item|slide|page|image|photo)?\W*\d+\W*$/i

/** What is told of where a button stands. */
interface Place {
  readonly form: Element | undefined
  readonly content: Content | undefined
  readonly index: FormIndex
}

/** Whether a button names the part that it would open, which is there: what a script would bring has no heading. */
function namesPart(button: Element, text: string, index: FormIndex): boolean {
  return (
    attribute(button, 'aria-expanded') !== undefined &&
    closest(button, 'nav', 'header', 'footer') === undefined &&
    namesWhatItOpens(text) &&
    index.isFilled(attribute(button, 'aria-controls') ?? '')
  )
}

/** Whether the words of what opens a part of the page name that part. */
export const namesWhatItOpens = (text: string): boolean =>
  /\p{L}/u.test(text) && !OPENERS.test(text) && !NUMBERED.test(text) && text.split(' ').length <= OPENER_WORDS

/**
 * Words of buttons say something of what stands around them ("Sold out", "5 stars: 326"), of which the model is less
 * sure than of sentences; those of menus, carts and players are far less likely, and are often one. Those of a form
 * are of its fields. Mean likelihood.
 */
const LIKELY = 0.12
const SURE = 0.4

/** Whether goods can be had is said on the button that would order them. */
const STOCK = /\b(sold out|out of stock|ausverkauft|agotado|esaurito|uitverkocht)\b|épuisé/i

/**
 * Whether a button does nothing without its script, and its words are a part of the page: the heading of what it would
 * open.
 */
export function isHeading(button: Element, { form, content, index }: Place): boolean {
  if (button.tagName !== 'button' || sends(button, form)) return false
  const text = plainText(button)
  if (copiesHeading(button, text)) return false
  if (isInHeading(button, text) || namesCells(button, text)) return true
  if (namesPart(button, text, index) || STOCK.test(text)) return true
  if (namesWhatItOpens(text) && isNameInText(button, text, index)) return true
  const least = form === undefined && text.includes(' ') ? LIKELY : SURE
  return content !== undefined && likelihoodIn(button, content).mean >= least
}

/** Shows the words of a button as text: in the line that they are the content of, else in one of their own. */
export function showWords(button: Element): void {
  const { parentNode } = button
  const isInLine = parentNode !== null && isElement(parentNode) && LINES.has(parentNode.tagName)
  if (isInLine || isInSentence(button)) unwrap(button)
  else rename(button, 'div', {})
}
