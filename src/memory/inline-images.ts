import type { Soon } from '../async/soon.js'
import { LRUCache } from 'lru-cache'
import type { InlineImage } from '../page/convert.js'
import type { SharedBytes } from '../store/remote/shared-bytes.js'

/**
 * Images that came inside pages, for as long as the memory for them lasts; the name of each is the hash of its bytes.
 */
export interface InlineImages {
  add(images: readonly InlineImage[]): void
  /** At once where it is in this process; else whoever shares the store is asked. */
  get(path: string): Soon<Buffer | undefined>
}

/** What an image takes besides its bytes: one of forty bytes is not rare. */
const ENTRY_BYTES = 300
/** Where they lie on our own host. */
const FOLDER = '/inline/'
export const isInlinePath = (path: string): boolean => path.startsWith(FOLDER)

/** In a shared store an image is kept so long after the last page that it came in. Milliseconds. */
const SHARED_MILLISECONDS = 24 * 3600 * 1000

export function createInlineImages(maxBytes: number, shared?: SharedBytes): InlineImages {
  const images = new LRUCache<string, Buffer>({
    maxSize: maxBytes,
    sizeCalculation: bytes => bytes.length + ENTRY_BYTES
  })
  const keep = (path: string, bytes: Buffer): void => {
    if (bytes.length + ENTRY_BYTES <= maxBytes) images.set(path, bytes)
  }

  async function fromOthers(bytes: SharedBytes, path: string): Promise<Buffer | undefined> {
    const found = await bytes.get(path)
    if (found !== undefined) keep(path, found)
    return found
  }

  return {
    add(added) {
      for (const { path, bytes } of added) {
        const own = Buffer.from(bytes)
        keep(path, own)
        shared?.set(path, own, SHARED_MILLISECONDS)
      }
    },
    get: path => images.get(path) ?? (isInlinePath(path) ? shared && fromOthers(shared, path) : undefined)
  }
}
