import type { BadRequestReason } from './bad-request.js'
import { normaliseHeaderLines, type HeaderField } from './header-fields.js'
import { keepAliveAsked } from './keep-alive.js'
import { readStrictHead } from './strict-head.js'
import type { NormalisedHead } from './normalised-head.js'
import { normaliseRequestLine, type HttpVersion } from './request-line.js'

/**
 * Makes a raw request head (Latin-1, without the blank line) strict, or says why it cannot be one request.
 * A head that is strict already comes out byte for byte as it went in.
 */
export const normaliseHead = (head: string): NormalisedHead | BadRequestReason => readStrictHead(head) ?? mendHead(head)

/** The same for a head that is not strict. */
export function mendHead(head: string): NormalisedHead | BadRequestReason {
  const [first = '', ...rest] = splitLines(head)
  const line = normaliseRequestLine(first)
  if (typeof line === 'string') return line
  const simple = line.version === '0.9'
  const fields = simple ? [] : normaliseHeaderLines(rest)
  if (typeof fields === 'string') return fields
  const body = findBody(fields, line.version)
  if (typeof body === 'string') return body
  const strict = body.chunked ? asLastRequest(fields) : withOneLength(fields)
  return {
    text: writeHead(`${line.method} ${line.target} HTTP/${line.version}`, strict),
    method: line.method,
    version: line.version,
    simple,
    keepAliveAsked: keepAliveAsked(line.version, valueOf(strict, 'connection'), valueOf(strict, 'proxy-connection')),
    ...body
  }
}

/**
 * LF ends a line, whatever number of CRs precedes it: programs that print "\r\n" to a DOS text stream send CR CR LF. A
 * lone CR ends a line only in a head that has no LF at all; elsewhere it becomes a blank (RFC 9112 section 2.2), so
 * that it cannot hide a field from another proxy.
 */
function splitLines(head: string): string[] {
  const text = head.replace(/^[\r\n]+/, '')
  if (!text.includes('\n')) return text.split('\r').filter(Boolean)
  return text.split('\n').map(cutTrailingReturns).filter(Boolean)
}

function cutTrailingReturns(line: string): string {
  let end = line.length
  while (line[end - 1] === '\r') end--
  return line.slice(0, end)
}

/** RFC 9112 section 6.3: equal lengths may be merged into one; any other doubt refuses the request. */
function findBody(
  fields: readonly HeaderField[],
  version: HttpVersion
): Pick<NormalisedHead, 'contentLength' | 'chunked'> | BadRequestReason {
  const lengths = valueOf(fields, 'content-length')
    ?.split(',')
    .map(length => length.trim())
  const chunked = valueOf(fields, 'transfer-encoding') !== undefined
  // RFC 9112 section 6.1: a chunked HTTP/1.0 request is a faulty message.
  if (chunked) return lengths || version !== '1.1' ? 'ambiguous-length' : { contentLength: 0, chunked }
  if (!lengths) return { contentLength: 0, chunked }
  if (!lengths.every(length => /^\d{1,15}$/.test(length))) return 'bad-length'
  if (new Set(lengths.map(Number)).size > 1) return 'ambiguous-length'
  return { contentLength: Number(lengths[0]), chunked }
}

/** Node's parser refuses a Content-Length that is said twice, even when both say the same. */
function withOneLength(fields: readonly HeaderField[]): HeaderField[] {
  const first = fields.find(isLength)
  const once = first && { ...first, value: first.value.split(',', 1)[0] ?? '' }
  return fields.flatMap(field => (isLength(field) ? (field === first && once ? [once] : []) : [field]))
}

/**
 * The front does not parse chunks and so does not see where the next request would begin. Therefore the connection is
 * closed after this one (RFC 9112 section 9.6); no browser sends chunks.
 */
function asLastRequest(fields: readonly HeaderField[]): HeaderField[] {
  if (!keepAliveAsked('1.1', valueOf(fields, 'connection'), valueOf(fields, 'proxy-connection'))) return [...fields]
  const others = fields.filter(({ name }) => !/^(proxy-)?connection$/i.test(name))
  return [...others, { name: 'Connection', value: 'close' }]
}

function isLength(field: HeaderField): boolean {
  return field.name.toLowerCase() === 'content-length'
}

/** All values of a field, joined as RFC 9110 section 5.3 says. */
function valueOf(fields: readonly HeaderField[], name: string): string | undefined {
  const values = fields.filter(field => field.name.toLowerCase() === name).map(field => field.value)
  return values.length > 0 ? values.join(',') : undefined
}

function writeHead(requestLine: string, fields: readonly HeaderField[]): string {
  return `${[requestLine, ...fields.map(({ name, value }) => `${name}: ${value}`)].join('\r\n')}\r\n\r\n`
}
