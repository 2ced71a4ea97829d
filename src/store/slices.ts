import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Database } from './database.js'
import type { Entry } from './entry.js'

/** Entries that are read in one turn of the event loop, which takes some milliseconds. */
const SLICE = 200

type Found = readonly [key: string, entry: Entry | undefined]

/** All entries of a database, until the signal aborts, in slices that never block the event loop for long. */
export async function* slicesOf(database: Database, signal?: AbortSignal): AsyncGenerator<readonly Found[]> {
  for (let last = ''; signal?.aborted !== true;) {
    const slice = database.after(last, SLICE)
    if (slice.length === 0) return
    yield slice
    last = slice.at(-1)![0]
    await nextTurn()
  }
}
