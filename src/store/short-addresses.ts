import { LRUCache } from 'lru-cache'
import type { Store } from './store.js'

/** Long addresses by the short keys that stand for them. Shared by all clients. */
export interface ShortAddresses {
  /** The address behind a key; it is kept for another year. */
  find (key: string): string | undefined
  /** Keeps those that a page of a client has, within its share; undefined for pages of our own. */
  add (client: string | undefined, addresses: ReadonlyArray<{ readonly key: string, readonly address: string }>): void
}

/** A short address that nobody used for so long is forgotten. Seconds. */
const KEPT_SECONDS = 365 * 24 * 3600
const DAY_MILLISECONDS = 24 * 3600 * 1000
/** Longer addresses are refused by servers (Apache and nginx: 8,192 bytes of request line). Characters. */
const MOST_CHARACTERS = 8192
/** New ones of one client in an hour, of all that are kept: pages that are made for it would push out those of everybody. */
const CLIENT_SHARE = 0.1
/** But as many as one page may have. */
const LEAST_SHARE = 2000
const HOUR_MILLISECONDS = 3600 * 1000
/** Clients that are counted; more have not been heard of. */
const MOST_CLIENTS = 10_000

interface Entry {
  readonly address: string
  /** Place in the ring of all: the oldest is overwritten */
  readonly slot: number
  /** When it was added or last used. Days since 1970 */
  readonly day: number
}

/** Keeps at most so many; a new one takes the place of the one that was added or used longest ago. */
export function createShortAddresses (store: Store, most: number): ShortAddresses {
  const first = store.get('short-next')
  let next = typeof first === 'number' && first < most ? first : 0

  const added = new LRUCache<string, { count: number }>({ max: MOST_CLIENTS, ttl: HOUR_MILLISECONDS })
  const share = Math.max(LEAST_SHARE, most * CLIENT_SHARE)

  /** Whether a client may add one more, which is counted. */
  function mayAdd (client: string | undefined): boolean {
    if (client === undefined) return true
    const counted = added.get(client) ?? { count: 0 }
    if (counted.count === 0) added.set(client, counted)
    return ++counted.count <= share
  }

  const entryOf = (key: string): Entry | undefined => store.get(`short ${key}`) as Entry | undefined

  function keep (key: string, address: string, day: number): void {
    const slot = next
    next = (next + 1) % most
    const older = store.get(`short-slot ${slot}`)
    // What was used since stands in a later place as well.
    if (typeof older === 'string' && older !== key && entryOf(older)?.slot === slot) store.remove(`short ${older}`)
    store.set(`short-slot ${slot}`, key, KEPT_SECONDS)
    store.set(`short ${key}`, { address, slot, day } satisfies Entry, KEPT_SECONDS)
    store.set('short-next', next)
  }

  /** Once a day is enough to last another year. */
  function prolong (key: string, entry: Entry): void {
    const today = Math.floor(Date.now() / DAY_MILLISECONDS)
    if (entry.day !== today) keep(key, entry.address, today)
  }

  return {
    find (key) {
      const entry = entryOf(key)
      if (entry !== undefined) prolong(key, entry)
      return entry?.address
    },
    add (client, addresses) {
      for (const { key, address } of addresses) {
        if (address.length > MOST_CHARACTERS) continue
        const entry = entryOf(key)
        // A key that two addresses share stays with the first.
        if (entry !== undefined) prolong(key, entry)
        else if (mayAdd(client)) keep(key, address, Math.floor(Date.now() / DAY_MILLISECONDS))
      }
    }
  }
}
