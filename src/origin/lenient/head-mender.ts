import { Transform } from 'node:stream'
import { Failure } from '../../failures.js'
import { HEADER_BYTES } from '../connect/dispatcher.js'
import { MOST_HINTS } from '../connect/few-hints.js'
import { createChunkMender, type ChunkMender } from './mend-chunks.js'
import { mendHead } from './mend-head.js'

/** The end of a head: an empty line, after CR LF or LF (RFC 9112 2.2). */
const END = /\r?\n\r?\n/
/** So much of a head may be the beginning of its end. Characters. */
const TAIL = 3

/** Passes an answer on with its head and its chunks mended; what announces it (1xx) is left out. */
export function createHeadMender(): Transform {
  let isBegun = false
  let hints = 0
  // A head may come byte by byte: it is put together once, when its end has come.
  let pieces: Buffer[] = []
  let length = 0
  let tail = ''
  let chunks: ChunkMender | undefined

  /** The mended head and what stands behind it; undefined while it is not whole. @throws Failure for what is no head */
  function begin(chunk: Buffer): { readonly text: string; readonly rest: Buffer } | undefined {
    pieces.push(chunk)
    length += chunk.length
    const seen = tail + chunk.toString('latin1')
    tail = seen.slice(-TAIL)
    if (END.test(seen)) {
      let bytes = Buffer.concat(pieces)
      for (let end = END.exec(bytes.toString('latin1')); end !== null; end = END.exec(bytes.toString('latin1'))) {
        const mended = mendHead(bytes.subarray(0, end.index).toString('latin1'))
        if (mended === undefined || hints > MOST_HINTS) throw new Failure('BAD_ANSWER', 'no head of HTTP')
        bytes = bytes.subarray(end.index + end[0].length)
        if (mended.status >= 200) {
          if (mended.chunked) chunks = createChunkMender()
          return { text: mended.text, rest: bytes }
        }
        hints++
      }
      pieces = [bytes]
      length = bytes.length
      tail = bytes.toString('latin1').slice(-TAIL)
    }
    if (length > HEADER_BYTES) throw new Failure('BAD_ANSWER', `a head of more than ${HEADER_BYTES} bytes`)
    return undefined
  }

  const mend = (bytes: Buffer): Buffer => chunks?.mend(bytes) ?? bytes

  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      try {
        if (isBegun) return void done(null, mend(chunk))
        const begun = begin(chunk)
        if (begun === undefined) return void done()
        isBegun = true
        pieces = []
        this.push(begun.text, 'latin1')
        done(null, mend(begun.rest))
      } catch (error) {
        done(error as Failure)
      }
    },
    flush(done) {
      done(isBegun ? null : new Failure('BAD_ANSWER', 'its head did not come to an end'))
    }
  })
}
