import { createElement, createText, isElement, isText, type Element, type Node } from '../../tree/tree.js'
import { inkIn } from '../item-content.js'
import { hasBlock, isInLine, isMute, isPlacing, lineOf, MOST_WRAPPERS, putInLine, type Line } from './line.js'

/** A longer part of a row is a text. Characters. */
const MOST_PART = 60
/** White space may stand around the sign. Characters. */
const MOST_SIGN = 40
const SIGN = /^[|•·/]$/
/** Those that end no chapter of a text: alone on a line they divide nothing, or name a key. */
const BAR = /^[|/]$/
/** More hold more than a sign with the white space around it. Nodes. */
const MOST_AROUND = 3

/** The sign that is all that a node says, "|" or "•"; undefined for others. */
function signIn(node: Node): string | undefined {
  let at = node
  for (let depth = 0; isElement(at) && depth < MOST_WRAPPERS && at.childNodes.length <= MOST_AROUND; depth++) {
    const [only, ...others] = inkIn(at)
    if (only === undefined || others.length > 0) return undefined
    at = only
  }
  const sign = isText(at) && at.value.length <= MOST_SIGN ? at.value.trim() : ''
  return SIGN.test(sign) ? sign : undefined
}

const isDivider = (node: Node): boolean => signIn(node) !== undefined

/** The parts of a row and the signs between them, all on one line. */
type Row = readonly Line[]

/** Whether a node goes on in the line of the part beside it, from which a row would tear it. */
const goesOn = (node: Node | undefined, part: Line): boolean => node !== undefined && !hasBlock(part) && isInLine(node)

/** The rows among the children of an element that say something. */
function rowsIn(shown: readonly Node[]): Row[] {
  const rows: Row[] = []
  let row: Line[] = []
  let from = 0
  const isApart = (): boolean => !goesOn(shown[from - 1], row[0]!) && !goesOn(shown[from + row.length], row.at(-1)!)
  const finish = (): void => {
    while (row.length > 0 && isDivider(row.at(-1)!.node)) row.pop()
    if (row.length > 2 && row.some(hasBlock) && isApart()) rows.push(row)
    row = []
  }
  for (const [at, node] of shown.entries()) {
    const isSign = isDivider(node)
    const isBehindSign = row.length > 0 && isDivider(row.at(-1)!.node)
    if (isSign ? row.length === 0 : !isBehindSign) finish()
    const next = shown[at + 1]
    const belongs = isSign ? row.length > 0 : isBehindSign || (next !== undefined && isDivider(next))
    const line = belongs ? lineOf(node, MOST_PART) : undefined
    if (line === undefined) finish()
    else {
      if (row.length === 0) from = at
      row.push(line)
    }
  }
  finish()
  return rows
}

/** One line of the nodes of a row, with spaces around its signs; one behind another one divides nothing. */
function lineFor(row: Row): Element {
  const line = createElement('div')
  for (const [at, part] of row.entries()) {
    if (at > 0 && isDivider(part.node) && isDivider(row[at - 1]!.node)) continue
    putInLine(part)
    if (line.childNodes.length > 0) line.childNodes.push(createText(' '))
    line.childNodes.push(part.node)
  }
  for (const node of line.childNodes) node.parentNode = line
  return line
}

/** Whether a node is a bar alone on its line. */
function isLoneBar(node: Node): boolean {
  if (!isElement(node) || node.tagName === 'p' || !BAR.test(signIn(node) ?? '')) return false
  const line = lineOf(node, MOST_SIGN)
  return line !== undefined && hasBlock(line)
}

/**
 * Writes what signs divide on one line, where only styles put it there: who wrote it, "•" and when, each in a block of
 * its own. A bar that is left alone on a line goes.
 */
export function joinDivided(element: Element): void {
  if (isPlacing(element) || !element.childNodes.some(isDivider)) return
  const rows = rowsIn(element.childNodes.filter(node => !isMute(node)))
  const lines = new Map(rows.map(row => [row[0]!.node, row]))
  const moved = new Set(rows.flatMap(row => row.map(({ node }) => node)))
  element.childNodes = element.childNodes.flatMap(node => {
    const row = lines.get(node)
    return row !== undefined ? [lineFor(row)] : moved.has(node) || isLoneBar(node) ? [] : [node]
  })
  for (const node of element.childNodes) node.parentNode = element
}
