import type { Database } from './database.js'
import type { Entry } from './entry.js'
import { slicesOf } from './slices.js'

/** A database that may be open or not. */
export interface Connection {
  /** Undefined while none is open. */
  readonly database: Database | undefined
  /** @throws Error when it cannot be opened. */
  open(): void
  /**
   * Makes sure that writes reach the file, by opening it again if it was deleted.
   * @throws Error when it cannot be opened.
   */
  renew(): Promise<Database>
  close(): Promise<void>
}

type Carry = (key: string, entry: Entry) => void

/** Opens databases one after the other. When a file was deleted, `carry` gets its entries, for the next one. */
export function createConnection(openDatabase: () => Database, carry: Carry): Connection {
  let database: Database | undefined

  async function carryAll(from: Database): Promise<void> {
    for await (const slice of slicesOf(from)) {
      for (const [key, entry] of slice) if (entry !== undefined) carry(key, entry)
    }
  }

  async function close(): Promise<void> {
    const old = database
    database = undefined
    await old?.close()
  }

  return {
    get database() {
      return database
    },
    open() {
      database = openDatabase()
    },
    async renew() {
      const isReadable = database?.isReadable() ?? false
      const isGone = database?.isGone() ?? false
      if (database !== undefined && isReadable && !isGone) return database
      if (database !== undefined && isReadable) await carryAll(database)
      await close()
      return (database = openDatabase())
    },
    close
  }
}
