import { PassThrough, Readable } from 'node:stream'
import type { FailureCode } from '../../failures.js'
import { createChunkBuffer } from '../../bytes/chunk-buffer.js'
import { decoderFor } from './decoders.js'

/** Codings within codings that are undone; nobody sends more than two. */
const MOST_CODINGS = 3

/** The codings that a Content-Encoding names, in the order in which they were applied. */
const codingsOf = (contentEncoding: string | undefined): string[] =>
  (contentEncoding ?? '')
    .toLowerCase()
    .split(',')
    .map(coding => coding.trim())
    .filter(coding => coding !== '' && coding !== 'identity')

/** Whether a Content-Encoding names what is not undone here: a coding that is not known, or no coding at all. */
export const hasUnknownCoding = (contentEncoding: string | undefined): boolean =>
  codingsOf(contentEncoding).some(coding => decoderFor(coding) === undefined)

/**
 * The body without its content codings (RFC 9110 8.4); clients of 1996 cannot decode any. What is no name of a coding
 * (utf-8, none, 8bit) is none, as in browsers. Undefined if there are too many.
 */
export function decodeBody(body: Readable, contentEncoding: string | undefined): Readable | undefined {
  const codings = codingsOf(contentEncoding).flatMap(coding => decoderFor(coding) ?? [])
  if (codings.length > MOST_CODINGS) return undefined
  let stream: Readable = body
  for (const createDecoder of codings.reverse()) {
    const decoder = createDecoder()
    stream.on('error', error => decoder.destroy(error))
    // Whoever destroys the body before reading it does not listen to errors, which must not end the process.
    decoder.on('error', () => {})
    decoder.on('close', () => body.destroy())
    stream = stream.pipe(decoder)
  }
  return stream
}

/** A body, as far as it arrived. */
export interface ReadBody {
  readonly bytes: Buffer
  /** Why its end is missing: it was too long, took too long, broke off, or memory ran out */
  readonly cut: 'size' | 'time' | 'broken' | 'memory' | undefined
  readonly error?: unknown
}

/** The failure where a body without its end is of no use. */
export const CUT_FAILURES: Readonly<Record<NonNullable<ReadBody['cut']>, FailureCode>> = {
  size: 'TOO_LARGE',
  time: 'TIMED_OUT',
  broken: 'CONNECTION_LOST',
  memory: 'BUSY'
}

export interface ReadLimits {
  readonly maxBytes: number
  readonly timeoutSeconds: number
  /** Whether there is memory for so many bytes more (room.ts) */
  readonly reserve?: (bytes: number) => boolean
  /** Given what has come by a moment after the head of a body whose end takes its time */
  readonly onBeginning?: ((beginning: Buffer) => void) | undefined
}

/** A body that is whole by then comes from nearby, and nothing is gained by its beginning. Milliseconds. */
const BEGINNING_MILLISECONDS = 20
/** The head of a page is in it. Bytes. */
const BEGINNING_BYTES = 64 * 1024

/** Reads a whole body, within limits; bytes before a limit or a fault are kept. Never rejects. */
export function readBody(body: Readable, limits: ReadLimits): Promise<ReadBody> {
  const { maxBytes, timeoutSeconds, reserve, onBeginning } = limits
  return new Promise(resolve => {
    const read = createChunkBuffer()
    let ended = false
    const upTo = (bytes: number): Buffer => Buffer.concat(read.blocks(), Math.min(read.length, bytes))
    const end = (cut: ReadBody['cut'], error?: unknown): void => {
      if (ended) return
      ended = true
      clearTimeout(timer)
      clearTimeout(beginning)
      body.off('data', onData)
      if (cut !== undefined) {
        body.on('error', () => {})
        body.destroy()
      }
      resolve({ bytes: upTo(maxBytes), cut, error })
    }
    const onData = (chunk: Buffer): void => {
      if (reserve?.(chunk.length) === false) return end('memory')
      read.add(chunk)
      if (read.length > maxBytes) end('size')
    }
    const timer = setTimeout(() => end('time'), timeoutSeconds * 1000)
    const begun = (): void => {
      if (read.length > 0) onBeginning?.(upTo(BEGINNING_BYTES))
    }
    const beginning = onBeginning && setTimeout(begun, BEGINNING_MILLISECONDS)
    body.on('data', onData)
    body.once('end', () => end(undefined))
    body.once('error', error => end('broken', error))
    body.once('close', () => end('broken'))
  })
}

/**
 * A stream and its first bytes, which are still in it.
 * @throws what broke it before its first byte; what breaks it later breaks the stream that is returned.
 */
export async function peekBody(body: Readable, bytes: number): Promise<{ start: Buffer; body: Readable }> {
  const read = createChunkBuffer()
  const whole = new PassThrough()
  let broken: Error | undefined
  try {
    for await (const chunk of body.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      read.add(chunk)
      if (read.length >= bytes) break
    }
  } catch (error) {
    if (read.length === 0) throw error
    broken = error instanceof Error ? error : new Error(String(error))
  }
  const start = Buffer.concat(read.blocks())
  if (broken !== undefined) return { start, body: Readable.from(brokenAfter(start, broken), { objectMode: false }) }
  if (body.readableEnded) whole.end(start)
  else {
    whole.write(start)
    body.on('error', error => whole.destroy(error))
    whole.on('error', () => {})
    whole.on('close', () => body.destroy())
    body.pipe(whole)
  }
  return { start, body: whole }
}

function* brokenAfter(start: Buffer, error: Error): Generator<Buffer> {
  yield start
  throw error
}
