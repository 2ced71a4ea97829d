import type { IncomingHttpHeaders } from 'node:http'

/** The part of a request that says whether its connection is kept. */
export interface KeepAliveRequest {
  httpVersion: string
  headers: IncomingHttpHeaders
}

/**
 * Whether a request asks to keep its connection. Both field names count: Netscape 3 and Internet Explorer say
 * `Proxy-Connection` to a proxy, Mosaic 2.7 says `Connection`. "close" in either one wins (RFC 9112 section 9.3).
 */
export function keepAliveAsked(version: string, connection = '', proxyConnection = ''): boolean {
  const said = `${connection},${proxyConnection}`.toLowerCase()
  // What nearly all say, whose words need not be told apart.
  if (version === '1.1' && !said.includes('close')) return true
  const words = said.split(',').map(word => word.trim())
  if (words.includes('close')) return false
  return version === '1.1' || (version === '1.0' && words.includes('keep-alive'))
}

/**
 * The connection fields of the answer to a request: the one rule on "keep or close".
 *
 * An HTTP/1.0 client is kept only when it asked and knows where the body ends; Lynx and w3m wait for the close and
 * never ask. A kept client that named `Proxy-Connection`, and every kept HTTP/1.0 client, is answered under both
 * names: Netscape looks for either. HTTP/1.1 without a length is chunked and can be kept. HTTP/0.9 always closes.
 */
export function connectionHeaders(request: KeepAliveRequest, hasLength: boolean): Record<string, string> {
  const { httpVersion, headers } = request
  const proxyConnection = headers['proxy-connection']?.toString()
  const kept = keepAliveAsked(httpVersion, headers.connection, proxyConnection) && (hasLength || httpVersion === '1.1')
  const value = kept ? 'Keep-Alive' : 'close'
  const both = proxyConnection !== undefined || (kept && httpVersion === '1.0')
  return both ? { Connection: value, 'Proxy-Connection': value } : { Connection: value }
}
