import type { NormalisedHead } from './normalised-head.js'
import { keepAliveAsked } from './keep-alive.js'

/** A request line that is strict already: one blank on either side of a target that Node's parser takes. */
const LINE = /^(GET|HEAD|POST|OPTIONS|PUT) (?:\/|http:\/\/[\w\-.:]*\/)[\x21-\x7e]* HTTP\/(1\.[01])$/

/** A field that is strict already: a token (RFC 9110 section 5.6.2), one blank, and no control characters. */
const FIELD = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+): ([^\x00-\x1f\x7f]*)$/

/** What says how long a body is has rules of its own, which normalise.ts holds. */
const FRAMING = /^(content-length|transfer-encoding)$/i

/** The longest name that matters here, transfer-encoding, and the shortest, connection. Characters. */
const [SHORTEST, LONGEST] = ['connection'.length, 'transfer-encoding'.length]

const isTrimmed = (value: string): boolean => !value.startsWith(' ') && !value.endsWith(' ')

/** Values of the two fields that say whether a connection is kept. */
interface Kept {
  connection?: string
  'proxy-connection'?: string
}

const joined = (before: string | undefined, value: string): string =>
  before === undefined ? value : `${before},${value}`

/** Notes what a field says of the connection; false if it says something of a body. */
function note(kept: Kept, name: string, value: string): boolean {
  if (name.length < SHORTEST || name.length > LONGEST) return true
  if (FRAMING.test(name)) return false
  const lower = name.toLowerCase()
  if (lower === 'connection' || lower === 'proxy-connection') kept[lower] = joined(kept[lower], value)
  return true
}

/**
 * Reads a head that is strict already and has no body, which nearly all are: for those normaliseHead() would take ten
 * times as long to write again what came. Undefined for every other one.
 */
export function readStrictHead(text: string): NormalisedHead | undefined {
  const [first = '', ...lines] = text.split('\r\n')
  const line = LINE.exec(first)
  if (line === null || lines.pop() !== '' || lines.pop() !== '') return undefined
  const kept: Kept = {}
  for (const written of lines) {
    const field = FIELD.exec(written)
    if (field === null || !isTrimmed(field[2]!) || !note(kept, field[1]!, field[2]!)) return undefined
  }
  const version = line[2] as '1.0' | '1.1'
  return {
    text,
    method: line[1]!,
    version,
    simple: false,
    keepAliveAsked: keepAliveAsked(version, kept.connection, kept['proxy-connection']),
    contentLength: 0,
    chunked: false
  }
}
