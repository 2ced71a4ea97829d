import { attribute, isBlank, isElement, rename, setAttribute, type Element } from '../tree/tree.js'

/** Roles of tables, and of the cells of their rows, with the elements that mean the same (ARIA 1.2, section 5.3.5). */
const TABLES = new Set(['table', 'grid', 'treegrid'])
const CELLS: Readonly<Record<string, string | undefined>> = {
  cell: 'td',
  gridcell: 'td',
  columnheader: 'th',
  rowheader: 'th'
}
/** What a row or a cell is as well, and would no longer be. */
const OWN = new Set(['a', 'button', 'form', 'table', 'tr', 'td', 'th', 'input', 'img', 'svg'])
/** One row or one column is a list. */
const LEAST_ROWS = 2
const LEAST_CELLS = 2

const roleOf = (element: Element): string => (attribute(element, 'role') ?? '').trim().toLowerCase()

/** Whether an element only says by its role that it is a table. */
export const isRoleTable = (element: Element): boolean => TABLES.has(roleOf(element)) && !OWN.has(element.tagName)

/** The elements in another one if all else in it is white space. */
function elementsAlone({ childNodes }: Element): Element[] | undefined {
  const found: Element[] = []
  for (const node of childNodes) {
    if (isElement(node)) found.push(node)
    else if (!isBlank(node)) return undefined
  }
  return found
}

const isRow = (element: Element): boolean => roleOf(element) === 'row' && !OWN.has(element.tagName)

/** The cells of a row; undefined if it holds anything else. */
function cellsIn(row: Element): Element[] | undefined {
  const cells = elementsAlone(row)
  return cells?.every(cell => CELLS[roleOf(cell)] !== undefined && !OWN.has(cell.tagName)) === true ? cells : undefined
}

interface Parts {
  readonly groups: readonly Element[]
  readonly rows: ReadonlyMap<Element, readonly Element[]>
}

/** The groups and rows of a table by roles; undefined if it holds anything else, or is none. */
function partsOf(table: Element): Parts | undefined {
  const groups: Element[] = []
  const rows = new Map<Element, Element[]>()
  for (const part of elementsAlone(table) ?? []) {
    if (!isRow(part)) groups.push(part)
    for (const row of isRow(part) ? [part] : (elementsAlone(part) ?? [part])) {
      const cells = isRow(row) ? cellsIn(row) : undefined
      if (cells === undefined) return undefined
      rows.set(row, cells)
    }
  }
  const isOne = rows.size >= LEAST_ROWS && [...rows.values()].some(({ length }) => length >= LEAST_CELLS)
  return isOne && groups.every(({ tagName }) => !OWN.has(tagName)) ? { groups, rows } : undefined
}

function toCell(cell: Element): void {
  rename(cell, CELLS[roleOf(cell)]!)
  for (const span of ['colspan', 'rowspan']) {
    const said = attribute(cell, `aria-${span}`)
    if (said !== undefined) setAttribute(cell, span, said)
  }
}

/** Makes a table of what only says by its roles that it is one; returns whether it did. */
export function makeTable(table: Element): boolean {
  const parts = partsOf(table)
  if (parts === undefined) return false
  rename(table, 'table')
  for (const group of parts.groups) rename(group, 'tbody')
  for (const [row, cells] of parts.rows) {
    rename(row, 'tr')
    cells.forEach(toCell)
  }
  return true
}
