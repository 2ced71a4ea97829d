import { readFileSync } from 'node:fs'
import { TestBase } from 'tap'
import { cpuMilliseconds } from '../helpers/context.js'
import type { CaseReport, Took } from './report.js'

/** Of a clock tick in /proc. Milliseconds. */
const TICK = 10

/** What child processes that have ended have worked (cutime and cstime of proc(5)); 0 where there is no /proc. */
function childMilliseconds(): number {
  try {
    const fields = readFileSync('/proc/self/stat', 'utf8').split(') ')[1]?.split(' ') ?? []
    return (Number(fields[13]) + Number(fields[14])) * TICK
  } catch {
    return 0
  }
}

const worked = (): number => cpuMilliseconds() + childMilliseconds()

/** Begins; what it returns says how long that was ago. */
export function startWatch(): () => Took {
  const [began, before] = [performance.now(), worked()]
  return () => ({ milliseconds: performance.now() - began, cpuMilliseconds: worked() - before })
}

/** Hands out how long each test within one takes, as it ends. */
export function timeCases(within: TestBase, tell: (report: CaseReport) => void): void {
  within.on('subtestStart', test => {
    if (!(test instanceof TestBase)) return
    timeCases(test, tell)
    const took = startWatch()
    test.on('end', () => tell({ name: test.fullname.replace(/^.*?TAP > /, ''), ...took() }))
  })
}
