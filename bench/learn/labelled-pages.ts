import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { loadClientRules, OWN_RULES } from '../../src/clients/rules.js'
import { surveyBlocks, type Survey } from '../../src/page/content/blocks.js'
import { pageFactsOf, type PageFacts } from '../../src/page/content/page-facts.js'
import { wordsOf } from '../../src/page/content/words.js'
import { loadPageKnowledge } from '../../src/workers/load-page-knowledge.js'
import { isHidden } from '../../src/page/css/hidden.js'
import { createPageConverter } from '../../src/page/convert.js'
import type { Page } from '../../src/page/step.js'

/** A page with what people say that it is about. */
export interface LabelledPage {
  readonly id: string
  readonly kind: string
  readonly survey: Survey
  readonly facts: PageFacts
  /** Words of what it is about */
  readonly wanted: readonly string[]
  /** Words of each block */
  readonly words: ReadonlyArray<readonly string[]>
  /** Share of each block that stands in what the page is about */
  readonly shares: Float32Array
}

interface GroundTruth {
  readonly url: string
  readonly _internal?: { readonly page_type?: { readonly primary?: string } }
  readonly ground_truth?: { readonly main_content?: string }
}

/** Fewer say nothing. Words. */
const LEAST_WANTED = 20
/** So many words in a row tell that two texts are one. */
const IN_A_ROW = 4

class Enough extends Error {}

const rules = loadClientRules()
const convert = createPageConverter(loadPageKnowledge(OWN_RULES))

/** A page as the step sees it that looks for its content. */
function pageAfter(step: string, bytes: Buffer, url: string): Page | undefined {
  let found: Page | undefined
  const job = {
    bytes,
    url,
    profile: rules.profiles.get('nav3')!,
    display: rules.displays.get('col256')!,
    view: 'page',
    contentType: 'text/html; charset=utf-8',
    choices: { images: 'inline', originalSource: 'bottom' },
    portal: 'http://retrograde',
    gateway: '',
    originBytes: bytes.length,
    maxElements: 200_000
  } as const
  try {
    convert(job, (placed, page) => {
      if (placed?.step.name !== step) return
      found = page
      throw new Enough()
    })
  } catch (error) {
    if (!(error instanceof Enough)) throw error
  }
  return found
}

const rowsOf = (words: readonly string[]): string[] =>
  words.slice(0, Math.max(1, words.length - IN_A_ROW + 1)).map((_, at) => words.slice(at, at + IN_A_ROW).join(' '))

/** A word of the page is wanted where it stands in a row of words that the wanted text has too. */
function sharesOf(words: ReadonlyArray<readonly string[]>, wanted: readonly string[]): Float32Array {
  const rows = new Set(rowsOf(wanted))
  const all = words.flat()
  const hit = new Uint8Array(all.length)
  rowsOf(all).forEach((row, at) => {
    if (rows.has(row)) hit.fill(1, at, at + IN_A_ROW)
  })
  let from = 0
  return Float32Array.from(words, own => {
    const hits = hit.subarray(from, from + own.length).reduce((sum, one) => sum + one, 0)
    from += own.length
    return own.length === 0 ? 0 : hits / own.length
  })
}

/** Reads a folder in the form of the Web Content eXtraction Benchmark: ground-truth/ID.json, html/ID.html.gz. */
export function* labelledPages(folder: string): Generator<LabelledPage> {
  for (const name of readdirSync(join(folder, 'ground-truth')).sort()) {
    const id = name.slice(0, -5)
    const file = join(folder, 'html', `${id}.html.gz`)
    const truth = JSON.parse(readFileSync(join(folder, 'ground-truth', name), 'utf8')) as GroundTruth
    const wanted = wordsOf(truth.ground_truth?.main_content ?? '')
    if (!existsSync(file) || !URL.canParse(truth.url) || wanted.length < LEAST_WANTED) continue
    const page = pageAfter('apply-styles', gunzipSync(readFileSync(file)), truth.url)
    if (page === undefined) continue
    const hidden = new Set(page.suspects.filter(isHidden))
    const survey = surveyBlocks(page.body, element => hidden.has(element))
    const words = survey.blocks.map(({ text }) => wordsOf(text))
    yield {
      id,
      kind: truth._internal?.page_type?.primary ?? 'article',
      survey,
      facts: pageFactsOf(page.title, page.data, new URL(truth.url)),
      wanted,
      words,
      shares: sharesOf(words, wanted)
    }
  }
}
