import type { Duplex } from 'node:stream'

/** Why a request cannot be understood. Each reason has an HTTP status. */
const statuses = {
  /** The bytes are not HTTP at all: noise, another protocol, a TLS ClientHello on a plain port. */
  'not-http': 400,
  /** TLS without CONNECT: only CONNECT says which site is meant. */
  'tls-without-connect': 400,
  /** Two lengths that contradict each other, or a length and chunks: RFC 9112 section 6.3 calls this smuggling. */
  'ambiguous-length': 400,
  /** A Content-Length that is no number. */
  'bad-length': 400,
  /** The client hung up in the middle of its request. */
  'cut-short': 400,
  /** No header of the PROXY protocol, from an address that must send one. */
  'bad-proxy-header': 400,
  /** Node's parser refused it for a reason that the front does not know. */
  'refused-by-parser': 400,
  /** A head or a body did not arrive in time. */
  'too-slow': 408,
  /** The head is larger than the limit. */
  'head-too-large': 431,
  /** The method is unknown to Node's parser (RFC 9110 section 9.1 asks for 501). */
  'unknown-method': 501
} as const

export type BadRequestReason = keyof typeof statuses

/** Called when a connection is closed without an answer; 'broken' means a mistake of this program. */
export type OnDropped = (reason: BadRequestReason | 'broken', socket: Duplex) => void

/** The HTTP status that goes with a reason. */
export function badRequestStatus(reason: BadRequestReason): number {
  return statuses[reason]
}

/** The error that a server's 'clientError' listeners get when the front, not Node, refuses a request. */
export class BadRequest extends Error {
  readonly code = 'FRONT_BAD_REQUEST'
  constructor(readonly reason: BadRequestReason) {
    super(`Bad request: ${reason}`)
    this.name = 'BadRequest'
  }
}

/** The reason for any error that 'clientError' reports. */
export function reasonOf(error: Error & { code?: string }): BadRequestReason {
  if (error instanceof BadRequest) return error.reason
  if (error.code === 'HPE_HEADER_OVERFLOW') return 'head-too-large'
  if (error.code === 'ERR_HTTP_REQUEST_TIMEOUT') return 'too-slow'
  if (error.code === 'HPE_INVALID_EOF_STATE') return 'cut-short'
  return 'refused-by-parser'
}
