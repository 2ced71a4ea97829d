import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { loadClientRules, OWN_RULES } from '../src/clients/rules.js'
import { loadPageKnowledge } from '../src/workers/load-page-knowledge.js'
import { createPageConverter, type PageJob } from '../src/page/convert.js'
import { VIEWS } from '../src/page/step.js'
import { jobFor, pagesIn, readPage } from './real-pages.js'

// npm run compare -- FILE [--every N] FOLDER...: converts every page of the folders (.html, .html.gz) in every profile
// and view. The first time, hashes of the results go into the file; later, what differs from them is told, and the exit
// code is 1. A change of the code that is to change nothing for a client is tried with it, before and after.

function parse(args: readonly string[]): { file: string; every: number; folders: string[] } {
  const at = args.indexOf('--every')
  const [file, ...folders] = at === -1 ? args : args.toSpliced(at, 2)
  if (file === undefined || folders.length === 0) throw new Error('npm run compare -- FILE [--every N] FOLDER...')
  return { file, every: at === -1 ? 1 : Number(args[at + 1]), folders }
}

const { file, every, folders } = parse(process.argv.slice(2))
const rules = loadClientRules()
const convert = createPageConverter(loadPageKnowledge(OWN_RULES))

/** All that a client may get of a page, its parts too; a failure is a result as well. */
function hashOf(job: PageJob): string {
  const hash = createHash('sha256')
  try {
    const { body, bodies, images, ...others } = convert(job)
    for (const bytes of [body, ...bodies, ...images.map(image => image.bytes)]) hash.update(bytes)
    hash.update(JSON.stringify([others, images.map(({ path }) => path)]))
  } catch (error) {
    hash.update(String(error))
  }
  return hash.digest('base64url').slice(0, 16)
}

const pages = folders
  .flatMap(pagesIn)
  .sort()
  .filter((_, at) => at % every === 0)
const found: Record<string, string> = {}
for (const page of pages) {
  const markup = readPage(page)
  for (const [id, profile] of rules.profiles)
    for (const view of VIEWS) found[`${page} ${id} ${view}`] = hashOf(jobFor(markup, profile, view, rules))
}

if (existsSync(file)) {
  const before = JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>
  const keys = Object.keys(found)
  const other = keys.filter(key => before[key] !== found[key])
  for (const key of other.slice(0, 50)) console.log(`differs: ${key}`)
  console.log(`${pages.length} pages, ${keys.length} results, ${other.length} differ`)
  process.exitCode = other.length === 0 ? 0 : 1
} else {
  writeFileSync(file, JSON.stringify(found))
  console.log(`${pages.length} pages, ${Object.keys(found).length} results written to ${file}`)
}
