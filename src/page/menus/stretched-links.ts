import { lettersOf } from '../content/words.js'
import {
  HEADINGS,
  anchorsIn,
  append,
  appendAll,
  attribute,
  closest,
  contains,
  elements,
  isElement,
  plainText,
  walk,
  type Element
} from '../tree/tree.js'

/** How far above a link the card begins that it is stretched over, and how far above its heading. Elements. */
const CARD_LEVELS = 4
const HEADING_LEVELS = 8
/** Cards of one name in a row take their headings in turn: one that has no link holds up few others. Headings. */
const MOST_WAITING = 4

/** The elements around another one, the nearest first. */
function* around({ parentNode }: Element, levels: number): Generator<Element> {
  let at = parentNode
  for (let level = 0; level < levels && at !== null && isElement(at) && at.tagName !== 'body'; level++) {
    yield at
    at = at.parentNode
  }
}

function isInCard(heading: Element, card: ReadonlySet<Element>): boolean {
  for (const holder of around(heading, HEADING_LEVELS)) if (card.has(holder)) return true
  return false
}

/** The headings of a page that lead nowhere, by what they say. */
function headingsIn(body: Element): Map<string, Element[]> {
  const all = new Map<string, Element[]>()
  for (const heading of elements(body, ...HEADINGS)) {
    const letters = lettersOf(plainText(heading))
    if (letters === '' || closest(heading, 'a') !== undefined) continue
    if (contains(heading, ({ tagName }) => tagName === 'a' || tagName === 'button')) continue
    const same = all.get(letters)
    if (same === undefined) all.set(letters, [heading])
    else same.push(heading)
  }
  return all
}

/** What a link holds that shows nothing of its own: what styles draw with, and drawings. */
const DRAWN = new Set(['span', 'i', 'b', 'svg'])

function showsMore(link: Element): boolean {
  let more = false
  walk(link, ({ tagName }) => {
    more ||= !DRAWN.has(tagName)
    return tagName !== 'svg'
  })
  return more
}

/**
 * Finds the heading of the card that a link is stretched over, and has the link stand in it, around its words: styles lay
 * the link over all of the card, and its name says the heading once more for those who hear the page.
 */
export function createStretched(body: Element): (link: Element, name: string) => boolean {
  let headings: Map<string, Element[]> | undefined
  return (link, name) => {
    if (attribute(link, 'href') === undefined || showsMore(link)) return false
    headings ??= headingsIn(body)
    const same = headings.get(lettersOf(name)) ?? []
    const card = new Set(around(link, CARD_LEVELS))
    const at = same.slice(0, MOST_WAITING).findIndex(heading => isInCard(heading, card))
    const [heading] = at < 0 ? [] : same.splice(at, 1)
    if (heading === undefined) return false
    const words = heading.childNodes
    heading.childNodes = []
    appendAll(heading, link.childNodes.filter(isElement).flatMap(anchorsIn))
    link.childNodes = []
    appendAll(link, words)
    append(heading, link)
    return true
  }
}
