import { LRUCache } from 'lru-cache'
import type { Store } from './store.js'

/** Values that are remembered at the same time; the one that was used least recently goes first. Entries. */
const MOST_ENTRIES = 10_000

/** A store that forgets at the end of the process. */
export function openMemory (): Store {
  const entries = new LRUCache<string, { value: unknown }>({ max: MOST_ENTRIES })
  return {
    get: key => entries.get(key)?.value,
    set (key, value, forSeconds) {
      entries.set(key, { value }, forSeconds === undefined ? {} : { ttl: forSeconds * 1000 })
    },
    remove: key => void entries.delete(key),
    keys: prefix => [...entries.keys()].filter(key => key.startsWith(prefix)),
    async close () {}
  }
}
