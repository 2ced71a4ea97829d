import { DatabaseFull, type Changes } from '../database.js'
import { removeOld, removeOldest, type Removable } from './make-room.js'

/** A full store stays nearly full: that is noted again only after so long. Milliseconds. */
const FULL_MILLISECONDS = 3600 * 1000

interface RoomOptions {
  /** How much is removed at once when the database is full. Bytes. */
  readonly roomBytes: number
  /** Tells the operator. */
  readonly note: (message: string) => void
}

/**
 * Writes changes. If the database is full, expired entries are removed from it, and if that is not enough, the oldest.
 */
export function createWriteWithRoom({
  roomBytes,
  note
}: RoomOptions): (changes: Changes, removable: Removable) => Promise<void> {
  let toldFull = 0

  function tellFull(error: DatabaseFull): void {
    if (Date.now() - toldFull >= FULL_MILLISECONDS)
      note(`The store is full (${error.message}): the oldest of what takes most in it is removed.`)
    toldFull = Date.now()
  }

  return async (changes, removable) => {
    const ways = [
      async () => await removeOld(removable, Date.now()),
      async () => await removeOldest(removable, roomBytes)
    ]
    for (;;) {
      try {
        return void (await removable.database.write(changes))
      } catch (error) {
        if (!(error instanceof DatabaseFull)) throw error
        const makeRoom = ways.shift()
        if (makeRoom === undefined) throw error
        if ((await makeRoom()) > 0) tellFull(error)
      }
    }
  }
}
