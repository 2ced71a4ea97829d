import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { ErrorObject, ValidateFunction } from 'ajv'
import { readPreparedRules, textHash, type PreparedFile } from './prepared-rules.js'
import { layersOf, overlaid, schemaFile, type RulesFolder } from './layers/rules-folder.js'
import { parseYaml, yamlValue } from './yaml.js'
import { reasonOf } from '../system-error.js'

/** A rule file that cannot be used: file, line, field and reason in one sentence. */
export class RulesError extends Error {}

// Loaded when there is something to check: rules that were prepared are.
const require = createRequire(import.meta.url)
const loadAjv = () => (require('ajv') as typeof import('ajv')).Ajv

const PREPARED = readPreparedRules()

/** A rule file as it was read; its value is of a known type once it was checked. */
export interface RuleFile<T = unknown> {
  readonly file: string
  readonly value: T
  /** Hash of the schema that it was checked against when the program was built; it has not been changed since */
  readonly checkedBy?: string
  /** Where a field stands: file, line and field. */
  place(path: readonly string[]): string
  /** The line that a field stands in, from 1 */
  line(path: readonly string[]): number
  /** The failure at a field, with the line that the field stands in. */
  failure(path: readonly string[], reason: string): RulesError
}

/** A field of a rule file, by the names that lead to it. */
export interface FieldPlace {
  readonly rules: RuleFile
  readonly path: readonly string[]
}

function lineOf(text: string, path: readonly string[]): number {
  const { document, lineAt } = parseYaml(text)
  for (let length = path.length; length >= 0; length--) {
    const keys = path.slice(0, length).map(key => (/^\d+$/.test(key) ? Number(key) : key))
    const node = document.getIn(keys, true) as { range?: [number, number, number] } | undefined
    if (node?.range !== undefined) return lineAt(node.range[0])
  }
  return 1
}

/** @throws RulesError when the file is missing or not YAML. */
function readValue(file: string): PreparedFile & { readonly text: string } {
  try {
    const text = readFileSync(file, 'utf8')
    const name = textHash(text)
    const prepared = Object.hasOwn(PREPARED, name) ? PREPARED[name] : undefined
    return { text, ...(prepared ?? { value: yamlValue(text) }) }
  } catch (error) {
    throw new RulesError(`${file}: ${reasonOf(error)}`)
  }
}

/**
 * Reads a YAML file of rules.
 * @throws RulesError when it is missing or not YAML.
 */
export function readRuleFile(file: string): RuleFile {
  const { text, ...read } = readValue(file)
  const line = (path: readonly string[]): number => lineOf(text, path)
  const place = (path: readonly string[]): string =>
    `${file}, line ${line(path)}${path.length === 0 ? '' : `, ${path.join('.')}`}`
  return { file, ...read, line, place, failure: (path, reason) => new RulesError(`${place(path)}: ${reason}`) }
}

function failureOf({ instancePath, message, params }: ErrorObject, rules: RuleFile): RulesError {
  const { additionalProperty, allowedValues } = params as { additionalProperty?: string; allowedValues?: unknown[] }
  const path = [...instancePath.split('/').filter(key => key !== ''), additionalProperty ?? []].flat()
  const extra = additionalProperty ?? allowedValues?.join(', ')
  return rules.failure(path, `${message ?? 'is wrong'}${extra === undefined ? '' : ` (${extra})`}`)
}

/** Checks a value that came from a rule file; throws a RulesError with the first thing that is wrong. */
export type RuleCheck = (rules: RuleFile, value: unknown) => void

/** Values of which one may be said, by the name that a schema refers to them with: lists that the program has. */
export type RuleLists = Readonly<Record<string, readonly string[]>>

/** A schema changed before it is used. */
export type SchemaChange = (schema: Record<string, unknown>) => object

function compileSchema(schema: object, lists: RuleLists): ValidateFunction {
  // That the schemas themselves are right is for the tests: it takes as long as all the rest (0.3 s at each start).
  const options = { allowUnionTypes: true, formats: { regex: isRegex }, validateSchema: false, meta: false }
  const ajv = new (loadAjv())(options)
  for (const [name, values] of Object.entries(lists)) ajv.addSchema({ enum: values }, name)
  return ajv.compile(schema)
}

/** A check against a JSON Schema, compiled once for all the values that it is for. */
export function createRuleCheck(file: string, lists: RuleLists = {}, change: SchemaChange = given => given): RuleCheck {
  const schema = readFileSync(file, 'utf8')
  const name = textHash(schema)
  let validate: ValidateFunction | undefined
  return (rules, value) => {
    if (rules.checkedBy === name) return
    validate ??= compileSchema(change(JSON.parse(schema) as Record<string, unknown>), lists)
    if (!validate(value)) throw failureOf(validate.errors![0]!, rules)
  }
}

/**
 * A file of rules that passes a check, which says the same as the type T.
 * @throws RulesError naming file, line, field and reason.
 */
export function checkedRules<T>(rules: RuleFile, check: RuleCheck): RuleFile<T> {
  check(rules, rules.value)
  return rules as RuleFile<T>
}

/**
 * Reads a file of the rules, and checks it against its schema, which says the same as the type T.
 * @throws RulesError naming file, line, field and reason.
 */
export function readRules<T>(folder: RulesFolder, name: string): RuleFile<T> {
  const check = createRuleCheck(schemaFile(folder, name))
  const [shipped, own] = layersOf(folder, `${name}.yaml`).map(file => checkedRules(readRuleFile(file), check))
  if (own === undefined) return shipped as RuleFile<T>
  const { checkedBy: _, ...read } = shipped!
  return { ...read, value: overlaid(shipped!.value, own.value) } as RuleFile<T>
}

/**
 * A pattern of the rules, upper and lower case alike.
 * @throws SyntaxError when it is none.
 */
// test/cost/patterns.test.ts proves that those of rules/ are linear, and what they are compared with is cut
// (cut-client-fields.ts).
// eslint-disable-next-line patterns/known
export const rulePattern = (source: string): RegExp => new RegExp(source, 'i')

function isRegex(source: string): boolean {
  try {
    rulePattern(source)
    return true
  } catch {
    return false
  }
}
