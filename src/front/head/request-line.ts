import { METHODS } from 'node:http'
import type { BadRequestReason } from './bad-request.js'
import { trimBlanks } from './trim-blanks.js'

export type HttpVersion = '0.9' | '1.0' | '1.1'

/** A request line that Node's parser accepts. */
export interface RequestLine {
  method: string
  target: string
  version: HttpVersion
}

/**
 * The path for a request whose target no parser accepts (`news:comp.infosystems`, `about:x`, `host/path`). The target
 * itself becomes the query, percent-encoded. No page has this path: the client gets an error page instead of a closed
 * connection.
 */
export const badTargetPath = '/.bad-target'

/** What Node's parser takes as an absolute URI: a scheme in letters, `//`, and these bytes only in the host part. */
const absoluteUri = /^[a-z]+:\/\/[\w\-.!~*'();:@&=+$,%[\]]*(?:[/?]|$)/i

/** Makes a request line as browsers of 1993 to 2003 wrote it strict, or says why it is none. */
export function normaliseRequestLine(line: string): RequestLine | BadRequestReason {
  const words = splitRequestLine(line)
  if (!words || words.method === 'PRI') return 'not-http' // PRI is the preface of HTTP/2, RFC 9113 section 3.4
  if (!METHODS.includes(words.method)) return 'unknown-method'
  return { ...words, target: normaliseTarget(words.method, words.target) }
}

/** True for a request line without a version, which is a whole HTTP/0.9 request (RFC 1945 section 5). */
export function isSimpleRequestLine(line: string): boolean {
  // Nearly every line, which need not be taken apart twice.
  if (line.endsWith(' HTTP/1.0') || line.endsWith(' HTTP/1.1')) return false
  return splitRequestLine(line)?.version === '0.9'
}

/**
 * The first word is the method, the last one the version, and everything between is the target, because Mosaic 2.7
 * copies blanks of a HREF into the request line.
 */
function splitRequestLine(line: string): RequestLine | undefined {
  const trimmed = trimBlanks(line)
  const afterMethod = trimmed.search(/[ \t]/)
  if (afterMethod < 0) return undefined
  const method = trimmed.slice(0, afterMethod).toUpperCase()
  if (!/^[A-Z-]+$/.test(method)) return undefined
  const rest = trimBlanks(trimmed.slice(afterMethod))
  const lastWordAt = Math.max(rest.lastIndexOf(' '), rest.lastIndexOf('\t')) + 1
  const lastWord = rest.slice(lastWordAt)
  if (/^http\/[\d.]*$/i.test(lastWord)) {
    return { method, target: trimBlanks(rest.slice(0, lastWordAt)), version: knownVersion(lastWord) }
  }
  // HTTP/0.9 has only GET: any other method without a version comes from a careless HTTP/1.0 client.
  return { method, target: rest, version: method === 'GET' ? '0.9' : '1.0' }
}

/** RFC 9112 section 2.3: a higher minor version is answered as the highest we know. Anything odd counts as 1.0. */
function knownVersion(word: string): HttpVersion {
  return /\/(?:0*1\.0*[1-9]|0*[2-9])/.test(word) ? '1.1' : '1.0'
}

function normaliseTarget(method: string, raw: string): string {
  const target = escapeBytes(raw)
  if (method === 'CONNECT') return target
  if (target === '') return '/'
  if (target === '*' || target.startsWith('/') || absoluteUri.test(target)) return target
  return `${badTargetPath}?${escapeBytes(raw, /[^\w.~-]/g)}`
}

/** Encodes bytes, not characters: only the origin knows what %E9 means (Latin-1, Shift_JIS, KOI8-R). */
function escapeBytes(text: string, unsafe = /[^\x21-\x7e]/g): string {
  return text.replace(unsafe, byte => `%${byte.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`)
}
