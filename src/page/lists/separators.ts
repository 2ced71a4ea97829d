import { elements, isElement, isText, textStart, type Element, type Node } from '../tree/tree.js'

/** What stands between the steps of a path through the site is no step: "Home", "/", "Lamps". */
const SEPARATOR = /^[\s/›»>→|·•\\]{1,8}$/u
const MOST_CHARACTERS = 8

function isSeparator(node: Node): boolean {
  if (isText(node)) return node.value.trim() !== '' && SEPARATOR.test(node.value.trim())
  if (!isElement(node) || node.tagName !== 'li' || elements(node, 'img', 'input').length > 0) return false
  return SEPARATOR.test(textStart(node, MOST_CHARACTERS + 1).trim())
}

const isItem = (node: Node): boolean => isElement(node) && node.tagName === 'li'

/** Takes the signs between the items of lists away: a bullet stands before each. */
export function dropSeparators(body: Element): void {
  for (const list of elements(body, 'ul', 'ol')) {
    const kept = list.childNodes.filter(node => !isSeparator(node))
    if (kept.length < list.childNodes.length && kept.some(isItem)) list.childNodes = kept
  }
}
