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
  /** Memory for what cannot be written; what was set first is forgotten first. Bytes. */
  readonly maxWaitingBytes: number
  /** What is removed at once when the database is full. Bytes. */
  readonly roomBytes: number
  /** After a failure it is tried again after so long, and then each time after twice as long. Milliseconds. */
  readonly firstRetry: number
  readonly lastRetry: number
}

/** Of one transaction: what has waited for long is written bit by bit. Bytes. */
const BATCH_BYTES = 4 * 1024 * 1024
/** What is too old is looked for so often. Milliseconds. */
const SWEEP_MILLISECONDS = 6 * 3600 * 1000

/** What is written, and what is not yet and takes its place. */
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

/** Tells once that something is forgotten, until it may be told again. */
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

/** What is in the database is read from the beginning. */
function openAtOnce(connection: Connection, writer: Writer): void {
  try {
    connection.open()
  } catch (error) {
    writer.failed(error)
  }
}

/**
 * A store that is read from at once and written to a database a moment later. While that cannot be written, what is set
 * is kept in memory and all goes on; when it can be written again, it is.
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
    // What is removed from a full database makes room for it.
    batchBytes: Math.min(BATCH_BYTES, roomBytes / 2)
  })

  function set(key: string, entry: Entry | undefined): void {
    unwritten.set(key, entry)
    writer.start()
  }

  function sweep(): void {
    if (connection.database === undefined || writer.isFailing()) return
    // A failure is told when something is written, too.
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
