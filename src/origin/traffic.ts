import type { Readable } from 'node:stream'

/** Requests to origins, and bytes received from them, so far for one page. */
export interface Traffic {
  /** Requests that were sent, failed ones included */
  requests: number
  /** Bytes of bodies, as transferred: possibly compressed */
  bytes: number
}

export const createTraffic = (): Traffic => ({ requests: 0, bytes: 0 })

/** Counts the bytes of a body once somebody has begun to read it: listening earlier would make it flow unread. */
export function countBytes(body: Readable, traffic: Traffic): void {
  body.on('data', (chunk: Buffer) => {
    traffic.bytes += chunk.length
  })
}
