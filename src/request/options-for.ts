import type { Client } from '../clients/identify.js'
import type { Display } from '../clients/profile.js'
import type { Choices } from '../clients/settings.js'
import type { ImageFormat } from '../image/formats.js'
import type { ImageLimits, ImageOptions } from '../image/options.js'

/** Quality of JPEGs: at 580 pixels on a screen of 1996 more is not seen. Of 100. */
const JPEG_QUALITY = 35

/** The page's colour, which half-transparent pixels are mixed with; Mosaic and the first browsers have a grey one. */
const WHITE = '#ffffff'
const GREY = '#c0c0c0'

/** Screens whose own palette is one of sixteen colours: it stays when sixteen are chosen. */
const SIXTEEN = new Set<Display['palette']>(['vga16', 'mac16', 'grey16', 'amiga16'])

/** An Amiga's screen has so many colours, but whichever of its 4,096. */
const AMIGA = { amiga16: 16, amiga32: 32 }

type Look = Pick<ImageOptions, 'palette' | 'dither'>

function lookOf({ palette, dither }: Display, mostColours: number): Look {
  if (typeof palette === 'number')
    return { dither, palette: { kind: 'adaptive', colours: Math.min(palette, mostColours) } }
  if (palette === 'amiga16' || palette === 'amiga32')
    return { dither, palette: { kind: 'adaptive', colours: Math.min(AMIGA[palette], mostColours), channelBits: 4 } }
  return { dither, palette: { kind: 'fixed', name: palette } }
}

/** What a person chose goes before what the screen has; a browser that can show fewer colours still gets fewer. */
function chosenLook(display: Display, mostColours: number, colours: Choices['colours']): Look {
  const dithered = display.dither === 'none' ? 'floyd-steinberg' : display.dither
  switch (colours) {
    case 'mono':
      return { dither: dithered, palette: { kind: 'fixed', name: 'mono' } }
    case '16':
      return SIXTEEN.has(display.palette)
        ? lookOf(display, mostColours)
        : { dither: dithered, palette: { kind: 'adaptive', colours: Math.min(16, mostColours) } }
    case '256':
      return { dither: dithered, palette: { kind: 'adaptive', colours: Math.min(256, mostColours) } }
    default:
      return lookOf(display, mostColours)
  }
}

/** A JPEG has all colours, whatever was chosen. */
const hasJpeg = (colours: Choices['colours']): boolean => colours !== 'mono' && colours !== '16'

/** Larger images Netscape refuses (docs/clients.md R30). Pixels. */
const LARGEST = 8000

/** The most that an image is larger than the screen, on the page of its own. */
export const mostZoom = 8

/** What the address of an image asks for: so many times as large as the screen, in one format. */
export interface ImageRequest {
  readonly zoom?: string
  readonly as?: ImageFormat
}

function formatsFor(
  profile: Client['profile'],
  colours: Choices['colours'],
  as: ImageFormat | undefined
): Pick<ImageOptions, 'formats' | 'only'> {
  if (as !== undefined) return { formats: [as], only: as }
  return { formats: profile.images.formats.filter(format => format !== 'jpeg' || hasJpeg(colours)) }
}

/** Who asks for one image alone, or for images as they are, waits for them. */
function budgetFor(
  { imageBytes }: Display,
  colours: Choices['colours'],
  { zoom, as }: ImageRequest
): Pick<ImageOptions, 'budgetBytes'> {
  return imageBytes === undefined || colours === 'sent' || zoom !== undefined || as !== undefined
    ? {}
    : { budgetBytes: imageBytes }
}

/**
 * What an image must be like for a client; `exact` is the size that the page has written for it (a side of 0 it has not), `colours` what the
 * person chose.
 */
export function imageOptionsFor(
  { profile, display }: Client,
  exact: { width: number; height: number } | undefined,
  limits: ImageLimits,
  colours?: Choices['colours'],
  request: ImageRequest = {}
): ImageOptions {
  const { zoom = '1', as } = request
  const { images } = profile
  const most = (pixels: number): number => Math.min(LARGEST, pixels * Math.min(mostZoom, Number(zoom)))
  return {
    maxWidth: most(Math.min(images.maxWidth, display.width)),
    maxHeight: most(Math.min(images.maxHeight, display.height)),
    ...(exact === undefined || (exact.width === 0 && exact.height === 0) ? {} : { exact }),
    background:
      profile.elements.BODY?.includes('BGCOLOR') === true || profile.text.charset === 'utf-8'
        ? (display.paper ?? WHITE)
        : GREY,
    ...formatsFor(profile, colours, as),
    ...chosenLook(display, images.maxColours, colours),
    animation: images.animation,
    jpegQuality: JPEG_QUALITY,
    progressive: images.progressive,
    ...(colours === 'sent' ? { asSent: true } : {}),
    ...budgetFor(display, colours, request),
    limits
  }
}
