import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse, serialize } from 'parse5'
import { loadClientRules, OWN_RULES } from '../src/clients/rules.js'
import { loadPageKnowledge } from '../src/workers/load-page-knowledge.js'
import { createPageConverter, type PageJob } from '../src/page/convert.js'
import { makePage } from './make-page.js'

interface Measured {
  readonly name: string
  readonly bytes: number
  readonly ours: number
  readonly bare: number
}

const ROUNDS = 15

function pagesOf(folder: string | undefined): Array<{ name: string; bytes: Buffer }> {
  if (folder === undefined)
    return [10, 20, 40, 60, 80, 120, 200, 400].map((paragraphs, at) => ({
      name: `made, ${paragraphs} paragraphs`,
      bytes: Buffer.from(makePage(paragraphs, at + 1))
    }))
  return readdirSync(folder)
    .filter(name => name.endsWith('.html'))
    .map(name => ({ name, bytes: readFileSync(join(folder, name)) }))
}

const median = (values: number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!

function timeOf(work: () => void): number {
  const start = performance.now()
  work()
  return performance.now() - start
}

/**
 * Pages through the whole conversion, against parse5's own parse and serialise of the same text, by turns in one run.
 */
export function benchPages(folder: string | undefined, print: (line: string) => void): void {
  const rules = loadClientRules()
  const convert = createPageConverter(loadPageKnowledge(OWN_RULES))
  const profile = rules.profiles.get('nav3')!
  const display = rules.displays.get('col256')!
  const measured: Measured[] = []
  const pages = pagesOf(folder)
  const jobFor = (bytes: Buffer): PageJob => ({
    bytes,
    contentType: 'text/html; charset=utf-8',
    url: 'https://www.example.com/story',
    profile,
    display,
    choices: { images: 'inline', originalSource: 'bottom' },
    portal: 'http://retrograde',
    gateway: '',
    originBytes: bytes.length,
    maxElements: 1e6,
    view: 'page'
  })
  for (const { bytes } of pages) {
    convert(jobFor(bytes))
    serialize(parse(bytes.toString()))
  }
  for (const { name, bytes } of pages) {
    const ours: number[] = []
    const bare: number[] = []
    for (let round = 0; round < ROUNDS; round++) {
      ours.push(timeOf(() => convert(jobFor(bytes))))
      bare.push(timeOf(() => serialize(parse(bytes.toString()))))
    }
    measured.push({ name, bytes: bytes.length, ours: median(ours), bare: median(bare) })
  }
  const bytes = measured.reduce((sum, page) => sum + page.bytes, 0)
  const seconds = (which: 'ours' | 'bare'): number => measured.reduce((sum, page) => sum + page[which], 0) / 1000
  for (const which of ['ours', 'bare'] as const) {
    print(
      `pages, ${which === 'ours' ? 'Retrograde' : 'bare parse5'}: ${(measured.length / seconds(which)).toFixed(0)} pages/s, ${(bytes / 1e6 / seconds(which)).toFixed(1)} MB/s`
    )
  }
  print(
    `pages, time against bare parse5: ${median(measured.map(page => page.ours / page.bare)).toFixed(2)} at the median page, ${(seconds('ours') / seconds('bare')).toFixed(2)} over all ${measured.length}`
  )
}
