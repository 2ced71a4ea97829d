import type { Source } from '../source.js'
import { readFeed } from './feed.js'
import { linked, preformatted } from './markup.js'
import { readPlainText } from './plain-text.js'

/** Deeper values are not indented further. Levels. */
const MOST_DEPTH = 20
/** A document that grows beyond this is shown unchanged. Characters. */
const MOST_CHARACTERS = 8 * 1024 * 1024

const newLine = (depth: number): string => `\n${'  '.repeat(Math.min(depth, MOST_DEPTH))}`

/** Decodes letters that are written as \u00e9; control characters, quotes and \ stay escaped. */
const readable = (string: string): string =>
  string.includes('\\u')
    ? string.replace(/\\(?:u([0-9a-f]{4})|.)/gi, (escape, code: string | undefined) =>
        code !== undefined && parseInt(code, 16) >= 0xa0 ? String.fromCharCode(parseInt(code, 16)) : escape
      )
    : string

/**
 * Puts each value of valid JSON on a line of its own. Numbers and the order of names stay as written; no value is
 * built, so that any depth is fine. Undefined if it would grow too large.
 */
export function indentJson(json: string): string | undefined {
  let text = ''
  let depth = 0
  let before = ''
  // A string without an end is one token too; else each quote within it would be tried as a beginning.
  for (const [token] of json.matchAll(/"[^"\\]*(?:\\[^][^"\\]*)*"?|[{}[\],:]|[^\s{}[\],:"]+/g)) {
    const opened = before === '{' || before === '['
    if (token === '}' || token === ']') {
      depth--
      text += opened ? token : newLine(depth) + token
    } else {
      if (opened || before === ',') text += newLine(depth)
      text += token === ':' ? ': ' : readable(token)
    }
    if (token === '{' || token === '[') depth++
    if (text.length > MOST_CHARACTERS) return undefined
    before = token
  }
  return text
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

/** Writes JSON with two spaces for each level, and a JSON Feed as its items; invalid JSON is shown as text. */
export function readJson(source: Source): string {
  const { text, name } = source
  if (/"version"\s*:\s*"https?:\\?\/\\?\/jsonfeed\.org\\?\//.test(text.slice(0, 4096))) {
    const feed = readFeed(source)
    if (feed !== undefined) return feed
  }
  const indented = isJson(text) ? indentJson(text) : undefined
  return indented === undefined ? readPlainText(source) : preformatted(name, linked(indented))
}
