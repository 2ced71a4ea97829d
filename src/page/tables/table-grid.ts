import { flatten } from './table-layout.js'
import { headerRows, type Cell, type TableModel } from './table-model.js'
import {
  HEADINGS,
  appendAll,
  attribute,
  contains,
  createElement,
  createParent,
  createText,
  isElement,
  isText,
  rename,
  textsInOrder,
  type Element,
  type Node,
  type Text
} from '../tree/tree.js'

/** The space between columns. */
const GAP = '  '
/** The width of a letter of fixed width on a screen of 640 pixels; only the pixels of a display are known. Pixels. */
const LETTER = 8
/** A longer cell is a text. Characters. */
const MOST_CELL = 40
/** In a longer table, rows are too far from the names of their columns. Rows. */
const MOST_ROWS = 200
/**
 * Elements that may be in a cell, because they do not change its width. Later steps add signs around others, or break
 * the line at them.
 */
const INLINE = new Set([
  'a',
  'b',
  'i',
  'em',
  'strong',
  'span',
  'code',
  'tt',
  'kbd',
  'samp',
  'var',
  'cite',
  'dfn',
  'small',
  'big',
  'font',
  'u',
  'nobr',
  'time',
  'data',
  'label',
  'bdi'
])
/** Elements that break the line of a cell: a short text is as well read in one. */
const LINED = new Set(['br', 'p', 'div', 'section', 'center', ...HEADINGS])
const IN_LINE = new Set([...INLINE, ...LINED])
const NUMBER = /^[-+−±~<>]?[$€£¥]?[\d.,:' /]+\s?([%€$°]|[a-zA-Zµ]{1,3})?$/

/**
 * The columns of a text on a screen of characters: Chinese, Japanese and Korean take two for each character, combining
 * marks none.
 */
function widthOf(text: string): number {
  if (/^[ -~]*$/.test(text)) return text.length
  let width = 0
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0
    if (!/\p{M}/u.test(character))
      width += (code >= 0x1100 && code <= 0x115f) || (code >= 0x2e80 && code <= 0xff60) || code >= 0x1f300 ? 2 : 1
  }
  return width
}

/** A cell and the width of its text in characters. */
interface Slot {
  readonly cell: Cell
  readonly width: number
}

/** The width of a column, and whether its text is aligned to the right. */
interface Column {
  readonly width: number
  readonly right: boolean
}

const isPlain = ({ element }: Cell): boolean => !contains(element, ({ tagName }) => !IN_LINE.has(tagName))

/** Whether a cell spans all columns: it is a line of its own. */
const isLine = (cell: Cell, { columns }: TableModel): boolean => cell.columns === columns

function fits(model: TableModel): boolean {
  return (
    model.rows.length >= 2 &&
    model.rows.length <= MOST_ROWS &&
    model.columns >= 2 &&
    model.rows.every(({ cells }) =>
      cells.every(
        cell => isPlain(cell) && (isLine(cell, model) || (cell.columns === 1 && cell.text.length <= MOST_CELL))
      )
    )
  )
}

/** The text of a cell as it is written in one line. */
function lineText(root: Element): string {
  const texts: string[] = []
  const read = (node: Node): void => {
    if (isText(node)) texts.push(node.value)
    if (!isElement(node)) return
    const around = LINED.has(node.tagName) ? ' ' : ''
    texts.push(around)
    node.childNodes.forEach(read)
    texts.push(around)
  }
  root.childNodes.forEach(read)
  return texts.join('').replace(/\s+/g, ' ').trim()
}

/** Takes the line breaks out of a cell; an element that a link may lead to stays. */
function joinLines(parent: Element): void {
  const nodes = parent.childNodes.flatMap((node): Node[] => {
    if (!isElement(node)) return [node]
    joinLines(node)
    if (!LINED.has(node.tagName)) return [node]
    if (node.tagName === 'br') return [createText(' ')]
    rename(node, HEADINGS.includes(node.tagName) ? 'b' : 'span')
    return [createText(' '), node, createText(' ')]
  })
  parent.childNodes = []
  appendAll(parent, nodes)
}

/** Collapses the white space of a cell, as browsers do outside of PRE, and folds its text into the client's charset. */
function collapse(element: Element, fold: (text: string) => string): void {
  let spaced = true
  let last: Text | undefined
  for (const text of textsInOrder(element)) {
    const folded = fold(text.value).replace(/\s+/g, ' ')
    text.value = spaced ? folded.trimStart() : folded
    if (text.value === '') continue
    spaced = text.value.endsWith(' ')
    last = text
  }
  if (last !== undefined) last.value = last.value.trimEnd()
}

function columnsOf(model: TableModel, slots: ReadonlyArray<readonly Slot[]>): Column[] {
  const columns = Array.from({ length: model.columns }, () => ({ width: 0, numbers: false, words: false }))
  const headers = headerRows(model)
  slots.forEach((row, at) => {
    for (const { cell, width } of row) {
      if (isLine(cell, model)) continue
      const column = columns[cell.column]
      if (column === undefined) continue
      column.width = Math.max(column.width, width)
      if (at < headers || cell.text === '') continue
      if (NUMBER.test(cell.text) || attribute(cell.element, 'align')?.toLowerCase() === 'right') column.numbers = true
      else column.words = true
    }
  })
  return columns.map(({ width, numbers, words }) => ({ width, right: numbers && !words }))
}

const NO_COLUMN: Column = { width: 0, right: false }

/** Writes one row: its cells with spaces up to their columns. */
function lineOf(row: readonly Slot[], columns: readonly Column[]): Node[] {
  const nodes: Node[] = []
  let at = 0
  let due = 0
  for (const { cell, width } of row) {
    if (cell.columns > 1) {
      rename(cell.element, 'span', {})
      return [cell.element, createText('\n')]
    }
    for (const skipped of columns.slice(at, cell.column)) due += skipped.width + GAP.length
    const { width: whole, right } = columns[cell.column] ?? NO_COLUMN
    const before = due + (right ? whole - width : 0)
    if (width > 0) {
      rename(cell.element, 'span', {})
      nodes.push(createText(' '.repeat(before)), cell.element)
    }
    due = (width > 0 ? 0 : before + width) + (right ? 0 : whole - width) + GAP.length
    at = cell.column + 1
  }
  return [...nodes, createText('\n')]
}

/**
 * Writes a small table as columns of text in PRE, if it is at most `most` characters wide and its cells hold only words
 * and links; false if it is not.
 */
export function asGrid(model: TableModel, most: number, fold: (text: string) => string): boolean {
  if (!fits(model)) return false
  const slots = model.rows.map(({ cells }) =>
    cells.map((cell): Slot => {
      collapse(cell.element, fold)
      return { cell, width: widthOf(lineText(cell.element)) }
    })
  )
  const columns = columnsOf(model, slots)
  const width = columns.reduce((sum, column) => sum + column.width, 0) + GAP.length * (columns.length - 1)
  if (width > most || slots.some(row => row.some(slot => slot.width > most))) return false
  for (const { cell } of slots.flat()) {
    joinLines(cell.element)
    collapse(cell.element, fold)
  }
  const headers = headerRows(model)
  const lines = slots.flatMap((row, at) => {
    const element = model.rows[at]?.element
    const id = element === undefined ? undefined : attribute(element, 'id')
    const line = id === undefined ? lineOf(row, columns) : [createElement('span', { id }), ...lineOf(row, columns)]
    return at === headers - 1
      ? [...line, createText(`${columns.map(column => '-'.repeat(column.width)).join(GAP)}\n`)]
      : line
  })
  const pre = createParent('pre', lines)
  model.element.childNodes = [...model.captions]
  flatten(model)
  appendAll(model.element, [pre])
  return true
}

/** The columns that a line of PRE may have; half of them within a table. */
export const gridColumns = (preColumns: number, pixels: number, depth: number): number =>
  Math.floor(Math.min(preColumns, pixels / LETTER) / (depth > 1 ? 2 : 1))
