import { accessSync, constants, existsSync, mkdtempSync, rmSync, statfsSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { readAuthorities } from '../origin/connect/authorities.js'
import { findDamage } from '../store/damage/find-damage.js'
import { openLmdb } from '../store/lmdb.js'
import { storeFile } from '../store/open.js'
import { setAsideBeside } from '../store/damage/set-aside.js'
import { messageOf } from '../system-error.js'

/** Whether further authorities can be read. @throws Error that says what to do. */
export function checkAuthorities(file: string): string {
  if (file === '') return 'those that come with Node'
  try {
    readAuthorities(file)
    return `those that come with Node, and those of ${file}`
  } catch (error) {
    throw new Error(`${messageOf(error)}: --extra-ca takes a PEM file`, { cause: error })
  }
}

/** What a trial may write. Bytes. */
const TRIAL_BYTES = 1024 * 1024

/** With less room a disk is as good as full: the store grows, and so does the log. Bytes. */
const LEAST_ROOM = 32 * 1024 * 1024

/** Whether a disk has room. @throws Error that says what to do. */
export function checkRoom(free: number): string {
  const megabytes = Math.floor(free / 1024 ** 2)
  if (free < LEAST_ROOM) throw new Error(`the disk is full (${megabytes} MB are free): make room, or see maxStoreBytes`)
  return `${megabytes} MB are free`
}

function freeBytes(folder: string): number {
  const { bavail, bsize } = statfsSync(folder)
  return bavail * bsize
}

/** The folder, or the nearest one above it that is there: it would be made in it. */
function existing(folder: string): string {
  const above = dirname(folder)
  return existsSync(folder) || above === folder ? folder : existing(above)
}

/** A new database, beside that of a proxy that may be running. @throws Error when it cannot be written. */
async function tryDatabase(folder: string): Promise<void> {
  const trial = mkdtempSync(join(folder, '.doctor-'))
  try {
    const database = openLmdb(storeFile(trial), TRIAL_BYTES)
    await database.write(new Map([['trial', { value: 1 }]]))
    await database.close()
  } finally {
    rmSync(trial, { recursive: true })
  }
}

/** What was found of damaged stores, or nothing. @throws Error when the one that would be opened is damaged. */
function damageOf(dataDir: string): string {
  const path = storeFile(dataDir)
  const damage = findDamage(path)
  if (damage !== undefined)
    throw new Error(`${path} is damaged (${damage}): the next start sets it aside and begins a new one`)
  const aside = existsSync(dataDir) ? setAsideBeside(path) : []
  return aside.length === 0
    ? ''
    : `; damaged stores were set aside (delete them when nobody wants to look into them): ${aside.join(', ')}`
}

/** Whether a store can be opened there, and the one that is there. @throws Error that says what to do. */
export async function checkStore(dataDir: string): Promise<string> {
  if (dataDir === '') return 'nothing is to be remembered'
  const folder = existing(resolve(dataDir))
  try {
    accessSync(folder, constants.W_OK)
    await tryDatabase(folder)
  } catch (error) {
    throw new Error(
      `${resolve(dataDir)} cannot be written (${messageOf(error)}): make room if the disk is full, give it to the user that runs the proxy, or choose another one (--data-dir)`,
      { cause: error }
    )
  }
  return `${resolve(dataDir)} can be written, ${checkRoom(freeBytes(folder))}${damageOf(resolve(dataDir))}`
}
