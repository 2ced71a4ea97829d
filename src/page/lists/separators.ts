import { inkIn, isItem } from './item-content.js'
import { elements, isElement, isText, textStart, type Element, type Node } from '../tree/tree.js'

/** What stands between the steps of a path through the site is no step: "Home", "/", "Lamps". */
const SEPARATOR = /^[\s/›»>→|·•\\]{1,8}$/u
const MOST_CHARACTERS = 8
/** So much of an item is looked at for a word. Characters. */
const STEP_CHARACTERS = 100

function isSeparator(node: Node): boolean {
  if (isText(node)) return node.value.trim() !== '' && SEPARATOR.test(node.value.trim())
  if (!isElement(node) || node.tagName !== 'li' || elements(node, 'img', 'input').length > 0) return false
  return SEPARATOR.test(textStart(node, MOST_CHARACTERS + 1).trim())
}

/** Takes the signs at the ends of an item away that stand between it and the next: "modules |". */
function dropEdges(item: Element): void {
  const shown = inkIn(item)
  const edges = [shown[0], shown.at(-1)].filter(node => node !== undefined && isText(node) && isSeparator(node))
  if (shown.length > 1 && edges.length > 0) item.childNodes = item.childNodes.filter(node => !edges.includes(node))
}

/** Whether an item says more than signs, all of which may be answers to a question. */
const isStep = (node: Node): boolean =>
  isItem(node) && (/[\p{L}\p{N}]/u.test(textStart(node, STEP_CHARACTERS)) || elements(node, 'img', 'a').length > 0)

/** Takes the signs between the items of a list away. */
export function dropSeparatorsIn(list: Element): void {
  const kept = list.childNodes.filter(node => !isSeparator(node))
  if (kept.length < list.childNodes.length && kept.some(isStep)) list.childNodes = kept
  for (const item of kept) if (isElement(item)) dropEdges(item)
}

/** Takes the signs between the items of all lists away: a bullet stands before each. */
export function dropSeparators(body: Element): void {
  for (const list of elements(body, 'ul', 'ol')) dropSeparatorsIn(list)
}
