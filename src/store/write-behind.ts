import { setImmediate as nextTurn } from 'node:timers/promises'
import { createConnection } from './connection.js'
import { DatabaseFull, type Database } from './database.js'
import { isOld, type Entry } from './entry.js'
import { removeOld, removeOldest, type Removable } from './make-room.js'
import type { Store } from './store.js'
import { createUnwritten } from './unwritten.js'

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

/** An answer waits no longer for a disk. Milliseconds. */
const PATIENCE = 1000
/** Of one transaction: what has waited for long is written bit by bit. Bytes. */
const BATCH_BYTES = 4 * 1024 * 1024
/** What is too old is looked for so often. Milliseconds. */
const SWEEP_MILLISECONDS = 6 * 3600 * 1000

/** A store that is full stays nearly full: that is told again when it was not for so long. Milliseconds. */
const FULL_MILLISECONDS = 3600 * 1000

const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/** What cannot be read is not there. */
function tryRead<T>(read: () => T): T | undefined {
  try {
    return read()
  } catch {
    return undefined
  }
}

/**
 * A store that is read from at once and written to a database a moment later. While that cannot be written, what is set
 * is kept in memory and all goes on; when it can be written again, it is.
 */
export function createWriteBehind(options: WriteBehindOptions): Store {
  const { open, note, maxWaitingBytes, roomBytes, firstRetry, lastRetry } = options
  let failing = false
  let hasForgotten = false
  let toldFull = 0
  let retryAfter = firstRetry
  let retry: NodeJS.Timeout | undefined
  let running: Promise<void> | undefined
  let waiters: Array<{ readonly turn: number; readonly resolve: () => void }> = []
  const closing = new AbortController()
  // What is removed from a full database makes room for it.
  const batchBytes = Math.min(BATCH_BYTES, roomBytes / 2)

  const unwritten = createUnwritten(maxWaitingBytes, () => {
    const words = 'More waits to be written to the store than memory is kept for: what was set first is forgotten.'
    if (!hasForgotten) note(words)
    hasForgotten = true
  })
  const connection = createConnection(open, (key, entry) => {
    if (!unwritten.has(key)) unwritten.set(key, entry)
  })
  const { signal } = closing
  const removable = (database: Database): Removable => ({ database, isAwaited: unwritten.has, signal })

  /** Those who wait for what was set up to a turn go on. */
  function wake(turn: number): void {
    for (const waiter of waiters) if (waiter.turn <= turn) waiter.resolve()
    waiters = waiters.filter(waiter => waiter.turn > turn)
  }

  function failed(error: unknown): void {
    if (!failing)
      note(`The store cannot be written (${wordsOf(error)}): what is new is kept in memory until it can be.`)
    failing = true
    wake(Infinity)
    clearTimeout(retry)
    retry = setTimeout(() => {
      retry = undefined
      start()
    }, retryAfter).unref()
    retryAfter = Math.min(retryAfter * 2, lastRetry)
  }

  function succeeded(turn: number): void {
    unwritten.drop(turn)
    wake(turn)
    retryAfter = firstRetry
    hasForgotten = false
    if (failing) note('The store is written again.')
    failing = false
  }

  function tellFull(error: DatabaseFull): void {
    if (Date.now() - toldFull >= FULL_MILLISECONDS)
      note(`The store is full (${error.message}): the oldest of what takes most in it is removed.`)
    toldFull = Date.now()
  }

  /** What is full is emptied of what is too old; if that is not enough, of what is oldest. */
  async function writeWithRoom(database: Database, changes: ReadonlyMap<string, Entry | undefined>): Promise<void> {
    const from = removable(database)
    const ways = [async () => await removeOld(from, Date.now()), async () => await removeOldest(from, roomBytes)]
    for (let way = 0; ; way++) {
      try {
        return void (await database.write(changes))
      } catch (error) {
        if (!(error instanceof DatabaseFull) || way === ways.length) throw error
        if ((await ways[way]!()) > 0) tellFull(error)
      }
    }
  }

  async function writeAll(): Promise<void> {
    try {
      while (unwritten.size > 0 || failing) {
        const database = (failing ? undefined : connection.database) ?? (await connection.renew())
        const { changes, turn } = unwritten.batch(batchBytes)
        if (changes.size > 0) await writeWithRoom(database, changes)
        succeeded(turn)
      }
    } catch (error) {
      failed(error)
    }
  }

  function start(): void {
    if (running !== undefined || retry !== undefined || closing.signal.aborted) return
    running = nextTurn()
      .then(writeAll)
      .finally(() => {
        running = undefined
        if (unwritten.size > 0) start()
      })
  }

  function set(key: string, entry: Entry | undefined): void {
    unwritten.set(key, entry)
    start()
  }

  function sweep(): void {
    if (connection.database === undefined || failing) return
    // What fails then fails when something is set, too.
    removeOld(removable(connection.database), Date.now()).catch(() => {})
  }

  // What is there is read from the beginning.
  try {
    connection.open()
  } catch (error) {
    failed(error)
  }
  const sweeping = setInterval(sweep, SWEEP_MILLISECONDS).unref()
  sweep()

  return {
    get(key) {
      const entry = unwritten.has(key) ? unwritten.get(key) : tryRead(() => connection.database?.get(key))
      return entry === undefined || isOld(entry, Date.now()) ? undefined : entry.value
    },
    set(key, value, forSeconds) {
      set(key, forSeconds === undefined ? { value } : { value, until: Date.now() + forSeconds * 1000 })
    },
    remove: key => set(key, undefined),
    keys(prefix) {
      const found = new Set(tryRead(() => [...(connection.database?.keys(prefix) ?? [])]))
      for (const [key, isKept] of unwritten.keys()) {
        if (!key.startsWith(prefix)) continue
        if (isKept) found.add(key)
        else found.delete(key)
      }
      return [...found]
    },
    async written() {
      const turn = unwritten.turn()
      if (failing || unwritten.size === 0) return
      let timer: NodeJS.Timeout | undefined
      await new Promise<void>(resolve => {
        waiters.push({ turn, resolve })
        timer = setTimeout(resolve, PATIENCE)
      })
      clearTimeout(timer)
    },
    trouble: () => ({ failing, waiting: unwritten.size }),
    async close() {
      closing.abort()
      clearInterval(sweeping)
      clearTimeout(retry)
      await running
      await writeAll()
      clearTimeout(retry)
      if (unwritten.size > 0) note(`${unwritten.size} entries of the store could not be written.`)
      await connection.close()
    }
  }
}
