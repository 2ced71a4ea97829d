import { LRUCache } from 'lru-cache'
import { boundedKey } from '../bytes/bounded-key.js'
import type { FetchStart, ImageAsker } from '../origin/fetchers/start-fetcher.js'
import { imageKey } from '../page/images/known-sizes.js'
import type { SizeHint } from '../page/addresses/size-hint.js'
import { createInFlight } from '../async/in-flight.js'

/** An image of a page, and who may know of it. */
export interface AskedImage {
  readonly url: URL
  /** Empty for what everybody sees; else whose it is: it is asked for with cookies */
  readonly personKey: string
}

/**
 * How large the files of images are, as far as that is known: of those that were converted and those that were looked
 * at.
 */
export interface ImageSizes {
  known(image: AskedImage): SizeHint | undefined
  learn(image: AskedImage, size: SizeHint): void
  /** Whether it is worth asking: not if it, or its host, has failed just now. */
  isHopeful(image: AskedImage): boolean
  /**
   * Asks for the first bytes of an image. Once for all who want it at the same time; undefined if they cannot be had or
   * do not tell. Never rejects.
   */
  probe(image: AskedImage, asker: ImageAsker): Promise<SizeHint | undefined>
}

export interface ImageSizesOptions {
  readonly fetchStart: FetchStart
  /** Undefined if the bytes do not tell; never throws */
  readonly readSize: (start: Buffer) => SizeHint | undefined
}

/** Images whose sizes are kept, some 300 bytes each. */
const MOST_SIZES = 20_000
/** Addresses keep their images, but not for ever. Milliseconds. */
const KEPT_MILLISECONDS = 24 * 3600 * 1000
/**
 * An image that told nothing is asked again after so long, a host that was not to be reached, or was too late, sooner.
 * Milliseconds.
 */
const FAILED_MILLISECONDS = 10 * 60 * 1000
const SILENT_MILLISECONDS = 60 * 1000
/** Hosts that are not asked. */
const MOST_SILENT = 1000
/** Questions under way for all clients; further ones are left out. */
const MOST_UNDER_WAY = 64
/** An answer that is too late for its page may still come for the next one. Milliseconds. */
const LATE_MILLISECONDS = 5000

/** What nobody can tell is kept too. */
const UNKNOWN: SizeHint = { width: 0, height: 0 }

const ifAny = (size: SizeHint | undefined): SizeHint | undefined =>
  size === undefined || size.width === 0 ? undefined : size

const keyOf = ({ url, personKey }: AskedImage): string => boundedKey(`${personKey} ${imageKey(url)}`)

export function createImageSizes({ fetchStart, readSize }: ImageSizesOptions): ImageSizes {
  const sizes = new LRUCache<string, SizeHint>({ max: MOST_SIZES, ttl: KEPT_MILLISECONDS })
  const silent = new LRUCache<string, true>({ max: MOST_SILENT, ttl: SILENT_MILLISECONDS })
  const underWay = createInFlight<SizeHint | undefined>(MOST_UNDER_WAY)

  async function look(key: string, url: URL, asker: ImageAsker): Promise<SizeHint | undefined> {
    try {
      const found = readSize(await fetchStart(url, asker, AbortSignal.timeout(LATE_MILLISECONDS)))
      sizes.set(key, found ?? UNKNOWN, { ttl: found === undefined ? FAILED_MILLISECONDS : KEPT_MILLISECONDS })
      return found
    } catch {
      silent.set(boundedKey(url.host), true)
      return undefined
    }
  }

  return {
    known: image => ifAny(sizes.get(keyOf(image))) ?? ifAny(sizes.get(keyOf({ ...image, personKey: '' }))),
    learn: (image, { width, height }) => void sizes.set(keyOf(image), { width, height }),
    isHopeful: image => !sizes.has(keyOf(image)) && !silent.has(boundedKey(image.url.host)),
    async probe(image, asker) {
      const key = keyOf(image)
      return await underWay(key, asker.client, () => look(key, image.url, asker))
    }
  }
}
