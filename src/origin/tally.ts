import type { Readable } from 'node:stream'

/** What has been fetched from origins for one page so far. */
export interface Tally {
  /** That were sent, failed ones too */
  requests: number
  /** Of bodies, as they came over the wire: compressed, perhaps */
  bytes: number
}

export const createTally = (): Tally => ({ requests: 0, bytes: 0 })

/** Counts what comes of a body that somebody has begun to read: before that, listening would make it flow away. */
export function countBytes(body: Readable, tally: Tally): void {
  body.on('data', (chunk: Buffer) => {
    tally.bytes += chunk.length
  })
}
