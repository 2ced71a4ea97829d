import http, { type OutgoingHttpHeader, type OutgoingHttpHeaders } from 'node:http'
import { FrontSocket } from './sockets/front-socket.js'
import { connectionHeaders } from './head/keep-alive.js'

type HeaderArgument = OutgoingHttpHeaders | OutgoingHttpHeader[]

/**
 * The method in which Node begins a head. It is not public, but the only one that knows the status line (Node 20 to
 * 26).
 */
const { _storeHeader: storeHeader } = http.ServerResponse.prototype as unknown as {
  _storeHeader: (this: FrontResponse, statusLine: string, headers: unknown) => void
}

/**
 * A response in the version of its request, always with a reason phrase, whose Connection field follows our one rule on
 * keeping connections. Answers set no Connection field; `Connection: close` stands if it is set.
 */
export class FrontResponse extends http.ServerResponse {
  /** Every answer must report that it is finished, also one that Node gives by itself (417). */
  constructor(...given: ConstructorParameters<typeof http.ServerResponse>) {
    super(...given)
    const socket: unknown = given[0].socket
    if (socket instanceof FrontSocket) this.once('close', () => socket.answered())
  }

  override writeHead(statusCode: number, reason?: string, headers?: HeaderArgument): this
  override writeHead(statusCode: number, headers?: HeaderArgument): this
  override writeHead(statusCode: number, second?: string | HeaderArgument, third?: HeaderArgument): this {
    const reason = typeof second === 'string' ? second : this.statusMessage
    const headers = typeof second === 'string' ? third : (second ?? third)
    for (const [name, value] of headerEntries(headers)) this.appendOrSet(name, value, Array.isArray(headers))
    this.setConnectionHeaders(statusCode)
    return super.writeHead(statusCode, reason || http.STATUS_CODES[statusCode] || 'Unknown')
  }

  private appendOrSet(name: string, value: OutgoingHttpHeader, isRawList: boolean): void {
    if (isRawList && typeof value !== 'number') this.appendHeader(name, value)
    else this.setHeader(name, value)
  }

  /** Without this Node adds `Connection: keep-alive` and `Keep-Alive: timeout=` by a rule of its own. */
  private setConnectionHeaders(statusCode: number): void {
    const hasNoBody = this.req.method === 'HEAD' || statusCode === 204 || statusCode === 304
    const mustClose = !this.shouldKeepAlive || /\bclose\b/i.test(String(this.getHeader('connection') ?? ''))
    const fields = connectionHeaders(this.req, hasNoBody || this.hasHeader('content-length'))
    // Hop-by-hop fields, which are easily copied from an origin by mistake.
    for (const name of ['keep-alive', 'proxy-connection']) this.removeHeader(name)
    // HTTP/1.0 clients do not know chunks. It is not removed for 1.1, where Node would take that as a wish to send
    // none.
    if (this.req.httpVersion !== '1.1') this.removeHeader('transfer-encoding')
    for (const [name, value] of Object.entries(fields)) this.setHeader(name, mustClose ? 'close' : value)
  }

  /** Node writes HTTP/1.1 whatever was asked; RFC 9110 section 2.5 allows us to answer confused clients with 1.0. */
  protected _storeHeader(statusLine: string, headers: unknown): void {
    const line = this.req.httpVersion === '1.1' ? statusLine : statusLine.replace(/^HTTP\/1\.1/, 'HTTP/1.0')
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
