import { elements, plainText, type Element } from './tree.js'

/** Characters of text that is not in links, buttons, options or labels. */
export function proseLength(element: Element): number {
  let length = plainText(element).length
  for (const link of elements(element, 'a', 'button', 'option', 'label')) length -= plainText(link).length
  return length
}
