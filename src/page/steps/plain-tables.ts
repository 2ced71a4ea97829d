import type { Profile } from '../../clients/profile.js'
import type { Step } from '../step.js'
import {
  append, attribute, contains, createElement, createText, elements, isElement, plainText, removeAttribute, rename, setAttribute, textOf, type Element, type Node
} from '../tree.js'

/** A cell with more text is a paragraph of a layout, not a datum. Characters. */
const DATUM_CHARACTERS = 300
/** A row of a layout table with less text than this stands on one line. Characters. */
const LINE_CHARACTERS = 80
/** Netscape and Mosaic take 1 to 100 columns or rows in a cell. */
const MOST_SPAN = 100

const childElements = (element: Element, ...names: string[]): Element[] => element.childNodes.filter((node): node is Element => isElement(node) && names.includes(node.tagName))

/** The rows of a table itself, in the order in which they are shown. */
function rowsOf (table: Element): Element[] {
  const groups = childElements(table, 'thead', 'tbody', 'tfoot', 'tr')
  const order = (group: Element): number => group.tagName === 'thead' ? 0 : group.tagName === 'tfoot' ? 2 : 1
  return groups.toSorted((a, b) => order(a) - order(b)).flatMap(group => group.tagName === 'tr' ? [group] : childElements(group, 'tr'))
}

const cellsOf = (row: Element): Element[] => childElements(row, 'td', 'th')
const isBlock = (element: Element): boolean => ['table', 'form', 'h1', 'h2', 'h3', 'blockquote', 'article', 'section', 'pre'].includes(element.tagName)

function isLayout (table: Element, rows: readonly Element[]): boolean {
  const role = attribute(table, 'role')
  if (role === 'presentation' || role === 'none') return true
  const columns = Math.max(0, ...rows.map(row => cellsOf(row).length))
  if (columns <= 1) return true
  const cells = rows.flatMap(cellsOf)
  const headed = cells.some(cell => cell.tagName === 'th') || childElements(table, 'caption', 'thead').length > 0
  if (cells.some(cell => contains(cell, inner => inner.tagName === 'table')) && !headed) return true
  if (headed) return false
  if (rows.length < 2) return true
  // Sliced pictures and spacers: a table of data has text in most of its cells.
  if (cells.filter(cell => plainText(cell) !== '').length < cells.length / 2) return true
  return cells.some(cell => contains(cell, isBlock) || plainText(cell).length > DATUM_CHARACTERS)
}

/** Each cell a block of its own; short rows on one line. */
function unwrapLayout (table: Element, rows: readonly Element[]): void {
  for (const row of rows) {
    const cells = cellsOf(row)
    const oneLine = plainText(row).length < LINE_CHARACTERS && !cells.some(cell => contains(cell, inner => isBlock(inner) || ['p', 'ul', 'ol', 'dl', 'div', 'br', 'hr', 'img'].includes(inner.tagName)))
    for (const cell of cells) {
      rename(cell, oneLine ? 'span' : 'div', {})
      if (oneLine) append(cell, createText(' '))
    }
    rename(row, 'div', {})
  }
  flatten(table)
}

/** Rows as lines, cells with a bar between them. */
function linearise (table: Element, rows: readonly Element[]): void {
  for (const row of rows) {
    const cells = cellsOf(row).filter(cell => plainText(cell) !== '' || contains(cell, inner => ['img', 'input'].includes(inner.tagName)))
    cells.forEach((cell, at) => {
      if (at < cells.length - 1) append(cell, createText(' | '))
    })
    for (const cell of cellsOf(row)) rename(cell, cell.tagName === 'th' ? 'b' : 'span', {})
    rename(row, 'div', {})
  }
  flatten(table)
}

function flatten (table: Element): void {
  for (const part of childElements(table, 'thead', 'tbody', 'tfoot')) rename(part, 'div', {})
  for (const caption of childElements(table, 'caption')) {
    const children = caption.childNodes
    caption.childNodes = []
    append(caption, createElement('b', {}, ...children))
    rename(caption, 'p', {})
  }
  rename(table, 'section', {})
}

function keepAttributes (element: Element, names: readonly string[]): void {
  element.attrs = element.attrs.filter(({ name }) => names.includes(name))
}

function plainSpan (cell: Element, name: string): void {
  const span = Number.parseInt(attribute(cell, name) ?? '1', 10)
  if (!(span > 1)) removeAttribute(cell, name)
  else setAttribute(cell, name, String(Math.min(span, MOST_SPAN)))
}

/** The table and nothing but its rows: no groups, no columns, no empty cell. */
function keep (table: Element, rows: readonly Element[]): void {
  const caption = childElements(table, 'caption')[0]
  const kept: Node[] = caption === undefined ? [] : [caption]
  for (const row of rows) {
    const cells = cellsOf(row)
    if (cells.length === 0) continue
    for (const cell of cells) {
      const align = /text-align\s*:\s*(left|center|right)/i.exec(attribute(cell, 'style') ?? '')?.[1]
      keepAttributes(cell, ['id', 'rowspan', 'colspan', 'align', 'valign', 'nowrap'])
      if (align !== undefined) setAttribute(cell, 'align', align.toLowerCase())
      plainSpan(cell, 'rowspan')
      plainSpan(cell, 'colspan')
      // Netscape draws no border around an empty cell.
      if (!/[^ \t\n\r\f]/.test(textOf(cell)) && !contains(cell, inner => ['img', 'input', 'select', 'textarea'].includes(inner.tagName))) append(cell, createText('\u00A0'))
    }
    row.childNodes = cells
    keepAttributes(row, ['id', 'align', 'valign'])
    row.parentNode = table
    kept.push(row)
  }
  if (kept.length === (caption === undefined ? 0 : 1)) return flatten(table)
  table.childNodes = kept as Element['childNodes']
  keepAttributes(table, ['id'])
  table.attrs.push({ name: 'border', value: '1' }, { name: 'cellpadding', value: '2' })
}

function columnsOf (rows: readonly Element[]): number {
  return Math.max(0, ...rows.map(row => cellsOf(row).reduce((sum, cell) => sum + Math.min(MOST_SPAN, Math.max(1, Number.parseInt(attribute(cell, 'colspan') ?? '1', 10) || 1)), 0)))
}

function plainTable (table: Element, depth: number, profile: Profile): boolean {
  const rows = rowsOf(table)
  if (isLayout(table, rows)) {
    unwrapLayout(table, rows)
    return false
  }
  if (depth > profile.tables.maxDepth || columnsOf(rows) > profile.tables.maxColumns) {
    linearise(table, rows)
    return false
  }
  keep(table, rows)
  return true
}

/** Unwraps tables that are only layout; keeps tables of data as deep and wide as the client can, and writes others as lines. */
export const plainTables: Step = {
  name: 'plain-tables',
  run ({ body, names }, { profile }) {
    if (!names.has('table')) return
    const depths = new Map<Element, number>()
    for (const table of elements(body, 'table')) {
      let depth = 1
      for (let parent = table.parentNode; parent !== null && isElement(parent); parent = parent.parentNode) {
        const outer = depths.get(parent)
        if (outer === undefined) continue
        depth = outer + 1
        break
      }
      if (plainTable(table, depth, profile)) depths.set(table, depth)
    }
  }
}
