import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { ROOT } from '../helpers/root.js'
import type { FileReport } from './report.js'

const compiled = join(ROOT, '.build/test')
/** How long each file took when that was last recorded: only the order depends on it. Milliseconds by file. */
const DURATIONS = join(ROOT, 'test/runner/durations.json')
/** What a file that was never recorded takes for each of its bytes. Milliseconds. */
const MILLISECONDS_PER_BYTE = 0.2

const nameOf = (path: string): string => relative(compiled, path).replace(/\.js$/, '')

function testsBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap(entry => {
    const path = join(folder, entry.name)
    return entry.isDirectory() ? testsBelow(path) : entry.name.endsWith('.test.js') ? [path] : []
  })
}

/** The compiled tests whose paths begin so; the longest first, for what is begun late should be over soon. */
export function filesFor(wanted: readonly string[]): string[] {
  const starts = wanted.map(start => start.replace(/^(\.build\/)?test\//, '').replace(/\.(ts|js)$/, ''))
  const known = existsSync(DURATIONS) ? (JSON.parse(readFileSync(DURATIONS, 'utf8')) as Record<string, number>) : {}
  const takes = (path: string): number => known[nameOf(path)] ?? statSync(path).size * MILLISECONDS_PER_BYTE
  return testsBelow(compiled)
    .filter(path => starts.some(start => nameOf(path).startsWith(start)))
    .sort((a, b) => takes(b) - takes(a))
    .map(path => relative(ROOT, path))
}

export function recordDurations(reports: readonly FileReport[]): void {
  const rows = reports.map(({ file, milliseconds }) => [nameOf(join(ROOT, file)), Math.round(milliseconds / 100) * 100])
  writeFileSync(DURATIONS, `${JSON.stringify(Object.fromEntries(rows.sort()), undefined, 2)}\n`)
}
