import { attribute, isElement, removeAttribute, setAttribute, textOf, type Element } from '../tree/tree.js'

/** Rows say it in about as many bytes as a cell: ` ALIGN=center` */
const ONE = 1

/** How a cell is aligned that says nothing, in a row that says nothing. */
const defaultOf = ({ tagName }: Element): string => (tagName === 'th' ? 'center' : 'left')

const isEmpty = (cell: Element): boolean => !cell.childNodes.some(isElement) && textOf(cell).trim() === ''

/**
 * Says for a row how its cells are aligned, and for the cells only where they are not, if that is said less often so. The
 * row says nothing yet.
 */
export function alignRow(row: Element, cells: readonly Element[]): void {
  const counts = new Map<string, number>()
  const seen: Array<readonly [Element, string]> = []
  let said = 0
  for (const cell of cells) {
    const align = attribute(cell, 'align') ?? defaultOf(cell)
    removeAttribute(cell, 'align')
    if (isEmpty(cell)) continue
    seen.push([cell, align])
    if (align !== defaultOf(cell)) said++
    counts.set(align, (counts.get(align) ?? 0) + 1)
  }
  const [most = '', count = 0] = [...counts].sort(([, one], [, other]) => other - one)[0] ?? []
  const isOfRow = ONE + seen.length - count < said
  if (isOfRow) setAttribute(row, 'align', most)
  for (const [cell, align] of seen) if (align !== (isOfRow ? most : defaultOf(cell))) setAttribute(cell, 'align', align)
}
