import { isContent, type Content } from '../content/content.js'
import { attribute, isElement, rename, unwrap, type Element } from '../tree/tree.js'

/** Elements whose content is one line. */
const LINES = new Set(['h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'p', 'span', 'li', 'dt', 'dd', 'td', 'th', 'a', 'summary'])

const sends = (button: Element, form: Element | undefined): boolean =>
  form !== undefined && /^(submit|reset|)$/i.test(attribute(button, 'type') ?? '')

const isInHeading = ({ parentNode }: Element): boolean =>
  parentNode !== null && isElement(parentNode) && /^h[1-6]$/.test(parentNode.tagName)

/**
 * Whether a button does nothing without its script, and its words are a part of the page: the heading of what it would
 * open.
 */
export const isHeading = (button: Element, form: Element | undefined, content: Content | undefined): boolean =>
  button.tagName === 'button' && !sends(button, form) && (isInHeading(button) || isContent(button, content))

/** Shows the words of a button as text: in the line that they are the content of, else in one of their own. */
export function showWords(button: Element): void {
  const { parentNode } = button
  if (parentNode !== null && isElement(parentNode) && LINES.has(parentNode.tagName)) unwrap(button)
  else rename(button, 'div', {})
}
