/** The palettes that old screens had; the colours stand in palette.ts. */
export type FixedPaletteName =
  'mono' | 'grey4' | 'grey16' | 'vga16' | 'cga4' | 'mac16' | 'websafe216' | 'windows20' | 'mac256'

/** Which colours an image may use: the best ones for it, or those that the screen has. */
export type PaletteSpec =
  | { kind: 'adaptive'; colours: number /* 2..256 */; channelBits?: 4 /* of the screen's colours; 8 if not given */ }
  | { kind: 'fixed'; name: FixedPaletteName }

/** How colours that the palette lacks are imitated. */
export type Dither = 'none' | 'floyd-steinberg' | 'atkinson' | 'bayer' | 'bayer8'

/** What an image is to look like, in whichever format it is written. */
export interface ImageLook {
  /** #rrggbb of the page: what half-transparent pixels are mixed with. */
  background: string
  palette: PaletteSpec
  dither: Dither
  /**
   * How many times as far off as usual a colour may be for the sake of a smaller GIF: 1 if it is not given, 0 for not
   * at all.
   */
  coarseness?: number
  /** 1..100 */
  jpegQuality: number
  progressive: boolean
}
