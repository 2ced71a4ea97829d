import { firstWhere } from '../tree/first-where.js'
import { attribute, isElement, textStart, type Element } from '../tree/tree.js'

/** Netscape and Mosaic accept spans of 1 to 100 columns or rows; so do we before the real number is known. */
const MOST_SPAN = 100

/** Longer texts of cells are cut: nested tables would be read once for each level. Characters. */
const MOST_TEXT = 1000

export interface Cell {
  readonly element: Element
  /** The beginning of its text in one line, for measuring */
  readonly text: string
  readonly isHeader: boolean
  /** Its first column, and the number of columns that it spans; only columns in which a cell begins count */
  readonly column: number
  readonly columns: number
  /** The number of rows that it spans within its THEAD, TBODY or TFOOT; only rows with cells count */
  readonly rows: number
}

export interface Row {
  readonly element: Element
  readonly cells: readonly Cell[]
  /** It is in THEAD, or all of its cells are header cells */
  readonly isHeader: boolean
}

/** A table as rows of cells with their real places: COLSPAN=1000 is as wide as the cells below it. */
export interface TableModel {
  readonly element: Element
  /** The rows with cells, in the order in which they are shown: THEAD, TBODY, TFOOT */
  readonly rows: readonly Row[]
  readonly columns: number
  readonly captions: readonly Element[]
}

/** The children of an element with one of the names. */
export const childElements = (element: Element, ...names: string[]): Element[] =>
  element.childNodes.filter((node): node is Element => isElement(node) && names.includes(node.tagName))

const cellsOf = (row: Element): Element[] => childElements(row, 'td', 'th')

interface Group {
  readonly name: string
  readonly rows: Element[]
}

/** The rows in groups, beyond which no ROWSPAN reaches; rows outside of all groups are one group. */
function groupsOf(table: Element): Group[] {
  const order = ['thead', 'tbody', 'tfoot']
  const groups: Group[] = []
  let loose: Group | undefined
  for (const part of childElements(table, ...order, 'tr')) {
    if (part.tagName !== 'tr') groups.push({ name: part.tagName, rows: childElements(part, 'tr') })
    else if (loose !== undefined) loose.rows.push(part)
    else groups.push((loose = { name: 'tbody', rows: [part] }))
  }
  return groups.toSorted((a, b) => order.indexOf(a.name) - order.indexOf(b.name))
}

/** The value of ROWSPAN or COLSPAN; if it is missing, 0 or invalid, it is 1. */
function spanOf(cell: Element, name: string): number {
  const value = attribute(cell, name)
  return value === undefined ? 1 : Math.min(MOST_SPAN, Math.max(1, Number.parseInt(value, 10) || 1))
}

interface Placed {
  readonly element: Element
  readonly from: number
  readonly to: number
  readonly rows: number
}

interface PlacedRow {
  readonly element: Element
  readonly cells: readonly Placed[]
}

/**
 * Assigns the cells of a group to columns as browsers do: after those that span down from the rows above. A row without
 * cells, which is not shown, counts for that: a cell above may span it alone.
 */
function place(group: readonly Element[]): PlacedRow[] {
  const rows = group.map(row => ({ row, cells: cellsOf(row) }))
  const shownBefore = [0]
  for (const { cells } of rows) shownBefore.push((shownBefore.at(-1) ?? 0) + (cells.length > 0 ? 1 : 0))
  const shownUpTo = (at: number): number => shownBefore[at] ?? 0
  const taken: number[] = []
  return rows
    .map(({ row, cells }, at): PlacedRow => {
      let column = 0
      const placed = cells.map((element): Placed => {
        while ((taken[column] ?? 0) > at) column++
        const from = column
        const end = Math.min(at + spanOf(element, 'rowspan'), rows.length)
        const to = from + spanOf(element, 'colspan')
        for (; column < to; column++) taken[column] = end
        return { element, from, to, rows: shownUpTo(end) - shownUpTo(at) }
      })
      return { element: row, cells: placed }
    })
    .filter(({ cells }) => cells.length > 0)
}

/** Finds the places of the cells of a table. */
export function modelOf(table: Element): TableModel {
  const groups = groupsOf(table).map(({ name, rows }) => ({ name, rows: place(rows) }))
  // A column in which no cell begins does not count.
  const starts = [
    ...new Set(groups.flatMap(({ rows }) => rows.flatMap(({ cells }) => cells.map(({ from }) => from))))
  ].sort((a, b) => a - b)
  const columnAt = (place: number): number => firstWhere(starts, start => start >= place)
  const rows = groups.flatMap(({ name, rows }) =>
    rows.map(({ element, cells: placed }): Row => {
      const cells = placed.map((cell): Cell => {
        const column = columnAt(cell.from)
        return {
          element: cell.element,
          text: textStart(cell.element, MOST_TEXT).replace(/\s+/g, ' ').trim(),
          isHeader: cell.element.tagName === 'th',
          column,
          columns: columnAt(cell.to) - column,
          rows: cell.rows
        }
      })
      return { element, cells, isHeader: name === 'thead' || cells.every(cell => cell.isHeader) }
    })
  )
  return { element: table, rows, columns: starts.length, captions: childElements(table, 'caption') }
}

/** The number of rows at the top that only name the columns; 0 if no other row follows. */
export function headerRows({ rows }: TableModel): number {
  const first = rows.findIndex(row => !row.isHeader)
  return Math.max(0, first)
}
