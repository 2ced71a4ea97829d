import type { Source } from './picture.js'

/** The palettes that old screens had; the colours stand in palette.ts. */
export type FixedPaletteName =
  'mono' | 'grey4' | 'grey16' | 'vga16' | 'cga4' | 'mac16' | 'websafe216' | 'windows20' | 'mac256'

/** Which colours an image may use: the best ones for it, or those that the screen has. */
export type PaletteSpec =
  | { kind: 'adaptive'; colours: number /* 2..256 */; channelBits?: 4 /* of the screen's colours; 8 if not given */ }
  | { kind: 'fixed'; name: FixedPaletteName }

/** How colours that the palette lacks are imitated. */
export type Dither = 'none' | 'floyd-steinberg' | 'atkinson' | 'bayer' | 'bayer8'

/** The formats we write; the last three are for files to save. */
export const imageFormats = ['gif', 'jpeg', 'png', 'bmp', 'pict', 'xbm'] as const

export type ImageFormat = (typeof imageFormats)[number]

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
export interface ImageOptions {
  /** Pixels; an image is shrunk to fit and never enlarged. */
  maxWidth: number
  maxHeight: number
  /** The WIDTH and HEIGHT that the page wrote: the output has exactly these pixels (bounded by the two above). */
  exact?: { width: number; height: number }
  /** #rrggbb of the page: what half-transparent pixels are mixed with. */
  background: string
  /** What the client draws, preferred first; GIF always works. */
  formats: ImageFormat[]
  palette: PaletteSpec
  dither: Dither
  /**
   * How many times as far off as usual a colour may be for the sake of a smaller GIF: 1 if it is not given, 0 for not
   * at all.
   */
  coarseness?: number
  animation: boolean
  /** 1..100 */
  jpegQuality: number
  progressive: boolean
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
