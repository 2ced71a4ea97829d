import { createClientCounts } from '../async/client-counts.js'
import { blocksOf } from './address.js'

/** Places of which no block of addresses has all. */
export interface BlockShares {
  /** Takes one; returns what gives it back, or undefined where there is none for this client */
  enter(client: string): (() => void) | undefined
}

/**
 * The blocks around a client, each with the most that it may have for every free place. The narrowest (a /24 of IPv4, a
 * /64 of IPv6) has one: alone it takes half of all, ten of them leave an eleventh part. Wider ones leave half of what
 * that leaves to those outside: 3, 7, and 15 for all private addresses, or all public ones. A user has no address and
 * no neighbours.
 */
function boundsOf(client: string): ReadonlyArray<readonly [block: string, most: number]> {
  const blocks = blocksOf(client)
  return blocks.at(-1) === '' ? [] : blocks.map((name, at) => [`${at} ${name}`, 2 ** (blocks.length - at) - 1])
}

/**
 * Bounds that shrink with what is free (dynamic thresholds, Choudhury and Hahne 1998): who comes last finds a place.
 */
export function createBlockShares(places: number): BlockShares {
  const taken = createClientCounts()
  let free = places
  return {
    enter(client) {
      const bounds = boundsOf(client)
      if (free <= 0 || bounds.some(([block, most]) => taken.of(block) >= most * free)) return undefined
      const add = (more: 1 | -1): void => {
        free -= more
        for (const [block] of bounds) taken.add(block, more)
      }
      add(1)
      return () => add(-1)
    }
  }
}
