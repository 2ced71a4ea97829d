import { createHash } from 'node:crypto'
import type { ShortAddress } from './addresses/short-address.js'
import type { InlineImage } from './job.js'
import type { Outbox } from './step.js'

/** Short addresses beyond this number are written but not stored: nobody reads a page with so many. Addresses. */
const MOST_ADDRESSES = 2000

/** An outbox that keeps what the steps of one page put into it. */
export interface FilledOutbox extends Outbox {
  readonly images: readonly InlineImage[]
  readonly addresses: ReadonlyMap<string, ShortAddress>
}

/** @param portal the beginning of the addresses of our own pages, without a slash at its end */
export function createOutbox(portal: string): FilledOutbox {
  const images = new Map<string, InlineImage>()
  const addresses = new Map<string, ShortAddress>()
  return {
    get images() {
      return [...images.values()]
    },
    addresses,
    addAddress(short) {
      if (addresses.size < MOST_ADDRESSES) addresses.set(short.key, short)
    },
    addImage(bytes) {
      const path = `/inline/${createHash('sha256').update(bytes).digest('hex').slice(0, 20)}.gif`
      if (!images.has(path)) images.set(path, { path, bytes })
      return portal + path
    }
  }
}
