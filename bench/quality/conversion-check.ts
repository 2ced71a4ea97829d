import { parse, serialize } from 'parse5'
import type { ClientRules } from '../../src/clients/rules.js'
import type { PageConverter } from '../../src/page/convert.js'
import { VIEWS, type View } from '../../src/page/step.js'
import { checkPage } from '../../test/helpers/check-page.js'
import { jobFor, readPage } from '../real-pages.js'

export interface ConversionCheck {
  /** Conversions: pages by profiles by views */
  readonly results: number
  /** Steps that failed, and what is wrong with what is sent: "page, profile, view: what" */
  readonly failed: readonly string[]
  readonly wrong: readonly string[]
}

/** Converts pages in every profile and view, and reads each result as an old browser does. */
export function checkConversions(
  paths: readonly string[],
  rules: ClientRules,
  convert: PageConverter
): ConversionCheck {
  const found = { results: 0, failed: [] as string[], wrong: [] as string[] }
  for (const path of paths) {
    const bytes = readPage(path)
    for (const [id, profile] of rules.profiles)
      for (const view of VIEWS.filter(view => view !== 'portal')) {
        const { body, bodies, failures } = convert(jobFor(bytes, profile, view, rules))
        const name = `${path}, ${id}, ${view}`
        found.results++
        found.failed.push(...failures.map(failure => `${name}: ${failure}`))
        const problems = [body, ...bodies].flatMap(part => checkPage(part, profile).problems)
        found.wrong.push(...problems.map(problem => `${name}: ${problem}`))
      }
  }
  return found
}

const ROUNDS = 5

function processorTime(work: () => void): number {
  const before = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(before)
  return user + system
}

/**
 * The processor time of conversions against parse5's own parse and serialise of the same text, page by page; the best
 * of some rounds by turns, sorted.
 */
export function timesAgainstParse5(
  paths: readonly string[],
  view: View,
  rules: ClientRules,
  convert: PageConverter
): number[] {
  const profile = rules.profiles.get('nav3')!
  const jobs = paths.map(path => jobFor(readPage(path), profile, view, rules))
  // What runs for the first time is not compiled yet.
  for (const job of jobs) convert(job)
  const ratios = jobs.map(job => {
    const text = Buffer.from(job.bytes).toString()
    let [ours, bare] = [Infinity, Infinity]
    for (let round = 0; round < ROUNDS; round++) {
      bare = Math.min(
        bare,
        processorTime(() => serialize(parse(text)))
      )
      ours = Math.min(
        ours,
        processorTime(() => convert(job))
      )
    }
    return ours / bare
  })
  return ratios.sort((one, other) => one - other)
}
