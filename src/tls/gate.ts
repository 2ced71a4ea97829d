/** Lets so many in at a time, and of one client a share of them. */
export interface Gate {
  /** What is to be called once at the end (more calls do nothing); undefined when it is full, or the client's share of it. */
  enter (client: string): (() => void) | undefined
  /** How many are in */
  inside (): number
}

/** What one client may have of all. Fraction. */
const CLIENT_SHARE = 1 / 4
/** A browser of the time opens four connections for one page. */
const LEAST_OF_CLIENT = 4

export function createGate (most: number): Gate {
  const mostOfClient = Math.max(LEAST_OF_CLIENT, Math.floor(most * CLIENT_SHARE))
  const ofClients = new Map<string, number>()
  let inside = 0

  function count (client: string, more: 1 | -1): void {
    inside += more
    const its = (ofClients.get(client) ?? 0) + more
    if (its === 0) ofClients.delete(client)
    else ofClients.set(client, its)
  }

  return {
    enter (client) {
      if (inside >= most || (ofClients.get(client) ?? 0) >= mostOfClient) return undefined
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
