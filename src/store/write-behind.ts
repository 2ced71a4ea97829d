import { createConnection, type Connection } from './connection.js'
import type { Database } from './database.js'
import { isOld, type Entry } from './entry.js'
import { removeOld, type Removable } from './writing/make-room.js'
import type { Store } from './store.js'
import { tryRead } from './try-read.js'
import { createUnwritten, type Unwritten } from './writing/unwritten.js'
import { createWriteWithRoom } from './writing/write-with-room.js'
import { createWriter, type Writer } from './writing/writer.js'

export interface WriteBehindOptions {
  /** Opens the database, for the first time and after a failure. @throws Error */
  readonly open: () => Database
  /** Tells the operator. */
  readonly note: (message: string) => void
  /** Memory for entries that cannot be written; beyond that the oldest are forgotten. Bytes. */
  readonly maxWaitingBytes: number
  /** How much is removed at once when the database is full. Bytes. */
  readonly roomBytes: number
  /** The wait after a failure, which doubles with each further one up to lastRetry. Milliseconds. */
  readonly firstRetry: number
  readonly lastRetry: number
}

/** Size of one transaction, so that a backlog is written in pieces. Bytes. */
const BATCH_BYTES = 4 * 1024 * 1024
/** How often expired entries are removed. Milliseconds. */
const SWEEP_MILLISECONDS = 6 * 3600 * 1000

/** Entries in the database, and unwritten ones, which take precedence. */
interface Parts {
  readonly connection: Connection
  readonly unwritten: Unwritten
}

const entryOf = ({ connection, unwritten }: Parts, key: string): Entry | undefined =>
  unwritten.has(key) ? unwritten.get(key) : tryRead(() => connection.database?.get(key))

function keysOf({ connection, unwritten }: Parts, prefix: string): string[] {
  const found = new Set(tryRead(() => [...(connection.database?.keys(prefix) ?? [])]))
  for (const [key, isKept] of unwritten.keys()) {
    if (!key.startsWith(prefix)) continue
    if (isKept) found.add(key)
    else found.delete(key)
  }
  return [...found]
}

/** Notes once that entries are being forgotten, until it is reset. */
function createForgottenNote(note: WriteBehindOptions['note']): { tell(): void; reset(): void } {
  let told = false
  return {
    tell() {
      if (!told) note('More waits to be written to the store than memory is kept for: what was set first is forgotten.')
      told = true
    },
    reset() {
      told = false
    }
  }
}

/** Opens the database at once, because it is read from the beginning. */
function openAtOnce(connection: Connection, writer: Writer): void {
  try {
    connection.open()
  } catch (error) {
    writer.failed(error)
  }
}

/**
 * A store that reads at once and writes to a database a moment later. While nothing can be written, entries are kept in
 * memory and everything goes on; they are written as soon as that is possible again.
 */
export function createWriteBehind(options: WriteBehindOptions): Store {
  const { open, note, maxWaitingBytes, roomBytes } = options
  const forgotten = createForgottenNote(note)
  const closing = new AbortController()
  const unwritten = createUnwritten(maxWaitingBytes, forgotten.tell)
  const connection = createConnection(open, (key, entry) => {
    if (!unwritten.has(key)) unwritten.set(key, entry)
  })
  const parts = { connection, unwritten }
  const { signal } = closing
  const removable = (database: Database): Removable => ({ database, isAwaited: unwritten.has, signal })
  const writeWithRoom = createWriteWithRoom(options)
  const writer = createWriter({
    ...options,
    unwritten,
    connection,
    write: async (database, changes) => await writeWithRoom(changes, removable(database)),
    onSuccess: forgotten.reset,
    // Not more than is removed from a full database to make room for it.
    batchBytes: Math.min(BATCH_BYTES, roomBytes / 2)
  })

  function set(key: string, entry: Entry | undefined): void {
    unwritten.set(key, entry)
    writer.start()
  }

  function sweep(): void {
    if (connection.database === undefined || writer.isFailing()) return
    // The same fault will be reported by the next write.
    removeOld(removable(connection.database), Date.now()).catch(() => {})
  }

  openAtOnce(connection, writer)
  const sweeping = setInterval(sweep, SWEEP_MILLISECONDS).unref()
  sweep()

  return {
    get(key) {
      const entry = entryOf(parts, key)
      return entry === undefined || isOld(entry, Date.now()) ? undefined : entry.value
    },
    set(key, value, forSeconds) {
      set(key, forSeconds === undefined ? { value } : { value, until: Date.now() + forSeconds * 1000 })
    },
    remove: key => set(key, undefined),
    keys: prefix => keysOf(parts, prefix),
    written: writer.written,
    trouble: () => ({ failing: writer.isFailing(), waiting: unwritten.size }),
    async close() {
      closing.abort()
      clearInterval(sweeping)
      await writer.close()
      if (unwritten.size > 0) note(`${unwritten.size} entries of the store could not be written.`)
      await connection.close()
    }
  }
}
