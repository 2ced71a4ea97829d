import type { BadRequestReason } from './head/bad-request.js'
import { countLineEnds, createHeadFinder } from './head/find-head.js'
import { normaliseHead, type NormalisedHead } from './head/normalise.js'
import { createWaitingBytes } from './head/waiting-bytes.js'

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
  /** The head that came out last is byte for byte what came in. */
  isStrict = false
  readonly #pending = createWaitingBytes()
  readonly #finder = createHeadFinder()
  #bodyBytesLeft = 0
  #answerDue = false
  #next: NormalisedHead | undefined
  #ended = false
  readonly #maxHeadBytes: number

  constructor(maxHeadBytes: number) {
    this.#maxHeadBytes = maxHeadBytes
  }

  /** A part of a head has come and its end has not. */
  get isInsideHead(): boolean {
    return this.#pending.length > 0 && !this.problem && !this.#next
  }

  /** What comes now is of a head that may be begun at once: nothing is due before it. */
  get isIdle(): boolean {
    return !this.#answerDue && this.#bodyBytesLeft === 0
  }

  /** Something came already that may go on when the answer before it is finished. */
  get hasMore(): boolean {
    return this.#next !== undefined || this.#pending.length > 0
  }

  /** As much waits for its turn as one head may have: more is not to be read. */
  get isFull(): boolean {
    return this.#next !== undefined && this.#pending.length >= this.#maxHeadBytes
  }

  /** The client sends no more, and all that it sent has come out. */
  get isExhausted(): boolean {
    return this.#ended && !this.#next
  }

  /** A whole request has come and the client did not ask for another one. */
  get isOver(): boolean {
    return this.head !== undefined && this.#bodyBytesLeft === 0 && !this.head.keepAliveAsked
  }

  /** Takes the bytes that came and returns those that may go on. */
  feed(chunk: Buffer): Buffer[] {
    const out: Buffer[] = []
    this.#advance(chunk, out)
    return out
  }

  #advance(chunk: Buffer, out: Buffer[]): void {
    if (chunk.length > 0) this.#pending.add(chunk)
    while (this.#pending.length > 0 && !this.problem && !this.#next) {
      const rest = this.#pending.all()
      // Bytes after the last request would only disturb its answer: Netscape 3 sends CRLF after a POST body.
      const used = this.isOver
        ? rest.length
        : this.#bodyBytesLeft > 0
          ? this.#takeBody(rest, out)
          : this.#takeHead(rest, out)
      if (used === 0) break
      this.#drop(used)
    }
    if (this.problem) this.#drop(this.#pending.length)
    if (this.#ended && this.isInsideHead) this.stop('cut-short')
  }

  #drop(count: number): void {
    this.#pending.drop(count)
    this.#finder.drop(count)
  }

  /** Says that the answer to the last head is finished, and returns what waited for it: the next request at most. */
  answered(): Buffer[] {
    const out: Buffer[] = []
    this.#answerDue = false
    if (this.#next) this.#begin(this.#next, out)
    this.#advance(Buffer.alloc(0), out)
    return out
  }

  /** Says that the client sends no more, and returns what can still be understood. */
  end(): Buffer[] {
    this.#ended = true
    return this.feed(Buffer.alloc(0))
  }

  /** Stops reading for a reason that shows only outside, such as the clock. */
  stop(reason: BadRequestReason): void {
    this.problem = reason
    this.#drop(this.#pending.length)
  }

  #takeBody(rest: Buffer, out: Buffer[]): number {
    const part = rest.length > this.#bodyBytesLeft ? rest.subarray(0, this.#bodyBytesLeft) : rest
    this.#bodyBytesLeft -= part.length
    out.push(part)
    return part.length
  }

  #takeHead(rest: Buffer, out: Buffer[]): number {
    const strayBytes = countLineEnds(rest)
    if (strayBytes > 0) return strayBytes
    const found = canStartRequest(rest) ? this.#finder.find(rest, this.#ended) : 'not-http'
    if (found === 'not-http') return this.#refuse(found)
    if ((found?.end ?? rest.length) > this.#maxHeadBytes) return this.#refuse('head-too-large')
    if (!found) return 0
    const head = normaliseHead(found.text)
    if (typeof head === 'string') return this.#refuse(head)
    this.isStrict = found.text === head.text
    if (this.#answerDue) this.#next = head
    else this.#begin(head, out)
    return found.end
  }

  #begin(head: NormalisedHead, out: Buffer[]): void {
    this.head = head
    this.#next = undefined
    this.#answerDue = true
    // After CONNECT, and in chunks, the front does not look for a next request: what is in chunks is the last one of
    // its connection (normalise.ts), and Node's parser refuses what follows it.
    this.#bodyBytesLeft = head.chunked || head.method === 'CONNECT' ? Infinity : head.contentLength
    out.push(Buffer.from(head.text, 'latin1'))
  }

  #refuse(reason: BadRequestReason): number {
    this.problem = reason
    return 0
  }
}

/** A request starts with a letter or, in sloppy clients, with a blank: noise is refused at its first byte. */
function canStartRequest(bytes: Buffer): boolean {
  return /^[a-z \t]/i.test(String.fromCharCode(bytes[0] ?? 0))
}
