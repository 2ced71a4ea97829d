import { lettersOf } from '../content/words.js'
import {
  attribute,
  closest,
  contains,
  isElement,
  isText,
  textsIn,
  textStart,
  type Element,
  type Node,
  type Text
} from '../tree/tree.js'

/** What stands above a list of contents, in the languages that sites have most. */
const CONTENTS =
  /^(table of contents|contents|on this page|in this (article|guide|post|story|section|chapter)|inhalt(sverzeichnis)?|auf dieser seite|sommaire|table des matières|índice|contenidos?|indice|inhoud(sopgave)?)\W*$/i
/** A longer text is no such heading, nor several of them for several screens. Characters. */
const MOST_CHARACTERS = 30
const MOST_IN_BOX = 200
/** A longer line is a paragraph with a link in it. Characters. */
const MOST_LINE = 80
/** No more of them are looked at on one page. */
const MOST_LOOKED = 20

const WHOLES = new Set(['body', 'main', 'article', 'td', 'th', 'form'])
const SEEN = new Set(['img', 'a', 'input', 'select', 'textarea', 'iframe', 'video', 'audio', 'object', 'embed'])

const isSeen = ({ tagName }: Element): boolean => SEEN.has(tagName)

/** Whether a text is the name of a list of contents. */
export const namesContents = (text: string): boolean => text.length <= MOST_CHARACTERS && CONTENTS.test(text)

/** Whether an element says a heading alone, once or more. */
function saysOnly(element: Element, letters: string): boolean {
  const text = textStart(element, MOST_IN_BOX + 1)
  if (text.length > MOST_IN_BOX || contains(element, isSeen)) return false
  return lettersOf(text).replaceAll(letters, '') === ''
}

/** The outermost element around a heading that has nothing else in it. */
function boxAround(heading: Element): Element {
  const letters = lettersOf(textStart(heading, MOST_IN_BOX))
  let box = heading
  for (
    let parent = heading.parentNode;
    parent !== null && isElement(parent) && !WHOLES.has(parent.tagName) && saysOnly(parent, letters);
    parent = parent.parentNode
  )
    box = parent
  return box
}

/** The first text behind an element, outside of it. */
function textBehind(element: Element): Text | undefined {
  for (let at: Node = element; at.parentNode !== null; at = at.parentNode) {
    const { childNodes }: { childNodes: Node[] } = at.parentNode
    for (const node of childNodes.slice(childNodes.indexOf(at) + 1)) {
      const texts = isText(node) ? [node] : isElement(node) ? textsIn(node) : []
      const text = texts.find(({ value }) => value.trim() !== '')
      if (text !== undefined) return text
    }
    if (!isElement(at.parentNode)) break
  }
  return undefined
}

/** Whether an element leads to another place by its words; headings have marks that lead to themselves. */
const leadsOn = (element: Element): boolean =>
  element.tagName === 'a' &&
  attribute(element, 'href') !== undefined &&
  /[\p{L}\d]/u.test(textStart(element, MOST_CHARACTERS))

/** Whether a text stands in what lists contents: links, items, or headings and short lines that lead to them. */
function isListed(text: Text): boolean {
  if (closest(text, 'a', 'li', 'dt') !== undefined) return true
  const line = closest(text, 'p', 'h2', 'h3', 'h4', 'h5', 'h6')
  return line !== undefined && textStart(line, MOST_LINE + 1).length <= MOST_LINE && contains(line, leadsOn)
}

/**
 * Of headings of lists of contents, the boxes around those below which a script would make the list: nothing stands in
 * them, and what follows is no list.
 */
export function loneContents(headings: readonly Element[]): Element[] {
  return headings.slice(0, MOST_LOOKED).flatMap(heading => {
    const box = boxAround(heading)
    if (box === heading) return []
    const behind = textBehind(box)
    return behind === undefined || !isListed(behind) ? [box] : []
  })
}
