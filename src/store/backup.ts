import { chmodSync, renameSync, rmSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { findDamage } from './damage/find-damage.js'
import { openTree, type Tree } from './lmdb.js'
import { storeFile } from './open.js'
import { bringForward, markVersion, refuseNewer } from './schema.js'
import { makeFolder } from './make-folder.js'

/** Opens a database that is there. @throws Error when it is not, or is damaged. */
function openExisting(path: string): Tree {
  if (statSync(path, { throwIfNoEntry: false }) === undefined) throw new Error(`there is no ${path}`)
  const damage = findDamage(path)
  if (damage !== undefined) throw new Error(`${path} is damaged (${damage})`)
  return openTree(path)
}

const count = (tree: Tree): number => tree.getKeysCount({ start: '' })

/**
 * Writes what is remembered in a folder to a file: as it is at one moment, while a proxy goes on writing to it. Gives
 * the number of entries.
 * @throws Error when there is nothing in the folder, or the file cannot be written.
 */
export async function backupStore(dataDir: string, file: string): Promise<number> {
  const tree = openExisting(storeFile(dataDir))
  const part = `${file}.part`
  try {
    makeFolder(dirname(file))
    rmSync(part, { force: true })
    await tree.backup(part, true)
    // Cookies are in it.
    chmodSync(part, 0o600)
    renameSync(part, file)
    return count(tree)
  } finally {
    rmSync(part, { force: true })
    await tree.close()
  }
}

/** Puts the entries of one database in the place of those of another, all of them or nothing. */
function replaceAll(tree: Tree, saved: Tree): void {
  tree.transactionSync(() => {
    // What is sent back by a list of keys is not read from a tree that changes.
    for (const key of [...tree.getKeys({ start: '' })]) void tree.remove(key)
    for (const { key, value } of saved.getRange({ start: '' })) void tree.put(key, value)
    markVersion(tree)
  })
}

/**
 * Brings back what a backup has, in the place of what is remembered in a folder: in one transaction, so that a proxy
 * that runs has all of it or nothing. Gives the number of entries.
 * @throws Error when the file is none, is damaged or of a later version, or the folder cannot be written.
 */
export async function restoreStore(dataDir: string, file: string): Promise<number> {
  const saved = openExisting(file)
  try {
    refuseNewer(saved)
    const damage = findDamage(storeFile(dataDir))
    if (damage !== undefined) throw new Error(`${storeFile(dataDir)} is damaged (${damage}): move it away first`)
    const tree = openTree(storeFile(dataDir))
    try {
      refuseNewer(tree)
      bringForward(saved)
      replaceAll(tree, saved)
      return count(tree)
    } finally {
      await tree.close()
    }
  } finally {
    await saved.close()
    rmSync(`${file}-lock`, { force: true })
  }
}
