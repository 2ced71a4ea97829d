import { parse, serialize } from 'parse5'
import { loadClientRules, OWN_RULES } from '../src/clients/rules.js'
import { createPageConverter } from '../src/page/convert.js'
import { loadPageKnowledge } from '../src/workers/load-page-knowledge.js'
import { makePage } from './make-page.js'
import { jobFor, pagesIn, readPage } from './real-pages.js'

/** What one conversion took, and parse5 alone with the same text. Milliseconds. */
interface Measured {
  readonly bytes: number
  readonly ours: number
  readonly bare: number
}

/** A page to measure with. */
export interface NamedPage {
  readonly name: string
  readonly bytes: Buffer
}

const ROUNDS = 5

/** The pages of a folder, or made ones. */
export function pagesOf(folder: string | undefined): NamedPage[] {
  if (folder === undefined)
    return [10, 20, 40, 60, 80, 120, 200, 400].map((paragraphs, at) => ({
      name: `made, ${paragraphs} paragraphs`,
      bytes: Buffer.from(makePage(paragraphs, at + 1))
    }))
  return pagesIn(folder).map(name => ({ name, bytes: readPage(name) }))
}

const sorted = (values: readonly number[]): number[] => values.toSorted((one, other) => one - other)
const quantile = (values: readonly number[], share: number): number =>
  sorted(values)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? 0

function timeOf(work: () => void): number {
  const start = performance.now()
  work()
  return performance.now() - start
}

/** The best of some rounds by turns: what else the machine does only adds. */
function measure(convert: () => void, { bytes }: NamedPage): Measured {
  const text = bytes.toString()
  const best = { bytes: bytes.length, ours: Infinity, bare: Infinity }
  for (let round = 0; round < ROUNDS; round++) {
    best.ours = Math.min(best.ours, timeOf(convert))
    best.bare = Math.min(
      best.bare,
      timeOf(() => serialize(parse(text)))
    )
  }
  return best
}

const line = (name: string, all: readonly Measured[]): string => {
  const ratios = all.map(({ ours, bare }) => ours / bare)
  const perSecond = (which: 'ours' | 'bare'): string =>
    ((all.length * 1000) / all.reduce((sum, one) => sum + one[which], 0)).toFixed(0)
  return `pages, ${name}: ${quantile(ratios, 0.5).toFixed(2)} times bare parse5 at the median, ${quantile(ratios, 0.95).toFixed(2)} at p95; ${perSecond('ours')} pages/s against ${perSecond('bare')}`
}

/**
 * Pages through the whole conversion, in every profile, against parse5's own parse and serialise of the same text, by
 * turns in one run.
 */
export function benchPages(pages: readonly NamedPage[], print: (line: string) => void): void {
  const rules = loadClientRules()
  const convert = createPageConverter(loadPageKnowledge(OWN_RULES))
  const all: Measured[] = []
  for (const [id, profile] of rules.profiles) {
    const jobs = pages.map(page => ({ page, job: jobFor(page.bytes, profile, 'page', rules) }))
    // What runs for the first time is not compiled yet.
    for (const { page, job } of jobs) {
      convert(job)
      serialize(parse(page.bytes.toString()))
    }
    const measured = jobs.map(({ page, job }) => measure(() => void convert(job), page))
    print(line(id, measured))
    all.push(...measured)
  }
  print(line(`${pages.length} in all profiles`, all))
}
