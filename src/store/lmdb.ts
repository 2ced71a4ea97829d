import { chmodSync, statfsSync, statSync, writeFileSync } from 'node:fs'
import { open as openFile, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { open, type RootDatabase } from 'lmdb'
import { DatabaseFull, type Changes, type Database } from './database.js'
import { bytesOf, isEntry, type Entry } from './entry.js'
import { bringForward, isMarked, markVersion } from './schema.js'
import { tryRead } from './try-read.js'
import { makeFolder } from './make-folder.js'

/** Sorts behind everything that begins with the key. */
const LAST = '\uFFFF'

/** Room for 128 readers and more: each thread of each process is one. Bytes. */
const LOCK_BYTES = 16_384
/**
 * With less room on the disk no transaction is begun, because one that fails halfway tells less about the cause. Bytes.
 */
const LEAST_FREE_BYTES = 256 * 1024
/** An entry may change one page of a tree, and pages are copied before they are changed. */
const PAGES_PER_ENTRY = 2

const mebibytes = (bytes: number): string => `${Math.round(bytes / 1024 / 1024)} MB`

/** @throws Error when the disk of a folder has no room for so many bytes. */
function needRoom(folder: string, bytes: number): void {
  const { bavail, bsize } = statfsSync(folder)
  if (bavail * bsize < bytes + LEAST_FREE_BYTES) throw new Error('the disk is full')
}

/**
 * Creates the file by which processes agree who writes. LMDB would only set its length (ftruncate) and map it: on a
 * full disk its first use would then be a SIGBUS.
 */
function makeLockFile(path: string): void {
  if (statSync(path, { throwIfNoEntry: false }) !== undefined) return
  writeFileSync(path, Buffer.alloc(LOCK_BYTES), { mode: 0o600, flag: 'wx' })
}

/** Lets only its owner read a file, even if it was created otherwise: cookies are in it. */
function hide(path: string): void {
  try {
    chmodSync(path, 0o600)
  } catch {
    // It is another user's, who has let us write.
  }
}

/**
 * Writes as many bytes to a second file as are to be written to this one, and removes it: quotas and read-only disks
 * are found in no other way, and the system's error says more than lmdb's.
 * @throws Error of the system
 */
async function probe(path: string, bytes: number): Promise<void> {
  const trial = `${path}-trial`
  try {
    const file = await openFile(trial, 'w', 0o600)
    try {
      await file.writeFile(Buffer.alloc(Math.max(LEAST_FREE_BYTES, bytes)))
      await file.sync()
    } finally {
      await file.close()
    }
  } finally {
    await rm(trial, { force: true })
  }
}

/** lmdb hands out the cause of its failure in a promise of its own, which must not be left without a handler. */
async function causeOf(error: unknown): Promise<unknown> {
  try {
    await (error as { commitError?: Promise<never> }).commitError
    return error
  } catch (cause) {
    return cause
  }
}

/** The statistics of lmdb, for which it has no types. */
interface Stats {
  readonly pageSize: number
  readonly treeBranchPageCount: number
  readonly treeLeafPageCount: number
  readonly overflowPages: number
}

/** Pages in use. Bytes. */
const usedBytes = ({ pageSize, treeBranchPageCount, treeLeafPageCount, overflowPages }: Stats): number =>
  (treeBranchPageCount + treeLeafPageCount + overflowPages) * pageSize

/** What changes may take in the file. Bytes. */
function needed(changes: Changes, { pageSize }: Stats): number {
  let bytes = 0
  for (const [key, entry] of changes) if (entry !== undefined) bytes += bytesOf(key, entry)
  return bytes + PAGES_PER_ENTRY * pageSize
}

export type Tree = RootDatabase<Entry, string>

/** @throws Error, after lmdb has written what it knows of it to the standard error. */
async function commit(database: Tree, changes: Changes): Promise<void> {
  try {
    await database.batch(() => {
      if (!isMarked(database)) markVersion(database)
      for (const [key, entry] of changes) {
        // A key that is too long, or a value that is not data, is left out: the others are written.
        try {
          void (entry === undefined ? database.remove(key) : database.put(key, entry))
        } catch {}
      }
    })
  } catch (error) {
    throw await causeOf(error)
  }
}

/** Commits, and tells what the system says where lmdb says less. */
function createCommit(database: Tree, path: string): (changes: Changes, bytes: number) => Promise<void> {
  let hasFailed = false
  return async (changes, bytes) => {
    if (hasFailed) await probe(path, bytes)
    try {
      await commit(database, changes)
      hasFailed = false
    } catch (error) {
      hasFailed = true
      await probe(path, bytes)
      throw error
    }
  }
}

/** Makes the files, which only their owner can read, and opens them. */
export function openTree(path: string): Tree {
  const folder = dirname(path)
  // Cookies are in it: a folder that is made here is read by its owner alone.
  makeFolder(folder, 0o700)
  if (statSync(path, { throwIfNoEntry: false }) === undefined) needRoom(folder, LOCK_BYTES)
  makeLockFile(`${path}-lock`)
  const database = open<Entry, string>({
    path,
    noSubdir: true,
    maxReaders: 64,
    // Each transaction is reported once it is on the disk, so that we learn of failures. Otherwise nobody does.
    overlappingSync: false,
    // For this, lmdb would begin transactions by itself, whose failure would end the process as an unhandled rejection.
    eventTurnBatching: false
  })
  hide(path)
  hide(`${path}-lock`)
  return database
}

function entryAt(database: Tree, key: string): Entry | undefined {
  const found: unknown = database.get(key)
  return isEntry(found) ? found : undefined
}

/**
 * A database in a file, shared by all processes that open it. Up to `maxBytes` of its pages are in use; the file is
 * about a tenth larger because of free pages between them.
 * @throws Error when it cannot be opened, or there is no room for it. It must not be damaged: see findDamage.
 */
export function openLmdb(path: string, maxBytes: number): Database {
  const database = openTree(path)
  try {
    bringForward(database)
  } catch (error) {
    void database.close()
    throw error
  }
  const commit = createCommit(database, path)
  const { ino } = statSync(path, { bigint: true })
  const isGone = (): boolean => statSync(path, { bigint: true, throwIfNoEntry: false })?.ino !== ino
  return {
    get: key => entryAt(database, key),
    keys: prefix => database.getKeys({ start: prefix, end: prefix + LAST }),
    after(key, most) {
      const keys = [...database.getKeys({ start: key, limit: most + 1 })].filter(found => found !== key).slice(0, most)
      return keys.map(found => [found, tryRead(() => entryAt(database, found))] as const)
    },
    async write(changes) {
      if (isGone()) throw new Error('its file was deleted')
      const stats = database.getStats() as Stats
      const bytes = needed(changes, stats)
      if ([...changes.values()].some(entry => entry !== undefined)) {
        needRoom(dirname(path), bytes * 2)
        if (usedBytes(stats) + bytes > maxBytes) throw new DatabaseFull(`maxStoreBytes, ${mebibytes(maxBytes)}`)
      }
      await commit(changes, bytes)
    },
    isGone,
    isReadable: () => tryRead(() => [database.get(' ')]) !== undefined,
    close: async () => await database.close()
  }
}
