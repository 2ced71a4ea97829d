import type { Duplex } from 'node:stream'

/** Why a request cannot be understood, and the status that says so. */
const statuses = {
  /** The bytes are no HTTP at all: a TLS ClientHello without TLS, a chat, noise. */
  'not-http': 400,
  /** TLS begins after CONNECT only: without it nobody says which site is meant. */
  'tls-without-connect': 400,
  /** Two lengths that contradict each other, or a length and chunks: RFC 9112 section 6.3 calls this smuggling. */
  'ambiguous-length': 400,
  /** A Content-Length that is no number. */
  'bad-length': 400,
  /** The client hung up in the middle of its request. */
  'cut-short': 400,
  /** Node's parser did not take it, for a reason that the front does not know. */
  'refused-by-parser': 400,
  /** A head or a body that did not come to its end in time. */
  'too-slow': 408,
  /** A head above the limit. */
  'head-too-large': 431,
  /** A method that Node's parser does not know (RFC 9110 section 9.1 asks for 501). */
  'unknown-method': 501
} as const

export type BadRequestReason = keyof typeof statuses

/** Told of bytes that are closed upon without an answer; 'broken' is a mistake of this program. */
export type OnDropped = (reason: BadRequestReason | 'broken', socket: Duplex) => void

/** The HTTP status that goes with a reason. */
export function badRequestStatus(reason: BadRequestReason): number {
  return statuses[reason]
}

/** The error a server's 'clientError' listeners get when the front, and not Node, refuses a request. */
export class BadRequest extends Error {
  readonly code = 'FRONT_BAD_REQUEST'
  constructor(readonly reason: BadRequestReason) {
    super(`Bad request: ${reason}`)
    this.name = 'BadRequest'
  }
}

/** The reason behind any error that 'clientError' brings. */
export function reasonOf(error: Error & { code?: string }): BadRequestReason {
  if (error instanceof BadRequest) return error.reason
  if (error.code === 'HPE_HEADER_OVERFLOW') return 'head-too-large'
  if (error.code === 'ERR_HTTP_REQUEST_TIMEOUT') return 'too-slow'
  if (error.code === 'HPE_INVALID_EOF_STATE') return 'cut-short'
  return 'refused-by-parser'
}
