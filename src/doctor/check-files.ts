import { accessSync, constants, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { readAuthorities } from '../origin/authorities.js'
import { openLmdb } from '../store/lmdb.js'
import { wordsOf } from './finding.js'

/** Whether further authorities can be read. @throws Error that says what to do. */
export function checkAuthorities (file: string): string {
  if (file === '') return 'those that come with Node'
  try {
    readAuthorities(file)
    return `those that come with Node, and those of ${file}`
  } catch (error) {
    throw new Error(`${wordsOf(error)}: --extra-ca takes a PEM file`)
  }
}

/** The folder, or the nearest one above it that is there: it would be made in it. */
function existing (folder: string): string {
  const above = dirname(folder)
  return existsSync(folder) || above === folder ? folder : existing(above)
}

/** Whether a store can be opened there: a new one, beside that of a proxy that may be running. @throws Error that says what to do. */
export async function checkStore (dataDir: string): Promise<string> {
  if (dataDir === '') return 'nothing is to be remembered'
  const folder = existing(resolve(dataDir))
  try {
    accessSync(folder, constants.W_OK)
    const trial = mkdtempSync(join(folder, '.doctor-'))
    try {
      const store = openLmdb(trial)
      store.set('trial', 1)
      await store.close()
    } finally {
      rmSync(trial, { recursive: true })
    }
    return `${resolve(dataDir)} can be written`
  } catch (error) {
    throw new Error(`${resolve(dataDir)} cannot be written (${wordsOf(error)}): give it to the user that runs the proxy, or choose another one (--data-dir)`)
  }
}
