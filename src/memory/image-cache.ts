import type { Soon } from '../async/soon.js'
import { createHash, webcrypto } from 'node:crypto'
import { asBuffer } from '../bytes/as-buffer.js'
import { LRUCache } from 'lru-cache'
import { Failure, type FailureCode } from '../failures.js'
import type { ConversionResult, ImageOptions } from '../image/options.js'
import type { Freshness } from '../origin/headers/freshness.js'
import type { Asker, Workers } from '../workers/pool.js'
import { createSingleFlight } from '../async/single-flight.js'
import type { SharedBytes } from '../store/remote/shared-bytes.js'
import { createJobNames } from './job-names.js'
import { pack, unpack } from './packed.js'

/** An image as its origin sent it. */
export interface OriginalImage {
  readonly bytes: Buffer
  /** When it was last changed, as the origin says it. Milliseconds since 1970 */
  readonly changed: number | undefined
}

/** One that may be shown again. */
export interface KeptOriginal extends OriginalImage {
  readonly freshness: Freshness
}

/** A converted image with the name of its bytes, as an ETag has it. */
export interface TaggedImage extends ConversionResult {
  readonly tag: string
}

/**
 * Images of origins and what was made of them, in memory, as long as there is room; the one used longest ago goes
 * first.
 */
export interface ImageCache {
  /** `key` is the address, and whose it is if it is not everybody's. */
  original(key: string): KeptOriginal | undefined
  /** Undefined forgets it. */
  keep(key: string, original: KeptOriginal | undefined): void
  /**
   * The image as the options want it. Conversions are named by the bytes and by the options, so that they are
   * everybody's: who has the same bytes sees the same image. What one client
   * asks for many times at once is converted once; nobody waits for the turn of another.
   * @throws Failure when it cannot be converted.
   */
  converted(bytes: Buffer, options: ImageOptions, asker: Asker): Promise<TaggedImage>
  /** The same at once, if it is here. */
  known(bytes: Buffer, options: ImageOptions): TaggedImage | undefined
}

interface Conversion {
  readonly bytes: Buffer
  readonly options: ImageOptions
  readonly asker: Asker
}

type Entry = KeptOriginal | TaggedImage

/** What took too long or too much will do so again: each view of its page would cost as much. Milliseconds. */
const FAILED_MILLISECONDS = 5 * 60 * 1000
const MOST_FAILED = 1000
/** Failures of the image itself; others are of the moment. */
const OF_THE_IMAGE: ReadonlySet<unknown> = new Set<FailureCode>(['CONVERSION_FAILED', 'TOO_LARGE'])

/** No image takes more than so much of the memory. Fraction. */
const LARGEST_SHARE = 1 / 4
/** What an entry takes besides its bytes and its name. Bytes. */
const ENTRY_BYTES = 1000

/** Up to so many bytes are hashed in less time than it takes to have another thread do it. */
const SOON_HASHED_BYTES = 128 * 1024

/** By a thread of Node's own where there are many: an image of 24 MB takes this one 20 to 80 ms, as the processor is. */
const hashOf = async (data: Uint8Array): Promise<string> =>
  data.length <= SOON_HASHED_BYTES
    ? createHash('sha256').update(data).digest('base64url')
    : Buffer.from(await webcrypto.subtle.digest('SHA-256', data)).toString('base64url')

/** Half of the hash tells images of one address apart. Characters. */
const TAG_CHARACTERS = 22

const isOriginal = (entry: Entry): entry is KeptOriginal => 'freshness' in entry

/** Told of what was looked for, and whether it was there. */
type Count = (what: 'original' | 'converted', found: boolean) => void

/** In a shared store a conversion is kept so long after it was made. Milliseconds. */
const SHARED_MILLISECONDS = 24 * 3600 * 1000

/** Conversions that others have made of the same bytes. */
function sharedConversions(shared: SharedBytes) {
  const nameOf = (key: string): string => `image ${createHash('sha256').update(key).digest('base64url')}`
  return {
    async get(key: string): Promise<TaggedImage | undefined> {
      const found = await shared.get(nameOf(key))
      const packed = found === undefined ? undefined : unpack<Omit<TaggedImage, 'bytes'>>(found)
      return packed && { ...packed.meta, bytes: packed.parts[0] ?? Buffer.alloc(0) }
    },
    set(key: string, { bytes, ...meta }: TaggedImage): void {
      shared.set(nameOf(key), pack({ meta, parts: [asBuffer(bytes)] }), SHARED_MILLISECONDS)
    }
  }
}

const roomFor = (maxBytes: number): LRUCache<string, Entry> =>
  new LRUCache({
    maxSize: maxBytes,
    maxEntrySize: Math.floor(maxBytes * LARGEST_SHARE),
    sizeCalculation: ({ bytes }, key) => bytes.length + key.length + ENTRY_BYTES
  })

export interface ImageCacheOptions {
  readonly count?: Count
  readonly shared?: SharedBytes | undefined
}

/** Names of conversions, which are long, by the bytes and the options that come again. */
function createConversionNames(): (bytes: Buffer, hash: string, options: ImageOptions) => string {
  // Who comes again has the same options (request/options-for.ts).
  const names = createJobNames()
  const known = new WeakMap<Buffer, WeakMap<ImageOptions, string>>()
  return (bytes, hash, options) => {
    const ofBytes = known.get(bytes) ?? new WeakMap<ImageOptions, string>()
    const before = ofBytes.get(options)
    if (before !== undefined) return before
    const name = `converted ${hash} ${names.of(options)}`
    known.set(bytes, ofBytes.set(options, name))
    return name
  }
}

/** Hashes of the bytes that are kept, and of those that are converted at the moment. */
function createHashes(): (bytes: Buffer) => Soon<string> {
  const hashes = new WeakMap<Buffer, Soon<string>>()
  return bytes => {
    const known = hashes.get(bytes)
    if (known !== undefined) return known
    const hash = hashOf(bytes)
    hashes.set(bytes, hash)
    hash.then(found => hashes.set(bytes, found)).catch(() => {})
    return hash
  }
}

/** Bytes of another process are no Buffer any more. */
async function tagged(made: ConversionResult): Promise<TaggedImage> {
  const bytes = asBuffer(made.bytes)
  return { ...made, bytes, tag: `"${(await hashOf(bytes)).slice(0, TAG_CHARACTERS)}"` }
}

/** The images as their origins sent them. */
const keptOriginals = (entries: LRUCache<string, Entry>, count: Count): Pick<ImageCache, 'original' | 'keep'> => ({
  original(key) {
    const entry = entries.get(`original ${key}`)
    const found = entry !== undefined && isOriginal(entry) ? entry : undefined
    count('original', found !== undefined)
    return found
  },
  keep(key, original) {
    if (original === undefined) entries.delete(`original ${key}`)
    else entries.set(`original ${key}`, original)
  }
})

/** A cache of so many bytes over the threads that convert. */
export function createImageCache(
  workers: Pick<Workers, 'image'>,
  maxBytes: number,
  { count = () => {}, shared }: ImageCacheOptions = {}
): ImageCache {
  const others = shared && sharedConversions(shared)
  const entries = roomFor(maxBytes)
  const once = createSingleFlight<TaggedImage>()
  const knownHash = createHashes()
  const nameOf = createConversionNames()
  const failed = new LRUCache<string, Failure>({ max: MOST_FAILED, ttl: FAILED_MILLISECONDS })

  async function convert(key: string, { bytes, options, asker }: Conversion): Promise<TaggedImage> {
    const theirs = await others?.get(key)
    if (theirs !== undefined) {
      entries.set(key, theirs)
      return theirs
    }
    asker.signal.throwIfAborted()
    const made = await workers.image(bytes, options, asker).catch((error: unknown) => {
      if (error instanceof Failure && OF_THE_IMAGE.has(error.code) && !asker.signal.aborted) failed.set(key, error)
      throw error
    })
    const image = await tagged(made)
    entries.set(key, image)
    others?.set(key, image)
    return image
  }

  function find(key: string): TaggedImage | undefined {
    const known = entries.get(key)
    return known === undefined || isOriginal(known) ? undefined : known
  }

  return {
    ...keptOriginals(entries, count),
    known(bytes, options) {
      const hash = knownHash(bytes)
      const known = typeof hash === 'string' ? find(nameOf(bytes, hash, options)) : undefined
      if (known !== undefined) count('converted', true)
      return known
    },
    async converted(bytes, options, { client, signal }) {
      const key = nameOf(bytes, await knownHash(bytes), options)
      // Who has left meanwhile begins nothing.
      signal.throwIfAborted()
      const failure = failed.get(key)
      if (failure !== undefined) throw failure
      const known = find(key)
      count('converted', known !== undefined)
      if (known !== undefined) return known
      return await once(`${client} ${key}`, signal, signal =>
        convert(key, { bytes, options, asker: { client, signal } })
      )
    }
  }
}
