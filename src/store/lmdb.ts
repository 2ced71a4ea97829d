import { open, type RootDatabase } from 'lmdb'
import type { Store } from './store.js'

interface Entry { readonly value: unknown, /** milliseconds since 1970 */ readonly until?: number }

function dropOld (database: RootDatabase<Entry, string>, now: number): void {
  for (const { key, value } of database.getRange()) if (value.until !== undefined && value.until < now) void database.remove(key)
}

/**
 * A store in a folder, shared by all processes that open it; what was written survives kill -9.
 * @throws Error when the folder cannot be written.
 */
export function openLmdb (folder: string): Store {
  const database = open<Entry, string>({ path: `${folder}/retrograde.lmdb`, maxReaders: 64 })
  dropOld(database, Date.now())
  return {
    get (key) {
      const entry = database.get(key)
      return entry === undefined || (entry.until !== undefined && entry.until < Date.now()) ? undefined : entry.value
    },
    set (key, value, forSeconds) {
      void database.put(key, forSeconds === undefined ? { value } : { value, until: Date.now() + forSeconds * 1000 })
    },
    async close () {
      await database.flushed
      await database.close()
    }
  }
}
