import type { Link } from './link.js'
import { bytesKey } from './places.js'

/** Bytes that all proxies of one store see, for a limited time. */
export interface SharedBytes {
  /** Undefined if they are not there, or cannot be had now. Never rejects. */
  get(key: string): Promise<Buffer | undefined>
  /** Keeps bytes, unless they are too many; written() waits for it. */
  set(key: string, bytes: Buffer, milliseconds: number): void
}

/** Larger bytes are not shared: they would hold up what is small. Bytes. */
export const MOST_SHARED_BYTES = 2 * 1024 * 1024
/** Bytes on their way to the store; while it is so slow, more are not shared. */
const MOST_UNDER_WAY_BYTES = 16 * 1024 * 1024

export interface BytesUnderWay extends SharedBytes {
  /** Resolves when all that was set so far has arrived, or failed. */
  settled(): Promise<void>
}

export function createSharedBytes(link: Link): BytesUnderWay {
  const underWay = new Set<Promise<void>>()
  let bytesUnderWay = 0

  async function send(key: string, bytes: Buffer, milliseconds: number): Promise<void> {
    bytesUnderWay += bytes.length
    try {
      await link.run({
        operation: 'bytes-write',
        work: client => client.send(['SET', bytesKey(key), bytes, 'PX', String(milliseconds)])
      })
    } catch {
      // It is made again by whoever wants it.
    } finally {
      bytesUnderWay -= bytes.length
    }
  }

  return {
    async get(key) {
      try {
        return await link.run({ operation: 'bytes-read', work: client => client.bytes(['GET', bytesKey(key)]) })
      } catch {
        return undefined
      }
    },
    set(key, bytes, milliseconds) {
      if (!link.isUp() || bytes.length > MOST_SHARED_BYTES || bytesUnderWay > MOST_UNDER_WAY_BYTES) return
      const sending = send(key, bytes, milliseconds)
      underWay.add(sending)
      void sending.finally(() => underWay.delete(sending))
    },
    async settled() {
      if (underWay.size > 0) await Promise.all(underWay)
    }
  }
}
