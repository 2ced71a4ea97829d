import type { ImageFormat } from './formats.js'
import type { ImageLook } from './look.js'
import type { Source } from './picture.js'

/** What one conversion may cost; every limit throws, falls back or shrinks, none is silent. */
export interface ImageLimits {
  /** Width times height of the image as it is stored, before anything is decoded. */
  maxPixels: number
  /** Its width and its height, each. */
  maxSide: number
  /** Frames of an animation; one that has more is sent as its first frame. */
  maxFrames: number
  /** Seconds for each pass of the decoder, in whole seconds. */
  timeoutSeconds: number
  /** Bytes of the answer. An animation above it becomes a still, a still is written with fewer colours. */
  maxBytes: number
}

/** What a client can draw. */
export interface ImageOptions extends ImageLook {
  /** Pixels; an image is shrunk to fit and never enlarged. */
  maxWidth: number
  maxHeight: number
  /** The WIDTH and HEIGHT that the page wrote: the output has exactly these pixels (bounded by the two above). */
  exact?: { width: number; height: number }
  /** What the client draws, preferred first; GIF always works. */
  formats: ImageFormat[]
  animation: boolean
  /** This format alone, whatever it costs. */
  only?: ImageFormat
  /** The bytes of the site go as they are if they are of one of the formats and need not be shrunk. */
  asSent?: boolean
  /** A still image of more bytes is written with less in it; an animation of twice as many is a still. */
  budgetBytes?: number
  limits: ImageLimits
}

/** One image, ready to be sent. */
export interface ConvertedImage {
  bytes: Buffer
  /** The media type. */
  type: string
  width: number
  height: number
}

/** What a conversion gives: the image and what it was made of. */
export interface ConversionResult extends ConvertedImage {
  source: Pick<Source, 'kind' | 'width' | 'height'>
}
