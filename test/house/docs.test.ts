import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import t from 'tap'
import { ROOT } from '../helpers/root.js'

/** Decisions say what was so when they were made. */
const documents = ['README.md', 'CONTRIBUTING.md', 'SECURITY.md']
  .concat(readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' }).map(name => `docs/${name}`))
  .filter(name => name.endsWith('.md') && !name.startsWith('docs/decisions/'))

/** A path of the repository between backticks: with a folder and an ending, or a folder with a slash at its end. */
const PATH = /`((?:[\w.-]+\/)*[\w.-]+\.(?:tsx?|cts|mjs|js|yaml|json|md)|(?:[\w.-]+\/)+)`/g
const LINK = /\]\((?!https?:|#)([^)#\s]+)[^)]*\)/g

/** Files of the machine that runs the program, of a site, or that a reader is to make; a name of HTML with its slash. */
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
