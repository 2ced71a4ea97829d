import {
  attribute,
  createElement,
  isElement,
  isBlank,
  removeAttribute,
  rename,
  setAttribute,
  type Element,
  type Node
} from '../tree/tree.js'
import { holdersOfElements } from '../tree/holders.js'

const CENTRED = /(?:^|;)\s*text-align\s*:\s*(?:-\w+-)?center/i
const ALIGNED = /(?:^|;)\s*text-align\s*:/i
/** Where a run of nodes may stand in a block of its own. */
const FLOW = new Set(['body', 'div', 'section', 'article', 'main', 'form', 'blockquote', 'li', 'dd', 'td', 'th'])
/** Parts of a table that is kept: the alignment of its rows is that of their cells. */
const TABLES = new Set(['table', 'thead', 'tbody', 'tfoot', 'tr'])

/** What an element says itself of the alignment of its content. */
function alignmentOf(element: Element): 'center' | 'other' | undefined {
  if (element.tagName === 'center') return 'center'
  const style = attribute(element, 'style') ?? ''
  if (ALIGNED.test(style)) return CENTRED.test(style) ? 'center' : 'other'
  const align = attribute(element, 'align')?.toLowerCase()
  return align === undefined ? undefined : align === 'center' || align === 'middle' ? 'center' : 'other'
}

/** Takes the centring from an element; its tag, if that says nothing else. */
function uncentre(element: Element): void {
  if (element.tagName === 'center' || element.tagName === 'p') rename(element, 'div')
  removeAttribute(element, 'align')
  const style = attribute(element, 'style')
  if (style !== undefined && CENTRED.test(style)) setAttribute(element, 'style', style.replace(CENTRED, ''))
}

/** Puts each run of children that stays centred into a block of its own. */
function centreRuns(parent: Element, isApart: (node: Node) => boolean): void {
  const children: Node[] = []
  let run: Node[] = []
  const endRun = (): void => {
    if (!run.every(isBlank)) {
      const block = createElement('div', { align: 'center' })
      block.parentNode = parent
      block.childNodes = run
      for (const node of run) node.parentNode = block
      children.push(block)
    } else for (const node of run) children.push(node)
    run = []
  }
  for (const node of parent.childNodes) {
    if (!isApart(node)) {
      run.push(node)
      continue
    }
    endRun()
    children.push(node)
  }
  endRun()
  parent.childNodes = children
}

interface Place {
  readonly element: Element
  readonly centred: boolean
}

/**
 * A table ends the centring of what is around it: in Netscape 1 to 4, Internet Explorer and Dillo its cells begin left.
 * So where tables have become blocks, elements that centre them centre only what is beside them.
 */
export function endCentring(body: Element, tables: readonly Element[]): void {
  if (tables.length === 0) return
  const ended = new Set(tables)
  const holders = holdersOfElements(body, element => ended.has(element))
  const stack: Place[] = [{ element: body, centred: false }]
  for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
    const { element } = top
    const starts = TABLES.has(element.tagName) || ended.has(element)
    const own = starts ? 'other' : alignmentOf(element)
    const centred = own === undefined ? top.centred : own === 'center'
    // A table that is kept stays centred, for it is not what ends the centring of what is in it.
    const isApart = (node: Node): boolean =>
      isElement(node) && (ended.has(node) || (holders.has(node) && node.tagName !== 'table'))
    const within = element.childNodes.filter((node): node is Element => isElement(node) && holders.has(node))
    if (own === 'center') uncentre(element)
    if (centred && FLOW.has(element.tagName)) centreRuns(element, isApart)
    for (const inner of within) stack.push({ element: inner, centred })
  }
}
