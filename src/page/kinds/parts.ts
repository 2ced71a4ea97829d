import { contentOf } from '../article/told-text.js'
import { lettersOf } from '../content/words.js'
import {
  append,
  attribute,
  closest,
  createElement,
  createText,
  elements,
  isElement,
  isText,
  plainText,
  prepend,
  pushChildren,
  remove,
  textStart,
  type Element,
  type Node
} from '../tree/tree.js'
import { isOfSite, isSmall, nameIn, sourcesOf } from './shown/lead-picture.js'

/** A longer text is no line that only repeats what is said above. Characters. */
const LINE_CHARACTERS = 200
/** So much of the beginning of a text tells whether it is there already. Letters. */
const BEGINNING = 60
/** A shorter description says nothing. Letters. */
const LEAST_DESCRIPTION = 40
/** A content with so much text of its own describes itself: data mostly repeat it in other words. Letters. */
const MUCH_TEXT = 400

/** A picture behind more text does not lead a content. Letters. */
const LEADING = 200

/** Removes the lines and headings of a content that say nothing but what is said above it. */
export function dropSaid(content: Element, said: readonly string[]): void {
  const letters = new Set(said.map(lettersOf).filter(text => text !== ''))
  for (const element of elements(content)) {
    if (element.tagName === 'img' || element.parentNode === null) continue
    const text = textStart(element, LINE_CHARACTERS + 1)
    if (text.length <= LINE_CHARACTERS && letters.has(lettersOf(text)) && !isInTable(element)) remove(element)
  }
}

/** A row of a table without one of its cells says something else. */
const isInTable = (element: Element): boolean =>
  ['tr', 'dl'].includes(element.tagName) || closest(element, 'tr', 'dl') !== undefined

/** Whether a content begins with a picture that is no small one. */
function isLed(content: Element): boolean {
  let letters = 0
  const stack: Node[] = [content]
  for (let node = stack.pop(); node !== undefined && letters < LEADING; node = stack.pop()) {
    if (isText(node)) letters += lettersOf(node.value).length
    else if (isElement(node)) {
      if (node.tagName === 'img' && !isSmall(node) && !isOfSite(attribute(node, 'src') ?? '')) return true
      pushChildren(stack, node)
    }
  }
  return false
}

/** The picture that a page tells, above a content that begins with none and does not show it further down. */
export function addPicture(content: Element, address: string, name: string): void {
  if (address === '' || isLed(content)) return
  // A name that says nothing may be that of a picture which is shown already.
  const file = nameIn(address)
  if (elements(content, 'img').some(image => sourcesOf(image).includes(file))) return
  prepend(content, createElement('p', {}, createElement('img', { src: address, alt: name })))
}

/** A text that is not in a content yet, above it but below its picture. */
export function addParagraphs(content: Element, text: string): void {
  const added = contentOf(text)
  const letters = lettersOf(plainText(added))
  const own = lettersOf(plainText(content))
  if (letters.length < LEAST_DESCRIPTION || own.length > MUCH_TEXT || own.includes(letters.slice(0, BEGINNING))) return
  const [first] = content.childNodes
  if (first !== undefined && isElement(first) && first.tagName === 'p' && elements(first, 'img').length > 0) {
    remove(first)
    prepend(content, added)
    prepend(content, first)
  } else prepend(content, added)
}

/** Names and values as a table below a content, those that it does not say already. */
export function addTable(content: Element, rows: ReadonlyArray<readonly [string, string]>): void {
  const said = lettersOf(plainText(content))
  const missing = rows.filter(([name, value]) => !said.includes(lettersOf(name + value)))
  if (missing.length === 0) return
  const cell = (tag: string, text: string): Element => createElement(tag, {}, createText(text))
  append(
    content,
    createElement(
      'table',
      {},
      ...missing.map(([name, value]) => createElement('tr', {}, cell('th', name), cell('td', value)))
    )
  )
}
