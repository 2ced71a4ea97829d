import type { Socket } from 'node:net'
import { Duplex } from 'node:stream'
import { HeadCutter } from '../head/head-cutter.js'
import { linger, type FrontState } from './linger.js'
import { reset } from './reset.js'
import type { RequestStream } from '../request-stream.js'
import { connectInfo, connectInfoOf, type ConnectInfo } from './secure-origin.js'
import { simpleMark } from '../head/simple.js'

/** What a FrontSocket starts with. */
export interface FrontSocketOptions {
  raw: Socket
  /** The reader that has already seen the head. */
  requests: RequestStream
  /** What that reader returned. */
  first: readonly Buffer[]
  state: FrontState
}

type WriteCallback = (error?: Error | null) => void

/**
 * Stands between a client's socket and Node's http server for a request of HTTP/0.9, whose answer goes to the client
 * without its head, and for CONNECT. Either is the last of its connection. It offers those parts of net.Socket that
 * http and Fastify use.
 */
export class FrontSocket extends Duplex {
  readonly [simpleMark]: boolean
  readonly [connectInfo]: ConnectInfo | undefined
  readonly #raw: Socket
  readonly #requests: RequestStream
  readonly #state: FrontState
  readonly #cutter: HeadCutter | undefined

  constructor(options: FrontSocketOptions) {
    super({ allowHalfOpen: true })
    const { raw, requests } = options
    this.#raw = raw
    this.#requests = requests
    this.#state = options.state
    this[connectInfo] = connectInfoOf(raw)
    this[simpleMark] = requests.head?.simple ?? false
    if (this[simpleMark]) this.#cutter = new HeadCutter()
    raw.on('data', (chunk: Buffer) => {
      if (!this.destroyed) this.#take(requests.feed(chunk))
    })
    raw.on('end', () => {
      if (!this.destroyed) this.#take(requests.end())
    })
    raw.on('error', error => this.destroy(error))
    raw.on('close', () => this.destroy())
    raw.on('timeout', () => this.emit('timeout'))
    this.on('error', () => {}) // http removes its own error listener at CONNECT, and a reset must not end the process
    this.#take(options.first)
  }

  #take(bytes: readonly Buffer[]): void {
    for (const part of bytes) if (!this.push(part)) this.#raw.pause()
    if (this.#requests.isExhausted) this.push(null)
  }

  override _read(): void {
    this.#raw.resume()
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
    if (!error && this.writableFinished) linger(this.#raw, this.#state)
    else this.#raw.destroy()
    callback(error)
  }

  /** As in net.Socket, for an answer that ends too early. */
  resetAndDestroy(): this {
    reset(this.#raw)
    return this.destroy()
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

  get bytesWritten(): number {
    return this.#raw.bytesWritten
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
