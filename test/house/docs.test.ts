import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import t from 'tap'
import { allFigures, limitsReference, limitSettings } from '../../bench/limits-table.js'
import { loadClientRules } from '../../src/clients/rules.js'
import { configurationReference } from '../../src/commands/settings/settings-table.js'
import { ROOT } from '../helpers/root.js'

/** Decisions say what was so when they were made. */
const documents = ['README.md', 'CONTRIBUTING.md', 'SECURITY.md']
  .concat(readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' }).map(name => `docs/${name}`))
  .filter(name => name.endsWith('.md') && !name.startsWith('docs/decisions/'))

/** A path of the repository between backticks: with a folder and an ending, or a folder with a slash at its end. */
const PATH = /`((?:[\w.-]+\/)*[\w.-]+\.(?:tsx?|cts|mjs|js|yaml|json|md)|(?:[\w.-]+\/)+)`/g
const LINK = /\]\((?!https?:|#)([^)#\s]+)[^)]*\)/g

/**
 * Files of the machine that runs the program, of a site, or that a reader is to make; a name of HTML with its slash.
 */
const ELSEWHERE =
  /^(\/|\.\.|page\.html$|retrograde\.yaml$|node_modules\/|[\w-]+\.md$|br\/$)|verb-noun|\/name\.ts$|[A-Z]{4}/

/** All files and folders that are of the project, from its own folder on. */
const all = ['src', 'test', 'rules', 'docs', 'bench', 'lint', 'licenses'].flatMap(folder => [
  `/${folder}/`,
  ...readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8', withFileTypes: true }).map(
    entry => `/${relative(ROOT, join(entry.parentPath, entry.name))}${entry.isDirectory() ? '/' : ''}`
  )
])

/** A path may leave out the folders that the text speaks of. */
const exists = (path: string): boolean => existsSync(join(ROOT, path)) || all.some(known => known.endsWith(`/${path}`))

t.test('what the documents name is there', async t => {
  let found = 0
  for (const document of documents) {
    const text = readFileSync(join(ROOT, document), 'utf8')
    for (const [, path = ''] of text.matchAll(PATH)) {
      if (ELSEWHERE.test(path)) continue
      found++
      if (!exists(path)) t.fail(`${document} names ${path}, which is not there`)
    }
    for (const [, target = ''] of text.matchAll(LINK)) {
      found++
      if (!existsSync(join(ROOT, dirname(document), target)))
        t.fail(`${document} leads to ${target}, which is not there`)
    }
  }
  t.ok(found > 200, `${found} paths and links`)
})

t.test('what is made of the code is up to date', async t => {
  const read = (name: string): string => readFileSync(join(ROOT, 'docs', name), 'utf8')
  const again = 'npm run docs'
  t.equal(read('configuration.md'), configurationReference(), again)
  t.equal(read('limits.md'), limitsReference(), again)
  const security = read('security.md')
  const limits = read('limits.md')
  const rows = security
    .slice(security.indexOf('## Limits'), security.indexOf('## Faults'))
    .matchAll(/^\|[^|]+\| `(\w+)` \| `([\w/.-]+)` \|/gm)
  let found = 0
  for (const [, name, path] of rows) {
    found++
    const row = path === 'config/settings.ts' ? `^\\| \`${name}\` ` : `^\\| \`${name}[.\`].*\`src/${path}\` \\|$`
    t.match(limits, new RegExp(row, 'm'), `${name} of ${path} is in limits.md`)
  }
  t.ok(found > 80, `${found} limits`)
})

/** Figures of settings and constants, each by its name and the file that it stands in. */
const figures: ReadonlyArray<{ name: string; value: number; where: string }> = [...limitSettings(), ...allFigures()]

/** What one of a unit is in those of the code: bytes, milliseconds or seconds. */
const SCALES: Readonly<Record<string, readonly number[]>> = {
  KB: [1024, 1000],
  MB: [1024 * 1024, 1e6, 1],
  seconds: [1, 1000],
  second: [1, 1000],
  minutes: [1, 60, 60_000],
  minute: [1, 60, 60_000],
  hours: [3600, 3_600_000],
  days: [1, 86_400, 86_400_000]
}
const UNIT =
  '(bytes|KB|MB|milliseconds|ms|seconds?|minutes?|hours|days|pixels|characters|elements|connections|requests|links|%)'
const FIGURE = new RegExp(`(?<![\\w.,#-])(\\d[\\d,]*(?:\\.\\d+)?)\\s?${UNIT}(?![\\w])`, 'g')
/** A figure, and the name of what it is in parentheses behind it: 8 KB (`SMALL_BYTES` of `forms/rewrite-form.ts`). */
const NAMED =
  /(?<![\w.,#-])(\d[\d,]*(?:\.\d+)?)(?:\s([A-Za-z%]+))?[^`\d|(]{0,40}[(,] ?`([A-Za-z]\w*)`(?: of `([\w/.-]+)`)?/g

/**
 * Figures that are not ours to change: of other programs, of measures, of attacks, of profiles (their table is
 * checked).
 */
const OF_OTHERS: Readonly<Record<string, RegExp>> = {
  'docs/clients.md':
    /^(640 pixels|8 KB|1 MB|64 KB|60 characters|580 pixels|600 pixels|224 pixels|240 pixels|480 pixels|544 pixels|14 characters)$/,
  'docs/security.md': /^(60,000 characters|0.07 ms)$/,
  // Measured and reckoned, and said where.
  'docs/scaling.md': /^/,
  'docs/features/home.md': /^4 KB$/, // test/exchange/portal.test.ts
  'docs/features/sizes-in-image-addresses.md': /^(56 %|90 %|10 ms|65 ms)$/,
  'docs/features/the-store.md': /^2 ms$/
}

const numberOf = (text: string): number => Number(text.replaceAll(',', ''))

t.test('figures in the documents are those of the settings and constants that they name', async t => {
  let named = 0
  for (const document of documents.filter(name => !/limits|configuration/.test(name))) {
    const text = readFileSync(join(ROOT, document), 'utf8').replace(/^ {4}.*$/gm, '')
    const tied = new Set<number>()
    for (const match of text.matchAll(NAMED)) {
      const [, number = '', unit = '', name = '', path = ''] = match
      const known = figures.filter(figure => figure.name === name && figure.where.endsWith(path))
      if (known.length === 0) continue
      named++
      tied.add(match.index)
      const [{ value } = { value: NaN }, ...others] = known
      if (others.length > 0) t.fail(`${document}: ${name} is in several files; say of which`)
      const scales = SCALES[unit] ?? [1]
      t.ok(
        scales.some(scale => numberOf(number) * scale === value),
        `${document}: ${number} ${unit} is ${name}, which is ${value}`
      )
    }
    // What stands between backticks alone is an example.
    for (const match of text.replace(/`[^`]*`/g, code => code.replace(/\d/g, 'x')).matchAll(FIGURE)) {
      if (tied.has(match.index) || OF_OTHERS[document]?.test(match[0]) === true) continue
      t.fail(`${document}: of which setting or constant are the ${match[0]}? Name it behind the figure: (\`NAME\`)`)
    }
  }
  t.ok(named >= 12, `${named} figures with a name`)
})

t.test('figures in the table of profiles are those of the profiles', async t => {
  const words = ['none', 'one', 'two', 'three']
  const table = readFileSync(join(ROOT, 'docs/clients.md'), 'utf8').matchAll(/^\| `(\w+)` \|.*\|$/gm)
  const { profiles } = loadClientRules()
  let found = 0
  for (const [row, id = ''] of table) {
    const profile = profiles.get(id)
    if (profile === undefined) continue
    for (const [pattern, value] of [
      [/(\d+) colours/, profile.images.maxColours],
      [/(\d+) pixels/, profile.images.maxWidth],
      [/(\w+) deep/, profile.tables.maxDepth],
      [/(\w+) columns/, profile.tables.maxColumns]
    ] as const) {
      const said = pattern.exec(row)?.[1]
      if (said === undefined) continue
      found++
      t.equal(words.includes(said) ? words.indexOf(said) : Number(said), value, `${id}: ${pattern.source}`)
    }
  }
  t.ok(found >= 6, `${found} figures`)
})
