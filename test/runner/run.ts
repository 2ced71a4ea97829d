import { fork } from 'node:child_process'
import { readdirSync, statSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ROOT } from '../helpers/root.js'
import type { FileReport, FromFiles } from './report.js'

/*
 * Runs compiled files of tests in a few processes, says what failed, and how much passed in the last line. Each argument
 * is a folder or a file below .build/test, or the beginning of their names: `run exchange/front`.
 */

/** The kinds that `npm test` runs: the others take longer than an edit is worth. */
const KINDS = ['unit', 'golden', 'exchange', 'house']
/** A file that takes longer hangs: its process is killed. Milliseconds. */
const LONGEST = Number(process.env.TEST_FILE_SECONDS ?? 300) * 1000
/** Tests wait for sockets and timers half of the time: so many processes, and no core stands idle. */
const PROCESSES = 2 * availableParallelism() + 1

const compiled = join(ROOT, '.build/test')

function testsBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap(entry => {
    const path = join(folder, entry.name)
    return entry.isDirectory() ? testsBelow(path) : entry.name.endsWith('.test.js') ? [path] : []
  })
}

/** The largest first: what is begun late should be over soon. */
function filesFor(wanted: readonly string[]): string[] {
  const files = testsBelow(compiled).filter(file =>
    wanted.some(start =>
      relative(compiled, file).startsWith(start.replace(/^(\.build\/)?test\//, '').replace(/ts$/, ''))
    )
  )
  return files.sort((a, b) => statSync(b).size - statSync(a).size)
}

const failedFile = (file: string, name: string): FileReport => ({
  file,
  passed: 0,
  failed: [{ name, details: '' }],
  skipped: 0,
  milliseconds: 0
})

function say({ file, passed, failed, skipped, milliseconds }: FileReport): void {
  const counts = `${passed} passed${skipped === 0 ? '' : `, ${skipped} skipped`}`
  const well = failed.length === 0
  console.log(`${well ? 'ok    ' : 'FAILED'} ${file}: ${counts}, ${(milliseconds / 1000).toFixed(1)} s`)
  for (const { name, details } of failed) console.log(`  failed: ${name}\n${details.replace(/^/gm, '    ')}`)
}

/** Runs files until none is left; a process that ends or hangs is a failed file, and another takes its place. */
function runFiles(files: string[], report: (report: FileReport) => void): Promise<void> {
  return new Promise(resolve => {
    const child = fork(fileURLToPath(new URL('files.js', import.meta.url)), {
      cwd: ROOT,
      // The time that a file may take is counted here.
      env: { ...process.env, TAP_TIMEOUT: '0' }
    })
    let file: string | undefined
    let timer: NodeJS.Timeout | undefined
    const next = (): void => {
      clearTimeout(timer)
      file = files.shift()
      if (file === undefined) return child.disconnect()
      timer = setTimeout(() => child.kill('SIGKILL'), LONGEST)
      child.send(file)
    }
    child.on('message', (message: FromFiles | { readonly setTimeout: number }) => {
      if ('setTimeout' in message) return
      if ('report' in message) report(message.report)
      next()
    })
    child.on('exit', (code, signal) => {
      clearTimeout(timer)
      if (file === undefined) return resolve()
      report(failedFile(file, `its process ended by ${signal ?? `code ${code}`}`))
      file = undefined
      resolve(files.length === 0 ? undefined : runFiles(files, report))
    })
  })
}

const wanted = process.argv.slice(2)
const files = filesFor(wanted.length === 0 ? KINDS : wanted).map(file => relative(ROOT, file))
const reports: FileReport[] = []
const began = performance.now()
await Promise.all(
  Array.from({ length: Math.min(PROCESSES, files.length) }, () =>
    runFiles(files, report => {
      reports.push(report)
      say(report)
    })
  )
)
const sum = (count: (report: FileReport) => number): number => reports.reduce((all, one) => all + count(one), 0)
const failed = sum(report => report.failed.length) + (reports.length === 0 ? 1 : 0)
console.log(
  `${reports.length} files in ${Math.round((performance.now() - began) / 1000)} s, ${sum(r => r.skipped)} skipped`
)
console.log(`${sum(report => report.passed)} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1
