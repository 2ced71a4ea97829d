import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Test } from 'tap'
import { ROOT } from './root.js'

/** Where what is expected lies. GOLDEN=write rewrites it; a person then reads the difference. */
export const GOLDEN = join(ROOT, 'test', 'golden')

export const writing = process.env.GOLDEN === 'write'

/** The files of a folder of golden files, by name; none if there is no folder. */
export function goldenFiles(...folder: string[]): string[] {
  const path = join(GOLDEN, ...folder)
  return existsSync(path) ? readdirSync(path).sort() : []
}

const visible = (bytes: Buffer): string =>
  bytes.toString(bytes.includes(0xc3) || bytes.includes(0xe2) ? 'utf8' : 'latin1')

/** Compares bytes with a golden file; a missing one fails. */
export function matchesGolden(t: Test, bytes: Buffer, ...path: string[]): void {
  const file = join(GOLDEN, ...path)
  if (writing) {
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, bytes)
  }
  if (!existsSync(file))
    return void t.fail(`${path.join('/')} is missing: run with GOLDEN=write and read what it writes`)
  const expected = readFileSync(file)
  if (expected.equals(bytes)) return void t.pass(path.join('/'))
  t.equal(visible(bytes), visible(expected), path.join('/'))
  t.ok(expected.equals(bytes), `${path.join('/')}, byte for byte`)
}
