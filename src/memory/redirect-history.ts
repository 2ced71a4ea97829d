import { LRUCache } from 'lru-cache'
import { boundedKey } from '../bytes/bounded-key.js'
import { createTraffic, type Traffic } from '../origin/traffic.js'

/** Redirects of one client within this time are one chain. Milliseconds. */
const CHAIN_MILLISECONDS = 30_000
const MOST_CHAINS = 10_000

/** One redirect: both addresses, and what it took to learn of it. */
interface RedirectStep {
  readonly from: string
  readonly to: string
  readonly took?: Readonly<Traffic> | undefined
}

/** How many redirects in a row each client has had: NCSA Mosaic follows redirects without end. */
export interface RedirectHistory {
  /** Notes a redirect and what it took; returns how many there were in a row. */
  step(client: string, step: RedirectStep): number
  /** The address that led here; undefined if none did. */
  cameFrom(client: string, at: string): string | undefined
  /** What the redirects to here took. */
  before(client: string, at: string): Readonly<Traffic>
  /** The chain has come to something. */
  end(client: string, at: string): void
}

const keyOf = (client: string, address: string): string => boundedKey(`${client} ${address}`)

export function createRedirectHistory(): RedirectHistory {
  const chains = new LRUCache<string, { from: string; length: number; took: Readonly<Traffic> }>({
    max: MOST_CHAINS,
    ttl: CHAIN_MILLISECONDS
  })
  return {
    step(client, { from, to, took = createTraffic() }) {
      const before = chains.get(keyOf(client, from))
      const length = (before?.length ?? 0) + 1
      chains.set(keyOf(client, to), {
        from,
        length,
        took: { requests: took.requests + (before?.took.requests ?? 0), bytes: took.bytes + (before?.took.bytes ?? 0) }
      })
      return length
    },
    cameFrom: (client, at) => chains.get(keyOf(client, at))?.from,
    before: (client, at) => chains.get(keyOf(client, at))?.took ?? createTraffic(),
    end: (client, at) => void chains.delete(keyOf(client, at))
  }
}
