import { createClientCounts } from '../async/client-counts.js'
import { blocksOf } from './address.js'

/** Places that no single block of addresses can occupy completely. */
export interface BlockShares {
  /** Takes a place; returns the function that frees it, or undefined if this client cannot have one */
  enter(client: string): (() => void) | undefined
}

/**
 * The blocks around a client, each with the most places that it may have for every free one. The narrowest (a /24 of
 * IPv4, a /64 of IPv6) has 1: alone it takes half of all places, and ten of them leave an eleventh. Wider blocks leave
 * half of that for those outside: 3, 7, and 15 for all private or all public addresses. A user has no address, and so
 * no neighbours.
 */
function boundsOf(client: string): ReadonlyArray<readonly [block: string, most: number]> {
  const blocks = blocksOf(client)
  return blocks.at(-1) === '' ? [] : blocks.map((name, at) => [`${at} ${name}`, 2 ** (blocks.length - at) - 1])
}

/**
 * The bounds shrink with the number of free places (dynamic thresholds, Choudhury and Hahne 1998), so that a newcomer
 * still finds one.
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
