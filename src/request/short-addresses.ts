import { createHmac } from 'node:crypto'
import { createShares } from '../guard/shares.js'
import { secretOf } from '../store/secret.js'
import type { Store } from '../store/store.js'

/** Long addresses by the short keys that stand for them. */
export interface ShortAddresses {
  /**
   * What the keys of a client are made with (page/addresses/short-address.ts): nobody can work out those of others, or
   * ask by them what others have seen.
   */
  secretFor(client: string): string
  /** The address behind a key, whosever it is; it is kept for another year. */
  find(key: string): string | undefined
  /** Keeps those that a page of a client has. */
  add(client: string, addresses: ReadonlyArray<{ readonly key: string; readonly address: string }>): void
}

/** A short address that nobody used for so long is forgotten. Seconds. */
const KEPT_SECONDS = 365 * 24 * 3600
const DAY_MILLISECONDS = 24 * 3600 * 1000
/** Longer addresses are refused by servers (Apache and nginx: 8,192 bytes of request line). Characters. */
const MOST_CHARACTERS = 8192

interface Entry {
  readonly address: string
  readonly client: string
  /** Place in the queue of its client: the front of it goes first */
  readonly slot: number
  /** When it was added or last used. Days since 1970 */
  readonly day: number
}

/** The slots of a client that are taken, or were: what was used since stands in a later one as well. */
interface Queue {
  readonly first: number
  readonly next: number
  readonly count: number
}

const isQueue = (kept: unknown): kept is Queue => typeof kept === 'object' && kept !== null && 'count' in kept

const isEntry = (kept: unknown): kept is Entry => typeof kept === 'object' && kept !== null && 'address' in kept

const EMPTY: Queue = { first: 0, next: 0, count: 0 }

/**
 * Keeps at most so many; where there is no room the client that has most, in the network that has most, loses what it
 * used longest ago.
 */
export function createShortAddresses(store: Store, most: number): ShortAddresses {
  const secret = secretOf(store, 'long-secret')
  const shares = createShares({ most, gives: 'largest' })
  const queueOf = (client: string): Queue => {
    const kept = store.get(`long-of ${client}`)
    return isQueue(kept) ? kept : EMPTY
  }
  const entryOf = (key: string): Entry | undefined => {
    const kept = store.get(`long ${key}`)
    return isEntry(kept) ? kept : undefined
  }

  function saveQueue(client: string, queue: Queue): void {
    shares.add(client, queue.count - shares.of(client))
    if (queue.count === 0) store.remove(`long-of ${client}`)
    else store.set(`long-of ${client}`, queue, KEPT_SECONDS)
  }

  function dropOldest(client: string): void {
    const { first, next, count } = queueOf(client)
    const place = `long-slot ${client} ${first}`
    const key = store.get(place)
    store.remove(place)
    const entry = typeof key === 'string' ? entryOf(key) : undefined
    const isThere = entry?.slot === first && entry.client === client
    if (isThere) store.remove(`long ${String(key)}`)
    // Where it has ended by itself it counts no more either.
    const left = isThere || entry === undefined ? count - 1 : count
    saveQueue(client, first + 1 >= next ? EMPTY : { first: first + 1, next, count: Math.max(0, left) })
  }

  /** In the last slot of its client; what was there before counts no further time. */
  function keep(key: string, { client, address }: Pick<Entry, 'client' | 'address'>, more: 0 | 1): void {
    const { first, next, count } = queueOf(client)
    store.set(`long-slot ${client} ${next}`, key, KEPT_SECONDS)
    store.set(
      `long ${key}`,
      { address, client, slot: next, day: Math.floor(Date.now() / DAY_MILLISECONDS) } satisfies Entry,
      KEPT_SECONDS
    )
    saveQueue(client, { first, next: next + 1, count: count + more })
  }

  /** Once a day is enough to last another year. */
  function prolong(key: string, entry: Entry): void {
    if (entry.day !== Math.floor(Date.now() / DAY_MILLISECONDS)) keep(key, entry, 0)
  }

  function add(client: string, key: string, address: string): void {
    const entry = entryOf(key)
    if (entry !== undefined) return prolong(key, entry)
    for (let giver = shares.giver(client, 1); giver !== undefined; giver = shares.giver(client, 1)) dropOldest(giver)
    keep(key, { client, address }, 1)
  }

  for (const key of store.keys('long-of '))
    saveQueue(key.slice('long-of '.length), queueOf(key.slice('long-of '.length)))

  return {
    secretFor: client => createHmac('sha256', secret).update(client).digest('base64url'),
    find(key) {
      const entry = entryOf(key)
      if (entry !== undefined) prolong(key, entry)
      return entry?.address
    },
    add(client, addresses) {
      for (const { key, address } of addresses) if (address.length <= MOST_CHARACTERS) add(client, key, address)
    }
  }
}
