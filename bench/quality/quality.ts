import { existsSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { loadClientRules, OWN_RULES } from '../../src/clients/rules.js'
import { createPageConverter } from '../../src/page/convert.js'
import { loadPageKnowledge } from '../../src/workers/load-page-knowledge.js'
import { pagesIn } from '../real-pages.js'
import { checkContent, type ContentRow } from './content-check.js'
import { checkConversions, timesAgainstParse5 } from './conversion-check.js'

// npm run quality [-- --pages FOLDER] [--check FILE] [--every N]: how much of what real pages are about reaches an old
// browser, in one table beside what was asked for. The pages and the check of their content are not in the project:
// they are looked for in ../shared.
//
// The content model may have learnt from these pages (rules/content/model.json says from which): what it reaches on
// others is measured with --pages, or by npm run learn -- FOLDER --folds 4.

const { values } = parseArgs({
  options: {
    pages: { type: 'string', default: '../shared/modern-pages' },
    check: { type: 'string', default: '../shared/check/content.mjs' },
    every: { type: 'string', default: '20' }
  }
})
for (const path of [values.pages, values.check]) {
  if (existsSync(path)) continue
  console.error(`${path} is not here: name the pages with --pages and the check of their content with --check`)
  process.exit(2)
}

/** Names of browsers as they ask: one of 1996, and one of today for old machines. */
const AGENTS: Readonly<Record<string, string>> = {
  'Netscape 3': 'Mozilla/3.01 (Macintosh; I; 68K)',
  NetSurf: 'NetSurf/3.10 (Linux)'
}
/** More that is missing, although the page had it, is a page lost. Share of what it is about. */
const LOST = 0.03

const mean = (numbers: readonly number[]): number => numbers.reduce((sum, one) => sum + one, 0) / numbers.length
const at = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN
const ascending = (numbers: readonly number[]): number[] => numbers.toSorted((one, other) => one - other)

function print(what: string, found: string, asked: string): void {
  console.log(`${what.padEnd(66)} ${found.padStart(16)}   ${asked}`)
}

function printPageRows(name: string, rows: readonly ContentRow[]): void {
  const lost = rows.filter(({ page }) => page.html - page.recall > LOST).length
  print(
    `page view, ${name}: pages that lose > 3 % (${rows.length} pages)`,
    `${((100 * lost) / rows.length).toFixed(1)} %`,
    '<= 0.5 %'
  )
  const kept = mean(rows.map(({ page }) => page.recall)) / mean(rows.map(({ page }) => page.html))
  print(`page view, ${name}: recall, of what the HTML has`, kept.toFixed(4), '>= 0.998')
}

const WORDS_BEFORE = { article: 40, service: 60, product: 80, collection: 120 }
const READER = {
  article: 0.955,
  documentation: 0.96,
  service: 0.87,
  forum: 0.84,
  collection: 0.78,
  listing: 0.78,
  product: 0.76
}

function printOrderRows(rows: readonly ContentRow[]): void {
  for (const [type, asked] of Object.entries(WORDS_BEFORE)) {
    const words = rows.filter(row => row.type === type).flatMap(({ page: { before } }) => before ?? [])
    print(`words before the content, 90 %: ${type} (${words.length})`, String(at(ascending(words), 0.9)), `<= ${asked}`)
  }
}

function printReaderRows(rows: readonly ContentRow[]): void {
  print(`reader F1 (${rows.length} pages)`, mean(rows.map(({ reader }) => reader.f1)).toFixed(3), '>= 0.90')
  for (const [type, asked] of Object.entries(READER)) {
    const found = rows.filter(row => row.type === type).map(({ reader }) => reader.f1)
    print(`reader F1: ${type} (${found.length})`, mean(found).toFixed(3), `>= ${asked}`)
  }
}

print('', 'found', 'asked')
const rows = Object.entries(AGENTS).map(([name, agent]) => {
  const found = checkContent(values.check, values.pages, agent)
  printPageRows(name, found)
  return found
})
const first = rows[0] ?? []
printOrderRows(first)
printReaderRows(first)

const every = Number(values.every)
const some = pagesIn(values.pages).filter((_, place) => place % every === 0)
const rules = loadClientRules()
const convert = createPageConverter(loadPageKnowledge(OWN_RULES))
for (const [view, asked] of [
  ['reader', '<= 2 · 4'],
  ['page', '-']
] as const) {
  const times = timesAgainstParse5(some, view, rules, convert)
  const found = `${at(times, 0.5).toFixed(1)} · ${at(times, 0.95).toFixed(1)}`
  print(`${view}: time against bare parse5, median · p95 (${some.length} pages)`, found, asked)
}
const { results, failed, wrong } = checkConversions(some, rules, convert)
print(`steps that fail (${results} results: ${some.length} pages, all profiles and views)`, String(failed.length), '0')
print('what an old browser could not read in them', String(wrong.length), '0')
for (const line of [...failed, ...wrong].slice(0, 20)) console.log(`  ${line}`)
