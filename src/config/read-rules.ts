import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { ErrorObject } from 'ajv'
import { LineCounter, parseDocument, type Document } from 'yaml'

/** A rule file that cannot be used: file, line, field and reason in one sentence. */
export class RulesError extends Error {}

// Ajv is CommonJS whose default export TypeScript cannot see under nodenext.
const { Ajv } = createRequire(import.meta.url)('ajv') as typeof import('ajv')

/** A rule file as it was read; its value is of a known type once it was checked. */
export interface RuleFile<T = unknown> {
  readonly file: string
  readonly value: T
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

function lineOf(document: Document, lines: LineCounter, path: readonly string[]): number {
  for (let length = path.length; length >= 0; length--) {
    const keys = path.slice(0, length).map(key => (/^\d+$/.test(key) ? Number(key) : key))
    const node = document.getIn(keys, true) as { range?: [number, number, number] } | undefined
    if (node?.range !== undefined) return lines.linePos(node.range[0]).line
  }
  return 1
}

/**
 * Reads a YAML file of rules.
 * @throws RulesError when it is missing or not YAML.
 */
export function readRuleFile(file: string): RuleFile {
  const lines = new LineCounter()
  let source: string
  try {
    source = readFileSync(file, 'utf8')
  } catch (error) {
    throw new RulesError(`${file}: ${error instanceof Error ? error.message : String(error)}`)
  }
  const document = parseDocument(source, { lineCounter: lines })
  const broken = document.errors[0]
  if (broken !== undefined) throw new RulesError(`${file}: ${broken.message}`)
  let value: unknown
  try {
    value = document.toJS()
  } catch (error) {
    // An alias that leads nowhere, or to so much that no memory would hold it.
    throw new RulesError(`${file}: ${error instanceof Error ? error.message : String(error)}`)
  }
  const line = (path: readonly string[]): number => lineOf(document, lines, path)
  const place = (path: readonly string[]): string =>
    `${file}, line ${line(path)}${path.length === 0 ? '' : `, ${path.join('.')}`}`
  return { file, value, line, place, failure: (path, reason) => new RulesError(`${place(path)}: ${reason}`) }
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

/** A check against a JSON Schema, compiled once for all the values that it is for. */
export function createRuleCheck(schemaFile: string, lists: RuleLists = {}): RuleCheck {
  const schema = JSON.parse(readFileSync(schemaFile, 'utf8')) as object
  // That the schemas themselves are right is for the tests: it takes as long as all the rest (0.3 s at each start).
  const options = { allowUnionTypes: true, formats: { regex: isRegex }, validateSchema: false, meta: false }
  const ajv = new Ajv(options)
  for (const [name, values] of Object.entries(lists)) ajv.addSchema({ enum: values }, name)
  const validate = ajv.compile(schema)
  return (rules, value) => {
    if (!validate(value)) throw failureOf(validate.errors![0]!, rules)
  }
}

/**
 * Reads a file of the rules, and checks it against its schema, which says the same as the type T.
 * @throws RulesError naming file, line, field and reason.
 */
export function readRules<T>(folder: string, name: string): RuleFile<T> {
  const rules = readRuleFile(join(folder, `${name}.yaml`))
  createRuleCheck(join(folder, 'schema', `${name}.json`))(rules, rules.value)
  return rules as RuleFile<T>
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
