import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { RegExpParser, visitRegExpAST, type AST } from '@eslint-community/regexpp'
import { ESLint } from 'eslint'
import { check } from 'recheck'
import { parse } from 'yaml'
import { OWN_RULES } from '../../src/clients/rules.js'
import { ROOT } from './root.js'

export interface Pattern {
  readonly source: string
  readonly flags: string
  readonly at: string
}

/**
 * So often a pattern may repeat all that it repeats: each place of a text costs so much and no more, whatever it holds.
 */
const SHORT_REPEATS = 300
/**
 * What has no automaton is tried, with fewer rounds than usual: they have found all that is known to be bad. Steps are
 * counted and no time, so that a busy machine finds the same. Milliseconds.
 */
const RECHECK = {
  timeout: 100_000,
  incubationTimeout: null,
  attackTimeout: null,
  attackLimit: 10_000_000,
  maxAttackStringSize: 30_000,
  maxIteration: 3,
  maxInitialGenerationSize: 100,
  maxGenerationSize: 50
}

/** Of `npm run lint`, the part that looks at patterns, which needs no types. */
const overrideConfigFile = join(ROOT, 'lint', 'patterns.config.js')
const linter = (): ESLint => new ESLint({ overrideConfigFile })

/** Reports each pattern of a file as JSON instead. */
const lister = (): ESLint =>
  new ESLint({
    overrideConfigFile,
    ruleFilter: ({ ruleId }) => ruleId === 'patterns/list',
    overrideConfig: { files: ['src/**/*.ts'], rules: { 'patterns/list': 'warn' } }
  })

/** All patterns that stand in the program, each once. */
export async function patternsOfProgram(): Promise<Pattern[]> {
  const found = new Map<string, Pattern>()
  for (const { filePath, messages } of await lister().lintFiles('src')) {
    // Rules that are named in comments, and are not there without types, are said to be missing.
    for (const { message, line } of messages.filter(({ ruleId }) => ruleId === 'patterns/list'))
      found.set(message, { ...(JSON.parse(message) as Pattern), at: `${filePath}:${line}` })
  }
  return [...found.values()]
}

type Tree = unknown

function* entriesOf(tree: Tree): Generator<readonly [string, unknown]> {
  if (typeof tree !== 'object' || tree === null) return
  for (const [key, value] of Object.entries(tree)) {
    yield [key, value]
    yield* entriesOf(value)
  }
}

const trees = (folder: string, end: string): Array<{ at: string; tree: Tree }> =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith(end))
    .map(name => ({ at: name, tree: parse(readFileSync(join(folder, name), 'utf8')) as Tree }))

/** All patterns that stand in rules/: the fields that a schema calls a pattern, and those of the schemas themselves. */
export function patternsOfRules(): Pattern[] {
  const schemas = trees(join(OWN_RULES, 'schema'), '.json')
  const fields = new Set(
    schemas
      .flatMap(({ tree }) => [...entriesOf(tree)])
      .filter(([, value]) => (value as { format?: string } | null)?.format === 'regex')
      .map(([name]) => name)
  )
  const ofFields = trees(OWN_RULES, '.yaml').flatMap(({ at, tree }) =>
    [...entriesOf(tree)]
      .filter(([name, value]) => fields.has(name) && typeof value === 'string')
      .map(([, value]) => ({ source: value as string, flags: 'i', at }))
  )
  const ofSchemas = schemas.flatMap(({ at, tree }) =>
    [...entriesOf(tree)]
      .filter(([name, value]) => name === 'pattern' && typeof value === 'string')
      .map(([, value]) => ({ source: value as string, flags: 'u', at }))
  )
  return [...ofFields, ...ofSchemas]
}

/** What ESLint says of text as if it were a file of the program. */
export async function faultsOf(text: string): Promise<string[]> {
  const [result] = await linter().lintText(text, { filePath: 'src/made-up.ts' })
  return result!.messages.map(({ line, ruleId, message }) => `${line}: ${ruleId ?? ''} ${message}`)
}

/** Patterns as lines of a file. */
export const asFile = (patterns: readonly Pattern[]): string =>
  patterns.map(({ source, flags }) => `RegExp(${JSON.stringify(source)}, '${flags}')\n`).join('')

const astOf = ({ source, flags }: Pattern): AST.Pattern =>
  new RegExpParser().parsePattern(source, 0, source.length, {
    unicode: flags.includes('u'),
    unicodeSets: flags.includes('v')
  })

/** Whether a pattern repeats something without end, or so often that it comes to the same: others need no proof. */
function repeatsLong({ source, flags }: Pattern): boolean {
  let repeats = 1
  visitRegExpAST(astOf({ source, flags, at: '' }), {
    onQuantifierEnter({ max }) {
      repeats *= Math.max(max, 1)
    }
  })
  return repeats > SHORT_REPEATS
}

type Node = AST.Node

const isLook = (node: Node): boolean =>
  node.type === 'Assertion' && (node.kind === 'lookahead' || node.kind === 'lookbehind')

/** Whether a node is tried once, at the beginning of the text, or of where a sticky pattern stands. */
function isTriedOnce(node: Node, sticky: boolean): boolean {
  if (node.parent?.type !== 'Alternative' || node.parent.parent.type !== 'Pattern') return false
  const before = node.parent.elements.slice(0, node.parent.elements.indexOf(node as AST.Element))
  const fixed = before.every(({ type }) => type === 'Assertion' || type === 'Character' || type === 'CharacterClass')
  return fixed && (sticky || (before[0]?.type === 'Assertion' && before[0].kind === 'start'))
}

/**
 * Whether a pattern looks around without end at many places: each of them reads all of the text. There is no automaton
 * for that, and trying does not find it.
 */
function looksFar({ source, flags, at }: Pattern): string | undefined {
  let far = false
  const within: Node[] = []
  visitRegExpAST(astOf({ source, flags, at }), {
    onAssertionEnter(node) {
      if (isLook(node) && !isTriedOnce(node, flags.includes('y'))) within.push(node)
    },
    onAssertionLeave(node) {
      if (within.at(-1) === node) within.pop()
    },
    onQuantifierEnter({ max }) {
      far ||= max > SHORT_REPEATS && within.length > 0
    }
  })
  return far ? `${at}: /${source}/${flags} looks around without end` : undefined
}

/**
 * An alternative without what it looks ahead to at its beginning, and each of that: they are tried once, one after the
 * other.
 */
function takenApart({ elements }: AST.Alternative, sticky: boolean): string[] {
  const ahead = elements.filter(
    element => element.type === 'Assertion' && element.kind === 'lookahead' && isTriedOnce(element, sticky)
  ) as AST.LookaheadAssertion[]
  const rest = elements
    .filter(element => !ahead.includes(element as AST.LookaheadAssertion))
    .map(({ raw }) => raw)
    .join('')
  return [rest, ...ahead.map(({ alternatives }) => `^(?:${alternatives.map(({ raw }) => raw).join('|')})`)]
}

/**
 * What a pattern is linear by: the time of a whole is the sum of that of its pieces, and for small ones recheck has an
 * automaton, which proves it. Those that repeat nothing without end are left out.
 */
function piecesOf(pattern: Pattern): Pattern[] {
  const ast = astOf(pattern)
  let refers = false
  visitRegExpAST(ast, {
    onBackreferenceEnter() {
      refers = true
    }
  })
  const sources = refers
    ? [pattern.source]
    : ast.alternatives.flatMap(alternative => takenApart(alternative, pattern.flags.includes('y')))
  return sources.map(source => ({ ...pattern, source })).filter(repeatsLong)
}

async function faultIn({ source, flags, at }: Pattern): Promise<string | undefined> {
  const found = await check(source, flags, RECHECK)
  return found.status === 'safe'
    ? undefined
    : `${at}: /${source}/${flags} is ${found.status === 'vulnerable' ? found.complexity.summary : `not decided (${found.error.kind})`}`
}

/** What is found against patterns: by recheck, and what it cannot see. Nothing if all are linear. */
export async function faultsIn(patterns: readonly Pattern[]): Promise<string[]> {
  const pieces = new Map(patterns.flatMap(piecesOf).map(piece => [`/${piece.source}/${piece.flags}`, piece]))
  const faults = patterns.map(looksFar)
  for (const piece of pieces.values()) faults.push(await faultIn(piece))
  return faults.filter(fault => fault !== undefined)
}
