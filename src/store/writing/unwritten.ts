import { bytesOf, type Entry } from '../entry.js'

/** Entries that were set and are not in the database yet, in the order in which they were set. */
export interface Unwritten {
  readonly size: number
  has(key: string): boolean
  /** Undefined for an entry that is to be removed. */
  get(key: string): Entry | undefined
  set(key: string, entry: Entry | undefined): void
  keys(): Iterable<readonly [key: string, isKept: boolean]>
  /** The first entries, up to so many bytes, and the turn of the last of them. */
  batch(maxBytes: number): { readonly changes: Map<string, Entry | undefined>; readonly turn: number }
  /** The entries up to a turn are written; those that were set again since then stay. */
  drop(turn: number): void
  /** How many entries were set so far. */
  turn(): number
}

interface Waiting {
  readonly entry: Entry | undefined
  readonly bytes: number
  readonly turn: number
}

/** Holds up to so many bytes; beyond that the oldest entry is dropped, and `forgot` is called. */
export function createUnwritten(maxBytes: number, forgot: () => void): Unwritten {
  const waiting = new Map<string, Waiting>()
  let bytes = 0
  let turns = 0

  function take(key: string): void {
    bytes -= waiting.get(key)?.bytes ?? 0
    waiting.delete(key)
  }

  function shrink(): void {
    for (const key of waiting.keys()) {
      if (bytes <= maxBytes || waiting.size === 1) return
      take(key)
      forgot()
    }
  }

  return {
    get size() {
      return waiting.size
    },
    has: key => waiting.has(key),
    get: key => waiting.get(key)?.entry,
    set(key, entry) {
      take(key)
      const added = { entry, bytes: bytesOf(key, entry), turn: ++turns }
      waiting.set(key, added)
      bytes += added.bytes
      shrink()
    },
    *keys() {
      for (const [key, { entry }] of waiting) yield [key, entry !== undefined] as const
    },
    batch(most) {
      const changes = new Map<string, Entry | undefined>()
      let turn = 0
      let size = 0
      for (const [key, next] of waiting) {
        if (changes.size > 0 && size + next.bytes > most) break
        changes.set(key, next.entry)
        size += next.bytes
        turn = next.turn
      }
      return { changes, turn }
    },
    drop(turn) {
      for (const [key, next] of waiting) {
        if (next.turn > turn) return
        take(key)
      }
    },
    turn: () => turns
  }
}
