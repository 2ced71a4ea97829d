import type { NormalisedHead } from './normalised-head.js'
import { keepAliveAsked } from './keep-alive.js'

/**
 * A head that is strict already: one blank on either side of a target that Node's parser takes; fields with a token for
 * a name (RFC 9110 section 5.6.2), one blank, and a value without control characters and without blanks at its ends.
 */
const HEAD =
  /^(?:GET|HEAD|POST|OPTIONS|PUT) (?:\/|http:\/\/[\w\-.:]*\/)[\x21-\x7e]* HTTP\/1\.[01]\r\n(?:[!#$%&'*+.^_`|~0-9A-Za-z-]+: (?:(?! )[^\x00-\x1f\x7f]*(?<! )|)\r\n)*\r\n$/

/** What says how long a body is, which has rules of its own (normalise.ts), and what says whether a connection is kept. */
const OF_CONNECTION = /\n(?:(content-length|transfer-encoding)|(proxy-)?connection): ([^\r]*)/gi

const joined = (before: string | undefined, value: string): string =>
  before === undefined ? value : `${before},${value}`

/**
 * Reads a head that is strict already and has no body, which nearly all are: for those normaliseHead() would take ten
 * times as long to write again what came. Undefined for every other one.
 */
export function readStrictHead(text: string): NormalisedHead | undefined {
  if (!HEAD.test(text)) return undefined
  let connection: string | undefined
  let proxyConnection: string | undefined
  OF_CONNECTION.lastIndex = 0
  // matchAll would make a pattern of its own for each head.
  for (let found = OF_CONNECTION.exec(text); found !== null; found = OF_CONNECTION.exec(text)) {
    const [, framing, proxy, value = ''] = found
    if (framing !== undefined) return undefined
    if (proxy === undefined) connection = joined(connection, value)
    else proxyConnection = joined(proxyConnection, value)
  }
  const version = text[text.indexOf('\r') - 1] === '1' ? '1.1' : '1.0'
  return {
    text,
    method: text.slice(0, text.indexOf(' ')),
    version,
    simple: false,
    keepAliveAsked: keepAliveAsked(version, connection, proxyConnection),
    contentLength: 0,
    chunked: false
  }
}
