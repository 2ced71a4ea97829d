import type { Script } from '../tree/scripts.js'
import { parseJson } from './fields.js'
import { isFlattened, unflattened } from './flattened.js'
import { isFlight, readFlight, type Rows } from './flight.js'
import { readLiteral } from './js-literal.js'

/** What frameworks have left in a page for their scripts. */
export interface State {
  /** Each is JSON, or was written out in a program */
  readonly values: readonly unknown[]
  /** What React sends to its components */
  readonly rows: Rows
}

/** State that is read of one page. Characters. */
export const MOST_STATE_CHARACTERS = 4 * 1024 * 1024
/** A shorter value has no text of a page in it. Characters. */
export const LEAST_CHARACTERS = 100

const JSON_TYPE = /^\s*(application|text)\/([\w.+-]*\+)?json\b/i
const PROGRAM_TYPE = /^(module|text\/javascript|application\/(x-)?javascript)?$/i
/** What is handed over in calls: to a list (Next), or to a stream (React Router). */
const HANDED = /\.(?:push|enqueue)\(\s*(?=["'[{])/
/** What is given a name: window.STATE = {...}, const data = JSON.parse("..."), (function (a) {...})(1). */
const NAMED = /[\w$\])"']\s*=\s*(?=[{[]|JSON\.parse\(|\(function\()/
const GIVEN = new RegExp(`${HANDED.source}|${NAMED.source}`, 'g')

/** The values that are written out in a program. */
function writtenIn(program: string): unknown[] {
  const values: unknown[] = []
  const pattern = new RegExp(GIVEN)
  for (let found = pattern.exec(program); found !== null; found = pattern.exec(program)) {
    const literal = readLiteral(program, pattern.lastIndex)
    const isLong = literal.end - pattern.lastIndex >= LEAST_CHARACTERS
    if ('value' in literal && (isLong || found[0].startsWith('.'))) values.push(literal.value)
    pattern.lastIndex = literal.end
  }
  return values
}

/** The texts that calls hand over, for one reader at the other end: [1, "text"], or "text". */
function handedText(value: unknown): string | undefined {
  if (typeof value === 'string') return value
  return Array.isArray(value) && value.length === 2 && typeof value[0] === 'number' && typeof value[1] === 'string'
    ? value[1]
    : undefined
}

/** A text that is JSON, or lines of it: what streams carry. */
const linesOf = (text: string): unknown[] =>
  text
    .split('\n')
    .map(line => parseJson(line.replace(/^P\d{1,9}:/, '')))
    .filter(value => typeof value === 'object' && value !== null)

/** Reads what the scripts of a page, and attributes of its elements, hold as data. */
export function stateOf(scripts: readonly Script[], attributes: readonly string[]): State {
  const values: unknown[] = []
  let [left, handed] = [MOST_STATE_CHARACTERS, '']
  const isWithin = (text: string): boolean => text.length >= LEAST_CHARACTERS && (left -= text.length) >= 0
  for (const { type, text } of scripts) {
    if (!isWithin(text)) continue
    if (JSON_TYPE.test(type)) values.push(parseJson(text.replace(/^\s*(<!\[CDATA\[|<!--)|(\]\]>|-->)\s*$/g, '')))
    else if (PROGRAM_TYPE.test(type.trim())) {
      for (const value of writtenIn(text)) {
        const piece = handedText(value)
        if (piece === undefined) values.push(value)
        else handed += piece
      }
    }
  }
  for (const text of attributes) if (isWithin(text)) values.push(parseJson(text))
  const rows: Rows = isFlight(handed) ? readFlight(handed) : new Map()
  if (rows.size === 0) values.push(...linesOf(handed))
  return {
    values: values.filter(value => value !== undefined).map(value => (isFlattened(value) ? unflattened(value) : value)),
    rows
  }
}
