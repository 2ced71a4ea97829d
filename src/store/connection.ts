import type { Database } from './database.js'
import type { Entry } from './entry.js'
import { slicesOf } from './slices.js'

/** A database that may be there or not. */
export interface Connection {
  /** Undefined while there is none. */
  readonly database: Database | undefined
  /** @throws Error when it cannot be opened. */
  open(): void
  /** What is written goes into its file, or it is opened anew. @throws Error when it cannot be. */
  renew(): Promise<Database>
  close(): Promise<void>
}

type Carry = (key: string, entry: Entry) => void

/** What a file that was deleted has had goes into the next one: `carry` is given it. */
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
