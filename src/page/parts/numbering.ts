import type { OpenElement } from '../write/open-element.js'

const NUMBERS = { VALUE: / VALUE=(\d+)/, START: / START=(\d+)/, ROWSPAN: / ROWSPAN=(\d+)/ }

/** The number in an attribute of a tag, or undefined. */
export function numberIn(tag: string, name: 'VALUE' | 'START' | 'ROWSPAN'): number | undefined {
  const value = NUMBERS[name].exec(tag)?.[1]
  return value === undefined ? undefined : Number(value)
}

/** Counts an item of a list, a row of a table, and the rows that a cell spans down. */
export function count(around: OpenElement, element: OpenElement, tag: string): void {
  if (element.name === 'LI') element.number = around.number = numberIn(tag, 'VALUE') ?? around.number + 1
  if (element.name === 'TR') around.rows++
  const table = around.below
  const rows = numberIn(tag, 'ROWSPAN') ?? 1
  if (table !== undefined && rows > 1) table.spannedTo = Math.max(table.spannedTo, table.rows + rows - 1)
}
