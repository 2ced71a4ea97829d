import { createHash } from 'node:crypto'
import { asBuffer } from '../bytes/as-buffer.js'
import { isFields } from '../bytes/json-fields.js'
import type { ConversionResult } from '../image/options.js'
import type { SharedBytes } from '../store/remote/shared-bytes.js'
import { hasSides, isHeaderText } from './meta-fields.js'
import { pack, unpack } from './packed.js'

/** A converted image with the name of its bytes, as an ETag has it. */
export interface TaggedImage extends ConversionResult {
  readonly tag: string
}

const isImageMeta = (found: unknown): found is Omit<TaggedImage, 'bytes'> =>
  isFields(found) &&
  isHeaderText(found.tag) &&
  isHeaderText(found.type) &&
  hasSides(found) &&
  isFields(found.source) &&
  hasSides(found.source) &&
  isHeaderText(found.source.kind)

/** In a shared store a conversion is kept so long after it was made. Milliseconds. */
const SHARED_MILLISECONDS = 24 * 3600 * 1000

/** Conversions that others have made of the same bytes. */
export function sharedConversions(shared: SharedBytes) {
  const nameOf = (key: string): string => `image ${createHash('sha256').update(key).digest('base64url')}`
  return {
    async get(key: string): Promise<TaggedImage | undefined> {
      const found = await shared.get(nameOf(key))
      const packed = found === undefined ? undefined : unpack(found, isImageMeta)
      const bytes = packed?.parts[0]
      return packed === undefined || bytes === undefined ? undefined : { ...packed.meta, bytes }
    },
    set(key: string, { bytes, ...meta }: TaggedImage): void {
      shared.set(nameOf(key), pack({ meta, parts: [asBuffer(bytes)] }), SHARED_MILLISECONDS)
    }
  }
}
