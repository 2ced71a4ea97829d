import { mkdirSync, statSync } from 'node:fs'
import { dirname } from 'node:path'

/**
 * Makes a folder and those around it; one that is there stays as it is. Node's own (`recursive`) goes round for ever
 * where no folder can be made though the one around it is there, as in /proc (Node 20 and 22).
 *
 * @param mode of those that are made; as usual if not given
 * @throws Error of the system
 */
export function makeFolder(path: string, mode?: number): void {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() === true) return
  const around = dirname(path)
  if (around !== path) makeFolder(around, mode)
  try {
    mkdirSync(path, mode)
  } catch (error) {
    // Another process was faster.
    if (statSync(path, { throwIfNoEntry: false })?.isDirectory() !== true) throw error
  }
}
