import type { ImageKind } from './decode/sniff.js'

/** Facts about the image before it was decoded. */
export interface Source {
  kind: ImageKind
  /** Pixels, upright by its EXIF data. */
  width: number
  height: number
  frames: number
  /** It is a JPEG that every browser since 1993 draws: baseline, grey or RGB, upright, without profile or EXIF data. */
  plainJpeg: boolean
}

/** A decoded image at its final size. */
export interface Picture {
  /** Red, green, blue, alpha; not premultiplied. */
  rgba: Uint8Array
  /** The same pixels without alpha, if all of them hide what is behind them and they came so. */
  rgb?: Uint8Array
  width: number
  height: number
  source: Source
}

/**
 * The pixels of a picture as one number each: alpha, blue, green and red in eight bits each, red being the last, as machines
 * of our time lay out their numbers. To read four bytes at once takes an offset that is divisible by four.
 */
export function pixelsOf(rgba: Uint8Array): Int32Array {
  const own = rgba.byteOffset % 4 === 0 ? rgba : Uint8Array.from(rgba)
  return new Int32Array(own.buffer, own.byteOffset, own.length / 4)
}
