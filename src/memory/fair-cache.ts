import { createShares, type SharesOptions } from '../guard/shares.js'

/**
 * Values in memory that each belong to somebody: nobody's go because of another's, as far as all have room (shares.ts).
 */
export interface FairCache<V> {
  /** Keeps a value of an owner; one that is larger than a share is not kept. */
  set(owner: string, key: string, value: V): void
  get(key: string): V | undefined
}

export interface FairCacheOptions<V> extends SharesOptions {
  readonly sizeOf: (value: V) => number
  /** Time that a value is kept from when it was set. Milliseconds. */
  readonly milliseconds: number
  /** Milliseconds since 1970 */
  readonly now?: () => number
}

interface Entry<V> {
  readonly owner: string
  readonly value: V
  readonly size: number
  /** Milliseconds since 1970 */
  readonly until: number
}

/** Of one owner, what was used longest ago goes first. */
export function createFairCache<V>({
  sizeOf,
  milliseconds,
  now = Date.now,
  ...options
}: FairCacheOptions<V>): FairCache<V> {
  const entries = new Map<string, Entry<V>>()
  /** The keys of each, in the order of their use */
  const keysOf = new Map<string, Set<string>>()
  const shares = createShares(options)

  function remove(key: string): void {
    const entry = entries.get(key)
    if (entry === undefined) return
    const keys = keysOf.get(entry.owner)
    entries.delete(key)
    keys?.delete(key)
    if (keys?.size === 0) keysOf.delete(entry.owner)
    shares.add(entry.owner, -entry.size)
  }

  function makeRoom(owner: string, size: number): void {
    for (let giver = shares.giver(owner, size); giver !== undefined; giver = shares.giver(owner, size))
      remove(keysOf.get(giver)!.values().next().value!)
  }

  return {
    set(owner, key, value) {
      remove(key)
      const size = sizeOf(value)
      if (size > Math.min(options.most, options.mostOfOwner ?? Infinity)) return
      makeRoom(owner, size)
      entries.set(key, { owner, value, size, until: now() + milliseconds })
      keysOf.set(owner, (keysOf.get(owner) ?? new Set()).add(key))
      shares.add(owner, size)
    },
    get(key) {
      const entry = entries.get(key)
      if (entry === undefined) return undefined
      if (entry.until < now()) return void remove(key)
      const keys = keysOf.get(entry.owner)
      keys?.delete(key)
      keys?.add(key)
      return entry.value
    }
  }
}
