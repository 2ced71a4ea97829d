import type { Database } from '../database.js'
import { bytesOf, isOld, kindOf, type Entry } from '../entry.js'
import { slicesOf } from '../slices.js'

const DAY_MILLISECONDS = 24 * 3600 * 1000

/** Entries of a database, some of which may be removed. */
export interface Removable {
  readonly database: Database
  /** Whether a key is about to be written again: its entry stays. */
  readonly isAwaited: (key: string) => boolean
  readonly signal: AbortSignal
}

type Goes = (key: string, entry: Entry | undefined) => boolean

async function removeWhere(from: Removable, goes: Goes): Promise<number> {
  let removed = 0
  for await (const slice of slicesOf(from.database, from.signal)) {
    const going = slice.filter(([key, entry]) => !from.isAwaited(key) && goes(key, entry))
    if (going.length > 0) await from.database.write(new Map(going.map(([key]) => [key, undefined])))
    removed += going.length
  }
  return removed
}

/**
 * Removes entries that have expired, or cannot be read; returns how many.
 * @throws Error when it cannot write.
 */
export const removeOld = async (from: Removable, now: number): Promise<number> =>
  await removeWhere(from, (_key, entry) => entry === undefined || isOld(entry, now))

/** For one kind of entries: the bytes that expire on each day. Entries that never expire are not counted. */
type Days = Map<number, number>

const dayOf = (until: number): number => Math.floor(until / DAY_MILLISECONDS)
const sumOf = (days: Days): number => [...days.values()].reduce((sum, bytes) => sum + bytes, 0)

async function daysByKind(from: Removable): Promise<Map<string, Days>> {
  const kinds = new Map<string, Days>()
  for await (const slice of slicesOf(from.database, from.signal)) {
    for (const [key, entry] of slice) {
      if (entry?.until === undefined) continue
      const days = kinds.get(kindOf(key)) ?? new Map<number, number>()
      kinds.set(kindOf(key), days)
      days.set(dayOf(entry.until), (days.get(dayOf(entry.until)) ?? 0) + bytesOf(key, entry))
    }
  }
  return kinds
}

/** The day up to which so many bytes expire. */
function lastDayOf(days: Days, bytes: number): number {
  let found = 0
  for (const [day, size] of [...days].sort(([a], [b]) => a - b)) {
    found += size
    if (found >= bytes) return day
  }
  return Infinity
}

/**
 * Removes so many bytes of the kind of entries that takes most room, those that expire first: most entries of one kind
 * last equally long, so that these are the oldest. Other kinds are left alone, so that whoever fills one of them takes
 * nothing from another. Returns how many were removed.
 * @throws Error when it cannot write.
 */
export async function removeOldest(from: Removable, bytes: number): Promise<number> {
  const [largest] = [...(await daysByKind(from))].sort(([, a], [, b]) => sumOf(b) - sumOf(a))
  if (largest === undefined) return 0
  const [kind, days] = largest
  const lastDay = lastDayOf(days, bytes)
  let left = bytes
  return await removeWhere(from, (key, entry) => {
    if (left <= 0 || kindOf(key) !== kind || entry?.until === undefined || dayOf(entry.until) > lastDay) return false
    left -= bytesOf(key, entry)
    return true
  })
}
