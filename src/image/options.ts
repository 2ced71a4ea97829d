import type { Source } from './picture.js'

/** The palettes of old screens; their colours are in palette.ts. */
export type FixedPaletteName =
  'mono' | 'grey4' | 'grey16' | 'vga16' | 'cga4' | 'mac16' | 'websafe216' | 'windows20' | 'mac256'

/** The colours that an image may use: the best ones for it, or those of the screen. */
export type PaletteSpec =
  | { kind: 'adaptive'; colours: number /* 2..256 */; channelBits?: 4 /* of the screen's colours; 8 if not given */ }
  | { kind: 'fixed'; name: FixedPaletteName }

/** How colours that the palette lacks are imitated. */
export type Dither = 'none' | 'floyd-steinberg' | 'atkinson' | 'bayer' | 'bayer8'

/** The formats we write; the last three are for files to save. */
export const imageFormats = ['gif', 'jpeg', 'png', 'bmp', 'pict', 'xbm'] as const

export type ImageFormat = (typeof imageFormats)[number]

/** The limits of one conversion. Beyond a limit the conversion throws, falls back or shrinks the image. */
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
export interface ImageOptions {
  /** Pixels; an image is shrunk to fit and never enlarged. */
  maxWidth: number
  maxHeight: number
  /** The WIDTH and HEIGHT in the page: the image gets exactly these pixels, within the two limits above. */
  exact?: { width: number; height: number }
  /** The colour of the page, #rrggbb, which half-transparent pixels are mixed with. */
  background: string
  /** The formats that the client draws, preferred first; GIF always works. */
  formats: ImageFormat[]
  palette: PaletteSpec
  dither: Dither
  /** A factor for how far a colour may be off to make a GIF smaller: 1 if not given, 0 for not at all. */
  coarseness?: number
  animation: boolean
  /** 1..100 */
  jpegQuality: number
  progressive: boolean
  /** Only this format, whatever it costs. */
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
