import type { Readable } from 'node:stream'

const EVENTS = ['readable', 'end', 'error', 'close'] as const

/** Resolves when the first byte of a body is here, or its end; rejects if it breaks before. */
export function firstByte(body: Readable): Promise<void> {
  return new Promise((resolve, reject) => {
    const settle = (error?: Error): void => {
      for (const event of EVENTS) body.off(event, settle)
      if (error instanceof Error) reject(error)
      else resolve()
    }
    for (const event of EVENTS) body.on(event, settle)
  })
}

/** Waits for the first bytes of a body, and leaves them in it: what peekBody() does, where any byte will do. */
export async function peekFirst(body: Readable): Promise<Buffer> {
  await firstByte(body)
  const start: unknown = body.read()
  if (!Buffer.isBuffer(start)) return Buffer.alloc(0)
  body.unshift(start)
  return start
}
