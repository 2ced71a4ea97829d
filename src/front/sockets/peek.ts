import type { Socket } from 'node:net'
import type { BadRequestReason } from '../head/bad-request.js'
import { awaitFirstBytes } from './first-bytes.js'
import type { FrontState } from './linger.js'
import { RequestStream } from '../request-stream.js'

/** What the first bytes of a connection turned out to be. */
export type Peeked =
  /** A TLS ClientHello. */
  | { kind: 'tls' }
  /** The head of a strict request, the only one of its connection: Node's parser can have the socket itself. */
  | { kind: 'strict'; bytes: Buffer }
  /** Anything else that is a request. */
  | { kind: 'loose'; requests: RequestStream; first: Buffer[] }
  | { kind: 'bad'; reason: BadRequestReason }

/**
 * Reads the first request head of a connection and calls back with its kind; never, if the connection dies or stays
 * silent. A connection on which nothing came is closed silently: browsers of today open some in advance, and would show
 * a 408 as the answer to their next request.
 */
export function peek(socket: Socket, { limits, idle, turn }: FrontState, onPeeked: (peeked: Peeked) => void): void {
  const requests = new RequestStream(limits.maxHeadBytes)
  /** The first bytes, to recognise TLS by; line ends before a request do not count. */
  let beginning: Buffer = NOTHING
  let leave = (): void => {}
  let waits = false
  const letGo = awaitFirstBytes(socket, {
    idle,
    milliseconds: limits.headTimeoutSeconds * 1000,
    onReadable,
    onEnd: () => finish(requests.end(), 'cut-short'),
    onLate: () => finish([], 'too-slow'),
    onLetGo: () => leave()
  })

  function onReadable(): void {
    if (waits) return
    waits = true
    leave = turn(socket, () => {
      waits = false
      read()
    })
  }

  function read(): void {
    for (;;) {
      const chunk: unknown = socket.read()
      if (!Buffer.isBuffer(chunk)) return
      const first = chunk.subarray(0, HELLO_BYTES)
      if (beginning.length === 0) beginning = first
      else if (beginning.length < HELLO_BYTES) beginning = Buffer.concat([beginning, first])
      if (isTlsHello(beginning)) return tell({ kind: 'tls' })
      const out = requests.feed(chunk)
      if (out.length > 0 || requests.problem) return finish(out)
      if (!requests.isInsideHead) beginning = NOTHING
    }
  }

  function finish(out: Buffer[], incomplete?: BadRequestReason): void {
    tell(peekedOf(requests, out, incomplete))
  }

  function tell(peeked: Peeked | undefined): void {
    letGo()
    if (peeked === undefined) socket.destroy()
    else onPeeked(peeked)
  }
}

/**
 * What the first bytes of a connection are; undefined if nothing came.
 * @param first the requests that they hold, made strict
 * @param incomplete why to refuse them if they are the beginning of a head that will not be completed
 */
function peekedOf(requests: RequestStream, first: Buffer[], incomplete?: BadRequestReason): Peeked | undefined {
  const [bytes, ...others] = first
  if (bytes === undefined) {
    const reason = requests.problem ?? (requests.isInsideHead ? incomplete : undefined)
    return reason && { kind: 'bad', reason }
  }
  const isOnlyRequest = requests.isOver && others.length === 0 && incomplete !== 'cut-short'
  if (requests.head && isOnlyRequest && requests.isStrict) return { kind: 'strict', bytes }
  return { kind: 'loose', requests, first }
}

const NOTHING = Buffer.alloc(0)

/** Bytes that are enough to recognise a ClientHello. */
const HELLO_BYTES = 3

/** 0x16 starts a TLS record; 0x80 and a third byte of 1 the ClientHello of SSL 2 (Netscape 2, Internet Explorer 3). */
function isTlsHello(bytes: Buffer): boolean {
  return bytes[0] === 0x16 || (bytes[0] === 0x80 && bytes[2] === 0x01)
}
