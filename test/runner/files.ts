import { once } from 'node:events'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { inspect } from 'node:util'
import t from 'tap'
import { ROOT } from '../helpers/root.js'
import type { CaseReport, FileReport, FromFiles } from './report.js'
import { startWatch, timeCases } from './stopwatch.js'

/*
 * A process that runs files of tests, one after the other, as it is told to: to load tap and the program takes a second,
 * and the rules and threads of proxies are shared as well. A file that is run by itself (`node FILE`) is the same.
 */

const tell = (message: FromFiles): boolean | undefined => process.send?.(message)

/** What the file that runs wants done when it is over. */
const endings: Array<() => unknown> = []

/** The tests of the file that runs, as they end. */
const cases: CaseReport[] = []
timeCases(t, report => void cases.push(report))

// Nobody reads the lines of TAP: what they say is counted here.
t.register()
t.resume()
// tap would end all tests once those of a file are over that has a teardown of its own.
t.teardown = work => void endings.unshift(work as () => unknown)

async function end(): Promise<void> {
  for (const work of endings.splice(0)) await work()
}

const detailsOf = (diagnostics: unknown): string =>
  inspect(diagnostics, { depth: 5, breakLength: 120 }).replace(/\\n/g, '\n')

async function run(file: string): Promise<FileReport> {
  const took = startWatch()
  const { pass, skip } = t.counts
  const known = t.lists.fail.length
  t.testdirName = resolve(ROOT, '.tap/fixtures', file.replace(/\W+/g, '-'))
  try {
    await import(pathToFileURL(resolve(ROOT, file)).href)
    while (!t.idle) await once(t, 'idle')
    await end()
  } catch (error) {
    t.threw(error)
  }
  return {
    file,
    passed: t.counts.pass - pass,
    failed: t.lists.fail
      .slice(known)
      .map(({ fullname, diag }) => ({ name: fullname.replace(/^TAP > /, ''), details: detailsOf(diag) })),
    skipped: t.counts.skip - skip,
    cases: cases.splice(0),
    ...took()
  }
}

process.on('message', (file: string) => void run(file).then(report => tell({ report })))
// tap lets a process end that only listens to another.
process.channel?.ref()
process.on('disconnect', () => process.exit())
tell({ ready: true })
