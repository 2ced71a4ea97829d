import { flatten } from './table-layout.js'
import { headerRows, type Cell, type Row, type TableModel } from './table-model.js'
import {
  appendAll,
  contains,
  createElement,
  createText,
  isElement,
  isText,
  rename,
  textOf,
  type Element,
  type Node
} from '../tree/tree.js'

/**
 * In a longer or wider table the names of the columns stand above it once: repeated, they would outgrow the data. The
 * values of two columns are told apart without names.
 */
const LABELLED = { rows: 50, leastColumns: 3, columns: 8 }
/** A longer name of a column is a sentence, which stands above once. Characters. */
const MOST_LABEL = 30
/** A longer row becomes a paragraph. Characters. */
const LINE_CHARACTERS = 160

const isShown = ({ element, text }: Cell): boolean =>
  text !== '' ||
  /\S/.test(textOf(element)) ||
  contains(element, ({ tagName }) => ['img', 'input', 'select', 'textarea'].includes(tagName))
const bold = (text: string): Node => createElement('b', {}, createText(text))
const labelled = (text: string): string => (/[:?!]$/.test(text) ? `${text} ` : `${text}: `)

const BLOCKS = new Set([
  'table',
  'section',
  'form',
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
  'blockquote',
  'article',
  'pre',
  'p',
  'ul',
  'ol',
  'dl',
  'div',
  'hr',
  'figure'
])
const isBlock = (element: Element): boolean => BLOCKS.has(element.tagName)

/** Whether a cell contains blocks. A single paragraph around all of it is unwrapped and does not count. */
function hasBlocks({ element }: Cell): boolean {
  const [only, ...others] = element.childNodes.filter(node => !isText(node) || node.value.trim() !== '')
  if (
    only !== undefined &&
    others.length === 0 &&
    isElement(only) &&
    (only.tagName === 'p' || only.tagName === 'div') &&
    !contains(only, isBlock)
  )
    rename(only, 'span', {})
  return contains(element, isBlock)
}

/** The name of each column, which stands before the values in it. */
type Labels = ReadonlyMap<number, string>

/** The names of the columns; undefined where they are not repeated before each value. */
function labelsOf({ rows, columns }: TableModel, headers: number): Labels | undefined {
  const header = rows[headers - 1]
  if (
    header === undefined ||
    rows.length - headers > LABELLED.rows ||
    columns < LABELLED.leastColumns ||
    columns > LABELLED.columns
  )
    return undefined
  const { cells } = header
  if (cells.some(cell => cell.text.length > MOST_LABEL || cell.columns > 1)) return undefined
  return new Map(cells.map(cell => [cell.column, cell.text]))
}

/** Whether a header row is only text, so that nothing is lost when that is moved before the values. */
const isOnlyText = (row: Row): boolean =>
  !row.cells.some(({ element }) =>
    contains(element, ({ tagName }) => ['a', 'img', 'input', 'select'].includes(tagName))
  )

/** Writes one row as a line: its header cell, then values with their names, a bar between them. */
function line({ element, cells, isHeader }: Row, labels: Labels | undefined): void {
  const shown = cells.filter(isShown)
  const parts: Node[] = []
  shown.forEach((cell, at) => {
    const block = hasBlocks(cell)
    const label = isHeader ? undefined : labels?.get(cell.column)
    const heads = cell.isHeader && !isHeader && at === 0 && shown.length > 1
    if (label !== undefined && label !== '' && !heads) parts.push(bold(labelled(label)))
    rename(cell.element, block ? 'div' : cell.isHeader ? 'b' : 'span', {})
    parts.push(cell.element)
    if (at === shown.length - 1 || block) return
    if (heads) parts.push(bold(labelled(cell.text).slice(cell.text.length)))
    else parts.push(createText(' | '))
  })
  const length = shown.reduce((sum, { text }) => sum + text.length, 0)
  rename(element, length > LINE_CHARACTERS ? 'section' : 'div', {})
  element.childNodes = []
  appendAll(element, parts)
}

/** Writes a table as lines: "Header: value", or cells with a bar between them. */
export function linearise(model: TableModel): void {
  const headers = headerRows(model)
  const labels = labelsOf(model, headers)
  model.rows.forEach((row, at) => {
    if (labels !== undefined && at === headers - 1 && isOnlyText(row)) {
      row.element.childNodes = []
      return rename(row.element, 'div', {})
    }
    line(row, labels)
  })
  flatten(model)
}
