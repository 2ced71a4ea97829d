import type { BadRequestReason } from './head/bad-request.js'
import { countLineEnds, createHeadFinder } from './head/find-head.js'
import { normaliseHead } from './head/normalise.js'
import type { NormalisedHead } from './head/normalised-head.js'
import { readStrictHead } from './head/strict-head.js'
import { createWaitingBytes } from './head/waiting-bytes.js'

/** A head, and the bytes in which it comes out. */
interface ReadHead {
  readonly head: NormalisedHead
  readonly bytes: Buffer
}

const NOTHING = Buffer.alloc(0)

/**
 * Turns the bytes of one connection into bytes that Node's strict parser accepts: each head is normalised, bodies pass
 * unchanged, stray line ends between requests are dropped. It knows no sockets, only bytes in and bytes out. Requests
 * come out one at a time: a head that arrives before the last answer is finished is read (so that a client sending
 * noise is recognised at once), but comes out only after `answered()`. Otherwise Node would begin all pipelined
 * requests at once, 16 bytes each, and keep what they allocate until the earlier answers are sent.
 */
export class RequestStream {
  /** Why reading stopped, if it did; after that nothing more comes out. */
  problem: BadRequestReason | undefined
  /** The head that came out last. */
  head: NormalisedHead | undefined
  /** The head that came out last was strict already: it is byte for byte what came in. */
  isStrict = false
  /** The bytes of a CONNECT, after which nothing comes out but what it is to pass on. */
  connectHead: Buffer | undefined
  readonly #pending = createWaitingBytes()
  readonly #finder = createHeadFinder()
  #bodyBytesLeft = 0
  /** The bytes at the beginning are not those of a strict head, or not all of one */
  #isLookedAt = false
  #answerDue = false
  #next: ReadHead | undefined
  #ended = false
  readonly #maxHeadBytes: number

  constructor(maxHeadBytes: number) {
    this.#maxHeadBytes = maxHeadBytes
  }

  /** A head has begun and is not complete yet. */
  get isInsideHead(): boolean {
    return this.#pending.length > 0 && !this.problem && !this.#next
  }

  /** The next bytes belong to a head that may be begun at once, because no answer is outstanding. */
  get isIdle(): boolean {
    return !this.#answerDue && this.#bodyBytesLeft === 0
  }

  /** Bytes are waiting that may come out when the current answer is finished. */
  get hasMore(): boolean {
    return this.#next !== undefined || this.#pending.length > 0
  }

  /** As many bytes wait as one head may have: no more should be read. */
  get isFull(): boolean {
    return this.#next !== undefined && this.#pending.length >= this.#maxHeadBytes
  }

  /** The client will send no more, and everything that it sent has come out. */
  get isExhausted(): boolean {
    return this.#ended && !this.#next
  }

  /** A whole request has come, and the client did not ask to keep the connection for another one. */
  get isOver(): boolean {
    return this.head !== undefined && this.#bodyBytesLeft === 0 && !this.head.keepAliveAsked
  }

  /** Takes the bytes that arrived and returns those that may be passed on. */
  feed(chunk: Buffer): Buffer[] {
    const out: Buffer[] = []
    this.#advance(chunk, out)
    return out
  }

  #advance(chunk: Buffer, out: Buffer[]): void {
    if (chunk.length > 0) this.#pending.add(chunk)
    while (this.#pending.length > 0 && !this.problem && !this.#next) {
      const rest = this.#pending.all()
      // Stray bytes after the last request would only disturb its answer: Netscape 3 sends CRLF after a POST body.
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
    this.#isLookedAt = false
    this.#finder.drop(count)
  }

  /** Called when the answer to the last head is finished; returns what waited for that, the next request at most. */
  answered(): Buffer[] {
    const out: Buffer[] = []
    this.#answerDue = false
    if (this.#next) this.#begin(this.#next, out)
    this.#advance(NOTHING, out)
    return out
  }

  /** Called when the client sends no more; returns what can still be understood. */
  end(): Buffer[] {
    this.#ended = true
    return this.feed(NOTHING)
  }

  /** Stops reading for an outside reason, such as a timeout. */
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
    const strict = this.#isLookedAt ? undefined : strictHeadIn(rest)
    if (strict !== undefined && strict.text.length <= this.#maxHeadBytes) return this.#put(strict, rest, out)
    this.#isLookedAt = true
    const found = canStartRequest(rest) ? this.#finder.find(rest, this.#ended) : 'not-http'
    if (found === 'not-http') return this.#refuse(found)
    if ((found?.end ?? rest.length) > this.#maxHeadBytes) return this.#refuse('head-too-large')
    if (!found) return 0
    const head = normaliseHead(found.text)
    if (typeof head === 'string') return this.#refuse(head)
    this.isStrict = found.text === head.text
    if (this.isStrict) return this.#put(head, rest, out)
    this.#wait({ head, bytes: Buffer.from(head.text, 'latin1') }, out)
    return found.end
  }

  /** A strict head comes out byte for byte as it came; gives its length. */
  #put(head: NormalisedHead, rest: Buffer, out: Buffer[]): number {
    this.isStrict = true
    const { length } = head.text
    this.#wait({ head, bytes: length === rest.length ? rest : rest.subarray(0, length) }, out)
    return length
  }

  #wait(read: ReadHead, out: Buffer[]): void {
    if (this.#answerDue) this.#next = read
    else this.#begin(read, out)
  }

  #begin({ head, bytes }: ReadHead, out: Buffer[]): void {
    this.head = head
    this.#next = undefined
    this.#answerDue = true
    // After CONNECT, and in a chunked body, the front does not look for another request: a chunked one is the last of
    // its connection (normalise.ts), and Node's parser refuses anything after it.
    const isConnect = head.method === 'CONNECT'
    this.#bodyBytesLeft = head.chunked || isConnect ? Infinity : head.contentLength
    if (isConnect) this.connectHead = bytes
    out.push(bytes)
  }

  #refuse(reason: BadRequestReason): number {
    this.problem = reason
    return 0
  }
}

/** Few browsers send longer ones; those are found by the longer way. Bytes. */
const STRICT_BYTES = 2048

/** The head at the start of some bytes, if all of it is here and strict: no line of such a head can be its end. */
function strictHeadIn(rest: Buffer): NormalisedHead | undefined {
  const text = rest.toString('latin1', 0, STRICT_BYTES)
  const end = text.indexOf('\r\n\r\n')
  return end < 0 ? undefined : readStrictHead(text.slice(0, end + 4))
}

/** A request starts with a letter or, from sloppy clients, with a blank: anything else is refused at its first byte. */
function canStartRequest(bytes: Buffer): boolean {
  return /^[a-z \t]/i.test(String.fromCharCode(bytes[0] ?? 0))
}
