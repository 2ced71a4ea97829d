import { attribute, isBlank, isElement, type Element, type Node, type Parent } from '../tree/tree.js'
import { Part, PARTS, USED } from './said-again.js'

/** A row that has no end says all that it has so often, for windows of any width. Times */
const MOST_TIMES = 6
/** Longer rows are not looked at; in shorter ones no two parts can come again. Parts */
const MOST_PARTS = 400
const LEAST_PARTS = 4
/** Shorter rows may well come again: yes, no, yes, no. Letters; parts of a row that has pictures alone. */
const LEAST_LETTERS = 20
const LEAST_PICTURES = 4

const isLike = (node: Node, first: Element): node is Element =>
  isElement(node) && node.tagName === first.tagName && attribute(node, 'class') === attribute(first, 'class')

/** The parts of a row of parts alike; none if anything else stands among them. */
function rowIn({ childNodes }: Parent): Element[] {
  const nodes = childNodes.filter(node => !isBlank(node))
  const [first] = nodes
  if (nodes.length < LEAST_PARTS || nodes.length > MOST_PARTS || first === undefined || !isElement(first)) return []
  if (!PARTS.has(first.tagName)) return []
  return nodes.every(node => isLike(node, first)) ? nodes : []
}

const saysSame = (one: Part, other: Part): boolean =>
  one.beginning === other.beginning && one.letters === other.letters && one.others === other.others

/** Whether a row says enough to be known again: no two parts of it say the same, and nothing is there to be used. */
function isTelling(run: readonly Part[]): boolean {
  const letters = run.reduce((sum, part) => sum + part.letters.length, 0)
  if (letters < LEAST_LETTERS && (letters > 0 || run.length < LEAST_PICTURES)) return false
  const said = new Set(run.map(part => `${part.letters} ${part.others}`))
  return said.size === run.length && run.every(part => (part.letters !== '' || part.pictures > 0) && !part.holds(USED))
}

/** The parts of a row in which the first ones come again: the copies that scripts, or pages, make for a running line. */
export function runsAgain(parent: Parent): Element[] {
  const row = rowIn(parent)
  if (row.length === 0) return []
  const parts = row.map(element => new Part(element))
  for (let times = MOST_TIMES; times > 1; times--) {
    const length = row.length / times
    if (!Number.isInteger(length) || length < 2) continue
    if (
      parts.every((part, at) => at < length || saysSame(part, parts[at - length]!)) &&
      isTelling(parts.slice(0, length))
    )
      return row.slice(length)
  }
  return []
}
