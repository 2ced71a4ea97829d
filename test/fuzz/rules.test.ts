import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import t from 'tap'
import { parse, stringify } from 'yaml'
import { loadFallbacks } from '../../src/workers/load-fallbacks.js'
import { loadPageLines } from '../../src/workers/load-words.js'
import { readChoices } from '../../src/clients/read-choices.js'
import { RulesError } from '../../src/config/read-rules.js'
import { loadClientRules, OWN_RULES } from '../../src/clients/rules.js'
import { ConfigError, resolveSettings } from '../../src/config/config.js'
import { flagOf, keyOf, variableOf } from '../../src/config/setting-names.js'
import { SETTINGS } from '../../src/config/settings.js'
import { loadBlockList } from '../../src/guard/blocked.js'
import { createEditionCheck, loadStopWords, readEdition } from '../../src/news/editions.js'
import { loadPortalRules } from '../../src/portal/portal-rules.js'
import { loadBackEnds } from '../../src/search/back-ends.js'
import { fuzz } from './run.js'
import { rules as ownRules } from '../helpers/context.js'

const folder = join(tmpdir(), `retrograde-fuzz-${process.pid}`)
mkdirSync(folder, { recursive: true })
t.teardown(() => rmSync(folder, { recursive: true, force: true }))
cpSync(OWN_RULES, folder, { recursive: true })

/** Files of rules, and who reads them. */
const READERS: Readonly<Record<string, () => unknown>> = {
  'blocked.yaml': () => loadBlockList(folder, { more: '', trackers: true }),
  'bookmarks.yaml': () => loadPortalRules(folder),
  'setup.yaml': () => loadPortalRules(folder),
  'page-lines.yaml': () => loadPageLines(folder),
  'search.yaml': () => loadBackEnds(folder),
  'stop-words.yaml': () => loadStopWords(folder),
  'displays.yaml': () => loadClientRules(folder),
  'unknown-client.yaml': () => loadClientRules(folder),
  'profiles/nav3.yaml': () => loadClientRules(folder),
  'profiles/tiny.yaml': () => loadClientRules(folder),
  'clients/90-netscape.yaml': () => loadClientRules(folder),
  'clients/10-contiki.yaml': () => loadClientRules(folder),
  'charsets/fallbacks.yaml': () => loadFallbacks(folder),
  'feeds/us.yaml': () => readEdition(join(folder, 'feeds/us.yaml'), 'us', createEditionCheck(folder))
}

const scalar = fc.oneof(
  fc.string({ maxLength: 8 }),
  fc.integer(),
  fc.double(),
  fc.boolean(),
  fc.constantFrom(
    null,
    '',
    '(',
    '[a-z',
    'http://x',
    '__proto__',
    'constructor',
    'nav3',
    '*',
    '0',
    -1,
    1e308,
    '<script>',
    '\0',
    ['a'],
    {},
    [null]
  )
)
const value = fc.oneof({ weight: 3, arbitrary: scalar }, { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 3 }) })
const file = fc.constantFrom(...Object.keys(READERS))

/** One change at a place in a value: something else there, nothing there, or one more beside it. */
function change(
  root: unknown,
  steps: readonly number[],
  put: unknown,
  how: 'set' | 'drop' | 'add' | 'name',
  name: string
): unknown {
  if (root === null || typeof root !== 'object') return put
  const copy: Record<string, unknown> | unknown[] = Array.isArray(root) ? [...(root as unknown[])] : { ...root }
  const keys = Object.keys(copy)
  const [step = 0, ...rest] = steps
  const key = keys[step % Math.max(1, keys.length)]
  const fields = copy as Record<string, unknown>
  if (rest.length > 0 && key !== undefined && fields[key] !== null && typeof fields[key] === 'object')
    fields[key] = change(fields[key], rest, put, how, name)
  else if (how === 'add' || key === undefined) {
    if (Array.isArray(copy)) copy.push(put)
    else Object.defineProperty(copy, name, { value: put, enumerable: true, configurable: true, writable: true })
  } else if (how === 'drop') {
    if (Array.isArray(copy)) copy.splice(step % keys.length, 1)
    else Reflect.deleteProperty(fields, key)
  } else fields[key] = put
  return copy
}

/** Rules that are read, or one sentence that names the file. */
function isReadOrNamed(name: string, text: string): void {
  const original = readFileSync(join(OWN_RULES, name))
  writeFileSync(join(folder, name), text)
  try {
    READERS[name]!()
  } catch (error) {
    const isFallbacks = name.endsWith('fallbacks.yaml') && error instanceof Error && error.constructor === Error
    if (!(error instanceof RulesError) && !isFallbacks) throw error
    if (!error.message.includes(folder)) throw new Error(`names no file: ${error.message}`)
  } finally {
    writeFileSync(join(folder, name), original)
  }
}

const changed = fc.tuple(
  file,
  fc.array(fc.nat({ max: 40 }), { minLength: 1, maxLength: 4 }),
  value,
  fc.constantFrom('set' as const, 'drop' as const, 'add' as const),
  fc.constantFrom('extends', 'images', 'x', '__proto__', 'constructor', 'toString', 'match', 'id')
)
const parsed = new Map(
  Object.keys(READERS).map(name => [name, parse(readFileSync(join(OWN_RULES, name), 'utf8')) as unknown])
)
const yamlText = fc.oneof(
  fc
    .array(
      fc.constantFrom(
        'a: b\n',
        '- x\n',
        '  ',
        '&a ',
        '*a',
        '*b\n',
        '<<: *a\n',
        '? ',
        '!!binary x',
        '!!js/function x',
        '%YAML 9\n',
        '---\n',
        '...\n',
        '[',
        ']',
        '{',
        '}',
        '"',
        "'",
        ': ',
        '\t',
        '\0',
        '\uFEFF',
        'a: &a [*a]\n',
        '!!set {a}',
        '!!timestamp 2001-01-01',
        '.nan',
        '0x1f',
        '- - - -\n',
        '|\n',
        '>9\n',
        'é',
        '\uD800'
      ),
      { maxLength: 14 }
    )
    .map(parts => parts.join('')),
  fc.string({ unit: 'binary', maxLength: 30 })
)

const flags = fc.dictionary(
  fc.constantFrom(...Object.keys(SETTINGS).map(flagOf)),
  fc.oneof(
    fc.string({ maxLength: 12 }),
    fc.constantFrom(
      '0',
      '-1',
      '1e9',
      '99999999999999999999',
      'on',
      'off',
      '10.0.0.0/8',
      '::1/129',
      '80,8000-',
      '1-2-3',
      'a:b',
      'x=on',
      'http://',
      'http://[',
      'javascript:x',
      '__proto__',
      '80-70',
      '٣',
      '0x10',
      ' 8080 '
    )
  ),
  { maxKeys: 3 }
)

/** Settings that are read, or one sentence that names the setting and what is allowed. */
function isSetOrNamed([flags, environment, content]: readonly [
  Record<string, string>,
  Record<string, string>,
  string
]): void {
  const file = join(folder, 'settings.yaml')
  writeFileSync(file, content)
  try {
    resolveSettings({
      flags: {
        ...Object.fromEntries(Object.entries(flags).map(([flag, value]) => [keyOf(flag), value])),
        config: file
      },
      environment: Object.fromEntries(
        Object.entries(environment).map(([flag, value]) => [
          `RETROGRADE_${flag.replaceAll('-', '_').toUpperCase()}`,
          value
        ])
      )
    })
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    const known = [file, ...Object.keys(SETTINGS).flatMap(name => [`--${flagOf(name)}`, variableOf(name)])]
    if (!known.some(name => error.message.includes(name))) throw new Error(`names nothing: ${error.message}`)
  }
}

t.test(
  'rules with a change',
  async t =>
    await fuzz(t, 'rules', 0.4, changed, ([name, steps, value, how, key]) =>
      isReadOrNamed(name, stringify(change(parsed.get(name), steps, value, how, key)))
    )
)
t.test(
  'files that are no rules',
  async t => await fuzz(t, 'files', 0.2, fc.tuple(file, yamlText), ([name, text]) => isReadOrNamed(name, text))
)
t.test(
  'settings',
  async t =>
    await fuzz(
      t,
      'settings',
      0.3,
      fc.tuple(
        flags,
        flags,
        fc.oneof(
          yamlText,
          fc
            .dictionary(fc.constantFrom(...Object.keys(SETTINGS), '__proto__', 'x'), value, { maxKeys: 3 })
            .map(fields => stringify(fields))
        )
      ),
      isSetOrNamed
    )
)
t.test(
  'choices',
  async t =>
    await fuzz(
      t,
      'choices',
      0.1,
      fc.dictionary(
        fc.constantFrom('profile', 'display', 'charset', 'images', 'line', 'first', 'parts', 'cookies', '__proto__'),
        fc.oneof(fc.string(), fc.constantFrom('constructor', '__proto__', 'toString', 'nav3', 'off', 'utf8'))
      ),
      values => void JSON.stringify(readChoices(values, ownRules))
    )
)
