import { Transform, type Readable } from 'node:stream'
import { Failure } from '../failures.js'

export interface UploadLimits {
  readonly maxBytes: number
  /** Without a byte, while whoever reads it has taken all that came */
  readonly pauseSeconds: number
}

/**
 * What a client sends, up to so many bytes and so long a pause: Fastify's own limit does not count what is streamed on,
 * and a body that stops would hold its visit as long as the whole request may last. Fails with REQUEST_TOO_LARGE or
 * REQUEST_TIMEOUT.
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
    // Bytes that wait here were not taken yet: it is the site that pauses, not the client.
    if (limited.readableLength > 0 || limited.writableLength > 0) pause.refresh()
    else limited.destroy(new Failure('REQUEST_TIMEOUT', `no byte for ${pauseSeconds} s`))
  }, pauseSeconds * 1000).unref()
  limited.once('close', () => clearTimeout(pause))
  // A client that goes away in the middle ends what was read of it: pipe() does not.
  body.once('close', () => {
    if (!body.readableEnded) limited.destroy()
  })
  body.on('error', error => limited.destroy(error))
  // Nobody may be reading (the answer is a page of ours): a client that goes away must not end the process.
  limited.on('error', () => {})
  return body.pipe(limited)
}
