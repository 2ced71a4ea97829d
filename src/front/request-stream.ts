import type { BadRequestReason } from './bad-request.js'
import { countLineEnds, findHead } from './find-head.js'
import { normaliseHead, type NormalisedHead } from './normalise.js'

/**
 * The bytes of one connection, turned into bytes that Node's strict parser takes: every head is normalised, every
 * body passes as it is, stray line ends between requests are dropped. No sockets here, only bytes in and bytes out.
 *
 * One request at a time: a head that came before the answer to the one before it was finished is read (a client that
 * sends noise is to be known at once), but comes out only after `answered()`. Node starts all requests that it is
 * given, 16 bytes each, at once, and keeps what each of them takes until the answers before it are sent.
 */
export class RequestStream {
  /** Why reading stopped, if it did; nothing comes out after that. */
  problem: BadRequestReason | undefined
  /** The head that came out last. */
  head: NormalisedHead | undefined
  #pending: Buffer = Buffer.alloc(0)
  #bodyBytesLeft = 0
  #answerDue = false
  #next: NormalisedHead | undefined
  #ended = false
  readonly #maxHeadBytes: number

  constructor (maxHeadBytes: number) {
    this.#maxHeadBytes = maxHeadBytes
  }

  /** A part of a head has come and its end has not. */
  get isInsideHead (): boolean {
    return this.#pending.length > 0 && !this.problem && !this.#next
  }

  /** As much waits for its turn as one head may have: more is not to be read. */
  get isFull (): boolean {
    return this.#next !== undefined && this.#pending.length >= this.#maxHeadBytes
  }

  /** The client sends no more, and all that it sent has come out. */
  get isExhausted (): boolean {
    return this.#ended && !this.#next
  }

  /** A whole request has come and the client did not ask for another one. */
  get isOver (): boolean {
    return this.head !== undefined && this.#bodyBytesLeft === 0 && !this.head.keepAliveAsked
  }

  /** Takes the bytes that came and returns those that may go on. */
  feed (chunk: Buffer): Buffer[] {
    const out: Buffer[] = []
    this.#advance(chunk, out)
    return out
  }

  #advance (chunk: Buffer, out: Buffer[]): void {
    let rest = this.#pending.length === 0 ? chunk : chunk.length === 0 ? this.#pending : Buffer.concat([this.#pending, chunk])
    if (this.isInsideHead && !this.#ended && chunk.length > 0 && !endsLine(chunk) && rest.length <= this.#maxHeadBytes) {
      this.#pending = rest // no need to look through the head again for every byte of a slow client
      return
    }
    while (rest.length > 0 && !this.problem && !this.#next) {
      // Bytes after the last request would only disturb its answer: Netscape 3 sends CRLF after a POST body.
      if (this.isOver) {
        rest = rest.subarray(rest.length)
        break
      }
      const used = this.#bodyBytesLeft > 0 ? this.#takeBody(rest, out) : this.#takeHead(rest, out)
      rest = rest.subarray(used)
      if (used === 0) break
    }
    this.#pending = this.problem ? Buffer.alloc(0) : rest
    if (this.#ended && this.isInsideHead) this.stop('cut-short')
  }

  /** Says that the answer to the last head is finished, and returns what waited for it: the next request at most. */
  answered (): Buffer[] {
    const out: Buffer[] = []
    this.#answerDue = false
    if (this.#next) this.#begin(this.#next, out)
    this.#advance(Buffer.alloc(0), out)
    return out
  }

  /** Says that the client sends no more, and returns what can still be understood. */
  end (): Buffer[] {
    this.#ended = true
    return this.feed(Buffer.alloc(0))
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

  #takeHead (rest: Buffer, out: Buffer[]): number {
    const strayBytes = countLineEnds(rest)
    if (strayBytes > 0) return strayBytes
    const found = canStartRequest(rest) ? findHead(rest, this.#ended) : 'not-http'
    if (found === 'not-http') return this.#refuse(found)
    if ((found?.end ?? rest.length) > this.#maxHeadBytes) return this.#refuse('head-too-large')
    if (!found) return 0
    const head = normaliseHead(found.text)
    if (typeof head === 'string') return this.#refuse(head)
    if (this.#answerDue) this.#next = head
    else this.#begin(head, out)
    return found.end
  }

  #begin (head: NormalisedHead, out: Buffer[]): void {
    this.head = head
    this.#next = undefined
    this.#answerDue = true
    // After CONNECT, and in chunks, the front does not look for a next request: what is in chunks is the last one of
    // its connection (normalise.ts), and Node's parser refuses what follows it.
    this.#bodyBytesLeft = head.chunked || head.method === 'CONNECT' ? Infinity : head.contentLength
    out.push(Buffer.from(head.text, 'latin1'))
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
