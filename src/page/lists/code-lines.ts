import {
  attribute,
  createText,
  insertBefore,
  isElement,
  isText,
  textStart,
  walk,
  type Element,
  type Node
} from '../tree/tree.js'

/** What stands first in a line may be its number. Digits of one. */
const MOST_DIGITS = 8

/** Whether a highlighter of code has named this a line, or a line that is set off: "line", "code-line". */
const namesLine = (name: string): boolean =>
  name === 'line' || (name.endsWith('-line') && /code|highlight|token/.test(name))

const isLine = (node: Node | undefined): node is Element =>
  node !== undefined &&
  isElement(node) &&
  node.tagName === 'span' &&
  (attribute(node, 'class') ?? '').split(/\s+/).some(namesLine)

const endsLine = (node: Node): boolean => {
  let last: Node | undefined = node
  while (last !== undefined && isElement(last)) last = last.childNodes.at(-1)
  return last !== undefined && isText(last) && last.value.endsWith('\n')
}

/** Whether a node goes on on its line; what is no text and no SPAN may begin a line by itself. */
function goesOn(node: Node): boolean {
  if (isText(node)) return !node.value.startsWith('\n')
  return isElement(node) && node.tagName === 'span' && !textStart(node, 1).startsWith('\n')
}

const isNumber = (node: Element): boolean => /^\s*\d+\s*$/.test(textStart(node, MOST_DIGITS))

function endLinesIn({ childNodes }: Element): void {
  const next = childNodes.filter((node, at) => {
    const last = childNodes[at - 1]
    return isLine(last) && !endsLine(last) && goesOn(node) && (isLine(node) || !isNumber(last))
  })
  for (const node of next) insertBefore(createText('\n'), node)
}

/** Ends the lines of code, in a PRE, that are lines by their styles alone. */
export function endCodeLines(pre: Element): void {
  endLinesIn(pre)
  walk(pre, endLinesIn)
}
