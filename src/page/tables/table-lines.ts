import { flatten } from './table-layout.js'
import { labelsOf, namingRows, type Labels } from './table-labels.js'
import type { Cell, Row, TableModel } from './table-model.js'
import { inkIn } from '../lists/item-content.js'
import {
  appendAll,
  attribute,
  contains,
  createElement,
  createText,
  isElement,
  isText,
  onlyElementIn,
  prepend,
  rename,
  textOf,
  type Element,
  type Node
} from '../tree/tree.js'

/** A longer row becomes a paragraph. Characters. */
const LINE_CHARACTERS = 160
/** Longer values with names have a line each. Characters, on the average of a row. */
const LONG_VALUE = 40

const isControl = ({ tagName }: Element): boolean => ['input', 'select', 'textarea'].includes(tagName)
const isNamed = (image: Element): boolean => image.tagName === 'img' && /\S/.test(attribute(image, 'alt') ?? '')
const isShown = ({ element, text }: Cell): boolean =>
  text !== '' || /\S/.test(textOf(element)) || contains(element, inner => inner.tagName === 'img' || isControl(inner))
/** A sign alone in a cell belongs to the text beside it: the quotation mark before a quotation, the dot of a list. */
const SIGN = /^[\p{Pi}\p{Pf}„"•·●▪■※►▶→*†‡]$/u
/** Whether a cell says something: a sign, or an icon without a name, is no value, and stands beside the next one. */
const isValue = ({ element, text }: Cell): boolean =>
  (/\S/.test(text === '' ? textOf(element) : text) && !SIGN.test(text)) ||
  contains(element, inner => isNamed(inner) || isControl(inner))
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
/** Of these, those that may begin with a line of text. */
const LINES = new Set(['section', 'article', 'p', 'div', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6'])
const isBlock = (element: Element): boolean => BLOCKS.has(element.tagName)

/** Whether a cell contains blocks. A single paragraph around all of it is unwrapped and does not count. */
function hasBlocks({ element }: Cell): boolean {
  const only = onlyElementIn(element)
  if (only !== undefined && (only.tagName === 'p' || only.tagName === 'div') && !contains(only, isBlock))
    rename(only, 'span', {})
  return contains(element, isBlock)
}

/** Whether a header row is only text, so that nothing is lost when that is moved before the values. */
const isOnlyText = (row: Row): boolean =>
  !row.cells.some(({ element }) =>
    contains(element, ({ tagName }) => ['a', 'img', 'input', 'select'].includes(tagName))
  )

/** Puts nodes before the value in a cell: of one with blocks, in its first line. */
function putBefore(cell: Element, nodes: readonly Node[]): void {
  let at = cell
  for (;;) {
    const first = inkIn(at)[0]
    if (first === undefined || !isElement(first) || !LINES.has(first.tagName)) break
    at = first
  }
  for (const node of nodes.toReversed()) prepend(at, node)
}

/** What stands between a value and the next one: nothing where one of them breaks the line. */
function between(value: Value, next: Value | undefined, isLong: boolean): Node[] {
  if (next === undefined || value.isBlock) return []
  const colon = value.heads ? [bold(labelled(value.cell.text).slice(value.cell.text.length))] : []
  if (isLong && !next.isBlock) return [...colon, createElement('br')]
  return value.heads ? colon : next.isBlock ? [] : [createText(' | ')]
}

/** Takes the white space from the end of the name of a row, which a colon follows. */
function trimEnd(element: Element): void {
  for (
    let last = element.childNodes.at(-1);
    last !== undefined;
    last = isElement(last) ? last.childNodes.at(-1) : undefined
  )
    if (isText(last)) last.value = last.value.trimEnd()
}

/** A cell that says something. */
interface Value {
  readonly cell: Cell
  readonly isBlock: boolean
  /** It is the name of its row */
  readonly heads: boolean
  readonly isBold: boolean
  /** Cells with icons before it */
  readonly icons: readonly Element[]
}

/** The values of a row, each with the icons before it; those behind the last one are its own. */
function valuesOf({ cells, isHeader }: Row, labels: Labels | undefined): Value[] {
  const shown = cells.filter(isShown)
  const values: Value[] = []
  let icons: Element[] = []
  shown.forEach((cell, at) => {
    if (!isValue(cell) && at < shown.length - 1) return void icons.push(cell.element)
    const isName = !isHeader && values.length === 0 && shown.length > 1
    const isUnnamed = labels !== undefined && cell.column === 0 && (labels.get(0) ?? '') === ''
    const heads = isName && cell.isHeader
    values.push({ cell, isBlock: hasBlocks(cell), heads, isBold: cell.isHeader || (isName && isUnnamed), icons })
    icons = []
  })
  return values
}

/** Writes one row as a line: its header cell, then values with their names, a bar between them. */
function line(row: Row, labels: Labels | undefined): void {
  const { element, isHeader } = row
  const parts: Node[] = []
  const values = valuesOf(row, labels)
  const length = values.reduce((sum, { cell }) => sum + cell.text.length, 0)
  const isLong = labels !== undefined && !isHeader && length > LONG_VALUE * values.length
  values.forEach((value, at) => {
    const { cell, isBlock, heads, isBold, icons } = value
    const label = isHeader || heads || cell.columns > 1 ? '' : (labels?.get(cell.column) ?? '')
    rename(cell.element, isBlock ? 'div' : isBold ? 'b' : 'span', {})
    if (heads) trimEnd(cell.element)
    for (const icon of icons) rename(icon, 'span', {})
    const before = [
      ...icons.flatMap(icon => [icon, createText(' ')]),
      ...(label === '' || !isValue(cell) ? [] : [bold(labelled(label))])
    ]
    if (isBlock) putBefore(cell.element, before)
    else parts.push(...before)
    parts.push(cell.element, ...between(value, values[at + 1], isLong))
  })
  rename(element, length > LINE_CHARACTERS ? 'section' : 'div', {})
  element.childNodes = []
  appendAll(element, parts)
}

/** Writes a table as lines: "Header: value", or cells with a bar between them. */
export function linearise(model: TableModel): void {
  const headers = namingRows(model)
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
