import type { Step } from '../step.js'
import { HEADINGS, hrefAround, isElement, isText, type Element, type Node, type Text } from '../tree/tree.js'

/** Lines begin and end with these. */
const BORDERS = new Set([
  ...HEADINGS,
  ...'div p center blockquote address ul ol li dl dt dd table caption tr td th form hr br'.split(' ')
])
/** What stands in these is as it is: code, fields, and what is set apart, of which a sign may be all. */
const AS_IT_IS = new Set('pre code tt kbd samp var textarea select option button b strong i em u'.split(' '))
/** Something stands beside a sign where one of these does. */
const SEEN = new Set('img input embed object applet map iframe'.split(' '))
/** A sign here is what these say: an operator, that there is no value, or what is explained. */
const VALUES = new Set(['td', 'th', 'dt', 'dd', ...HEADINGS])

/** A sign that stands between two things, and alone only where neither of them is left; several dots are an ornament. */
const ALONE = /^(?:[|/,\s]+|\s*[·•»«›>]\s*)$/
/** A bullet that somebody has typed begins a line, as does a sign of quotation, and a slash "/ month": a bar never does. */
const AT_START = /^\s*(?:\|(?:\s+|$))+/
const AT_END = /\s[|·•]\s*$/
/** What a sign is said to be stands behind a colon, what it does with something behind another sign. */
const NAMED = /[:=+*×<>({[|·•-]\s*$/u

const WRITTEN = new Set(['p', 'li'])

/** A longer line is a sentence, or one that is no line of signs and names. Characters. */
const MOST_CHARACTERS = 120

/** What stands in a line, in its order: texts that are not blank, and for all else that is seen nothing. */
type Parts = Array<Text | undefined>

/** A line, and what it stands in. */
interface Line {
  readonly parts: Parts
  /** It is a value, whose signs say something */
  readonly isValue: boolean
  /** It is a paragraph or an item: what it begins with, or is, an author wrote */
  readonly isWritten: boolean
  /** Another line of the same block is above it, or below: of verses, or of a grammar, whose signs are theirs */
  readonly isInVerse: boolean
}

/** A bar behind an operator begins what another one ends: a = |x|. */
const IN_FORMULA = /[=×+*<>(]\s*\|/u

/** A line that has signs on both sides is written so: a row of a table in signs, an ornament. */
const isFramed = (first: string, last: string): boolean => /^\s*[|·•]/.test(first) && AT_END.test(last)

/** A text without the sign at its end that stands behind a space. */
function withoutEndSign(text: string): string {
  const kept = text.replace(AT_END, '')
  return kept === text || NAMED.test(kept) ? text : kept
}

/** Takes the signs away that a line begins or ends with. */
function trim({ parts, isValue, isWritten, isInVerse }: Line): void {
  const texts = parts.filter(text => text !== undefined)
  if (isValue || texts.reduce((sum, { value }) => sum + value.length, 0) > MOST_CHARACTERS) return
  if (texts.length === parts.length && texts.every(({ value }) => ALONE.test(value))) {
    // A sign that is a link leads on.
    if (!isWritten && texts.every(text => hrefAround(text) === '')) for (const text of texts) text.value = ''
    return
  }
  const first = parts[0]
  const last = parts.at(-1)
  if (isInVerse || isFramed(first?.value ?? '', last?.value ?? '')) return
  if (texts.some(({ value }) => IN_FORMULA.test(value))) return
  const isBeforeLink = parts[1] !== undefined && hrefAround(parts[1]) !== ''
  if (first !== undefined && !isWritten)
    first.value = isBeforeLink && first.value.trim() === '/' ? '' : first.value.replace(AT_START, '')
  if (last !== undefined) last.value = withoutEndSign(last.value)
}

/** Reads the lines below an element. */
function readLines(body: Element, take: (line: Line) => void): void {
  let parts: Parts = []
  let isBelow = false
  const end = (border: string, isValue: boolean): void => {
    const isBreak = border === 'br'
    if (parts.length > 0) take({ parts, isValue, isWritten: WRITTEN.has(border), isInVerse: isBelow || isBreak })
    if (parts.length > 0 || !isBreak) isBelow = isBreak
    parts = []
  }
  const read = (node: Node, isValue: boolean): void => {
    if (isText(node) && node.value.trim() !== '') parts.push(node)
    if (!isElement(node)) return
    const { tagName } = node
    if (AS_IT_IS.has(tagName) || SEEN.has(tagName)) return void parts.push(undefined)
    const isBorder = BORDERS.has(tagName)
    if (isBorder) end(tagName, isValue)
    const inside = isValue || VALUES.has(tagName)
    for (const child of node.childNodes) read(child, inside)
    if (isBorder && tagName !== 'br') end(tagName, inside)
  }
  read(body, false)
  end('', false)
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
