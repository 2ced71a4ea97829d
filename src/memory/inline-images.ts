import { LRUCache } from 'lru-cache'
import type { InlineImage } from '../page/convert.js'

/**
 * Images that came inside pages, for as long as the memory for them lasts; the name of each is the hash of its bytes.
 */
export interface InlineImages {
  add(images: readonly InlineImage[]): void
  get(path: string): Buffer | undefined
}

/** What an image takes besides its bytes: one of forty bytes is not rare. */
const ENTRY_BYTES = 300

export function createInlineImages(maxBytes: number): InlineImages {
  const images = new LRUCache<string, Buffer>({
    maxSize: maxBytes,
    sizeCalculation: bytes => bytes.length + ENTRY_BYTES
  })
  return {
    add(added) {
      for (const { path, bytes } of added)
        if (bytes.byteLength + ENTRY_BYTES <= maxBytes) images.set(path, Buffer.from(bytes))
    },
    get: path => images.get(path)
  }
}
