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
  width: number
  height: number
  source: Source
}
