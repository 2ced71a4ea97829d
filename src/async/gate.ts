import { createClientCounts } from './client-counts.js'

/** Lets so many in at a time, and of one client a share of them. */
export interface Gate {
  /**
   * What is to be called once at the end (more calls do nothing); undefined when it is full, or the client's share of
   * it.
   */
  enter(client: string): (() => void) | undefined
  /** How many are in */
  inside(): number
}

/** What one client may have of all. Fraction. */
const CLIENT_SHARE = 1 / 4
/** A browser of the time opens four connections for one page. */
const LEAST_OF_CLIENT = 4

export function createGate(most: number): Gate {
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
