import type { Step } from '../step.js'
import { HEADINGS, hrefAround, isElement, isText, type Element, type Node, type Text } from '../tree/tree.js'

/** Lines begin and end with these. */
const BORDERS = new Set([
  ...HEADINGS,
  ...'div p center blockquote address ul ol li dl dt dd table caption tr td th form hr br'.split(' ')
])
/** What stands in these is as it is: code, and fields. */
const AS_IT_IS = new Set('pre code tt kbd samp var textarea select option button'.split(' '))
/** Something stands beside a sign where one of these does. */
const SEEN = new Set('img input embed object applet map iframe'.split(' '))
/** A sign alone is what these say: an operator, or that there is no value. */
const VALUES = new Set(['td', 'th', 'dt', 'dd'])

/** A sign that stands between two things, and alone only where neither of them is left; several dots are an ornament. */
const ALONE = /^(?:[|/,\s]+|\s*[·•»«›>]\s*)$/
/** A bullet that somebody has typed begins a line, as does a sign of quotation: these two never do. */
const AT_START = /^\s*(?:[|/](?:\s+|$))+/
/** In poems a slash may end a line. */
const END_SIGNS = new Set('|·•')
const FRAME_START = /^[|/·•]/
const FRAME_END = /[|/·•]$/

/** A longer line is a sentence, or one that is no line of signs and names. Characters. */
const MOST_CHARACTERS = 120

/** What stands in a line, in its order: texts that are not blank, and for all else that is seen nothing. */
type Line = (Text | undefined)[]

/** A line that has signs on both sides is written so: a row of a table in signs, how a word is spoken, an ornament. */
const isFramed = (first: string, last: string): boolean => FRAME_START.test(first.trim()) && FRAME_END.test(last.trim())

/** A text without the signs at its end that stand behind a space. */
function withoutEndSigns(text: string): string {
  let kept = text.trimEnd()
  while (END_SIGNS.has(kept.at(-1) ?? '') && /(?:^|\s)$/.test(kept.slice(-2, -1))) kept = kept.slice(0, -1).trimEnd()
  return kept === text.trimEnd() ? text : kept
}

/** Takes the signs away that a line begins or ends with. */
function trim(line: Line, isValue: boolean): void {
  const texts = line.filter(text => text !== undefined)
  if (texts.reduce((sum, { value }) => sum + value.length, 0) > MOST_CHARACTERS) return
  if (texts.length === line.length && texts.every(({ value }) => ALONE.test(value))) {
    // A sign that is a link leads on.
    if (!isValue && texts.every(text => hrefAround(text) === '')) for (const text of texts) text.value = ''
    return
  }
  const first = line[0]
  const last = line.at(-1)
  if (isFramed(first?.value ?? '', last?.value ?? '')) return
  if (first !== undefined) first.value = first.value.replace(AT_START, '')
  if (last !== undefined) last.value = withoutEndSigns(last.value)
}

/** Reads the lines below an element, and says of each whether it stands in a cell. */
function readLines(body: Element, take: (line: Line, isValue: boolean) => void): void {
  let line: Line = []
  const end = (isValue: boolean): void => {
    if (line.length > 0) take(line, isValue)
    line = []
  }
  const read = (node: Node, isValue: boolean): void => {
    if (isText(node) && node.value.trim() !== '') line.push(node)
    if (!isElement(node)) return
    if (AS_IT_IS.has(node.tagName) || SEEN.has(node.tagName)) return void line.push(undefined)
    const isBorder = BORDERS.has(node.tagName)
    if (isBorder) end(isValue)
    const inside = isValue || VALUES.has(node.tagName)
    for (const child of node.childNodes) read(child, inside)
    if (isBorder) end(inside)
  }
  read(body, false)
  end(false)
}

/**
 * Takes signs away that stood between two things of which one is no longer there: "2 May 2025 |". Lists have lost theirs
 * already.
 */
export const dropSigns: Step = {
  name: 'drop-signs',
  run({ body }) {
    readLines(body, trim)
  }
}
