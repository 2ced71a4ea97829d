import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import t from 'tap'
import { OWN_RULES } from '../../src/clients/rules.js'

// Ajv is CommonJS whose default export TypeScript cannot see under nodenext.
const { Ajv } = createRequire(import.meta.url)('ajv') as typeof import('ajv')

t.test('schemas of rules are right by the schema of schemas', async t => {
  const folder = join(OWN_RULES, 'schema')
  const names = readdirSync(folder)
  t.ok(names.length >= 8, names.join(' '))
  for (const name of names) {
    const ajv = new Ajv({ allowUnionTypes: true, formats: { regex: true } })
    const isRight = ajv.validateSchema(JSON.parse(readFileSync(join(folder, name), 'utf8')) as object)
    t.equal(isRight, true, `${name}: ${ajv.errorsText()}`)
  }
  t.equal(new Ajv().validateSchema({ type: 'text' }), false, 'a wrong one is found')
})
