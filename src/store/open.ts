import { lstatSync } from 'node:fs'
import { join } from 'node:path'
import type { Database } from './database.js'
import { findDamage } from './damage/find-damage.js'
import { openLmdb } from './lmdb.js'
import { openMemory } from './memory.js'
import { setAside } from './damage/set-aside.js'
import type { Store } from './store.js'
import { openSharedStore, type SharedStoreOptions } from './remote/shared-store.js'
import { createWriteBehind } from './write-behind.js'

const MIB = 1024 * 1024
/**
 * The largest size of a database unless the settings say otherwise: a thousand full cookie jars take half of it. Bytes.
 */
const MOST_BYTES = 512 * MIB
/** Memory for entries that cannot be written. Bytes. */
const MOST_WAITING_BYTES = 64 * MIB
/** How much is removed from a full database at once: finding it takes a second or more. Bytes. */
const ROOM = 0.1
const FIRST_RETRY = 1000
const LAST_RETRY = 60_000

/** The file of the store in a folder. */
export const storeFile = (folder: string): string => join(folder, 'retrograde.lmdb')

/**
 * Renames a file in which no database can be opened.
 * @throws Error when it cannot be read or renamed.
 */
function makeWay(path: string, note: (message: string) => void): void {
  const damage = findDamage(path)
  if (damage !== undefined) {
    const name = setAside(path, new Date())
    note(`The store is damaged (${damage}): it is set aside as ${name}, and a new one is begun.`)
  }
  const lock = lstatSync(`${path}-lock`, { throwIfNoEntry: false })
  if (lock?.isFile() === false) note(`What is no file is set aside as ${setAside(`${path}-lock`, new Date())}.`)
}

function openDatabase(path: string, maxBytes: number, note: (message: string) => void): Database {
  makeWay(path, note)
  return openLmdb(path, maxBytes)
}

/**
 * The store of the settings: in a folder, or in memory if none is given. If the folder cannot be used, that is logged
 * and tried again and again; until then everything is kept in memory.
 */
export function openStore(folder: string, note: (message: string) => void, maxBytes = MOST_BYTES): Store {
  if (folder === '') return openMemory()
  const path = storeFile(folder)
  return createWriteBehind({
    open: () => openDatabase(path, maxBytes, note),
    note,
    maxWaitingBytes: MOST_WAITING_BYTES,
    roomBytes: maxBytes * ROOM,
    firstRetry: FIRST_RETRY,
    lastRetry: LAST_RETRY
  })
}

/** What the settings say of the store. */
export interface StoreSettings {
  readonly dataDir: string
  readonly maxStoreBytes: number
  readonly sharedStore: string
  readonly sharedStorePasswordFile: string
  readonly sharedStoreMilliseconds: number
}

/** The store of the settings: shared with other proxies, in a folder, or in memory. */
export function storeBy(settings: StoreSettings, told: Pick<SharedStoreOptions, 'note' | 'observe'>): Store {
  if (settings.sharedStore === '') return openStore(settings.dataDir, told.note, settings.maxStoreBytes)
  return openSharedStore({
    ...told,
    address: settings.sharedStore,
    passwordFile: settings.sharedStorePasswordFile,
    milliseconds: settings.sharedStoreMilliseconds
  })
}
