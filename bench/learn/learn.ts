import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { OWN_RULES } from '../../src/clients/rules.js'
import { chooseBlocks } from '../../src/page/content/choose-blocks.js'
import { createContentModel } from '../../src/page/content/content-model.js'
import { createForest, type ForestData } from '../../src/page/content/forest.js'
import { featuresOf, foundBy, withNeighbours, type Features } from './features.js'
import { grow, type Rows, type Trees } from './grow.js'
import { labelledPages, type LabelledPage } from './labelled-pages.js'
import { learnLexicon, votesOf, type Learnt, type PageVotes } from './learn-lexicon.js'

// npm run learn -- FOLDER [--folds N]: learns what a page is about from pages of which people have said it, and writes
// rules/content/model.json. With --folds nothing is written: it learns on N-1 parts of the pages and says how good that
// is on the last, in turn.

const OPTIONS = {
  trees: 80,
  leaves: 24,
  rate: 0.1,
  leastWeight: 1.5,
  l2: 5,
  rowShare: 0.6,
  columnShare: 0.3,
  seed: 7
}
/** The second look learns from what the first finds on pages that it has not learnt from. */
const INNER_FOLDS = 3

interface Example extends LabelledPage {
  readonly votes: PageVotes
}

interface Model {
  readonly learnt: Learnt
  readonly first: ForestData
  readonly second: ForestData
}

/** Trees in pre-order, and numbers with as many digits as they need. */
function dataOf(trees: Trees): ForestData {
  const data = {
    bias: trees.bias,
    roots: [] as number[],
    columns: [] as number[],
    values: [] as number[],
    others: [] as number[]
  }
  const write = (node: number): void => {
    const at = data.columns.length
    const column = trees.feature[node]!
    data.columns.push(column)
    data.values.push(Number(trees.threshold[node]!.toPrecision(column === -1 ? 3 : 5)))
    data.others.push(0)
    if (column === -1) return
    write(trees.left[node]!)
    data.others[at] = data.columns.length
    write(trees.right[node]!)
  }
  for (const root of trees.roots) {
    data.roots.push(data.columns.length)
    write(root)
  }
  return data
}

/** Words count, and a page counts as much as another. */
const weightOf = (page: LabelledPage, at: number): number =>
  (100 * (page.words[at]!.length + 1.5)) / (page.wanted.length + 150)

function rowsOf(pages: ReadonlyArray<readonly [LabelledPage, Features]>): Rows {
  const width = pages.find(([, features]) => features.length > 0)![1][0]!.length
  const count = pages.reduce((sum, [page]) => sum + page.words.length, 0)
  const rows = {
    values: new Float32Array(count * width),
    width,
    targets: new Float32Array(count),
    weights: new Float32Array(count)
  }
  let from = 0
  for (const [page, features] of pages) {
    page.words.forEach((_, at) => {
      rows.values.set(features[at]!, (from + at) * width)
      rows.targets[from + at] = page.shares[at]! >= 0.5 ? 1 : 0
      rows.weights[from + at] = weightOf(page, at)
    })
    from += page.words.length
  }
  return rows
}

function learn(pages: readonly Example[]): Model {
  const learnt = learnLexicon(pages.map(({ votes }) => votes))
  const features = pages.map(page => featuresOf(page, learnt.lexicon(page.votes)))
  const examples = pages.map((page, at) => [page, features[at]!] as const)
  const first = dataOf(grow(rowsOf(examples), OPTIONS))
  const found: Float32Array[] = []
  for (let fold = 0; fold < INNER_FOLDS; fold++) {
    const forest = createForest(dataOf(grow(rowsOf(examples.filter((_, at) => at % INNER_FOLDS !== fold)), OPTIONS)))
    for (let at = fold; at < pages.length; at += INNER_FOLDS) found[at] = foundBy(forest, features[at]!)
  }
  const around = examples.map(
    ([page, features], at) => [page, withNeighbours(page.survey, features, found[at]!)] as const
  )
  return { learnt, first, second: dataOf(grow(rowsOf(around), OPTIONS)) }
}

/** F1 of words, as the benchmark counts it. */
function scoreOf(said: readonly string[], wanted: readonly string[]): number {
  const left = new Map<string, number>()
  for (const word of wanted) left.set(word, (left.get(word) ?? 0) + 1)
  let right = 0
  for (const word of said) {
    const count = left.get(word) ?? 0
    if (count === 0) continue
    right++
    left.set(word, count - 1)
  }
  return right === 0 ? 0 : (2 * right) / (said.length + wanted.length)
}

function check({ learnt, first, second }: Model, pages: readonly Example[]): Map<Example, number> {
  const contentModel = createContentModel({ ...learnt.scores(), first, second })
  return new Map(
    pages.map(page => {
      const chosen = chooseBlocks(page.survey, contentModel(page.survey, page.facts))
      return [page, scoreOf(page.words.filter((_, at) => chosen.has(page.survey.blocks[at]!)).flat(), page.wanted)]
    })
  )
}

function report(scores: ReadonlyMap<Example, number>): void {
  const kinds = new Map<string, number[]>()
  for (const [{ kind }, score] of scores)
    for (const key of ['all', kind]) kinds.set(key, [...(kinds.get(key) ?? []), score])
  for (const [kind, all] of kinds)
    console.log(
      `${kind.padEnd(14)} ${String(all.length).padStart(4)}  ${(all.reduce((a, b) => a + b) / all.length).toFixed(4)}`
    )
}

function main(args: readonly string[]): void {
  const [folder] = args
  if (folder === undefined) throw new Error('npm run learn -- FOLDER [--folds N]')
  const examples: Example[] = []
  for (const page of labelledPages(folder)) examples.push({ ...page, votes: votesOf(page) })
  console.log(`${examples.length} pages, ${examples.reduce((sum, { words }) => sum + words.length, 0)} blocks`)
  const folds = args.includes('--folds') ? Number(args[args.indexOf('--folds') + 1]) : 0
  const most = args.includes('--most') ? Number(args[args.indexOf('--most') + 1]) : folds
  if (folds > 0) {
    const scores = new Map<Example, number>()
    for (let fold = 0; fold < most; fold++) {
      const isTest = (_: Example, at: number): boolean => (at * 7919) % folds === fold
      const model = learn(examples.filter((page, at) => !isTest(page, at)))
      for (const [page, score] of check(model, examples.filter(isTest))) scores.set(page, score)
      report(scores)
    }
    const worst = [...scores].sort(([, a], [, b]) => a - b).slice(0, 40)
    console.log(worst.map(([{ id, kind }, score]) => `${id} ${kind} ${score.toFixed(2)}`).join(', '))
    return
  }
  const { learnt, first, second } = learn(examples)
  const provenance = `Learnt by bench/learn on ${examples.length} pages of the Web Content eXtraction Benchmark (Foley 2026, CC-BY-4.0); docs/decisions/0013-content-model.md`
  const file = join(OWN_RULES, 'content', 'model.json')
  writeFileSync(file, `${JSON.stringify({ provenance, ...learnt.scores(), first, second })}\n`)
  console.log(`written: ${file}`)
}

main(process.argv.slice(2))
