import { contains, isElement, isText, onlyElementIn, pushChildren, type Element, type Node } from '../tree/tree.js'
import { headerRows, type Cell, type Row, type TableModel } from './table-model.js'

/**
 * In a longer or wider table the names of the columns stand above it once. The values of two columns are told apart
 * without names.
 */
const LABELLED = { rows: 50, leastColumns: 3, columns: 24 }
/** Names that are repeated may take so much more room than the values, or that much in all. Share, characters. */
const REPEATED = { share: 2, characters: 3000 }
/** A longer name of a column is a sentence, which stands above once. Characters. */
const MOST_LABEL = 40
/** Values this much longer than the first row are named by it. Times. */
const LONGER = 3

/** The name of each column, which stands before the values in it. */
export type Labels = ReadonlyMap<number, string>

const BOLD = new Set(['b', 'strong'])
const LINES = new Set(['div', 'p', 'br', 'ul', 'h2', 'h3', 'h4', 'h5', 'h6'])

/** The first text below an element that is no white space. */
function firstText(element: Element): string {
  const stack: Node[] = []
  pushChildren(stack, element)
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (isText(node) && node.value.trim() !== '') return node.value.replace(/\s+/g, ' ').trim()
    if (isElement(node)) pushChildren(stack, node)
  }
  return ''
}

/** What a cell calls its column: all of its text, or its first line if there is more than a name. */
const nameIn = ({ element, text }: Cell): string =>
  text.length > MOST_LABEL || contains(element, ({ tagName }) => LINES.has(tagName)) ? firstText(element) : text

function isBold({ element }: Cell): boolean {
  for (let only = onlyElementIn(element); only !== undefined; only = onlyElementIn(only))
    if (BOLD.has(only.tagName)) return true
  return false
}

const mean = (texts: readonly string[]): number =>
  texts.reduce((sum, { length }) => sum + length, 0) / Math.max(1, texts.length)

/** Whether a row that does not say so names the columns: nothing or something bold in its corner, much shorter texts. */
function names({ cells }: Row, below: readonly Row[], columns: number): boolean {
  const [corner, ...others] = cells
  if (corner === undefined || cells.length < columns || cells.some(cell => cell.columns > 1)) return false
  const called = others.map(nameIn)
  if (called.some(name => name === '' || name.length > MOST_LABEL) || new Set(called).size < called.length) return false
  if (corner.text === '' || isBold(corner))
    return below.some(row => row.cells[0]?.text !== '' && !row.cells.every(isBold))
  return mean(below.flatMap(row => row.cells.map(({ text }) => text))) > LONGER * mean(called)
}

/**
 * The number of rows at the top that only name the columns: those that say so, else the first with words, if it looks
 * like that.
 */
export function namingRows(model: TableModel): number {
  const { rows, columns } = model
  const said = headerRows(model)
  if (said > 0 || columns < LABELLED.leastColumns) return said
  const first = rows.findIndex(({ cells }) => cells.some(({ text }) => text !== ''))
  const row = rows[first]
  const below = rows.slice(first + 1)
  return row !== undefined && below.length > 1 && names(row, below, columns) ? first + 1 : 0
}

/** The names of the columns; undefined where they are not repeated before each value. */
export function labelsOf({ rows, columns }: TableModel, headers: number): Labels | undefined {
  const header = rows[headers - 1]
  const below = rows.slice(headers)
  if (
    header === undefined ||
    below.length > LABELLED.rows ||
    columns < LABELLED.leastColumns ||
    columns > LABELLED.columns
  )
    return undefined
  const labels = new Map(header.cells.map(cell => [cell.column, nameIn(cell)]))
  const lengths = [...labels.values()].map(({ length }) => length)
  if (header.cells.some(({ columns }) => columns > 1) || lengths.some(length => length > MOST_LABEL)) return undefined
  const repeated = below.length * lengths.reduce((sum, length) => sum + length, 0)
  const values = below.reduce((sum, { cells }) => sum + cells.reduce((all, { text }) => all + text.length, 0), 0)
  return repeated <= Math.max(REPEATED.characters, REPEATED.share * values) ? labels : undefined
}
