import type { Profile } from '../../clients/profile.js'
import type { PageContext, Step } from '../step.js'
import { alignRow } from '../tables/align-row.js'
import { asGrid, gridColumns } from '../tables/table-grid.js'
import { endCentring } from '../tables/end-centring.js'
import { flatten, isLayout, unwrapLayout } from '../tables/table-layout.js'
import { linearise } from '../tables/table-lines.js'
import { childElements, modelOf, type Cell, type TableModel } from '../tables/table-model.js'
import {
  append,
  appendAll,
  attribute,
  contains,
  createElement,
  createText,
  elements,
  insertBefore,
  isElement,
  onlyElementIn,
  removeAttribute,
  rename,
  setAttribute,
  textOf,
  unwrap,
  wrapChildren,
  type Element,
  type Node
} from '../tree/tree.js'

/**
 * The width of a letter in the usual fonts (12 points at 72 to 96 dots per inch), and of a column's borders and
 * padding. Pixels.
 */
const LETTER = 7
const COLUMN_BORDER = 7
/** A longer word is an address, which may reach beyond the screen. Letters. */
const MOST_WORD = 30

function keepAttributes(element: Element, names: readonly string[]): void {
  element.attrs = element.attrs.filter(({ name }) => names.includes(name))
}

function setSpan(cell: Element, name: string, span: number): void {
  if (span > 1) setAttribute(cell, name, String(span))
  else removeAttribute(cell, name)
}

const alignOf = (element: Element): string | undefined =>
  (
    /text-align\s*:\s*(left|center|right)/i.exec(attribute(element, 'style') ?? '')?.[1] ?? attribute(element, 'align')
  )?.toLowerCase()

/** The alignment of columns by COL, by their number. */
function columnAligns(table: Element): string[] {
  const aligns: string[] = []
  for (const group of childElements(table, 'colgroup', 'col')) {
    const columns = group.tagName === 'col' ? [group] : childElements(group, 'col')
    for (const column of columns.length === 0 ? [group] : columns) {
      const align = alignOf(column) ?? alignOf(group) ?? ''
      for (let count = Math.min(100, Number(attribute(column, 'span') ?? 1) || 1); count > 0; count--)
        aligns.push(align)
    }
  }
  return aligns
}

/** A paragraph alone in its cell is that: a blank line would stand in each row. */
function unwrapParagraph(cell: Element): void {
  const only = onlyElementIn(cell)
  if (only?.tagName !== 'p') return
  const align = alignOf(only)
  if (align !== undefined && attribute(cell, 'align') === undefined) setAttribute(cell, 'align', align)
  unwrap(only)
}

function keepCell({ element, columns, rows }: Cell, columnAlign: string | undefined): void {
  unwrapParagraph(element)
  const align = alignOf(element) ?? columnAlign
  keepAttributes(element, ['id', 'rowspan', 'colspan', 'align', 'valign', 'nowrap'])
  if (align !== undefined && align !== '') setAttribute(element, 'align', align)
  setSpan(element, 'rowspan', rows)
  setSpan(element, 'colspan', columns)
  // Netscape draws no border around an empty cell.
  if (
    !/[^ \t\n\r\f]/.test(textOf(element)) &&
    !contains(element, inner => ['img', 'input', 'select', 'textarea'].includes(inner.tagName))
  )
    append(element, createText('\u00A0'))
}

/** Writes captions as bold lines before their table. */
function captionsBefore(table: Element, captions: readonly Element[]): void {
  for (const caption of captions) {
    insertBefore(caption, table)
    wrapChildren(caption, 'b')
    rename(caption, 'p', {})
  }
}

/** Keeps one caption; the content of the others is added to it on lines of their own. */
function keepCaption([first, ...others]: readonly Element[]): Node[] {
  if (first === undefined) return []
  for (const other of others) appendAll(first, [createElement('br'), ...other.childNodes])
  return [first]
}

/** Keeps a table with its rows alone: without groups, COL and empty cells. */
function keep({ element, rows, captions }: TableModel, { tables, elements: known }: Profile): void {
  const drawsCaptions = tables.captions !== false
  const rowsAlign = known.TR?.includes('ALIGN') === true
  const aligns = columnAligns(element)
  for (const row of rows) {
    const rowAlign = alignOf(row.element)
    for (const cell of row.cells) {
      keepCell(cell, rowAlign === undefined ? aligns[cell.column] : undefined)
      // The THEAD around it is removed.
      if (row.isHeader) rename(cell.element, 'th')
    }
    row.element.childNodes = row.cells.map(cell => cell.element)
    keepAttributes(row.element, ['id', 'align', 'valign'])
    if (rowsAlign && rowAlign === undefined) alignRow(row.element, row.element.childNodes.filter(isElement))
  }
  if (!drawsCaptions) captionsBefore(element, captions)
  const kept = [...(drawsCaptions ? keepCaption(captions) : []), ...rows.map(row => row.element)]
  element.childNodes = []
  appendAll(element, kept)
  keepAttributes(element, ['id'])
  element.attrs.push({ name: 'border', value: '1' }, { name: 'cellpadding', value: '2' })
}

/** The least width of a table, by the longest words of its columns. Pixels. */
function leastWidth({ rows, columns }: TableModel): number {
  const longest = new Array<number>(columns).fill(1)
  for (const { cells } of rows) {
    for (const cell of cells) {
      const before = longest[cell.column] ?? 1
      if (cell.columns > 1 || cell.text.length <= before) continue
      const words = cell.text.split(' ').map(word => Math.min(MOST_WORD, word.length))
      longest[cell.column] = words.reduce((most, letters) => Math.max(most, letters), before)
    }
  }
  return longest.reduce((sum, letters) => sum + letters * LETTER + COLUMN_BORDER, 0)
}

/** Makes one table plain; returns whether it still is a table. */
function plainTable(table: Element, depth: number, { profile, display, fold }: PageContext): boolean {
  const model = modelOf(table)
  if (model.rows.length === 0) flatten(model)
  else if (isLayout(model)) unwrapLayout(model)
  else if (
    depth <= profile.tables.maxDepth &&
    model.columns <= profile.tables.maxColumns &&
    leastWidth(model) <= display.width
  ) {
    keep(model, profile)
    return true
  } else if (
    profile.elements.PRE === undefined ||
    profile.tables.grid === false ||
    !asGrid(model, gridColumns(profile.preColumns, display.width, depth), fold)
  )
    linearise(model)
  return false
}

/**
 * Unwraps tables for layout; keeps tables of data as deep and wide as the client can draw, and writes others as text in
 * columns or as lines.
 */
export const plainTables: Step = {
  name: 'plain-tables',
  run({ body, names }, context) {
    if (!names.has('table')) return
    const depths = new Map<Element, number>()
    const gone: Element[] = []
    for (const table of elements(body, 'table')) {
      let depth = 1
      for (let parent = table.parentNode; parent !== null && isElement(parent); parent = parent.parentNode) {
        const outer = depths.get(parent)
        if (outer === undefined) continue
        depth = outer + 1
        break
      }
      if (plainTable(table, depth, context)) depths.set(table, depth)
      else gone.push(table)
    }
    endCentring(body, gone)
  }
}
