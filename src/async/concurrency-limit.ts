import { createClientCounts } from './client-counts.js'

/** Bounds what is in progress at the same time, for all clients and for each. */
export interface ConcurrencyLimit {
  /**
   * Enters and returns the release, which may be called more than once; undefined when all places are taken, or the
   * share of this client.
   */
  enter(client: string): (() => void) | undefined
  /** The number of those inside */
  inside(): number
}

/** The share of one client in all places. Fraction. */
const CLIENT_SHARE = 1 / 4
/** A client may always have this many: a browser of the time opens four connections for one page. */
const LEAST_OF_CLIENT = 4

export function createConcurrencyLimit(most: number): ConcurrencyLimit {
  const mostOfClient = Math.max(LEAST_OF_CLIENT, Math.floor(most * CLIENT_SHARE))
  const clients = createClientCounts()
  let inside = 0

  function count(client: string, more: 1 | -1): void {
    inside += more
    clients.add(client, more)
  }

  return {
    enter(client) {
      if (inside >= most || clients.of(client) >= mostOfClient) return undefined
      count(client, 1)
      let left = false
      return () => {
        if (!left) count(client, -1)
        left = true
      }
    },
    inside: () => inside
  }
}
