import type { DefaultTreeAdapterTypes as Types } from 'parse5'

type Node = Types.ChildNode
type Parent = Types.ParentNode

/** Parents with fewer children have no list: searching and moving these costs nothing. */
const WIDE = 500
/** Children are linked after this number of changes in a row without a read in between. */
const FEW = 8

const LIST = Symbol('child list')

/** One child between its neighbours. A new link is its own neighbour. The end of a chain has no node. */
class Link {
  readonly node: Node | undefined
  before: Link = this
  after: Link = this

  constructor(node: Node | undefined) {
    this.node = node
  }
}

interface Chain {
  readonly end: Link
  readonly links: Map<Node, Link>
}

function putBefore({ links }: Chain, place: Link, node: Node): void {
  const link = new Link(node)
  link.before = place.before
  link.after = place
  place.before.after = link
  place.before = link
  links.set(node, link)
}

/** Where nodes are put: right before or behind a child. */
interface Place {
  readonly child: Node
  readonly where: 'before' | 'behind'
}

function putBeside(chain: Chain, { child, where }: Place, nodes: readonly Node[]): void {
  const link = chain.links.get(child)
  const place = where === 'before' ? link : link?.after
  if (place !== undefined) for (const node of nodes) putBefore(chain, place, node)
}

function chainOf(children: readonly Node[]): Chain {
  const end = new Link(undefined)
  const chain = { end, links: new Map<Node, Link>() }
  for (const node of children) putBefore(chain, end, node)
  return chain
}

function cut({ links }: Chain, node: Node): void {
  const link = links.get(node)
  if (link === undefined) return
  link.before.after = link.after
  link.after.before = link.before
  links.delete(node)
}

function nodesOf({ end }: Chain): Node[] {
  const nodes: Node[] = []
  for (let link = end.after; link.node !== undefined; link = link.after) nodes.push(link.node)
  return nodes
}

/** Finds children by beginning where one was found last: the next one is mostly behind it. -1 for what is none. */
function createFinder(): (children: readonly Node[], node: Node) => number {
  let near = 0
  return (children, node) => {
    const ahead = children.indexOf(node, near)
    const at = ahead < 0 ? children.indexOf(node) : ahead
    near = Math.max(0, at)
    return at
  }
}

/** Changes the children of one parent without shifting an array each time. */
export interface ChildList {
  /** The number of children, for which they need not become an array. */
  count(): number
  /** Removes a child; the caller clears its parentNode. */
  take(node: Node): void
  /** Puts nodes into the place of a child; the caller sets the parentNode of all. */
  swap(node: Node, nodes: readonly Node[]): void
  /** Puts a node before all children, or behind them; the caller sets its parentNode. */
  add(node: Node, where: 'first' | 'last'): void
  /** Inserts nodes beside a child; the caller sets their parentNode. */
  put(nodes: readonly Node[], place: Place): void
  /** The children from `first` to `last`; none if `last` comes before `first`. */
  run(first: Node, last: Node): Node[]
}

const inserted = (children: readonly Node[], at: number, nodes: readonly Node[]): Node[] => [
  ...children.slice(0, at),
  ...nodes,
  ...children.slice(at)
]

/** The children between two of them, by the links. */
function linkedRun({ links }: Chain, first: Node, last: Node): Node[] {
  const run: Node[] = []
  for (let link = links.get(first); link?.node !== undefined; link = link.after) {
    run.push(link.node)
    if (link.node === last) return run
  }
  return []
}

/**
 * Each removal from an array of a hundred thousand children costs 50 microseconds (measured), and all of them, one by
 * one, five seconds. So the children are linked while they are changed, and become an array again when childNodes is
 * read.
 */
function createChildList(parent: Parent): ChildList {
  let children = parent.childNodes
  let chain: Chain | undefined
  let changes = 0
  const indexIn = createFinder()
  const read = (): Node[] => {
    changes = 0
    if (chain !== undefined) children = nodesOf(chain)
    chain = undefined
    return children
  }
  const write = (others: Node[]): void => {
    children = others
    chain = undefined
  }
  Object.defineProperty(parent, 'childNodes', { configurable: true, enumerable: true, get: read, set: write })

  function changing(): Chain | undefined {
    if (chain === undefined && ++changes > FEW) chain = chainOf(children)
    return chain
  }

  return {
    count: () => chain?.links.size ?? children.length,
    take(node) {
      const linked = changing()
      const at = linked === undefined ? indexIn(children, node) : -1
      if (linked !== undefined) cut(linked, node)
      else if (at >= 0) children.splice(at, 1)
    },
    swap(node, nodes) {
      const [only] = nodes
      // One for one shifts nothing, and so costs nothing, though the children be read after each.
      const at = chain === undefined && nodes.length === 1 ? indexIn(children, node) : -1
      if (at >= 0 && only !== undefined) children[at] = only
      else if (nodes.length === 0) this.take(node)
      else {
        this.put(nodes, { child: node, where: 'before' })
        this.take(node)
      }
    },
    add(node, where) {
      // To make an array longer costs nothing.
      const linked = where === 'last' ? chain : changing()
      if (linked !== undefined) putBefore(linked, where === 'last' ? linked.end : linked.end.after, node)
      else if (where === 'last') children.push(node)
      else children.unshift(node)
    },
    put(nodes, { child, where }) {
      const linked = changing()
      if (linked === undefined)
        children = inserted(children, children.indexOf(child) + (where === 'before' ? 0 : 1), nodes)
      else putBeside(linked, { child, where }, nodes)
    },
    run: (first, last) =>
      chain === undefined
        ? children.slice(children.indexOf(first), children.indexOf(last) + 1)
        : linkedRun(chain, first, last)
  }
}

const isListed = (parent: Parent): parent is Parent & { readonly [LIST]: ChildList } => LIST in parent

/** The list of a parent that has many children; undefined for others. */
export function listOf(parent: Parent): ChildList | undefined {
  if (isListed(parent)) return parent[LIST]
  if (parent.childNodes.length < WIDE) return undefined
  const list = createChildList(parent)
  Object.defineProperty(parent, LIST, { value: list })
  return list
}

/**
 * The number of children. What asks it of the parent of each of many pictures, and then changes them, takes no longer
 * for all that stands there, as it would if it read childNodes.
 */
export const childCount = (parent: Parent): number =>
  isListed(parent) ? parent[LIST].count() : parent.childNodes.length
