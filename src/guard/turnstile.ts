import { networkOf, rememberedBlocks } from './address.js'

/** Clients that wait in line for something that is done one at a time. */
export interface Turnstile {
  /** Waits in line; returns a function that leaves it. Known clients are those that were let in recently. */
  add(client: string, isKnown: boolean, begin: () => void): () => void
  /** Takes out the one whose turn it is; undefined if nobody waits */
  next(): (() => void) | undefined
  readonly waiting: number
}

const KNOWN = 'known'
const STRANGERS = 'strangers'
/** While both wait, strangers get one turn for every so many of known clients. */
const KNOWN_TURNS = 4
/** Children of one node whose last turn is remembered. */
const MOST_REMEMBERED = 1024

/** The known clients, a block of addresses or, at the end of a path, a network. */
interface Node {
  /** When its next turn is due, on the clock of its parent */
  due: number
  /** Its own clock: the due time of the last turn in it */
  clock: number
  /** What waits in it */
  size: number
  readonly within: Map<string, Node>
  readonly begins: Set<() => void>
}

const nodeOf = (due: number): Node => ({ due, clock: 0, size: 0, within: new Map(), begins: new Set() })

/** The nodes from the root to the network. One that returns after a pause is due at once, but has no turns saved up. */
function pathTo(root: Node, names: readonly string[]): Node[] {
  const path = [root]
  for (const name of names) {
    const around = path.at(-1)!
    const node = around.within.get(name) ?? nodeOf(around.clock)
    if (node.size === 0) node.due = Math.max(node.due, around.clock)
    around.within.set(name, node)
    path.push(node)
  }
  return path
}

/** The child that is due first; children that wait for nothing and have had their turns are forgotten. */
function firstDue({ within, clock }: Node): [string, Node] | undefined {
  let first: [string, Node] | undefined
  for (const entry of within) {
    const [name, { size, due }] = entry
    if (size > 0) first = first === undefined || due < first[1].due ? entry : first
    else if (due <= clock || within.size > MOST_REMEMBERED) within.delete(name)
  }
  return first
}

const count = (path: readonly Node[], more: 1 | -1): void => {
  for (const node of path) node.size += more
}

/**
 * Turns in a tree: known clients and strangers; within them the kinds of addresses, then blocks, then networks. All
 * that wait beside each other get the same number of turns, so that a machine with a thousand addresses or connections
 * delays only itself (start-time fair queuing, Goyal 1996, at each level).
 */
export function createTurnstile(): Turnstile {
  const blocksOf = rememberedBlocks()
  let root = nodeOf(0)

  function take(): () => void {
    const path = [root]
    for (let node = root; node.begins.size === 0;) {
      const [name, child] = firstDue(node)!
      node.clock = child.due
      child.due += name === STRANGERS ? KNOWN_TURNS : 1
      path.push(child)
      node = child
    }
    const { begins } = path.at(-1)!
    const begin = begins.values().next().value!
    begins.delete(begin)
    count(path, -1)
    return begin
  }

  return {
    get waiting() {
      return root.size
    },
    add(client, isKnown, begin) {
      const path = pathTo(root, [isKnown ? KNOWN : STRANGERS, ...blocksOf(client), networkOf(client)])
      const { begins } = path.at(-1)!
      begins.add(begin)
      count(path, 1)
      return () => {
        if (begins.delete(begin)) count(path, -1)
      }
    },
    next() {
      if (root.size > 0) return take()
      root = nodeOf(0)
      return undefined
    }
  }
}
