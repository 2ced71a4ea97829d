import { finished, PassThrough, Readable } from 'node:stream'
import { createChunkBuffer, type ChunkBuffer } from '../../bytes/chunk-buffer.js'
import type { Signal } from '../../async/signal.js'

/** The body of a form on its way to a site that may want it at another address. */
export interface KeptBody {
  readonly body: unknown
  /** All of it once more, when the client has sent it all; undefined if it was too long, or broke off */
  again(): Promise<Buffer | undefined>
}

export interface KeptBodyOptions {
  /** A longer one is passed on, and not kept */
  readonly maxBytes: number
  /** Whether there is memory for so many bytes more (guard/memory-budget.ts) */
  reserve(bytes: number): boolean
  /** Aborted when nobody wants the rest */
  readonly signal: Signal
}

/** Passes a body on as it arrives, and keeps what has come of it. */
export function keepBody(body: unknown, { maxBytes, reserve, signal }: KeptBodyOptions): KeptBody {
  if (!(body instanceof Readable)) return { body, again: async () => Buffer.alloc(0) }
  let kept: ChunkBuffer | undefined = createChunkBuffer()
  const sent = new PassThrough()
  body.on('data', (chunk: Buffer) => {
    if (kept === undefined) return
    if (kept.length + chunk.length <= maxBytes && reserve(chunk.length)) kept.add(chunk)
    else kept = undefined
    // Then the rest is wanted by nobody but the first address.
    if (kept === undefined && sent.destroyed) body.destroy()
  })
  body.on('error', error => sent.destroy(error))
  body.once('close', () => {
    if (!body.readableEnded) sent.destroy()
  })
  sent.on('error', () => {})
  signal.addEventListener('abort', () => body.destroy(), { once: true })
  body.pipe(sent)
  return {
    body: sent,
    async again() {
      // A site may answer before it has read all.
      sent.destroy()
      if (kept !== undefined && !body.readableEnded) {
        body.unpipe(sent).resume()
        await new Promise<void>(resolve => finished(body, { writable: false }, () => resolve()))
      }
      return kept !== undefined && body.readableEnded ? Buffer.concat(kept.blocks()) : undefined
    }
  }
}
