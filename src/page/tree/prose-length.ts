import { plainText, walk, type Element } from './tree.js'

const NO_PROSE = new Set(['a', 'button', 'option', 'label'])

/** The characters of text outside of links, buttons, options and labels. Each text is read twice at most. */
export function proseLength(element: Element): number {
  let length = plainText(element).length
  walk(element, inner => {
    if (!NO_PROSE.has(inner.tagName)) return true
    length -= plainText(inner).length
    return false
  })
  return length
}
