import { asBuffer } from '../bytes/as-buffer.js'
import { LRUCache } from 'lru-cache'
import { Failure, type FailureCode } from '../failures.js'
import type { ConversionResult, ImageOptions } from '../image/options.js'
import type { Freshness } from '../origin/headers/freshness.js'
import type { Asker, Workers } from '../workers/pool.js'
import { createSingleFlight } from '../async/single-flight.js'
import type { SharedBytes } from '../store/remote/shared-bytes.js'
import { createConversionNames, createHashes, hashOf } from './image-names.js'
import { createKeptOriginals, type FormerOriginal, type KeptOriginal, type KeptOriginals } from './kept-originals.js'
import { sharedConversions, type TaggedImage } from './shared-conversions.js'

/** An image of an origin. */
export interface OriginalImage extends Pick<KeptOriginal, 'changed'> {
  /** Its bytes; where they have given way to those of others, what was made of them for who asks */
  readonly content: Buffer | TaggedImage
  /** Of the file. Bytes */
  readonly length: number
}

/** One that may be shown again. */
export interface ShownAgain extends OriginalImage, Pick<KeptOriginal, 'freshness'> {}

/**
 * Images of origins and what was made of them, in memory, as long as there is room; the one used longest ago goes
 * first.
 */
export interface ImageCache {
  /**
   * @param key the address, and whose it is if it is not everybody's
   * @param options how it is wanted; none if only its bytes are of use
   */
  original(key: string, options: () => ImageOptions | undefined): ShownAgain | undefined
  /** Undefined forgets it. */
  keep(key: string, original: KeptOriginal | undefined): void
  /** How long what held as long as `before` holds from now on; undefined forgets it. */
  renew(key: string, before: Freshness, freshness: Freshness | undefined): void
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

type Entry = FormerOriginal | TaggedImage

/** What took too long or too much will do so again: each view of its page would cost as much. Milliseconds. */
const FAILED_MILLISECONDS = 5 * 60 * 1000
const MOST_FAILED = 1000
/** Failures of the image itself; others are of the moment. */
const OF_THE_IMAGE: ReadonlySet<unknown> = new Set<FailureCode>(['CONVERSION_FAILED', 'TOO_LARGE'])

/** The part of the memory that is for images as they came. Fraction. */
const ORIGINALS_SHARE = 1 / 2
/** Nothing that was made of one takes more than so much of the memory. Fraction. */
const LARGEST_SHARE = 1 / 4
/** What an entry takes besides its bytes and its name. Bytes. */
const ENTRY_BYTES = 1000

/** Half of the hash tells images of one address apart. Characters. */
const TAG_CHARACTERS = 22

const isFormer = (entry: Entry): entry is FormerOriginal => 'freshness' in entry

/** Told of what was looked for, and whether it was there. */
type Count = (what: 'original' | 'converted', found: boolean) => void

/** Room for what was made, and for what is known of images whose bytes have given way. */
const roomFor = (maxBytes: number): LRUCache<string, Entry> =>
  new LRUCache({
    maxSize: maxBytes * (1 - ORIGINALS_SHARE),
    maxEntrySize: Math.floor(maxBytes * LARGEST_SHARE),
    sizeCalculation: (entry, key) => (isFormer(entry) ? 0 : entry.bytes.length) + key.length + ENTRY_BYTES
  })

export interface ImageCacheOptions {
  readonly count?: Count
  readonly shared?: SharedBytes | undefined
}

/** Bytes of another process are no Buffer any more. */
async function tagged(made: ConversionResult): Promise<TaggedImage> {
  const bytes = asBuffer(made.bytes)
  return { ...made, bytes, tag: `"${(await hashOf(bytes)).slice(0, TAG_CHARACTERS)}"` }
}

/** What is kept of images as their origins sent them, and what was made of those that are gone. */
function originalsIn(
  originals: KeptOriginals,
  { made, count }: { made: (hash: string, options: ImageOptions) => TaggedImage | undefined; count: Count }
): Pick<ImageCache, 'original' | 'keep' | 'renew'> {
  function shownAgain(key: string, optionsFor: () => ImageOptions | undefined): ShownAgain | undefined {
    const kept = originals.get(key)
    if (kept === undefined) return undefined
    const { changed, freshness } = kept
    if ('bytes' in kept) return { content: kept.bytes, length: kept.bytes.length, changed, freshness }
    const options = optionsFor()
    const content = options && made(kept.hash, options)
    return content && { content, length: kept.length, changed, freshness }
  }
  return {
    original(key, options) {
      const found = shownAgain(key, options)
      count('original', found !== undefined)
      return found
    },
    keep(key, original) {
      if (original === undefined) originals.delete(key)
      else originals.set(key, original)
    },
    renew(key, before, freshness) {
      if (freshness === undefined) originals.delete(key)
      else originals.renew(key, before, freshness)
    }
  }
}

/** Former originals among what was made, which they are of no use without. */
const formersIn = (entries: LRUCache<string, Entry>) => ({
  get(key: string): FormerOriginal | undefined {
    const entry = entries.get(`original ${key}`)
    return entry !== undefined && isFormer(entry) ? entry : undefined
  },
  set: (key: string, former: FormerOriginal) => void entries.set(`original ${key}`, former),
  delete: (key: string) => void entries.delete(`original ${key}`)
})

/** Makes of images what was not made before, or takes what others have made; remembers what cannot be made. */
interface Maker {
  make(key: string, conversion: Conversion): Promise<TaggedImage>
  failure(key: string): Failure | undefined
}

function createMaker(workers: Pick<Workers, 'image'>, others: ReturnType<typeof sharedConversions> | undefined): Maker {
  const failed = new LRUCache<string, Failure>({ max: MOST_FAILED, ttl: FAILED_MILLISECONDS })
  return {
    failure: key => failed.get(key),
    async make(key, { bytes, options, asker }) {
      const theirs = await others?.get(key)
      if (theirs !== undefined) return theirs
      asker.signal.throwIfAborted()
      const made = await workers.image(bytes, options, asker).catch((error: unknown) => {
        if (error instanceof Failure && OF_THE_IMAGE.has(error.code) && !asker.signal.aborted) failed.set(key, error)
        throw error
      })
      const image = await tagged(made)
      others?.set(key, image)
      return image
    }
  }
}

/** A cache of so many bytes over the threads that convert. */
export function createImageCache(
  workers: Pick<Workers, 'image'>,
  maxBytes: number,
  { count = () => {}, shared }: ImageCacheOptions = {}
): ImageCache {
  const maker = createMaker(workers, shared && sharedConversions(shared))
  const entries = roomFor(maxBytes)
  const once = createSingleFlight<TaggedImage>()
  const hashes = createHashes()
  const names = createConversionNames()
  const originals = createKeptOriginals(formersIn(entries), {
    maxBytes: maxBytes * ORIGINALS_SHARE,
    entryBytes: ENTRY_BYTES,
    hashOf: hashes.known
  })

  async function convert(key: string, conversion: Conversion): Promise<TaggedImage> {
    const image = await maker.make(key, conversion)
    entries.set(key, image)
    return image
  }

  function find(key: string): TaggedImage | undefined {
    const known = entries.get(key)
    return known === undefined || isFormer(known) ? undefined : known
  }

  function known(key: string): TaggedImage | undefined {
    const found = find(key)
    if (found !== undefined) count('converted', true)
    return found
  }

  return {
    ...originalsIn(originals, { count, made: (hash, options) => known(names.ofHash(hash, options)) }),
    known(bytes, options) {
      const hash = hashes.known(bytes)
      return hash === undefined ? undefined : known(names.of(bytes, hash, options))
    },
    async converted(bytes, options, { client, signal }) {
      const key = names.of(bytes, await hashes.of(bytes), options)
      // Who has left meanwhile begins nothing.
      signal.throwIfAborted()
      const failure = maker.failure(key)
      if (failure !== undefined) throw failure
      const known = find(key)
      count('converted', known !== undefined)
      return (
        known ??
        (await once(`${client} ${key}`, signal, ending =>
          convert(key, { bytes, options, asker: { client, signal: ending } })
        ))
      )
    }
  }
}
