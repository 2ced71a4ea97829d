import { fork } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { ROOT } from '../helpers/root.js'
import { filesFor, recordDurations } from './order.js'
import type { FileReport, FromFiles } from './report.js'
import { sayFile, saySlowest } from './say.js'

/*
 * Runs compiled files of tests in a few processes, says what failed, and how much passed in the last line. Each argument
 * is a folder or a file below .build/test, or the beginning of their names: `run exchange/front`. `--slowest N` says what
 * took longest, `--record` notes how long each file took, by which they are put in order.
 */

/** The kinds that `npm test` runs: the others take longer than an edit is worth. */
const KINDS = ['unit', 'golden', 'exchange', 'house']
/** A file that takes longer hangs: its process is killed. Milliseconds. */
const LONGEST = Number(process.env.TEST_FILE_SECONDS ?? 300) * 1000
/**
 * Tests wait for sockets and timers now and then: one more, and no core stands idle. Each costs ten seconds of work.
 */
const PROCESSES = availableParallelism() + 1
/** Room for what a page leaves behind: with the 16 MB of Node a twelfth of the time goes to collecting it. MiB. */
const YOUNG_MEBIBYTES = 32

const failedFile = (file: string, name: string): FileReport => ({
  file,
  passed: 0,
  failed: [{ name, details: '' }],
  skipped: 0,
  milliseconds: 0,
  cpuMilliseconds: 0,
  cases: []
})

/** Runs files until none is left; a process that ends or hangs is a failed file, and another takes its place. */
function runFiles(files: string[], report: (report: FileReport) => void): Promise<void> {
  return new Promise(resolve => {
    const child = fork(fileURLToPath(new URL('files.js', import.meta.url)), {
      cwd: ROOT,
      execArgv: [`--max-semi-space-size=${YOUNG_MEBIBYTES}`],
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

const { values, positionals: wanted } = parseArgs({
  allowPositionals: true,
  options: { slowest: { type: 'string' }, record: { type: 'boolean' } }
})
const files = filesFor(wanted.length === 0 ? KINDS : wanted)
const reports: FileReport[] = []
const began = performance.now()
await Promise.all(
  Array.from({ length: Math.min(PROCESSES, files.length) }, () =>
    runFiles(files, report => {
      reports.push(report)
      sayFile(report)
    })
  )
)
const sum = (count: (report: FileReport) => number): number => reports.reduce((all, one) => all + count(one), 0)
const failed = sum(report => report.failed.length) + (reports.length === 0 ? 1 : 0)
if (values.slowest !== undefined) saySlowest(reports, Number(values.slowest))
if (values.record === true) recordDurations(reports)
console.log(
  `${reports.length} files in ${Math.round((performance.now() - began) / 1000)} s, ${sum(r => r.skipped)} skipped`
)
console.log(`${sum(report => report.passed)} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1
