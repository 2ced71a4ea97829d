import { PassThrough, type Readable } from 'node:stream'
import type { FailureCode } from '../../failures.js'
import { createChunkBuffer } from '../../bytes/chunk-buffer.js'
import { decoderOf } from './decoders.js'

/** Codings within codings that are undone; nobody sends more than two. */
const MOST_CODINGS = 3

/** The codings of a Content-Encoding in the order in which they were applied. */
const codingsOf = (contentEncoding: string | undefined): string[] =>
  (contentEncoding ?? '')
    .toLowerCase()
    .split(',')
    .map(coding => coding.trim())
    .filter(coding => coding !== '' && coding !== 'identity')

/**
 * The body without its content codings, or undefined if one of them is unknown. Clients of 1996 cannot decode any. RFC
 * 9110 8.4.
 */
export function decodeBody(body: Readable, contentEncoding: string | undefined): Readable | undefined {
  const codings = codingsOf(contentEncoding)
  if (codings.length > MOST_CODINGS) return undefined
  let stream: Readable = body
  for (const coding of codings.reverse()) {
    const decoder = decoderOf(coding)
    if (decoder === undefined) return undefined
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
}

/** Reads a whole body, within limits; bytes before a limit or a fault are kept. Never rejects. */
export function readBody(body: Readable, { maxBytes, timeoutSeconds, reserve }: ReadLimits): Promise<ReadBody> {
  return new Promise(resolve => {
    const read = createChunkBuffer()
    let ended = false
    const end = (cut: ReadBody['cut'], error?: unknown): void => {
      if (ended) return
      ended = true
      clearTimeout(timer)
      body.off('data', onData)
      if (cut !== undefined) {
        body.on('error', () => {})
        body.destroy()
      }
      resolve({
        bytes: Buffer.concat(read.blocks(), Math.min(read.length, maxBytes)),
        cut,
        error
      })
    }
    const onData = (chunk: Buffer): void => {
      if (reserve?.(chunk.length) === false) return end('memory')
      read.add(chunk)
      if (read.length > maxBytes) end('size')
    }
    const timer = setTimeout(() => end('time'), timeoutSeconds * 1000)
    body.on('data', onData)
    body.once('end', () => end(undefined))
    body.once('error', error => end('broken', error))
    body.once('close', () => end('broken'))
  })
}

/** Looks at the first bytes of a stream, and puts them back. */
export async function peekBody(body: Readable, bytes: number): Promise<{ start: Buffer; body: Readable }> {
  const read = createChunkBuffer()
  const whole = new PassThrough()
  for await (const chunk of body.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    read.add(chunk)
    if (read.length >= bytes) break
  }
  const start = Buffer.concat(read.blocks())
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
