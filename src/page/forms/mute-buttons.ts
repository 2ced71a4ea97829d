import { likelihoodIn, type Content } from '../content/content.js'
import { attribute, isElement, plainText, rename, unwrap, type Element } from '../tree/tree.js'

/** Elements whose content is one line. */
const LINES = new Set(['h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'p', 'span', 'li', 'dt', 'dd', 'td', 'th', 'a', 'summary'])

const sends = (button: Element, form: Element | undefined): boolean =>
  form !== undefined && /^(submit|reset|)$/i.test(attribute(button, 'type') ?? '')

const isInHeading = ({ parentNode }: Element): boolean =>
  parentNode !== null && isElement(parentNode) && /^h[1-6]$/.test(parentNode.tagName)

/**
 * Words of buttons say something of what stands around them ("Sold out", "5 stars: 326"), of which the model is less
 * sure than of sentences; those of menus, carts and players are far less likely, and are often one. Those of a form
 * are of its fields. Mean likelihood.
 */
const LIKELY = 0.12
const SURE = 0.4

/**
 * Whether a button does nothing without its script, and its words are a part of the page: the heading of what it would
 * open.
 */
export function isHeading(button: Element, form: Element | undefined, content: Content | undefined): boolean {
  if (button.tagName !== 'button' || sends(button, form)) return false
  if (isInHeading(button)) return true
  const least = form === undefined && plainText(button).includes(' ') ? LIKELY : SURE
  return content !== undefined && likelihoodIn(button, content).mean >= least
}

/** Shows the words of a button as text: in the line that they are the content of, else in one of their own. */
export function showWords(button: Element): void {
  const { parentNode } = button
  if (parentNode !== null && isElement(parentNode) && LINES.has(parentNode.tagName)) unwrap(button)
  else rename(button, 'div', {})
}
