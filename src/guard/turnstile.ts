import { blocksOf, networkOf } from './address.js'

/** Those who wait for the next of something that is done one at a time. */
export interface Turnstile {
  /** Waits; returns what takes it out again. Known ones are those that were let in of late. */
  add(client: string, isKnown: boolean, begin: () => void): () => void
  /** Whose turn it is, taken out; undefined where nobody waits */
  next(): (() => void) | undefined
  readonly waiting: number
}

const KNOWN = 'known'
const STRANGERS = 'strangers'
/** Strangers have one turn where those who are known have so many, as long as both wait. */
const KNOWN_TURNS = 4
/** Blocks within one, or networks, of which it is remembered that they had their turn. */
const MOST_REMEMBERED = 1024

/** Those that are known, a block of addresses, or at the end of the path a network. */
interface Node {
  /** When its next turn is; on the clock of the one around it */
  due: number
  /** The turn that was last within it */
  clock: number
  /** What waits within it */
  size: number
  readonly within: Map<string, Node>
  readonly begins: Set<() => void>
}

const nodeOf = (due: number): Node => ({ due, clock: 0, size: 0, within: new Map(), begins: new Set() })

/** From the root to the network. Who comes after a while without waiting is due at once, and has no turns in store. */
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

/** The one within that is due first; those that had their turns and want nothing more are forgotten. */
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
 * Turns in a tree: those who are known and strangers, within them the kinds of addresses, the blocks and at last the
 * networks. Each that waits has as many turns as any other beside it: a machine with a thousand addresses, and one with
 * a thousand connections, wait for themselves (start-time fair queuing, Goyal 1996, at each level).
 */
export function createTurnstile(): Turnstile {
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
