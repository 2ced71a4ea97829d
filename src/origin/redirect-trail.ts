import { LRUCache } from 'lru-cache'

/** Redirects of one client within this time are one chain. Milliseconds. */
const CHAIN_MILLISECONDS = 30_000
const MOST_CHAINS = 10_000

/** How far each client has been sent on in a row: NCSA Mosaic follows redirects without end. */
export interface RedirectTrail {
  /** Notes a redirect; returns how many there were in a row. */
  step (client: string, from: string, to: string): number
  /** The chain has come to something. */
  end (client: string, at: string): void
}

export function createRedirectTrail (): RedirectTrail {
  const lengths = new LRUCache<string, number>({ max: MOST_CHAINS, ttl: CHAIN_MILLISECONDS })
  return {
    step (client, from, to) {
      const length = (lengths.get(`${client} ${from}`) ?? 0) + 1
      lengths.set(`${client} ${to}`, length)
      return length
    },
    end: (client, at) => void lengths.delete(`${client} ${at}`)
  }
}
