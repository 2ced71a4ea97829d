import { countWords, lettersOf } from '../content/words.js'
import {
  closest,
  contains,
  isElement,
  isText,
  pushChildren,
  remove,
  textStart,
  type Element,
  type Node
} from '../tree/tree.js'

/** So much may stand above a line that says the title again, or a label. Characters. */
const HEAD_CHARACTERS = 250
/** A longer text is no value of a label. Characters. */
const VALUE_CHARACTERS = 60
/** An element with so much white space at its beginning says nothing. Characters. */
const SEEN_CHARACTERS = 500
/** No label is longer. Characters. */
const LABEL_CHARACTERS = 30
/** Labels of what stands under the title, where that was found in another place or left out. */
const LABEL =
  /^(?:by|authors?|written by|posted (?:by|on|in)|published(?: on| by)?|(?:last )?updated(?: on)?|reviewed by|von|autor(?:in)?|geschrieben von|veröffentlicht am|aktualisiert am|par|publié le|auteur|por|publicado (?:el|por|em)|di|pubblicato il|door|geplaatst op|av|af|автор):?$/iu
const INLINE = new Set('a span b strong i em small font u s abbr time label sup sub img br picture source'.split(' '))

interface Line {
  readonly element: Element
  readonly text: string
}

/** The innermost elements of a head that hold text, up to the first long one. */
function headOf(content: Element): Line[] {
  const lines: Line[] = []
  let passed = 0
  const stack: Node[] = [content]
  for (let node = stack.pop(); node !== undefined && passed <= HEAD_CHARACTERS; node = stack.pop()) {
    if (isText(node)) passed += node.value.trim().length
    if (!isElement(node)) continue
    const isLine = !INLINE.has(node.tagName) && !holdsLines(node)
    const text = isLine
      ? textStart(node, HEAD_CHARACTERS + 1)
          .replace(/\s+/g, ' ')
          .trim()
      : ''
    if (isLine && text !== '') {
      lines.push({ element: node, text })
      passed += text.length
    } else pushChildren(stack, node)
  }
  return lines
}

/** Whether an element holds another one that begins a line and says something. */
const holdsLines = (element: Element): boolean =>
  contains(
    element,
    within => within !== element && !INLINE.has(within.tagName) && /\S/.test(textStart(within, SEEN_CHARACTERS))
  )

const isLabel = ({ text }: Line): boolean => text.length <= LABEL_CHARACTERS && LABEL.test(text)

/**
 * What goes with a line; undefined where it stays. A cell without its words makes another say something else, but a row
 * that has nothing besides goes with it; one of several things may be called as all are.
 */
function looseOf({ element, text }: Line): Element | undefined {
  const holder = closest(element, 'tr', 'table', 'dl', 'ul', 'ol')
  if (holder === undefined) return element
  const row = holder.tagName === 'tr' ? textStart(holder, HEAD_CHARACTERS + 1) : ''
  return row.replace(/\s+/g, ' ').trim() === text ? holder : undefined
}

/** Whether a first heading says the title and behind it what each page of its site says. */
const isMoreThan = ({ element, text }: Line, title: string): boolean =>
  element.tagName === 'h1' && countWords(title) > 1 && text.startsWith(`${title} `) && text.length > 2 * title.length

/**
 * Removes from the head of a content what says its title once more, and labels without what they are the labels of: "By".
 *
 * @param titles what stands above the content, and the title of its page with the name of the site
 */
export function tidyHead(content: Element, titles: readonly string[]): void {
  const lines = headOf(content).flatMap(line => {
    const element = looseOf(line)
    return element === undefined ? [] : [{ ...line, element }]
  })
  const names = new Set(titles.map(lettersOf).filter(letters => letters !== ''))
  const said = lines.map(line => names.has(lettersOf(line.text)) || isMoreThan(line, titles[0] ?? ''))
  lines.forEach((line, at) => {
    const next = lines[at + 1]
    const isAlone = next === undefined || next.text.length > VALUE_CHARACTERS || isLabel(next) || said[at + 1] === true
    const isOver = next !== undefined && /^h\d$/.test(next.element.tagName)
    if (said[at] === true || (isLabel(line) && (isAlone || isOver))) remove(line.element)
  })
}

/** More headings in a row at the end of a content are what it lists. */
const MOST_LAST = 2
/** What stands below a heading without a word. */
const SHOWN = new Set('img table pre hr input select textarea object'.split(' '))

/** A sentence says something itself, a name says what stands below it. Words. */
const SENTENCE = /[.!?…。！？]["'”’)]?$/u
const MOST_NAMED = 8

/** Whether a heading stands at the end of one of several boxes that are alike: it says whose the text above it is. */
function endsEntry({ parentNode: box }: Element): boolean {
  if (box === null || !isElement(box) || box.parentNode === null) return false
  const look = ({ tagName, attrs }: Element): string =>
    `${tagName} ${attrs.find(({ name }) => name === 'class')?.value ?? ''}`
  return box.parentNode.childNodes.filter(node => isElement(node) && look(node) === look(box)).length > 1
}

/** Whether a heading only says what is to stand below it. */
function isName(heading: Element): boolean {
  const text = textStart(heading, HEAD_CHARACTERS).trim()
  return text !== '' && !SENTENCE.test(text) && countWords(text) <= MOST_NAMED && !endsEntry(heading)
}

/** The headings at the end of a content with nothing below them, the last one first; none where they are too many, or all. */
function lastHeadings(content: Element): Element[] {
  const found: Element[] = []
  const stack: Node[] = [content]
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (isText(node) && /\S/.test(node.value)) return found
    if (!isElement(node)) continue
    if (SHOWN.has(node.tagName)) return found
    const isHeading =
      /^h[2-6]$/.test(node.tagName) && !contains(node, ({ tagName }) => tagName === 'a' || tagName === 'img')
    if (isHeading && /\S/.test(textStart(node, SEEN_CHARACTERS))) {
      if (!isName(node)) return found
      found.push(node)
    } else if (!isHeading) for (const child of node.childNodes) stack.push(child)
    if (found.length > MOST_LAST) return []
  }
  return []
}

/** Removes a heading at the end of a content: what stood below it is not shown. */
export function tidyTail(content: Element): void {
  for (const heading of lastHeadings(content)) remove(heading)
}
