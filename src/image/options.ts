import type { ImageFormat } from './formats.js'
import type { ImageLook } from './look.js'
import type { Source } from './picture.js'

/** What one conversion may cost; every limit throws, falls back or shrinks, none is silent. */
export interface ImageLimits {
  /** Width times height of the stored image, before anything is decoded. */
  maxPixels: number
  /** Its width, and its height. */
  maxSide: number
  /** Frames of an animation; a longer one is sent as its first frame. */
  maxFrames: number
  /** Seconds for each pass of the decoder, in whole seconds. */
  timeoutSeconds: number
  /** Bytes of the answer. A larger animation becomes a still, a larger still gets fewer colours. */
  maxBytes: number
}

/** What a client can draw. */
export interface ImageOptions extends ImageLook {
  /** Pixels; an image is shrunk to fit and never enlarged. */
  maxWidth: number
  maxHeight: number
  /**
   * The WIDTH and HEIGHT in the page: the image gets exactly these pixels, within the two limits above. A side of 0 is
   * not given: its shape decides.
   */
  exact?: { width: number; height: number }
  /** The client stretches an image to its WIDTH and HEIGHT in the page: it may have fewer pixels than `exact`. */
  stretches?: boolean
  /** What the client draws, preferred first; GIF always works. */
  formats: ImageFormat[]
  animation: boolean
  /** A bitmap of X Window is sent unchanged if it need not be shrunk: its black stands on the ground of the page. */
  xbm?: boolean
  /** This format alone, whatever it costs. */
  only?: ImageFormat
  /** The image is sent unchanged if it has one of the formats and need not be shrunk. */
  asSent?: boolean
  /** A larger still is written with less detail; an animation of twice the size becomes a still. Bytes. */
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

/** The result of a conversion: the image, and the facts about its source. */
export interface ConversionResult extends ConvertedImage {
  source: Pick<Source, 'kind' | 'width' | 'height'>
}
