import type { Answer } from '../front/answer.js'

/** A file that old machines load for minutes: at the 33,600 bits a second of a modem, five of them. Bytes. */
const LONG_BYTES = 1024 * 1024
/** A file of unknown length, or a radio, is told of when it has gone on for so long. Milliseconds. */
const LONG_MILLISECONDS = 10_000

const lengthOf = ({ headers }: Answer): number | undefined => {
  const named = headers['content-length']
  return typeof named === 'string' && /^\d{1,15}$/.test(named) ? Number(named) : undefined
}

/**
 * Tells of an answer that is passed on and takes long when it begins, so that it is known what goes on; what is given
 * back is called when the answer is over.
 */
export function whenLong(answer: Answer, tell: (length: number | undefined) => void): () => void {
  if (Buffer.isBuffer(answer.body)) return () => {}
  const length = lengthOf(answer)
  if (length !== undefined && length >= LONG_BYTES) {
    tell(length)
    return () => {}
  }
  const timer = setTimeout(() => tell(length), LONG_MILLISECONDS).unref()
  return () => clearTimeout(timer)
}
