import { cellAround, inkIn, isWrapper, LEVELS_IN_CELL, MOST_BESIDE } from '../lists/item-content.js'
import { FOR_NO, FOR_YES } from '../tables/answers.js'
import { append, attribute, createText, elements, isElement, plainText, replace, type Element } from '../tree/tree.js'
import { drawingName, drawingSize } from './drawing-size.js'
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

/** What is all that a cell holds, below what is wrapped around it: an element that holds nothing, or a drawing. */
function loneIn(cell: Element): Element | undefined {
  let at = cell
  for (let level = 0; level < LEVELS_IN_CELL; level++) {
    if (at.childNodes.length > MOST_BESIDE) return undefined
    const [only, ...others] = inkIn(at)
    if (only === undefined) return at === cell ? undefined : at
    if (others.length > 0 || !isElement(only)) return undefined
    if (only.tagName === 'svg') return only
    if (!isWrapper(only) && !DRAWN.has(only.tagName)) return undefined
    at = only
  }
  return undefined
}

/** What an icon of a cell says: yes or no by one of its names, else the name that it has for who does not see it. */
function saidByIcon(svg: Element): string | undefined {
  const name = drawingName(svg)
  const uses = elements(svg, 'use').map(use => attribute(use, 'href') ?? attribute(use, 'xlink:href') ?? '')
  const names = [name, attribute(svg, 'class') ?? '', ...uses.map(address => address.replace(/^[^#]*#/, ''))]
  const sign = names.map(answerIn).find(said => said !== undefined)
  return sign ?? (name === '' || name.length > NAME_CHARACTERS ? undefined : name)
}

/** Says what a cell shows that has no words: its style sheet draws a sign in the place of an element, or an icon is one. */
export function sayDrawnAnswer(cell: Element): void {
  const lone = loneIn(cell)
  if (lone === undefined || (lone.tagName === 'svg' && drawingSize(lone) !== undefined)) return
  const isIcon = lone.tagName === 'svg'
  const said = isIcon ? saidByIcon(lone) : answerIn(attribute(lone, 'class') ?? '')
  if (said === undefined) return
  if (isIcon) replace(lone, createText(said))
  else append(lone, createText(said))
}
