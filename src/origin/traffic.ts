import type { Readable } from 'node:stream'

/** Requests to origins, and bytes received from them, for one page so far. */
export interface Traffic {
  /** That were sent, failed ones too */
  requests: number
  /** Of bodies, as they came over the wire: compressed, perhaps */
  bytes: number
}

export const createTraffic = (): Traffic => ({ requests: 0, bytes: 0 })

/** Counts what comes of a body that somebody has begun to read: before that, listening would make it flow away. */
export function countBytes(body: Readable, traffic: Traffic): void {
  body.on('data', (chunk: Buffer) => {
    traffic.bytes += chunk.length
  })
}
