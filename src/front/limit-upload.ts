import { Transform, type Readable } from 'node:stream'
import { Failure } from '../errors.js'

/** What a client sends, up to so many bytes: Fastify's own limit does not count what is streamed on. */
export function limitUpload (body: Readable, maxBytes: number): Readable {
  let length = 0
  const limited = new Transform({
    transform (chunk: Buffer, _encoding, done) {
      length += chunk.length
      if (length > maxBytes) done(new Failure('REQUEST_TOO_LARGE', `more than ${maxBytes} bytes`))
      else done(null, chunk)
    }
  })
  body.on('error', error => limited.destroy(error))
  // Nobody may be reading (the answer is a page of ours): a client that goes away must not end the process.
  limited.on('error', () => {})
  return body.pipe(limited)
}
