import { LRUCache } from 'lru-cache'
import { boundedKey } from '../bytes/bounded-key.js'
import { createTraffic, type Traffic } from '../origin/traffic.js'
import type { Store } from '../store/store.js'

/** Redirects of one client within this time are one chain. Milliseconds. */
const CHAIN_MILLISECONDS = 30_000
const MOST_CHAINS = 10_000
/** Of one client, in a store that is shared: it opens four connections at a time, and each may be sent on. */
const MOST_OF_CLIENT = 16

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

/** The redirects that led to one address. */
interface Chain {
  readonly from: string
  readonly length: number
  readonly took: Readonly<Traffic>
}

/** Where the chains of clients are kept, by the address that they have come to. */
interface Chains {
  get(client: string, at: string): Chain | undefined
  set(client: string, at: string, chain: Chain): void
  delete(client: string, at: string): void
}

function ownChains(): Chains {
  const chains = new LRUCache<string, Chain>({ max: MOST_CHAINS, ttl: CHAIN_MILLISECONDS })
  const keyOf = (client: string, address: string): string => boundedKey(`${client} ${address}`)
  return {
    get: (client, at) => chains.get(keyOf(client, at)),
    set: (client, at, chain) => void chains.set(keyOf(client, at), chain),
    delete: (client, at) => void chains.delete(keyOf(client, at))
  }
}

/** A chain in a store. */
interface StoredChain extends Chain {
  readonly at: string
  /** Milliseconds since 1970 */
  readonly until: number
}

/** All chains of a client are one value, which comes with the rest of what is known of its person. */
function sharedChains(store: Store): Chains {
  const listOf = (client: string): readonly StoredChain[] => {
    const list = (store.get(`chain ${client}`) ?? []) as readonly StoredChain[]
    return list.filter(({ until }) => until > Date.now())
  }
  const save = (client: string, list: readonly StoredChain[]): void => {
    if (list.length === 0) store.remove(`chain ${client}`)
    else store.set(`chain ${client}`, list.slice(0, MOST_OF_CLIENT), CHAIN_MILLISECONDS / 1000)
  }
  const without = (client: string, at: string): StoredChain[] => listOf(client).filter(chain => chain.at !== at)
  return {
    get: (client, at) => listOf(client).find(chain => chain.at === boundedKey(at)),
    set: (client, at, chain) =>
      save(client, [
        { ...chain, at: boundedKey(at), until: Date.now() + CHAIN_MILLISECONDS },
        ...without(client, boundedKey(at))
      ]),
    delete(client, at) {
      if (listOf(client).some(chain => chain.at === boundedKey(at))) save(client, without(client, boundedKey(at)))
    }
  }
}

export function createRedirectHistory(store?: Store): RedirectHistory {
  const chains = store?.shared === undefined ? ownChains() : sharedChains(store)
  return {
    step(client, { from, to, took = createTraffic() }) {
      const before = chains.get(client, from)
      const length = (before?.length ?? 0) + 1
      chains.set(client, to, {
        from,
        length,
        took: { requests: took.requests + (before?.took.requests ?? 0), bytes: took.bytes + (before?.took.bytes ?? 0) }
      })
      return length
    },
    cameFrom: (client, at) => chains.get(client, at)?.from,
    before: (client, at) => chains.get(client, at)?.took ?? createTraffic(),
    end: (client, at) => chains.delete(client, at)
  }
}
