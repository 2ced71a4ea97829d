import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { loadFallbacks } from '../src/charset/fallbacks.js'
import { loadClientRules, OWN_RULES } from '../src/clients/rules.js'
import { loadContentModel } from '../src/workers/load-content-model.js'
import { loadWalls } from '../src/workers/load-walls.js'
import { createPageConverter, type PageJob } from '../src/page/convert.js'
import { VIEWS, type View } from '../src/page/step.js'

// npm run compare -- FILE [--every N] FOLDER...: converts every page of the folders (.html, .html.gz) in every profile
// and view. The first time, hashes of the results go into the file; later, what differs from them is told, and the exit
// code is 1. A change of the code that is to change nothing for a client is tried with it, before and after.

function pagesOf(folder: string): string[] {
  return readdirSync(folder).flatMap(name => {
    const path = join(folder, name)
    return statSync(path).isDirectory() ? pagesOf(path) : /\.html(\.gz)?$/.test(name) ? [path] : []
  })
}

function parse(args: readonly string[]): { file: string; every: number; folders: string[] } {
  const at = args.indexOf('--every')
  const [file, ...folders] = at === -1 ? args : args.toSpliced(at, 2)
  if (file === undefined || folders.length === 0) throw new Error('npm run compare -- FILE [--every N] FOLDER...')
  return { file, every: at === -1 ? 1 : Number(args[at + 1]), folders }
}

const { file, every, folders } = parse(process.argv.slice(2))
const rules = loadClientRules()
const convert = createPageConverter(loadFallbacks(OWN_RULES), loadContentModel(), loadWalls(OWN_RULES))
const display = rules.displays.get('col256')!

function jobFor(bytes: Buffer, profile: PageJob['profile'], view: View): PageJob {
  return {
    bytes,
    profile,
    display,
    view,
    contentType: 'text/html',
    url: 'https://www.example.com/news/page.html',
    choices: { images: 'inline', originalSource: 'bottom', figures: 'on', feedLinks: 'on', archiveLink: 'on' },
    portal: 'http://retrograde',
    gateway: '',
    originBytes: bytes.length,
    maxElements: 100_000
  }
}

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
  .flatMap(pagesOf)
  .sort()
  .filter((_, at) => at % every === 0)
const found: Record<string, string> = {}
for (const page of pages) {
  const bytes = readFileSync(page)
  const markup = page.endsWith('.gz') ? gunzipSync(bytes) : bytes
  for (const [id, profile] of rules.profiles)
    for (const view of VIEWS) found[`${page} ${id} ${view}`] = hashOf(jobFor(markup, profile, view))
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
