import { lstatSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'

/** Of damaged files, which somebody may want to look into, the latest are kept. Files. */
const MOST_KEPT = 3

/** Damaged files beside one, the oldest first: their names end with a date. */
export function setAsideBeside(path: string): string[] {
  const begin = `${basename(path)}.damaged-`
  return readdirSync(dirname(path))
    .filter(name => name.startsWith(begin))
    .sort()
}

/** A folder that stands in the place of the file is somebody's, and is never deleted. */
function dropOldest(path: string): void {
  const found = setAsideBeside(path).map(name => join(dirname(path), name))
  const files = found.filter(file => !lstatSync(file).isDirectory())
  for (const file of files.slice(0, -MOST_KEPT)) rmSync(file)
}

/** Gives what stands at a path another name, and says which. @throws Error when the folder cannot be written. */
export function setAside(path: string, now: Date): string {
  const name = `${path}.damaged-${now.toISOString().replace(/[:.]/g, '-')}`
  renameSync(path, name)
  dropOldest(path)
  return name
}
