import http, { type OutgoingHttpHeader, type OutgoingHttpHeaders } from 'node:http'
import { readerOf } from './sockets/front-reader.js'
import { connectionHeaders } from './head/keep-alive.js'

type HeaderArgument = OutgoingHttpHeaders | OutgoingHttpHeader[]

/**
 * The method in which Node begins a head. It is not public, but the only one that knows the status line (Node 20 to
 * 26).
 */
const { _storeHeader: storeHeader } = http.ServerResponse.prototype as unknown as {
  _storeHeader: (this: FrontResponse, statusLine: string, headers: unknown) => void
}

/** What decides about the connection, beside the request. */
interface SaidSoFar {
  readonly statusCode: number
  /** The Connection field that was set, or empty */
  readonly said: OutgoingHttpHeader
  readonly hasLength: boolean
}

/**
 * A response in the version of its request, always with a reason phrase, whose Connection field follows our one rule on
 * keeping connections. Answers set no Connection field; `Connection: close` stands if it is set.
 */
export class FrontResponse extends http.ServerResponse {
  /** Every answer must report that it is finished, also one that Node gives by itself (417). */
  constructor(...given: ConstructorParameters<typeof http.ServerResponse>) {
    super(...given)
    const reader = readerOf(given[0].socket)
    if (reader !== undefined) this.on('close', () => reader.answered())
  }

  override writeHead(statusCode: number, reason?: string, headers?: HeaderArgument): this
  override writeHead(statusCode: number, headers?: HeaderArgument): this
  override writeHead(statusCode: number, second?: string | HeaderArgument, third?: HeaderArgument): this {
    const reason = typeof second === 'string' ? second : this.statusMessage
    const headers = typeof second === 'string' ? third : (second ?? third)
    // A request of HTTP/1.0 with `TE: chunked` would be answered in chunks, which its version does not have.
    if (this.req.httpVersion !== '1.1') this.useChunkedEncodingByDefault = false
    const phrase = reason || http.STATUS_CODES[statusCode] || 'Unknown'
    if (this.getHeaderNames().length === 0)
      return super.writeHead(statusCode, phrase, this.wholeHead(statusCode, headers))
    for (const [name, value] of headerEntries(headers)) this.appendOrSet(name, value, Array.isArray(headers))
    this.setConnectionHeaders(statusCode)
    return super.writeHead(statusCode, phrase)
  }

  /** All fields at once, as nearly every answer has them: to set them one by one takes Node twice as long. */
  private wholeHead(statusCode: number, headers: HeaderArgument | undefined): OutgoingHttpHeader[] {
    const fields: OutgoingHttpHeader[] = []
    let said = ''
    let hasLength = false
    const add = (name: string, value: OutgoingHttpHeader): void => {
      const lower = name.toLowerCase()
      if (lower === 'connection') said = said === '' ? String(value) : `${said},${String(value)}`
      else if (!this.isDropped(lower)) fields.push(name, value)
      if (lower === 'content-length') hasLength = true
    }
    if (Array.isArray(headers)) for (const [name, value] of headerEntries(headers)) add(name, value)
    else for (const name in headers) if (headers[name] !== undefined) add(name, headers[name])
    const connection = this.connectionFields({ statusCode, said, hasLength })
    for (const name in connection) fields.push(name, connection[name]!)
    return fields
  }

  /**
   * Hop-by-hop fields, which are easily copied from an origin by mistake. HTTP/1.0 clients do not know chunks; for 1.1
   * Node would take the absence of the field as a wish to send none.
   */
  private isDropped(name: string): boolean {
    if (name === 'transfer-encoding') return this.req.httpVersion !== '1.1'
    return name === 'keep-alive' || name === 'proxy-connection'
  }

  /** Without these Node adds `Connection: keep-alive` and `Keep-Alive: timeout=` by a rule of its own. */
  private connectionFields({ statusCode, said, hasLength }: SaidSoFar): Record<string, string> {
    const hasNoBody = this.req.method === 'HEAD' || statusCode === 204 || statusCode === 304
    const fields = connectionHeaders(this.req, hasNoBody || hasLength)
    if (!this.shouldKeepAlive || (said !== '' && /\bclose\b/i.test(String(said))))
      for (const name in fields) fields[name] = 'close'
    return fields
  }

  private appendOrSet(name: string, value: OutgoingHttpHeader, isRawList: boolean): void {
    if (isRawList && typeof value !== 'number') this.appendHeader(name, value)
    else this.setHeader(name, value)
  }

  private setConnectionHeaders(statusCode: number): void {
    const said = this.getHeader('connection') ?? ''
    const fields = this.connectionFields({ statusCode, said, hasLength: this.hasHeader('content-length') })
    for (const name of this.getHeaderNames()) if (this.isDropped(name)) this.removeHeader(name)
    for (const [name, value] of Object.entries(fields)) this.setHeader(name, value)
  }

  /** Node writes HTTP/1.1 whatever was asked; RFC 9110 section 2.5 allows us to answer confused clients with 1.0. */
  protected _storeHeader(statusLine: string, headers: unknown): void {
    const line = this.req.httpVersion === '1.1' ? statusLine : statusLine.replace('HTTP/1.1', 'HTTP/1.0')
    storeHeader.call(this, line, headers)
  }
}

/** The three forms in which writeHead takes header fields, as pairs. */
function headerEntries(headers: HeaderArgument | undefined): [string, OutgoingHttpHeader][] {
  if (!headers) return []
  if (!Array.isArray(headers)) {
    return Object.entries(headers).filter((entry): entry is [string, OutgoingHttpHeader] => entry[1] !== undefined)
  }
  if (Array.isArray(headers[0])) return headers.filter((pair): pair is [string, string] => Array.isArray(pair))
  const pairs: [string, OutgoingHttpHeader][] = []
  for (let index = 0; index + 1 < headers.length; index += 2) {
    pairs.push([String(headers[index]), headers[index + 1] ?? ''])
  }
  return pairs
}
