import { createClientCounts } from '../async/client-counts.js'
import type { Signal } from '../async/signal.js'

/** Memory for the bodies of all visits that are being fetched or converted. */
export interface MemoryBudget {
  /**
   * For one visit of a client (quotaKeyOf()): returns a function that reserves bytes until the signal aborts. That
   * function returns false, and reserves nothing, when the budget or the client's share of it is used up.
   */
  forVisit(client: string, signal: Signal): (bytes: number) => boolean
}

/** The share of one client in the budget. Fraction. */
const CLIENT_SHARE = 1 / 4

/** @param leastBytes that one client may always reserve: the largest page or image */
export function createMemoryBudget(maxBytes: number, leastBytes: number): MemoryBudget {
  const mostOfClient = Math.max(leastBytes, Math.floor(maxBytes * CLIENT_SHARE))
  const clients = createClientCounts()
  let taken = 0

  function count(client: string, bytes: number): void {
    taken += bytes
    clients.add(client, bytes)
  }

  return {
    forVisit(client, signal) {
      let mine = 0
      signal.addEventListener(
        'abort',
        () => {
          if (mine > 0) count(client, -mine)
          mine = 0
        },
        { once: true }
      )
      return bytes => {
        if (signal.aborted || taken + bytes > maxBytes || clients.of(client) + bytes > mostOfClient) return false
        count(client, bytes)
        mine += bytes
        return true
      }
    }
  }
}
