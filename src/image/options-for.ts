import type { Client } from '../clients/identify.js'
import type { ImageLimits, ImageOptions, PaletteSpec } from './options.js'

/** Quality of JPEGs: at 580 pixels on a screen of 1996 more is not seen. Of 100. */
const JPEG_QUALITY = 35

/** The page's colour, which half-transparent pixels are mixed with; Mosaic and the first browsers have a grey one. */
const WHITE = '#ffffff'
const GREY = '#c0c0c0'

/** What an image must be like for a client; `exact` is the size that the page has written for it. */
export function imageOptionsFor ({ profile, display }: Client, exact: { width: number, height: number } | undefined, limits: ImageLimits): ImageOptions {
  const { images } = profile
  const palette: PaletteSpec = typeof display.palette === 'number'
    ? { kind: 'adaptive', colours: Math.min(display.palette, images.maxColours) }
    : { kind: 'fixed', name: display.palette }
  return {
    maxWidth: Math.min(images.maxWidth, display.width),
    maxHeight: Math.min(images.maxHeight, display.height),
    ...(exact === undefined || exact.width === 0 || exact.height === 0 ? {} : { exact }),
    background: profile.elements.BODY?.includes('BGCOLOR') === true || profile.text.charset === 'utf-8' ? WHITE : GREY,
    formats: [...images.formats],
    palette,
    dither: display.dither,
    animation: images.animation,
    jpegQuality: JPEG_QUALITY,
    progressive: images.progressive,
    limits
  }
}
