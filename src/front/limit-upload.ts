import { Transform, type Readable } from 'node:stream'
import { Failure } from '../failures.js'

export interface UploadLimits {
  readonly maxBytes: number
  /** The longest pause without a byte, while the reader has taken everything that came */
  readonly pauseSeconds: number
}

/**
 * Limits an upload in size and in the length of its pauses. Fastify's own limit does not count a body that is streamed
 * on, and an upload that stalls would keep its visit as long as the whole request may last. Fails with
 * REQUEST_TOO_LARGE or REQUEST_TIMEOUT.
 */
export function limitUpload(body: Readable, { maxBytes, pauseSeconds }: UploadLimits): Readable {
  let length = 0
  const limited = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      pause.refresh()
      length += chunk.length
      if (length > maxBytes) done(new Failure('REQUEST_TOO_LARGE', `more than ${maxBytes} bytes`))
      else done(null, chunk)
    },
    flush(done) {
      clearTimeout(pause)
      done()
    }
  })
  const pause = setTimeout(() => {
    if (limited.destroyed) return
    // Bytes in this buffer have not been read yet: it is the site that pauses, not the client.
    if (limited.readableLength > 0 || limited.writableLength > 0) pause.refresh()
    else limited.destroy(new Failure('REQUEST_TIMEOUT', `no byte for ${pauseSeconds} s`))
  }, pauseSeconds * 1000).unref()
  limited.once('close', () => clearTimeout(pause))
  // pipe() does not pass on that a client went away in the middle, so the reader is told here.
  body.once('close', () => {
    if (!body.readableEnded) limited.destroy()
  })
  body.on('error', error => limited.destroy(error))
  // Nobody may be reading, when the answer is a page of ours: without this listener a client that goes away would end
  // the process.
  limited.on('error', () => {})
  return body.pipe(limited)
}
