import { LRUCache } from 'lru-cache'
import { bytesOf, kindOf } from './entry.js'
import type { Store } from './store.js'

/** Values of one kind that are kept; beyond that the one used least recently is dropped. Entries. */
const MOST_ENTRIES = 10_000
/**
 * Values of clients are bounded by fair shares where they are written (shares.ts). A bound here would let one client
 * push out those of others.
 */
const SHARED = new Set(['cookies', 'jar', 'client', 'long', 'long-slot', 'long-of'])
/** More than those shares add up to. Entries. */
const MOST_SHARED = 250_000

/** The size of all of them. Bytes. */
const MOST_BYTES = 64 * 1024 * 1024

type Kind = LRUCache<string, { value: unknown }>

/** The number of entries is bounded by their size: a cache with a number takes room for all of them from the start. */
function createKind(kind: string): Kind {
  const least = Math.floor(MOST_BYTES / (SHARED.has(kind) ? MOST_SHARED : MOST_ENTRIES))
  return new LRUCache({
    maxSize: MOST_BYTES,
    sizeCalculation: (entry, key) => Math.max(least, bytesOf(key, entry))
  })
}

/** A store that forgets everything when the process ends. Many values of one kind do not push out those of another. */
export function openMemory(): Store {
  const kinds = new Map<string, Kind>()
  return {
    get: key => kinds.get(kindOf(key))?.get(key)?.value,
    set(key, value, forSeconds) {
      const kind = kindOf(key)
      const entries = kinds.get(kind) ?? createKind(kind)
      kinds.set(kind, entries)
      entries.set(key, { value }, forSeconds === undefined ? {} : { ttl: forSeconds * 1000 })
    },
    remove: key => void kinds.get(kindOf(key))?.delete(key),
    keys: prefix => [...(kinds.get(kindOf(prefix))?.keys() ?? [])].filter(key => key.startsWith(prefix)),
    written: () => undefined,
    trouble: () => ({ failing: false, waiting: 0 }),
    async close() {}
  }
}
