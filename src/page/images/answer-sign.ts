import { cellAround, inkIn, isWrapper, LEVELS_IN_CELL, MOST_BESIDE } from '../lists/item-content.js'
import { append, attribute, createText, isElement, plainText, type Element } from '../tree/tree.js'
import { fileName } from './file-name.js'

/** What signs are called that say yes or no: names of glyphs of a font, and of files. */
const YES = new Set(['check', 'checked', 'checkmark', 'tick', 'ticked', 'yes', 'done', 'true', 'ok'])
const NO = new Set(['cross', 'close', 'cancel', 'no', 'times', 'false', 'xmark', 'remove'])
/** Words beside these that say how they are drawn, or of which font they are. */
const LOOKS = new Set([
  'fa',
  'fas',
  'far',
  'solid',
  'regular',
  'bi',
  'glyphicon',
  'icon',
  'ico',
  'mark',
  'circle',
  'green',
  'red',
  'black',
  'grey',
  'outline',
  'filled',
  'rounded'
])
/** No such name is longer. Characters. */
const NAME_CHARACTERS = 40

const FOR_YES = '✓'
const FOR_NO = '✗'

/** Whether the words for a picture are such a sign. */
export const isAnswer = (said: string): boolean => said === FOR_YES || said === FOR_NO

/** Elements that fonts of signs are used with, besides wrappers. */
const DRAWN = new Set(['i', 'b', 'em'])

const nameOf = (picture: Element): string =>
  picture.tagName === 'img' ? fileName(attribute(picture, 'src') ?? '') : plainText(picture)

/** The answer that a name is, without what it says of looks: ✓, ✗, or none. */
function answerIn(name: string): string | undefined {
  if (name.length > NAME_CHARACTERS) return undefined
  const words = name
    .toLowerCase()
    .split(/[^\p{L}]+/u)
    .filter(word => word !== '' && !LOOKS.has(word))
  const [word = ''] = words
  if (words.length !== 1) return undefined
  return YES.has(word) ? FOR_YES : NO.has(word) ? FOR_NO : undefined
}

/**
 * What a picture says that is all there is in a cell of a table which compares: ✓ or ✗, by the name of its file or
 * glyph; undefined for any other. Without it, the table would be empty for who does not see the picture.
 */
export function answerSign(picture: Element): string | undefined {
  if (cellAround(picture) === undefined) return undefined
  return answerIn(nameOf(picture))
}

/** The element that holds nothing and is all that a cell holds, below what is wrapped around it. */
function hollowIn(cell: Element): Element | undefined {
  let at = cell
  for (let level = 0; level < LEVELS_IN_CELL; level++) {
    if (at.childNodes.length > MOST_BESIDE) return undefined
    const [only, ...others] = inkIn(at)
    if (only === undefined) return at === cell ? undefined : at
    if (others.length > 0 || !isElement(only) || !(isWrapper(only) || DRAWN.has(only.tagName))) return undefined
    at = only
  }
  return undefined
}

/** Says what a cell shows that holds nothing: its style sheet draws a sign in the place of an element called after it. */
export function sayDrawnAnswer(cell: Element): void {
  const hollow = hollowIn(cell)
  const sign = hollow && answerIn(attribute(hollow, 'class') ?? '')
  if (hollow !== undefined && sign !== undefined) append(hollow, createText(sign))
}
