import type { Soon } from '../../async/soon.js'
import type { Readable } from 'node:stream'

const ENDS = ['end', 'error', 'close'] as const

/**
 * Resolves when the first byte of a body is here, or when it is over, which is not told again to those who listen later
 * (readableEnded); rejects if it breaks before.
 */
export function firstByte(body: Readable): Promise<void> {
  // It nearly always comes with the head.
  if (body.readableLength > 0) return Promise.resolve()
  return new Promise((resolve, reject) => {
    const settle = (error?: Error): void => {
      for (const event of ENDS) body.off(event, settle)
      body.off('readable', look)
      if (error instanceof Error) reject(error)
      else resolve()
    }
    const look = (): void => {
      if (body.readableLength > 0) settle()
      // An empty body is readable too, and ends only when somebody has read it.
      else body.read()
    }
    for (const event of ENDS) body.on(event, settle)
    body.on('readable', look)
  })
}

/** The beginning of a body. */
export interface Beginning {
  readonly start: Buffer
  /** It is all of it, and nothing is left in the stream */
  readonly isWhole: boolean
}

function beginningOf(body: Readable, length: number): Beginning {
  const start: unknown = body.read()
  if (!Buffer.isBuffer(start)) return { start: Buffer.alloc(0), isWhole: body.readableEnded }
  const isWhole = start.length === length
  // To its end, so that its connection is free.
  if (isWhole) body.on('error', () => {}).resume()
  else body.unshift(start)
  return { start, isWhole }
}

/**
 * Takes the first bytes of a body when they are here, which is mostly at once, and leaves them in it unless they are all
 * of it: what peekBody() does, where any byte will do.
 * @param length of the body, NaN if it is not known. Bytes.
 */
export const peekFirst = (body: Readable, length: number): Soon<Beginning> =>
  body.readableLength > 0 ? beginningOf(body, length) : firstByte(body).then(() => beginningOf(body, length))
