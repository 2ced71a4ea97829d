import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { SETTINGS } from '../src/config/settings.js'
import { MACHINE_DEFAULTS } from '../src/config/setting-names.js'
import type { Setting } from '../src/config/setting-values.js'
import { ROOT } from '../test/helpers/root.js'

/** A figure that something must not pass. */
export interface Limit {
  readonly name: string
  readonly value: number
  readonly unit: string
  readonly why: string
  /** Path from the root of the repository */
  readonly where: string
}

/** What a constant is called that says how much, how many or how long; or a group of them. */
const LIMIT =
  /^(MOST|LONGEST|LARGEST|FURTHER)_|_(BYTES|CHARACTERS|MILLISECONDS|SECONDS|DAYS|SHARE|ELEMENTS|LENGTH|MEGABYTES|VISITS|THREADS|CONNECTIONS|PAUSES|TURNS|PIXELS|LIMITS)(\.|$)|_PER_/
/** Lengths that are of the format of a file, and bound nothing. */
const LAYOUT = /^src\/store\/damage\/file-pages\.ts$/
/** What others are reckoned in. */
const UNITS = /^(MINUTE|DAY)_/
/** A comment ends with its unit, as a sentence of its own. */
const UNIT =
  /^(?<why>.+[.:)])\s+(?<unit>(?:Bytes|Bits|Characters|Letters|Milliseconds|Seconds|Days|Pixels|Elements|Blocks|Nodes|Levels|Lines|Steps|Entries|Files|Addresses|Visits|Parts|Links|MiB|Fraction|Share|Hex characters)\b[^.]{0,70})\.?$/
/** Else the name has it. */
const SUFFIXES: Readonly<Record<string, string>> = {
  BYTES: 'bytes',
  CHARACTERS: 'characters',
  LENGTH: 'characters',
  MILLISECONDS: 'milliseconds',
  SECONDS: 'seconds',
  DAYS: 'days',
  SHARE: 'share',
  ELEMENTS: 'elements',
  PIXELS: 'pixels',
  THREADS: 'threads',
  CONNECTIONS: 'connections',
  TURNS: 'turns',
  MEGABYTES: 'MiB',
  VISITS: 'visits'
}

/** Or the comment begins with what is counted. */
const COUNTED = /^[A-Z][\w-]+s(?= (that|of|who|within|in|at|under|are|are drawn)\b)/

/** mostZoom and MOST_ZOOM are one. */
const inCapitals = (name: string): string => name.replace(/([a-z])(?=[A-Z])/g, '$1_').toUpperCase()

const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1)

function unitOf(name: string, comment: string): { unit: string; why: string } {
  const said = UNIT.exec(comment)?.groups
  if (said !== undefined) return { unit: said.unit === 'MiB' ? said.unit : lowerFirst(said.unit!), why: said.why! }
  const words = inCapitals(name).split(/[_.]/)
  const counted = /^MOST_(\w+S)$/.exec(inCapitals(name))?.[1]
  const unit =
    SUFFIXES[words.at(-1)!] ?? counted?.toLowerCase().replaceAll('_', ' ') ?? COUNTED.exec(comment)?.[0].toLowerCase()
  return { unit: unit ?? 'number', why: comment }
}

/** The value of numbers, what is reckoned of them, and constants of the same file; undefined for anything else. */
function valueOf(node: ts.Expression, known: ReadonlyMap<string, number>): number | undefined {
  if (ts.isNumericLiteral(node)) return Number(node.text)
  if (ts.isIdentifier(node)) return known.get(node.text)
  if (ts.isParenthesizedExpression(node)) return valueOf(node.expression, known)
  if (!ts.isBinaryExpression(node)) return undefined
  const [left, right] = [valueOf(node.left, known), valueOf(node.right, known)]
  if (left === undefined || right === undefined) return undefined
  switch (node.operatorToken.kind) {
    case ts.SyntaxKind.AsteriskToken:
      return left * right
    case ts.SyntaxKind.AsteriskAsteriskToken:
      return left ** right
    case ts.SyntaxKind.SlashToken:
      return left / right
    case ts.SyntaxKind.PlusToken:
      return left + right
    case ts.SyntaxKind.MinusToken:
      return left - right
    default:
      return undefined
  }
}

const commentOf = (statement: ts.Node): string =>
  ts
    .getJSDocCommentsAndTags(statement)
    .map(({ comment }) => ts.getTextOfJSDocComment(comment) ?? '')
    .join(' ')
    .replace(/\s+/g, ' ')
    .trim()

interface Figure {
  readonly name: string
  readonly value: number
  readonly comment: string
}

const isNextLine = (statement: ts.Node): boolean => statement.getFullText().search(/\S/) === 1

/** The members of an object that are numbers, each with its comment or that of the object. */
function membersOf(name: string, object: ts.ObjectLiteralExpression, comment: string): Figure[] {
  return object.properties.filter(ts.isPropertyAssignment).flatMap(property => {
    const value = valueOf(property.initializer, new Map())
    return value === undefined
      ? []
      : [{ name: `${name}.${property.name.getText()}`, value, comment: commentOf(property) || comment }]
  })
}

/** All constants of a file with a number for a value, each with its comment; members of objects as well. */
function figuresIn(path: string, text: string): Figure[] {
  const tree = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true)
  const known = new Map<string, number>()
  let above = { comment: '', end: -1 }
  return tree.statements.filter(ts.isVariableStatement).flatMap(statement => {
    // A constant in the line below another one shares its comment.
    const comment = commentOf(statement) || (statement.pos === above.end && isNextLine(statement) ? above.comment : '')
    above = { comment, end: statement.end }
    return statement.declarationList.declarations.flatMap(({ name, initializer }) => {
      if (initializer === undefined || !ts.isIdentifier(name)) return []
      const plain = ts.isAsExpression(initializer) ? initializer.expression : initializer
      if (ts.isObjectLiteralExpression(plain)) return membersOf(name.text, plain, comment)
      const value = valueOf(plain, known)
      if (value === undefined) return []
      known.set(name.text, value)
      return [{ name: name.text, value, comment }]
    })
  })
}

/** All constants of src/ that are numbers. */
export function allFigures(): Array<Figure & { readonly where: string }> {
  return readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
    .filter(path => path.endsWith('.ts'))
    .sort()
    .flatMap(path =>
      figuresIn(path, readFileSync(join(ROOT, 'src', path), 'utf8')).map(figure => ({
        ...figure,
        where: `src/${path}`
      }))
    )
}

/** The constants that are limits; one that has no comment is part of a format or a calculation. */
export const limitConstants = (): Limit[] =>
  allFigures()
    .filter(({ name, comment, where }) => isLimit(name) && comment !== '' && !LAYOUT.test(where))
    .map(({ name, value, comment, where }) => ({ name, value, where, ...unitOf(name, comment) }))

const isLimit = (name: string): boolean => LIMIT.test(inCapitals(name)) && !UNITS.test(name)

/** The settings that are limits, with what they are if nothing is said. */
export function limitSettings(): Array<Limit & { least: number; most: number }> {
  return Object.entries<Setting<unknown>>(SETTINGS).flatMap(
    ([name, { kind, default: value, unit, help, least, most }]) =>
      kind === 'integer' && unit !== 'port'
        ? [
            {
              name,
              value: value as number,
              unit: unit!,
              why: help,
              where: 'src/config/settings.ts',
              least: least!,
              most: most!
            }
          ]
        : []
  )
}

/** A number as people read it. */
export const inFigures = (value: number): string => value.toLocaleString('en-US', { maximumFractionDigits: 4 })

const cell = (text: string): string => text.replaceAll('|', '\\|')

/** The page docs/limits.md. */
export function limitsReference(): string {
  const settings = limitSettings().map(({ name, value, unit, why, least, most }) => {
    const figure = MACHINE_DEFAULTS[name] ?? inFigures(value)
    return `| \`${name}\` | ${figure} | ${unit} | ${inFigures(least)} to ${inFigures(most)} | ${cell(why)} |`
  })
  const constants = limitConstants().map(
    ({ name, value, unit, why, where }) =>
      `| \`${name}\` | ${inFigures(value)} | ${unit} | ${cell(why)} | \`${where}\` |`
  )
  return `# Limits

Made by \`npm run docs\` from the settings and from the constants of the code with their comments. What happens past those
that a stranger can reach stands in [security.md](security.md).

## Settings

All of \`src/config/settings.ts\`; how each is set stands in [configuration.md](configuration.md).

| setting | default | unit | takes | what it bounds |
| --- | --- | --- | --- | --- |
${settings.join('\n')}

## Constants

| constant | value | unit | why | where |
| --- | --- | --- | --- | --- |
${constants.join('\n')}
`
}
