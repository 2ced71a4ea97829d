import { isForReaders } from '../article/for-readers.js'
import { answerSign, sayDrawnAnswer } from '../images/answer-sign.js'
import { inOneLine } from '../content/words.js'
import { HEADING_MARK } from '../article/title.js'
import { hasText } from '../tree/holders.js'
import type { Step } from '../step.js'
import {
  append,
  attribute,
  closest,
  createText,
  elements,
  HEADINGS,
  isElement,
  lineStart,
  plainText,
  remove,
  replace,
  textStart,
  type Element
} from '../tree/tree.js'

const NAMES = [...HEADINGS, 'dt']
/** No mark is longer. Characters. */
const MARK_CHARACTERS = 4

/** Fonts that draw a picture in the place of its name: "arrow_forward" in Google's Material Icons, in all its names. */
const GLYPHS = /(^|\s)(material-(icons|symbols)[\w-]*|mat-icon)(\s|$)/
const GLYPH = /^[a-z0-9]+(_[a-z0-9]+)*$/
/** A longer word is no name of a glyph. Characters. */
const GLYPH_CHARACTERS = 40

/** Whether a link is such a mark; one that has no text is a picture in a style sheet, or a drawing. */
function isMark(link: Element): boolean {
  const text = textStart(link, MARK_CHARACTERS + 1)
  return (
    (attribute(link, 'href') ?? '').includes('#') &&
    (text === '' || HEADING_MARK.test(text)) &&
    elements(link, 'img').length === 0
  )
}

/** Whether a button in a heading that has words shows a drawing alone, such as one to copy the address of the heading. */
const isIcon = (button: Element): boolean =>
  !hasText(button) && elements(button, 'img').length === 0 && closest(button, 'form') === undefined

/** Removes a mark; what others lead to stays as an anchor. */
function dropMark(link: Element): void {
  if (attribute(link, 'id') === undefined && attribute(link, 'name') === undefined) return remove(link)
  link.childNodes = []
}

function dropMarksIn(heading: Element): void {
  for (const link of elements(heading, 'a').filter(isMark)) dropMark(link)
  if (hasText(heading)) for (const button of elements(heading, 'button').filter(isIcon)) remove(button)
}

function isGlyph(element: Element): boolean {
  if (!GLYPHS.test(attribute(element, 'class') ?? '')) return false
  const text = textStart(element, GLYPH_CHARACTERS + 1).trim()
  return text.length <= GLYPH_CHARACTERS && GLYPH.test(text)
}

/** Letters in the place of a picture of a person: "A" for Ada, "?" for nobody. */
const AVATAR = /avatar/i
const INITIALS = /^([\p{L}\p{N}]{1,2}|\?)$/u

const isInitials = (element: Element): boolean =>
  AVATAR.test(attribute(element, 'class') ?? '') && INITIALS.test(textStart(element, GLYPH_CHARACTERS).trim())

/** Elements named as what shows more of a word when one points at it. */
const TIP = /(^|[-_\s])(tool-?tip|popover)([-_\s]|$)/i
/** A longer text is the tip itself. Characters. */
const TIP_LABEL_CHARACTERS = 30
const TIP_READ = 500

/** Whether an element calls the sign that shows a tip, for those who hear the page: "More information". */
function isTipLabel(element: Element): boolean {
  if (!isForReaders(element)) return false
  const around = element.parentNode
  if (around === null || !isElement(around) || !TIP.test(`${around.tagName} ${attribute(around, 'class') ?? ''}`))
    return false
  const label = lineStart(element, TIP_LABEL_CHARACTERS + 1)
  if (label === undefined || label.length > TIP_LABEL_CHARACTERS) return false
  const all = inOneLine(lineStart(around, TIP_READ) ?? '')
  return all.length > label.length && closest(element, 'a') === undefined
}

/**
 * Removes the names of glyphs; a link or button that has no other word keeps the last of them, in words, and what says yes
 * or no in a table becomes a sign. What stands around them is asked before and behind all of it: a cell may have thousands.
 */
function dropGlyphs(glyphs: readonly Element[]): void {
  const signs = glyphs.map(answerSign)
  const names = new Map<Element, string>()
  glyphs.forEach((glyph, at) => {
    const sign = signs[at]
    if (sign !== undefined) return replace(glyph, createText(sign))
    const holder = closest(glyph, 'a', 'button')
    if (holder !== undefined) names.set(holder, plainText(glyph))
    remove(glyph)
  })
  for (const [holder, name] of names)
    if (!hasText(holder) && attribute(holder, 'aria-label') === undefined)
      append(holder, createText(name.replaceAll('_', ' ')))
}

/**
 * Removes signs that are text for want of a picture: marks of links to a heading, names of the glyphs of a font, the
 * first letter of a name, what calls the sign of a tip. Signs of yes and no that only a style sheet draws are said.
 */
export const dropMarks: Step = {
  name: 'drop-marks',
  run({ body }) {
    const all = elements(body, ...NAMES, 'i', 'span', 'mat-icon')
    const glyphs = new Set(all.filter(isGlyph))
    dropGlyphs([...glyphs])
    for (const element of all) {
      if (glyphs.has(element)) continue
      if (isInitials(element) || isTipLabel(element)) remove(element)
      else if (NAMES.includes(element.tagName)) dropMarksIn(element)
    }
    for (const cell of elements(body, 'td', 'th')) sayDrawnAnswer(cell)
  }
}
