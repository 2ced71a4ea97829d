import { elements, plainText, type Element } from './tree.js'

/** The characters of text outside of links, buttons, options and labels. */
export function proseLength(element: Element): number {
  let length = plainText(element).length
  for (const link of elements(element, 'a', 'button', 'option', 'label')) length -= plainText(link).length
  return length
}
