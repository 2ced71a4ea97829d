import { LRUCache } from 'lru-cache'
import type { InlineImage } from '../page/convert.js'

/** Images that came inside pages, for as long as the memory for them lasts; the name of each is the hash of its bytes. */
export interface InlineImages {
  add (images: readonly InlineImage[]): void
  get (path: string): Buffer | undefined
}

export function createInlineImages (maxBytes: number): InlineImages {
  const images = new LRUCache<string, Buffer>({ maxSize: maxBytes, sizeCalculation: bytes => Math.max(1, bytes.length) })
  return {
    add (added) {
      for (const { path, bytes } of added) if (bytes.byteLength <= maxBytes) images.set(path, Buffer.from(bytes))
    },
    get: path => images.get(path)
  }
}
