import type { Socket } from 'node:net'
import { Duplex } from 'node:stream'
import type { BadRequestReason } from '../head/bad-request.js'
import { HeadCutter } from '../head/head-cutter.js'
import { linger, type FrontState } from './linger.js'
import type { RequestStream } from '../request-stream.js'
import { connectInfo, connectInfoOf, type ConnectInfo } from './secure-origin.js'
import { simpleMark } from '../head/simple.js'

/** What a FrontSocket starts with. */
export interface FrontSocketOptions {
  raw: Socket
  /** The reader that has already seen the first head. */
  requests: RequestStream
  /** What that reader returned. */
  first: Buffer[]
  state: FrontState
  /** Called once, when a later request on the connection cannot be understood. */
  onProblem: (reason: BadRequestReason, socket: FrontSocket) => void
}

type WriteCallback = (error?: Error | null) => void

/**
 * Stands between a client's socket and Node's http server. Node reads normalised requests from it; what Node writes
 * goes to the client, without its head if the request was HTTP/0.9. It offers those parts of net.Socket that http and
 * Fastify use.
 */
export class FrontSocket extends Duplex {
  readonly [simpleMark]: boolean
  readonly [connectInfo]: ConnectInfo | undefined
  readonly #raw: Socket
  readonly #requests: RequestStream
  readonly #state: FrontState
  readonly #onProblem: FrontSocketOptions['onProblem']
  readonly #cutter: HeadCutter | undefined
  #headTimer: NodeJS.Timeout | undefined
  /** Bytes of a head that waits for its turn to be read */
  #unread: Buffer[] = []
  #leave = (): void => {}

  constructor(options: FrontSocketOptions) {
    super({ allowHalfOpen: true })
    const { raw, requests } = options
    this.#raw = raw
    this.#requests = requests
    this.#state = options.state
    this.#onProblem = options.onProblem
    this[connectInfo] = connectInfoOf(raw)
    this[simpleMark] = requests.head?.simple ?? false
    if (this[simpleMark]) this.#cutter = new HeadCutter()
    raw.on('data', (chunk: Buffer) => {
      if (!this.destroyed) this.#receive(chunk)
    })
    raw.on('end', () => {
      this.#read()
      if (!this.destroyed) this.#take(requests.end())
    })
    raw.on('error', error => this.destroy(error))
    raw.on('close', () => this.destroy())
    raw.on('timeout', () => this.emit('timeout'))
    this.on('error', () => {}) // http removes its own error listener at CONNECT, and a reset must not end the process
    this.#take(options.first)
  }

  /** The answer to the last request is finished: the next request may begin, in its turn. */
  answered(): void {
    const goOn = (): void => {
      if (!this.destroyed && !this.writableEnded) this.#take(this.#requests.answered())
    }
    if (this.#requests.hasMore) this.#leave = this.#state.turn(this.#raw, goOn)
    else setImmediate(goOn)
  }

  /**
   * Bodies pass at once, and so do bytes that wait for an answer anyhow; a head that could begin a request waits for
   * its turn.
   */
  #receive(chunk: Buffer): void {
    if (this.#unread.length === 0 && !this.#requests.isIdle) return this.#take(this.#requests.feed(chunk))
    this.#raw.pause()
    this.#unread.push(chunk)
    if (this.#unread.length === 1) this.#leave = this.#state.turn(this.#raw, () => this.#read())
  }

  #read(): void {
    const chunks = this.#unread
    this.#unread = []
    if (chunks.length === 0 || this.destroyed) return
    this.#raw.resume()
    for (const chunk of chunks) this.#take(this.#requests.feed(chunk))
  }

  #take(bytes: Buffer[]): void {
    for (const part of bytes) if (!this.push(part)) this.#raw.pause()
    if (this.#requests.isFull) this.#raw.pause()
    this.#watchHead()
    if (this.#requests.problem) this.#reportProblem()
    else if (this.#requests.isExhausted) this.push(null)
  }

  /** A client that sends a head byte by byte (slow loris) would keep resetting the socket's own timeout. */
  #watchHead(): void {
    if (this.#requests.isInsideHead === (this.#headTimer !== undefined)) return
    clearTimeout(this.#headTimer)
    this.#headTimer = undefined
    if (!this.#requests.isInsideHead) return
    this.#headTimer = setTimeout(() => {
      this.#requests.stop('too-slow')
      this.#reportProblem()
    }, this.#state.limits.headTimeoutSeconds * 1000)
  }

  /** Deferred, because Node must first read the requests that came in the same packet. */
  #reportProblem(): void {
    const reason = this.#requests.problem
    clearTimeout(this.#headTimer)
    setImmediate(() => {
      if (reason && !this.destroyed) this.#onProblem(reason, this)
    })
  }

  override _read(): void {
    if (!this.#requests.isFull && this.#unread.length === 0) this.#raw.resume()
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, callback: WriteCallback): void {
    const bytes = this.#cutter ? this.#cutter.cut(chunk) : chunk
    if (bytes.length === 0) callback()
    else this.#raw.write(bytes, callback) // Called back when the kernel has the bytes, which gives back-pressure
  }

  override _writev(chunks: { chunk: Buffer; encoding: BufferEncoding }[], callback: WriteCallback): void {
    if (this.#cutter) return this._write(Buffer.concat(chunks.map(({ chunk }) => chunk)), 'latin1', callback)
    // All of them in one packet, and none copied.
    this.#raw.cork()
    const last = chunks.length - 1
    chunks.forEach(({ chunk }, at) => this.#raw.write(chunk, at === last ? callback : undefined))
    this.#raw.uncork()
  }

  override _final(callback: WriteCallback): void {
    this.#raw.end(callback)
  }

  override _destroy(error: Error | null, callback: (error?: Error | null) => void): void {
    clearTimeout(this.#headTimer)
    this.#leave()
    if (!error && this.writableFinished) linger(this.#raw, this.#state)
    else this.#raw.destroy()
    callback(error)
  }

  /** As in net.Socket; http calls it after the last answer. */
  destroySoon(): void {
    if (this.writable) this.end()
    if (this.writableFinished) this.destroy()
    else this.once('finish', () => this.destroy())
  }

  setTimeout(milliseconds: number, listener?: () => void): this {
    this.#raw.setTimeout(milliseconds)
    if (listener) this.once('timeout', listener)
    return this
  }

  setKeepAlive(enable?: boolean, initialDelay?: number): this {
    this.#raw.setKeepAlive(enable, initialDelay)
    return this
  }

  setNoDelay(noDelay?: boolean): this {
    this.#raw.setNoDelay(noDelay)
    return this
  }

  ref(): this {
    this.#raw.ref()
    return this
  }

  unref(): this {
    this.#raw.unref()
    return this
  }

  /** The client's socket itself */
  get raw(): Socket {
    return this.#raw
  }

  get remoteAddress(): string | undefined {
    return this.#raw.remoteAddress
  }

  get remotePort(): number | undefined {
    return this.#raw.remotePort
  }

  get remoteFamily(): string | undefined {
    return this.#raw.remoteFamily
  }

  get localAddress(): string | undefined {
    return this.#raw.localAddress
  }

  get localPort(): number | undefined {
    return this.#raw.localPort
  }

  get encrypted(): undefined {
    return undefined
  }
}
