import { PassThrough, Transform, type Duplex, type TransformCallback } from 'node:stream'
import { createBrotliDecompress, createInflate, createInflateRaw } from 'node:zlib'
import { gzipHeaderLength } from './gzip-header.js'

/**
 * zlib returns the content of a piece only if all of it is valid, so no more than this is lost before a damaged place.
 * Bytes.
 */
const PIECE_BYTES = 4096

const notGzip = (): Error => Object.assign(new Error('this is no gzip'), { code: 'Z_DATA_ERROR' })

/** The decoder for the first bytes, and how many of them to skip; undefined while there are too few to tell. */
type Choose = (start: Buffer) => { readonly decoder: Transform; readonly skip: number } | undefined

/**
 * Undoes a coding so that a damaged or truncated body gives everything before the error: zlib learns of the end only
 * after it has given out all content before it.
 */
class Decoder extends Transform {
  #inner: Transform | undefined
  #start: Buffer = Buffer.alloc(0)
  /** The coded data have ended; further bytes are ignored */
  #over = false
  /** The callback for a piece that is being written: zlib never calls back for one that goes beyond the end */
  #taken: (() => void) | undefined
  readonly #choose: Choose

  constructor(choose: Choose) {
    super()
    this.#choose = choose
  }

  #begin(chunk: Buffer): Buffer {
    this.#start = Buffer.concat([this.#start, chunk])
    const chosen = this.#choose(this.#start)
    if (chosen === undefined) return Buffer.alloc(0)
    const rest = this.#start.subarray(chosen.skip)
    this.#start = Buffer.alloc(0)
    this.#inner = chosen.decoder
    // A few bytes of brotli may hold gigabytes, so output pauses for a slow reader.
    this.#inner.on('data', (data: Buffer) => {
      if (!this.push(data)) this.#inner!.pause()
    })
    this.#inner.on('error', error => this.destroy(error))
    this.#inner.on('end', () => {
      this.#over = true
      this.#go()
    })
    return rest
  }

  #go(): void {
    const taken = this.#taken
    this.#taken = undefined
    taken?.()
  }

  #write(bytes: Buffer, done: TransformCallback): void {
    if (bytes.length === 0 || this.#over || this.#inner === undefined) return done()
    this.#taken = () => this.#write(bytes.subarray(PIECE_BYTES), done)
    this.#inner.write(bytes.subarray(0, PIECE_BYTES), error => {
      if (error == null) this.#go()
    })
  }

  override _read(size: number): void {
    this.#inner?.resume()
    super._read(size)
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    try {
      this.#write(this.#inner === undefined ? this.#begin(chunk) : chunk, done)
    } catch (error) {
      done(error as Error)
    }
  }

  override _flush(done: TransformCallback): void {
    if (this.#inner === undefined) return done(this.#start.length === 0 ? null : notGzip())
    if (this.#over) return done()
    this.#taken = done
    this.#inner.end()
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.#inner?.destroy()
    done(error)
  }
}

/**
 * gzip as browsers accept it: one member, anything behind it is ignored (some servers append what they print), and its
 * check sum is not verified.
 */
const createGzip = (): Duplex =>
  new Decoder(start => {
    const skip = gzipHeaderLength(start)
    // What does not begin as gzip is not packed: servers say so of what they have unpacked themselves.
    if (skip === 'none') return { decoder: new PassThrough(), skip: 0 }
    return skip === undefined ? undefined : { decoder: createInflateRaw(), skip }
  })

/** deflate means zlib (RFC 1950), but some servers send bare RFC 1951: the first byte tells them apart. */
const createDeflate = (): Duplex =>
  new Decoder(start => ({ decoder: ((start[0] ?? 0) & 0x0f) === 8 ? createInflate() : createInflateRaw(), skip: 0 }))

const createBrotli = (): Duplex => new Decoder(() => ({ decoder: createBrotliDecompress(), skip: 0 }))

const DECODERS: ReadonlyMap<string, () => Duplex> = new Map([
  ['gzip', createGzip],
  ['x-gzip', createGzip],
  ['br', createBrotli],
  ['deflate', createDeflate]
])

/** Makes what undoes a content coding; undefined if it is not known. A coding that is cut short ends with an error. */
export const decoderFor = (coding: string): (() => Duplex) | undefined => DECODERS.get(coding)
