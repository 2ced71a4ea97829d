import { headerSize } from './decode.js'
import type { Size } from './fit.js'
import { sniffImage, type ImageKind } from './sniff.js'
import { svgSize } from './svg-size.js'
import { webpSize } from './webp-size.js'

/** Decoders that find the size where the rest of a file is missing. */
const BY_DECODER: readonly ImageKind[] = ['jpeg', 'png', 'gif', 'avif']

/**
 * The size of an image from the first bytes of its file, upright: as the conversion of the whole file will find it.
 * Undefined if they do not tell, or if it has more pixels than may be converted. Never rejects.
 */
export async function readSize (start: Buffer, maxPixels: number): Promise<Size | undefined> {
  const kind = sniffImage(start)
  const size = kind === undefined ? undefined : await sizeOf(start, kind, maxPixels).catch(() => undefined)
  return size !== undefined && size.width >= 1 && size.height >= 1 && size.width * size.height <= maxPixels ? size : undefined
}

async function sizeOf (start: Buffer, kind: ImageKind, maxPixels: number): Promise<Size | undefined> {
  if (kind === 'webp') return webpSize(start)
  if (kind === 'svg') return svgSize(start)
  return BY_DECODER.includes(kind) ? await headerSize(start, maxPixels) : undefined
}
