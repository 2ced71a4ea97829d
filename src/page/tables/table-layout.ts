import { childElements, type Cell, type TableModel } from './table-model.js'
import {
  append,
  attribute,
  contains,
  createText,
  plainText,
  rename,
  textStart,
  wrapChildren,
  type Element
} from '../tree/tree.js'

/** A longer cell is a paragraph of a layout and not a datum. Characters. */
const DATUM_CHARACTERS = 300
/** A longer cell was centred for the layout, as its table was. Characters. */
const CENTRED_CHARACTERS = 600
/** A shorter row of a layout table becomes one line. Characters. */
const LINE_CHARACTERS = 80

const BLOCKS = new Set(['table', 'form', 'h1', 'h2', 'h3', 'blockquote', 'article', 'section', 'pre'])
const LINES = new Set([...BLOCKS, 'p', 'ul', 'ol', 'dl', 'div', 'br', 'hr', 'img'])

const isField = (element: Element): boolean =>
  element.tagName === 'select' ||
  element.tagName === 'textarea' ||
  (element.tagName === 'input' && attribute(element, 'type')?.toLowerCase() !== 'hidden')

/** Whether a cell contains an element that breaks lines, or a picture, which may be as wide as a line. */
const breaksLines = ({ element }: Cell): boolean => contains(element, ({ tagName }) => LINES.has(tagName))

/** Whether a table is for the layout of the page alone. */
export function isLayout({ element, rows, columns, captions }: TableModel): boolean {
  const role = attribute(element, 'role')
  if (role === 'presentation' || role === 'none' || columns <= 1) return true
  const cells = rows.flatMap(row => row.cells)
  if (
    cells.some(cell => cell.isHeader) ||
    captions.some(caption => plainText(caption) !== '') ||
    childElements(element, 'thead').some(head => plainText(head) !== '')
  )
    return false
  // Layouts have sliced pictures and spacers; a table of data has text in most of its cells.
  if (rows.length < 2 || cells.filter(({ text }) => text !== '').length < cells.length / 2) return true
  return cells.some(
    ({ element, text }) =>
      text.length > DATUM_CHARACTERS || contains(element, inner => BLOCKS.has(inner.tagName) || isField(inner))
  )
}

/** The centring that a cell of a layout keeps, or none. */
function centringOf(cell: Element, row: Element): Record<string, string> {
  const align = attribute(cell, 'align') ?? attribute(row, 'align')
  const isCentred = align?.toLowerCase() === 'center'
  return isCentred && textStart(cell, CENTRED_CHARACTERS).length < CENTRED_CHARACTERS ? { align: 'center' } : {}
}

/** Turns each cell of a layout into a block, and short rows into lines. */
export function unwrapLayout(model: TableModel): void {
  for (const { element, cells } of model.rows) {
    const length = cells.reduce((sum, { text }) => sum + text.length, 0)
    const oneLine = length < LINE_CHARACTERS && !cells.some(breaksLines)
    for (const { element: cell } of cells) {
      rename(cell, oneLine ? 'span' : 'div', oneLine ? {} : centringOf(cell, element))
      if (oneLine) append(cell, createText(' '))
    }
    rename(element, 'div', {})
  }
  flatten(model)
}

/** Turns a table whose rows have gone into a block, with its captions as bold lines. */
export function flatten({ element, captions }: TableModel): void {
  for (const part of childElements(element, 'thead', 'tbody', 'tfoot', 'tr')) {
    for (const row of childElements(part, 'tr')) rename(row, 'div', {})
    rename(part, 'div', {})
  }
  for (const caption of captions) {
    wrapChildren(caption, 'b')
    rename(caption, 'p', {})
  }
  rename(element, 'section', {})
}
