import { createHmac } from 'node:crypto'
import { createRemembered } from '../async/remembered.js'
import { createShares, type Shares } from '../guard/shares.js'
import { secretOf } from '../store/secret.js'
import type { Store } from '../store/store.js'

interface KeyedAddress {
  readonly key: string
  readonly address: string
}

/** Long addresses, found by the short keys that stand for them. */
export interface ShortAddresses {
  /**
   * The secret from which the keys of a client are made (page/addresses/short-address.ts), so that nobody can guess the
   * keys of others and learn what they have seen.
   */
  secretFor(client: string): string
  /** The address behind a key, whichever client it belongs to; being used, it is kept for another year. */
  find(key: string): string | undefined
  /** Keeps the addresses of a page of a client. */
  add(client: string, addresses: readonly KeyedAddress[]): void
}

/** A short address is forgotten when nobody has used it for so long. Seconds. */
const KEPT_SECONDS = 365 * 24 * 3600
const DAY_MILLISECONDS = 24 * 3600 * 1000
/** Servers refuse longer addresses (Apache and nginx: 8,192 bytes of request line). Characters. */
const MOST_CHARACTERS = 8192

/** Clients whose secret is known without being made again. */
const MOST_SECRETS = 1024
/** An address or the name of a user. Characters. */
const CLIENT_CHARACTERS = 256

interface Entry {
  readonly address: string
  readonly client: string
  /** Its place in the queue of its client, of which the front is dropped first */
  readonly slot: number
  /** When it was added, or last used. Days since 1970 */
  readonly day: number
}

/** In a store that several proxies share */
type SharedEntry = Pick<Entry, 'address' | 'day'>

/** The slots of a client in use, with gaps: an address that is used again moves to a later slot. */
interface Queue {
  readonly first: number
  readonly next: number
  readonly count: number
}

const isQueue = (kept: unknown): kept is Queue => typeof kept === 'object' && kept !== null && 'count' in kept

const isEntry = (kept: unknown): kept is Entry => typeof kept === 'object' && kept !== null && 'address' in kept

const EMPTY: Queue = { first: 0, next: 0, count: 0 }

/** Where they are kept, and how many each client has. */
interface Kept {
  readonly store: Store
  readonly shares: Shares
}

function queueOf({ store }: Kept, client: string): Queue {
  const queue = store.get(`long-of ${client}`)
  return isQueue(queue) ? queue : EMPTY
}

function entryOf({ store }: Kept, key: string): Entry | undefined {
  const entry = store.get(`long ${key}`)
  return isEntry(entry) ? entry : undefined
}

function saveQueue({ store, shares }: Kept, client: string, queue: Queue): void {
  shares.add(client, queue.count - shares.of(client))
  if (queue.count === 0) store.remove(`long-of ${client}`)
  else store.set(`long-of ${client}`, queue, KEPT_SECONDS)
}

function dropOldest(kept: Kept, client: string): void {
  const { store } = kept
  const { first, next, count } = queueOf(kept, client)
  const place = `long-slot ${client} ${first}`
  const key = store.get(place)
  store.remove(place)
  const entry = typeof key === 'string' ? entryOf(kept, key) : undefined
  const isThere = entry?.slot === first && entry.client === client
  if (isThere) store.remove(`long ${String(key)}`)
  // An address that has expired by itself no longer counts either.
  const left = isThere || entry === undefined ? count - 1 : count
  saveQueue(kept, client, first + 1 >= next ? EMPTY : { first: first + 1, next, count: Math.max(0, left) })
}

const today = (): number => Math.floor(Date.now() / DAY_MILLISECONDS)

/** Puts an address into the last slot of its client, which makes it last for another year. */
function keep(kept: Kept, key: string, { client, address }: Pick<Entry, 'client' | 'address'>): void {
  const { first, next, count } = queueOf(kept, client)
  kept.store.set(`long-slot ${client} ${next}`, key, KEPT_SECONDS)
  const isNew = entryOf(kept, key) === undefined
  kept.store.set(`long ${key}`, { address, client, slot: next, day: today() } satisfies Entry, KEPT_SECONDS)
  saveQueue(kept, client, { first, next: next + 1, count: count + (isNew ? 1 : 0) })
}

/** Once a day is enough to make it last. */
function prolong(kept: Kept, key: string, entry: Entry): void {
  if (entry.day !== today()) keep(kept, key, entry)
}

function add(kept: Kept, client: string, { key, address }: KeyedAddress): void {
  const { shares } = kept
  const entry = entryOf(kept, key)
  if (entry !== undefined) return prolong(kept, key, entry)
  for (let giver = shares.giver(client, 1); giver !== undefined; giver = shares.giver(client, 1))
    dropOldest(kept, giver)
  keep(kept, key, { client, address })
}

/** In a store that bounds itself: a key with its address, which ends a year after it was used last. */
function unboundedAddresses(store: Store): Pick<ShortAddresses, 'find' | 'add'> {
  const known = (key: string): SharedEntry | undefined => {
    const entry = store.get(`long ${key}`)
    return isEntry(entry) ? entry : undefined
  }
  /** Once a day is enough to make it last. */
  const last = (key: string, { address, day }: Partial<SharedEntry> & Pick<SharedEntry, 'address'>): void => {
    if (day !== today()) store.set(`long ${key}`, { address, day: today() } satisfies SharedEntry, KEPT_SECONDS)
  }
  return {
    find(key) {
      const entry = known(key)
      if (entry !== undefined) last(key, entry)
      return entry?.address
    },
    add(_client, addresses) {
      for (const { key, address } of addresses)
        if (address.length <= MOST_CHARACTERS) last(key, known(key) ?? { address })
    }
  }
}

/**
 * Keeps so many addresses at most. When there is no room, the client that has most, in the network that has most, loses
 * the one that it used longest ago.
 */
export function createShortAddresses(store: Store, most: number): ShortAddresses {
  const secret = secretOf(store, 'long-secret')
  const secretsBy = (first: string): ((client: string) => string) => {
    const secrets = createRemembered<string>({ most: MOST_SECRETS, longest: CLIENT_CHARACTERS })
    return client => secrets(client, () => createHmac('sha256', first).update(client).digest('base64url'))
  }
  let first = secret()
  let secretOfClient = secretsBy(first)
  const secretFor = (client: string): string => {
    const now = secret()
    // It comes with a store that several share, and may change.
    if (now !== first) [first, secretOfClient] = [now, secretsBy(now)]
    return secretOfClient(client)
  }
  if (store.shared !== undefined) return { secretFor, ...unboundedAddresses(store) }
  const kept: Kept = { store, shares: createShares({ most, gives: 'largest' }) }
  for (const key of store.keys('long-of ')) {
    const client = key.slice('long-of '.length)
    saveQueue(kept, client, queueOf(kept, client))
  }
  return {
    secretFor,
    find(key) {
      const entry = entryOf(kept, key)
      if (entry !== undefined) prolong(kept, key, entry)
      return entry?.address
    },
    add(client, addresses) {
      for (const added of addresses) if (added.address.length <= MOST_CHARACTERS) add(kept, client, added)
    }
  }
}
