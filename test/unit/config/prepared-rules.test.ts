import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { parse } from 'yaml'
import { loadClientRules, OWN_RULES } from '../../../src/clients/rules.js'
import { readPreparedRules, textHash } from '../../../src/config/prepared-rules.js'
import { createRuleCheck, readRuleFile } from '../../../src/config/read-rules.js'
import { loadSites } from '../../../src/sites/load-sites.js'

const names = readdirSync(OWN_RULES, { recursive: true, encoding: 'utf8' }).filter(name => name.endsWith('.yaml'))

t.test('what was prepared is what the files say, and what they were checked against', async t => {
  const prepared = readPreparedRules()
  const schemas = new Set(
    readdirSync(join(OWN_RULES, 'schema')).map(name => textHash(readFileSync(join(OWN_RULES, 'schema', name), 'utf8')))
  )
  for (const name of names) {
    const text = readFileSync(join(OWN_RULES, name), 'utf8')
    const file = prepared[textHash(text)]
    t.strictSame(file?.value, parse(text), name)
    if (name !== join('charsets', 'fallbacks.yaml')) t.ok(schemas.has(file?.checkedBy ?? ''), `${name} was checked`)
  }
  t.equal(Object.keys(prepared).length, new Set(names.map(name => readFileSync(join(OWN_RULES, name), 'utf8'))).size)
})

t.test('a file for one thing is not taken for another, though it was checked', async t => {
  const rules = readRuleFile(join(OWN_RULES, 'blocked.yaml'))
  t.doesNotThrow(() => createRuleCheck(join(OWN_RULES, 'schema', 'blocked.json'))(rules, ['no host']))
  t.throws(
    () => createRuleCheck(join(OWN_RULES, 'schema', 'displays.json'))(rules, rules.value),
    /blocked\.yaml, line \d+/
  )
  const folder = t.testdir()
  cpSync(join(OWN_RULES, 'stop-words.yaml'), join(folder, 'example.org.yaml'))
  t.throws(() => loadSites(OWN_RULES, { more: folder }), /example\.org\.yaml, line \d+: must be array/)
})

t.test('where one profile was changed, all that stand on it are checked', async t => {
  const folder = t.testdir()
  cpSync(OWN_RULES, folder, { recursive: true })
  t.doesNotThrow(() => loadClientRules(folder))
  const file = join(folder, 'profiles', 'cern.yaml')
  writeFileSync(file, readFileSync(file, 'utf8').replace('charset: iso-8859-1', 'charset: no-charset'))
  t.throws(() => loadClientRules(folder), /cern\.yaml, line \d+, text\.charset: must/)
})

t.test('a place in a file that was prepared is still found', async t => {
  const rules = readRuleFile(join(OWN_RULES, 'profiles', 'nav3.yaml'))
  t.match(rules.place(['extends']), /nav3\.yaml, line \d+, extends$/)
  t.not(rules.line(['elements']), 1)
})
