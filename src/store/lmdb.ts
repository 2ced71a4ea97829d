import { open, type RootDatabase } from 'lmdb'
import type { Store } from './store.js'

interface Entry { readonly value: unknown, /** milliseconds since 1970 */ readonly until?: number }

/** Sorts after all that a key begins with. */
const LAST = '\uFFFF'

/** An answer waits no longer for a disk. Milliseconds. */
const PATIENCE = 1000

const isOld = ({ until }: Entry, now: number): boolean => until !== undefined && until < now

function dropOld (database: RootDatabase<Entry, string>, now: number): void {
  for (const { key, value } of database.getRange()) if (isOld(value, now)) void database.remove(key)
}

/**
 * A store in a folder, shared by all processes that open it; what was written survives kill -9. It is written within
 * milliseconds by another thread; until then it is read from here. Of two that write one key the last one wins.
 * @throws Error when the folder cannot be written.
 */
export function openLmdb (folder: string): Store {
  const database = open<Entry, string>({ path: `${folder}/retrograde.lmdb`, maxReaders: 64 })
  const unwritten = new Map<string, Entry | undefined>()
  /** Writes end in their order: with the last one all are there. */
  let last: Promise<void> = Promise.resolve()
  dropOld(database, Date.now())

  function write (key: string, entry: Entry | undefined): void {
    unwritten.set(key, entry)
    const done = (): void => { if (unwritten.get(key) === entry) unwritten.delete(key) }
    // A disk that is full must not end the process: what could not be written is forgotten.
    last = (entry === undefined ? database.remove(key) : database.put(key, entry)).then(done, done)
  }

  return {
    get (key) {
      const entry = unwritten.has(key) ? unwritten.get(key) : database.get(key)
      return entry === undefined || isOld(entry, Date.now()) ? undefined : entry.value
    },
    set (key, value, forSeconds) {
      write(key, forSeconds === undefined ? { value } : { value, until: Date.now() + forSeconds * 1000 })
    },
    remove: key => write(key, undefined),
    keys (prefix) {
      const found = new Set(database.getKeys({ start: prefix, end: prefix + LAST }))
      for (const [key, entry] of unwritten) if (key.startsWith(prefix)) entry === undefined ? found.delete(key) : found.add(key)
      return [...found]
    },
    async written () {
      if (unwritten.size === 0) return
      let timer: NodeJS.Timeout | undefined
      await Promise.race([last, new Promise<void>(resolve => { timer = setTimeout(resolve, PATIENCE) })])
      clearTimeout(timer)
    },
    async close () {
      await database.flushed
      await database.close()
    }
  }
}
