import { setImmediate as nextTurn } from 'node:timers/promises'
import { createBackoff, type BackoffTimes } from './backoff.js'
import type { Connection } from '../connection.js'
import type { Changes, Database } from '../database.js'
import type { Unwritten } from './unwritten.js'
import { createWaiters } from './waiters.js'
import { messageOf } from '../../system-error.js'

/** Writes unwritten entries as soon as possible. */
export interface Writer {
  /** Call this when an entry was set. */
  start(): void
  /** Call this when the database could not be opened: it is tried again later. */
  failed(error: unknown): void
  isFailing(): boolean
  /**
   * Resolves when everything set so far is written; at once while nothing can be written, and after a second at the
   * latest. Undefined where nothing is waited for.
   */
  written(): Promise<void> | undefined
  /** Tries once more to write everything; after that nothing is written any more. */
  close(): Promise<void>
}

export interface WriterOptions extends BackoffTimes {
  readonly unwritten: Unwritten
  readonly connection: Connection
  /** @throws Error */
  readonly write: (database: Database, changes: Changes) => Promise<void>
  /** Called when entries were written. */
  readonly onSuccess: () => void
  /** Tells the operator. */
  readonly note: (message: string) => void
  /** Size of one transaction. Bytes. */
  readonly batchBytes: number
}

/** An answer waits for the disk for so long at most. Milliseconds. */
const PATIENCE = 1000

/** Whether writing fails; notes when that begins and when it ends. */
function createTrouble(note: WriterOptions['note']): { begin(error: unknown): void; end(): void; isOn(): boolean } {
  let isOn = false
  return {
    begin(error) {
      if (!isOn)
        note(`The store cannot be written (${messageOf(error)}): what is new is kept in memory until it can be.`)
      isOn = true
    },
    end() {
      if (isOn) note('The store is written again.')
      isOn = false
    },
    isOn: () => isOn
  }
}

export function createWriter(options: WriterOptions): Writer {
  const { unwritten, connection, write, onSuccess, note, batchBytes } = options
  const waiters = createWaiters()
  const retry = createBackoff(options)
  const trouble = createTrouble(note)
  let closing = false
  let running: Promise<void> | undefined

  function failed(error: unknown): void {
    trouble.begin(error)
    waiters.wake(Infinity)
    retry.later(start)
  }

  async function writeAll(): Promise<void> {
    try {
      while (unwritten.size > 0 || trouble.isOn()) {
        const database = (trouble.isOn() ? undefined : connection.database) ?? (await connection.renew())
        const { changes, turn } = unwritten.batch(batchBytes)
        if (changes.size > 0) await write(database, changes)
        unwritten.drop(turn)
        waiters.wake(turn)
        retry.reset()
        onSuccess()
        trouble.end()
      }
    } catch (error) {
      failed(error)
    }
  }

  function start(): void {
    if (running !== undefined || retry.isSet() || closing) return
    running = nextTurn()
      .then(writeAll)
      .finally(() => {
        running = undefined
        if (unwritten.size > 0) start()
      })
  }

  return {
    start,
    failed,
    isFailing: trouble.isOn,
    written: () => (trouble.isOn() || unwritten.size === 0 ? undefined : waiters.wait(unwritten.turn(), PATIENCE)),
    async close() {
      closing = true
      retry.cancel()
      await running
      await writeAll()
      retry.cancel()
    }
  }
}
