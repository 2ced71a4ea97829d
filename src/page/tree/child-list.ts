import type { DefaultTreeAdapterTypes as Types } from 'parse5'

type Node = Types.ChildNode
type Parent = Types.ParentNode

/** Children of a parent from which on it has a list: below, searching and moving them costs nothing. */
const WIDE = 500
/** Changes in a row, with nobody looking in between, from which on the children are linked. */
const FEW = 8

const LIST = Symbol('child list')

/** One child between its neighbours; a new one is its own. The end of a chain has no node. */
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

/** Changes the children of one parent. */
export interface ChildList {
  /** Takes a child out; what it was to others is for the caller to say. */
  take(node: Node): void
  /** Puts nodes before or behind a child. */
  put(nodes: readonly Node[], where: 'before' | 'behind', child: Node): void
  /** The children from one to another; none if that does not follow. */
  run(first: Node, last: Node): Node[]
}

/** The children from one to another by the links. */
function linkedRun({ links }: Chain, first: Node, last: Node): Node[] {
  const run: Node[] = []
  for (let link = links.get(first); link?.node !== undefined; link = link.after) {
    run.push(link.node)
    if (link.node === last) return run
  }
  return []
}

/**
 * An array of a hundred thousand children costs 50 microseconds for each that is taken out or put in (measured): all of
 * them, one by one, five seconds. So they are linked while they are changed, and an array again when somebody looks.
 */
function createChildList(parent: Parent): ChildList {
  let children = parent.childNodes
  let chain: Chain | undefined
  let changes = 0
  Object.defineProperty(parent, 'childNodes', {
    configurable: true,
    enumerable: true,
    get() {
      changes = 0
      if (chain === undefined) return children
      children = []
      for (let link = chain.end.after; link.node !== undefined; link = link.after) children.push(link.node)
      chain = undefined
      return children
    },
    set(others: Node[]) {
      children = others
      chain = undefined
    }
  })

  function changing(): Chain | undefined {
    if (chain === undefined && ++changes > FEW) chain = chainOf(children)
    return chain
  }

  return {
    take(node) {
      const linked = changing()
      const at = linked === undefined ? children.indexOf(node) : -1
      if (linked !== undefined) cut(linked, node)
      else if (at >= 0) children.splice(at, 1)
    },
    put(nodes, where, child) {
      const linked = changing()
      if (linked === undefined) {
        const at = children.indexOf(child) + (where === 'before' ? 0 : 1)
        children = [...children.slice(0, at), ...nodes, ...children.slice(at)]
        return
      }
      const link = linked.links.get(child)
      const place = where === 'before' ? link : link?.after
      if (place !== undefined) for (const node of nodes) putBefore(linked, place, node)
    },
    run: (first, last) =>
      chain === undefined
        ? children.slice(children.indexOf(first), children.indexOf(last) + 1)
        : linkedRun(chain, first, last)
  }
}

const isListed = (parent: Parent): parent is Parent & { readonly [LIST]: ChildList } => LIST in parent

/** The list of a parent of many children; undefined for others. */
export function listOf(parent: Parent): ChildList | undefined {
  if (isListed(parent)) return parent[LIST]
  if (parent.childNodes.length < WIDE) return undefined
  const list = createChildList(parent)
  Object.defineProperty(parent, LIST, { value: list })
  return list
}
