import { LRUCache } from 'lru-cache'
import type { Freshness } from '../origin/headers/freshness.js'

/** An image of an origin that may be shown again, with its bytes. */
export interface KeptOriginal {
  readonly bytes: Buffer
  /** When it was last changed, as the origin says it. Milliseconds since 1970 */
  readonly changed: number | undefined
  readonly freshness: Freshness
}

/** One whose bytes have given way to those of others: by their hash, what was made of them is still found. */
export interface FormerOriginal extends Omit<KeptOriginal, 'bytes'> {
  readonly hash: string
  /** Of the file. Bytes */
  readonly length: number
}

/** What is kept of images as their origins sent them, by address. */
export interface KeptOriginals {
  get(key: string): KeptOriginal | FormerOriginal | undefined
  set(key: string, original: KeptOriginal): void
  /**
   * How long it holds from now on, after the origin was asked whether it is still what held as long as `before`: another
   * visit may have brought a newer one meanwhile, which is not what the origin spoke of.
   */
  renew(key: string, before: Freshness, freshness: Freshness): void
  delete(key: string): void
}

/** Where former ones are kept. */
interface Formers {
  get(key: string): FormerOriginal | undefined
  set(key: string, former: FormerOriginal): void
  delete(key: string): void
}

export interface KeptOriginalsOptions {
  readonly maxBytes: number
  /** What each takes besides its bytes and its key. Bytes. */
  readonly entryBytes: number
  /** The hash of bytes of which something has been made */
  readonly hashOf: (bytes: Buffer) => string | undefined
}

/** No image takes more than so much of the memory. Fraction. */
const LARGEST_SHARE = 1 / 2

/**
 * Files of sites have thirty times the bytes of what is made of them, and are needed again only for another kind of client
 * or another size: those used longest ago leave their hash behind.
 */
export function createKeptOriginals(
  formers: Formers,
  { maxBytes, entryBytes, hashOf }: KeptOriginalsOptions
): KeptOriginals {
  const whole = new LRUCache<string, KeptOriginal>({
    maxSize: maxBytes,
    maxEntrySize: Math.floor(maxBytes * LARGEST_SHARE),
    sizeCalculation: ({ bytes }, key) => bytes.length + key.length + entryBytes,
    dispose({ bytes, ...rest }, key, reason) {
      const hash = reason === 'evict' ? hashOf(bytes) : undefined
      if (hash !== undefined) formers.set(key, { ...rest, hash, length: bytes.length })
    }
  })
  return {
    get: key => whole.get(key) ?? formers.get(key),
    set(key, original) {
      formers.delete(key)
      whole.set(key, original)
    },
    renew(key, before, freshness) {
      const [kept, former] = [whole.get(key), formers.get(key)]
      if ((kept ?? former)?.freshness !== before) return
      if (kept !== undefined) whole.set(key, { ...kept, freshness })
      else if (former !== undefined) formers.set(key, { ...former, freshness })
    },
    delete(key) {
      whole.delete(key)
      formers.delete(key)
    }
  }
}
