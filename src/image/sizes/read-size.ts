import type { Size } from '../fit.js'
import { headSize } from './head-size.js'
import { sniffImage, type ImageKind } from '../decode/sniff.js'
import { svgSize } from './svg-size.js'
import { webpSize } from './webp-size.js'

/** Formats that the library reads from the head of a file alone. */
const byHead: readonly ImageKind[] = ['jpeg', 'png', 'gif', 'avif']

/** Exif's orientations from this one on are turned by 90 degrees (Exif 2.3, tag 112). */
const firstOnSide = 5

/**
 * The upright size of an image from the first bytes of its file, as the conversion of the whole file will find it.
 * Undefined if they do not have it, or if it exceeds `maxPixels`. Never throws. It runs on the main thread, so that no
 * decoder gets these bytes.
 */
export function readSize(start: Buffer, maxPixels: number): Size | undefined {
  const kind = sniffImage(start)
  const size = kind === undefined ? undefined : sizeOf(start, kind)
  if (size === undefined || size.width < 1 || size.height < 1) return undefined
  return size.width * size.height <= maxPixels ? size : undefined
}

function sizeOf(start: Buffer, kind: ImageKind): Size | undefined {
  if (kind === 'webp') return webpSize(start)
  if (kind === 'svg') return svgSize(start)
  return byHead.includes(kind) ? uprightSize(start, kind) : undefined
}

function uprightSize(start: Buffer, kind: ImageKind): Size | undefined {
  // image-size 2.1 turns an AVIF with a rotation (ISO/IEC 23008-12, irot) the wrong way
  if (kind === 'avif' && start.includes('irot')) return undefined
  const { width, height, orientation = 1 } = headSize(start) ?? {}
  if (width === undefined || height === undefined) return undefined
  return orientation >= firstOnSide ? { width: height, height: width } : { width, height }
}
