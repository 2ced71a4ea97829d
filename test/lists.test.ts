import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { charsetNames } from '../src/charset/charsets.js'
import { createRepertoire } from '../src/charset/repertoire.js'
import { loadClientRules, OWN_RULES } from '../src/clients/rules.js'
import { alwaysOffered, formatNames, formats, pageFormatNames, saveFormats } from '../src/image/formats.js'
import { addHints, takeHints } from '../src/page/addresses/address-hints.js'
import { documentKind, READERS } from '../src/page/read/readers.js'
import { VIEWS } from '../src/page/step.js'
import { STEPS, stepsFor } from '../src/page/steps.js'
import { PORTAL_PAGES } from '../src/portal/pages.js'
import { ROOT } from './helpers/root.js'

/** All that the files of a folder of src/ export, by file. */
async function exportsOf(folder: string): Promise<Array<{ file: string; values: unknown[] }>> {
  const files = readdirSync(join(ROOT, 'src', folder)).filter(name => name.endsWith('.ts'))
  return await Promise.all(
    files.map(async file => ({
      file,
      values: Object.values((await import(`../src/${folder}/${file.replace(/ts$/, 'js')}`)) as Record<string, unknown>)
    }))
  )
}

const has = (value: unknown, ...names: readonly string[]): boolean =>
  typeof value === 'object' && value !== null && names.every(name => name in value)

t.test('every format that is written stands in the list of formats', async t => {
  const found = (await exportsOf('image/formats')).flatMap(({ values }) =>
    values.filter(value => has(value, 'name', 'mediaType', 'write'))
  )
  t.strictSame(new Set(found), new Set<unknown>(formats), 'files and rows are the same')
  t.strictSame([...formatNames].sort(), formats.map(({ name }) => name).sort(), 'menus have all of them')
  t.strictSame(new Set([...pageFormatNames, ...saveFormats.map(({ name }) => name)]), new Set(formatNames))
  for (const { name } of saveFormats) t.ok(alwaysOffered.has(name), `${name} is offered to everybody`)
  for (const name of formatNames) {
    const address = addHints('http://site.test/a.jpg', { as: name })
    t.strictSame(takeHints(address), { address: 'http://site.test/a.jpg', hints: { as: name } }, `?~as=${name}`)
  }
  t.strictSame(takeHints('http://site.test/a.jpg?~as=webp').hints, {}, 'what is not written stays in the address')
})

t.test('every step stands in the list of steps, and says of which views it is', async t => {
  const files = await exportsOf('page/steps')
  for (const { file, values } of files) {
    const steps = values.filter(value => has(value, 'name', 'run'))
    t.equal(steps.length, 1, `${file} exports one step`)
    const placed = STEPS.filter(({ step }) => step === steps[0])
    t.equal(placed.length, 1, `${file} has one row`)
    t.equal(`${placed[0]?.step.name}.ts`, file, 'and its name')
    t.ok((placed[0]?.views.length ?? 0) > 0, `${file}: some view has it`)
    t.match(placed[0]?.why, /^[a-z][^.]+$/, `${file}: there is a reason for its place`)
  }
  t.equal(STEPS.length, files.length)
  for (const view of [...VIEWS, 'untouched'] as const) t.ok(stepsFor(view).length > 5, `${view} has steps`)
})

t.test('every reader is found by its types', async t => {
  const types: Readonly<Record<string, readonly [type: string, name: string]>> = {
    html: ['text/html; charset=utf-8', 'a'],
    markdown: ['text/plain', 'README.md'],
    json: ['application/feed+json', 'a'],
    xml: ['application/rss+xml', 'a'],
    text: ['application/x-sh', 'a.sh']
  }
  t.strictSame(
    Object.keys(types),
    READERS.map(({ kind }) => kind),
    'there is an example of each'
  )
  for (const [kind, [type, name]] of Object.entries(types)) t.equal(documentKind(type, name), kind, type)
})

t.test('schemas refer to the lists of charsets and formats', async t => {
  const folder = join(t.testdir(), 'rules')
  cpSync(OWN_RULES, folder, { recursive: true })
  const file = join(folder, 'profiles', 'lite.yaml')
  const own = readFileSync(file, 'utf8')
  const problem = (from: RegExp, to: string): string => {
    t.match(own, from)
    writeFileSync(file, own.replace(from, to))
    try {
      loadClientRules(folder)
      return ''
    } catch (error) {
      return String(error)
    }
  }
  for (const name of charsetNames) {
    t.equal(problem(/charset: [\w-]+/, `charset: ${name}`), '', `profiles may name ${name}`)
    t.ok(createRepertoire(name, false)('a'), `${name} can be written`)
  }
  t.match(problem(/charset: [\w-]+/, 'charset: latin1'), /text\.charset: must be equal to .*\(utf-8, us-ascii, /)
  t.equal(problem(/formats: \[[^\]]+\]/, `formats: [${pageFormatNames.join(', ')}]`), '')
  for (const { name } of saveFormats)
    t.match(problem(/formats: \[[^\]]+\]/, `formats: [gif, ${name}]`), /images\.formats\.1: .*\(gif, jpeg, png\)$/)
})

t.test('every page of our own stands in the list of pages', async t => {
  const listed = new Set<unknown>(Object.values(PORTAL_PAGES))
  let found = 0
  for (const file of readdirSync(join(ROOT, 'src/portal'))) {
    const names = [
      ...readFileSync(join(ROOT, 'src/portal', file), 'utf8').matchAll(/^export const (\w+): PortalPage\b/gm)
    ]
    const values = (await import(`../src/portal/${file.replace(/ts$/, 'js')}`)) as Record<string, unknown>
    for (const [, name = ''] of names) {
      found++
      t.ok(listed.has(values[name]), `${name} of ${file} has a path`)
    }
  }
  t.ok(found > 10, `${found} pages`)
})
