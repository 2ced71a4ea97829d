import { closeSync, fstatSync, openSync, statSync } from 'node:fs'
import { endianness } from 'node:os'
import { checkPages } from './check-pages.js'
import { Damage, readMeta } from './file-pages.js'

/** A file that another process writes changes while it is read: it is looked at anew so often. */
const MOST_LOOKS = 5

/** Where page numbers have 32 bits the pages are laid out otherwise. */
const KNOWS_PAGES = endianness() === 'LE' && !/^(arm|ia32|mips|mipsel|ppc|s390)$/.test(process.arch)

function damageIn(file: number): string | undefined {
  for (let looks = 0; looks < MOST_LOOKS; looks++) {
    const { size, mtimeNs } = fstatSync(file, { bigint: true })
    // It was made and not written to: LMDB begins a new database in it.
    if (size === 0n) return undefined
    try {
      checkPages(file, Number(size), readMeta(file))
      return undefined
    } catch (error) {
      // A number that leads out of a page is found as a RangeError.
      if (!(error instanceof Damage || error instanceof RangeError)) throw error
      if (fstatSync(file, { bigint: true }).mtimeNs === mtimeNs) return error.message
    }
  }
  // Whoever goes on writing to it can read it.
  return undefined
}

/**
 * Why a file is no database that LMDB can open, or undefined: it maps the file and follows what stands in it, so that
 * a damaged one ends the process by SIGSEGV or SIGBUS, where nothing can be caught. Takes some 2 ms for each megabyte.
 * @throws Error when it cannot be read.
 */
export function findDamage(path: string): string | undefined {
  const stat = statSync(path, { throwIfNoEntry: false })
  if (stat === undefined) return undefined
  // A pipe would be waited for without end.
  if (!stat.isFile()) return 'it is no file'
  if (!KNOWS_PAGES) return undefined
  const file = openSync(path, 'r')
  try {
    return damageIn(file)
  } finally {
    closeSync(file)
  }
}
