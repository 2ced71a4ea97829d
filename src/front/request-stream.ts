import type { BadRequestReason } from './bad-request.js'
import { countLineEnds, findHead } from './find-head.js'
import { normaliseHead, type NormalisedHead } from './normalise.js'

/**
 * The bytes of one connection, turned into bytes that Node's strict parser takes: every head is normalised, every
 * body passes as it is, stray line ends between requests are dropped. No sockets here, only bytes in and bytes out.
 */
export class RequestStream {
  /** Why reading stopped, if it did; nothing comes out after that. */
  problem: BadRequestReason | undefined
  /** The head that came out last. */
  head: NormalisedHead | undefined
  #pending: Buffer = Buffer.alloc(0)
  #bodyBytesLeft = 0
  readonly #maxHeadBytes: number

  constructor (maxHeadBytes: number) {
    this.#maxHeadBytes = maxHeadBytes
  }

  /** A part of a head has come and its end has not. */
  get isInsideHead (): boolean {
    return this.#pending.length > 0 && !this.problem
  }

  /** A whole request has come and the client did not ask for another one. */
  get isOver (): boolean {
    return this.head !== undefined && this.#bodyBytesLeft === 0 && !this.head.keepAliveAsked
  }

  /** Takes the bytes that came and returns those that may go on. */
  feed (chunk: Buffer, ended = false): Buffer[] {
    const out: Buffer[] = []
    let rest = this.#pending.length > 0 ? Buffer.concat([this.#pending, chunk]) : chunk
    if (this.isInsideHead && !ended && !endsLine(chunk) && rest.length <= this.#maxHeadBytes) {
      this.#pending = rest // no need to look through the head again for every byte of a slow client
      return out
    }
    while (rest.length > 0 && !this.problem) {
      // Bytes after the last request would only disturb its answer: Netscape 3 sends CRLF after a POST body.
      if (this.isOver) return out
      const used = this.#bodyBytesLeft > 0 ? this.#takeBody(rest, out) : this.#takeHead(rest, out, ended)
      rest = rest.subarray(used)
      if (used === 0) break
    }
    this.#pending = this.problem ? Buffer.alloc(0) : rest
    return out
  }

  /** Says that the client sends no more, and returns what can still be understood. */
  end (): Buffer[] {
    const out = this.feed(Buffer.alloc(0), true)
    if (this.isInsideHead) this.stop('cut-short')
    return out
  }

  /** Stops reading for a reason that shows only outside, such as the clock. */
  stop (reason: BadRequestReason): void {
    this.problem = reason
    this.#pending = Buffer.alloc(0)
  }

  #takeBody (rest: Buffer, out: Buffer[]): number {
    const part = rest.length > this.#bodyBytesLeft ? rest.subarray(0, this.#bodyBytesLeft) : rest
    this.#bodyBytesLeft -= part.length
    out.push(part)
    return part.length
  }

  #takeHead (rest: Buffer, out: Buffer[], ended: boolean): number {
    const strayBytes = countLineEnds(rest)
    if (strayBytes > 0) return strayBytes
    const found = canStartRequest(rest) ? findHead(rest, ended) : 'not-http'
    if (found === 'not-http') return this.#refuse(found)
    if ((found?.end ?? rest.length) > this.#maxHeadBytes) return this.#refuse('head-too-large')
    if (!found) return 0
    const head = normaliseHead(found.text)
    if (typeof head === 'string') return this.#refuse(head)
    this.head = head
    // After CONNECT, and in chunks, the front does not look for a next request: no client that old sends either
    // on a connection it keeps.
    this.#bodyBytesLeft = head.chunked || head.method === 'CONNECT' ? Infinity : head.contentLength
    out.push(Buffer.from(head.text, 'latin1'))
    return found.end
  }

  #refuse (reason: BadRequestReason): number {
    this.problem = reason
    return 0
  }
}

/** A request starts with a letter or, in sloppy clients, with a blank: noise is refused at its first byte. */
function canStartRequest (bytes: Buffer): boolean {
  return /^[a-z \t]/i.test(String.fromCharCode(bytes[0] ?? 0))
}

function endsLine (chunk: Buffer): boolean {
  return chunk.includes('\n') || chunk.includes('\r')
}
