import type { Database } from '../database.js'
import { bytesOf, isOld, kindOf, type Entry } from '../entry.js'
import { slicesOf } from '../slices.js'

const DAY_MILLISECONDS = 24 * 3600 * 1000

/** Entries of a database that may be removed. */
export interface Removable {
  readonly database: Database
  /** What is about to be written anew stays. */
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

/** Removes what is too old to be got, and what cannot be read. Gives how many. @throws Error when it cannot write. */
export const removeOld = async (from: Removable, now: number): Promise<number> =>
  await removeWhere(from, (_key, entry) => entry === undefined || isOld(entry, now))

/** Of one kind: the bytes of what ends on each day. What does not end is not counted. */
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

/** The day up to which so many bytes end. */
function lastDayOf(days: Days, bytes: number): number {
  let found = 0
  for (const [day, size] of [...days].sort(([a], [b]) => a - b)) {
    found += size
    if (found >= bytes) return day
  }
  return Infinity
}

/**
 * Removes entries of so many bytes of the kind that takes most, those that end first: of one kind most last equally
 * long, so that they are the oldest. Other kinds stay: who fills one of them takes nothing of another.
 * Gives how many. @throws Error when it cannot be written.
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
