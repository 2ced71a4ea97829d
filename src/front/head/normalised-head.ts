import type { HttpVersion } from './request-line.js'

/** A request head that Node's strict parser accepts, and what the front must know about it. */
export interface NormalisedHead {
  /** The head in Latin-1, with CRLFs and the blank line. */
  text: string
  method: string
  version: HttpVersion
  /** It is an HTTP/0.9 request: one line, answered with a body alone. */
  simple: boolean
  keepAliveAsked: boolean
  /** Bytes of the body that follows; 0 when there is none or it is chunked. */
  contentLength: number
  chunked: boolean
}
