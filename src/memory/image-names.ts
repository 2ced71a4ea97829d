import { createHash, webcrypto } from 'node:crypto'
import type { Soon } from '../async/soon.js'
import type { ImageOptions } from '../image/options.js'
import { createJobNames } from './job-names.js'

/** Up to so many bytes are hashed in less time than it takes to have another thread do it. */
const SOON_HASHED_BYTES = 128 * 1024

/** By a thread of Node's own where there are many: an image of 24 MB takes this one 20 to 80 ms, as the processor is. */
export const hashOf = async (data: Uint8Array): Promise<string> =>
  data.length <= SOON_HASHED_BYTES
    ? createHash('sha256').update(data).digest('base64url')
    : Buffer.from(await webcrypto.subtle.digest('SHA-256', data)).toString('base64url')

/** Names of conversions, which are long, by the bytes and the options that come again. */
export interface ConversionNames {
  of(bytes: Buffer, hash: string, options: ImageOptions): string
  ofHash(hash: string, options: ImageOptions): string
}

export function createConversionNames(): ConversionNames {
  // Who comes again has the same options (request/options-for.ts).
  const names = createJobNames()
  const known = new WeakMap<Buffer, WeakMap<ImageOptions, string>>()
  const ofHash = (hash: string, options: ImageOptions): string => `converted ${hash} ${names.of(options)}`
  return {
    ofHash,
    of(bytes, hash, options) {
      const ofBytes = known.get(bytes) ?? new WeakMap<ImageOptions, string>()
      const before = ofBytes.get(options)
      if (before !== undefined) return before
      const name = ofHash(hash, options)
      known.set(bytes, ofBytes.set(options, name))
      return name
    }
  }
}

/** Hashes of the bytes that are kept, and of those that are converted at the moment. */
export interface Hashes {
  of(bytes: Buffer): Soon<string>
  /** The hash that is known already */
  known(bytes: Buffer): string | undefined
}

export function createHashes(): Hashes {
  const hashes = new WeakMap<Buffer, Soon<string>>()
  return {
    of(bytes) {
      const known = hashes.get(bytes)
      if (known !== undefined) return known
      const hash = hashOf(bytes)
      hashes.set(bytes, hash)
      hash.then(found => hashes.set(bytes, found)).catch(() => {})
      return hash
    },
    known(bytes) {
      const hash = hashes.get(bytes)
      return typeof hash === 'string' ? hash : undefined
    }
  }
}
