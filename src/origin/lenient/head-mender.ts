import { Transform } from 'node:stream'
import { Failure } from '../../failures.js'
import { mendHead } from './mend-head.js'

/** Bytes of an answer's head, announcements (1xx) before it included. */
const MOST_HEAD_BYTES = 65536

/** The end of a head: an empty line, after CR LF or LF (RFC 9112 2.2). */
const END = /\r?\n\r?\n/

/** Announcements before an answer (100 Continue, unasked); sites send one or two. */
const MOST_HINTS = 10

/** Passes an answer on with its head mended; what announces it is left out. */
export function createHeadMender(): Transform {
  let head: Buffer | undefined = Buffer.alloc(0)
  let hints = 0

  /** The mended head and what stands behind it; undefined while it is not whole. @throws Failure for what is no head */
  function begin(chunk: Buffer): { readonly text: string; readonly rest: Buffer } | undefined {
    let bytes = Buffer.concat([head ?? Buffer.alloc(0), chunk])
    for (let end = END.exec(bytes.toString('latin1')); end !== null; end = END.exec(bytes.toString('latin1'))) {
      const mended = mendHead(bytes.subarray(0, end.index).toString('latin1'))
      if (mended === undefined || hints > MOST_HINTS) throw new Failure('BAD_ANSWER', 'no head of HTTP')
      bytes = bytes.subarray(end.index + end[0].length)
      if (mended.status >= 200) return { text: mended.text, rest: bytes }
      hints++
    }
    if (bytes.length > MOST_HEAD_BYTES) throw new Failure('BAD_ANSWER', `a head of more than ${MOST_HEAD_BYTES} bytes`)
    head = bytes
    return undefined
  }

  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      try {
        if (head === undefined) return void done(null, chunk)
        const begun = begin(chunk)
        if (begun === undefined) return void done()
        head = undefined
        this.push(begun.text, 'latin1')
        done(null, begun.rest)
      } catch (error) {
        done(error as Failure)
      }
    },
    flush(done) {
      done(head === undefined ? null : new Failure('BAD_ANSWER', 'its head did not come to an end'))
    }
  })
}
