import { accessSync, constants, mkdirSync } from 'node:fs'
import { openLmdb } from './lmdb.js'
import { openMemory } from './memory.js'
import type { Store } from './store.js'

/** The store that the settings ask for; one that only remembers until the end if the folder cannot be used. */
export function openStore (folder: string, warn: (message: string) => void): Store {
  if (folder === '') return openMemory()
  try {
    // Cookies are in it: a folder that is made here is read by its owner alone.
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    accessSync(folder, constants.W_OK)
    return openLmdb(folder)
  } catch (error) {
    warn(`nothing will be remembered: ${folder}: ${error instanceof Error ? error.message : String(error)}`)
    return openMemory()
  }
}
