import { createRemembered, type Remembered } from '../async/remembered.js'
import type { Client } from '../clients/identify.js'
import type { Display } from '../clients/profile.js'
import type { Choices } from '../clients/settings.js'
import type { Config } from '../config/config.js'
import type { ImageFormat } from '../image/formats.js'
import type { ImageLimits, ImageOptions } from '../image/options.js'

/** Quality of JPEGs, of 100: at 580 pixels on a screen of 1996, more makes no visible difference. */
const JPEG_QUALITY = 35

/**
 * The background of the page, which half-transparent pixels are mixed with; it is grey in Mosaic and the first
 * browsers.
 */
const WHITE = '#ffffff'
const GREY = '#c0c0c0'

/** Screens whose own palette has sixteen colours, which are kept when sixteen are chosen. */
const SIXTEEN = new Set<Display['palette']>(['vga16', 'mac16', 'grey16', 'amiga16'])

/** Amiga screens show so many colours at once, out of 4,096. */
const AMIGA = { amiga16: 16, amiga32: 32 }

type Look = Pick<ImageOptions, 'palette' | 'dither'>

function lookOf({ palette, dither }: Display, mostColours: number): Look {
  if (typeof palette === 'number')
    return { dither, palette: { kind: 'adaptive', colours: Math.min(palette, mostColours) } }
  if (palette === 'amiga16' || palette === 'amiga32')
    return { dither, palette: { kind: 'adaptive', colours: Math.min(AMIGA[palette], mostColours), channelBits: 4 } }
  return { dither, palette: { kind: 'fixed', name: palette } }
}

/** A person's choice overrides the screen; a browser that can show fewer colours still gets fewer. */
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

/**
 * Whether photographs may be JPEGs: where the machine is known to be fast enough, or the person asks for them. A JPEG
 * always has all colours, so it is left out when fewer were chosen.
 */
const hasJpeg = ({ jpeg }: Display, colours: Choices['colours']): boolean =>
  colours === 'jpeg' || colours === 'sent' || (jpeg && colours !== 'mono' && colours !== '16')

/** Netscape refuses larger images (docs/clients.md R30). Pixels. */
const LARGEST = 8000

/** How many times as large as the screen an image may be on the page of its own. */
export const mostZoom = 8

/** What is requested of one image. */
export interface ImageRequest {
  /** The size that the page has written for it, or the most that it may have there */
  readonly exact?: { width: number; height: number; atMost?: true } | undefined
  /** What the person chose */
  readonly colours?: Choices['colours']
  /** In its address: so many times as large as the screen, and in one format */
  readonly zoom?: string | undefined
  readonly as?: ImageFormat | undefined
}

function formatsFor(
  { profile, display }: Client,
  { colours, as }: ImageRequest
): Pick<ImageOptions, 'formats' | 'only'> {
  if (as !== undefined) return { formats: [as], only: as }
  return { formats: profile.images.formats.filter(format => format !== 'jpeg' || hasJpeg(display, colours)) }
}

/** No budget for images that are requested alone or unchanged: there people are ready to wait. */
function budgetFor({ imageBytes }: Display, { colours, zoom, as }: ImageRequest): Pick<ImageOptions, 'budgetBytes'> {
  return imageBytes === undefined || colours === 'sent' || zoom !== undefined || as !== undefined
    ? {}
    : { budgetBytes: imageBytes }
}

/**
 * The options with which an image is converted for a client; `exact` is the size that the page has written for it, of
 * which a side of 0 follows from the other.
 */
export function imageOptionsFor(client: Client, limits: ImageLimits, request: ImageRequest): ImageOptions {
  const { exact, colours, zoom = '1' } = request
  const { profile, display } = client
  const { images } = profile
  const most = (pixels: number): number => Math.min(LARGEST, pixels * Math.min(mostZoom, Number(zoom)))
  const box = exact?.atMost === true ? exact : { width: Infinity, height: Infinity }
  return {
    maxWidth: Math.min(box.width, most(Math.min(images.maxWidth, display.width))),
    maxHeight: Math.min(box.height, most(Math.min(images.maxHeight, display.height))),
    ...(exact === undefined || exact === box || (exact.width === 0 && exact.height === 0) ? {} : { exact }),
    background:
      profile.elements.BODY?.includes('BGCOLOR') === true || profile.text.charset === 'utf-8'
        ? (display.paper ?? WHITE)
        : GREY,
    ...formatsFor(client, request),
    ...chosenLook(display, images.maxColours, colours),
    animation: images.animation,
    // All browsers that show animations do, Netscape 2 being the first.
    stretches: images.animation,
    ...(images.xbm === true ? { xbm: true } : {}),
    jpegQuality: JPEG_QUALITY,
    progressive: images.progressive,
    ...(colours === 'sent' ? { asSent: true } : {}),
    ...budgetFor(display, request),
    limits
  }
}

/** The options with which an image is converted for a client. */
export type ImageOptionsFor = (client: Client, request: ImageRequest) => ImageOptions

/** Sizes, colours and formats that are known for one kind of client at the same time, and what names them. */
const MOST_WISHES = 64
const WISH_CHARACTERS = 100

const wishOf = ({ exact, colours, zoom, as }: ImageRequest): string =>
  `${exact?.width ?? ''} ${exact?.atMost === true ? 'most' : (exact?.height ?? '')} ${colours ?? ''} ${zoom ?? ''} ${as ?? ''}`

/** Gives a client that comes again (clients/identify.ts) the same options, of which the name is known then. */
export function createImageOptions(limits: ImageLimits): ImageOptionsFor {
  const known = new WeakMap<Client, Remembered<ImageOptions>>()
  return (client, request) => {
    const wishes = known.get(client) ?? createRemembered({ most: MOST_WISHES, longest: WISH_CHARACTERS })
    known.set(client, wishes)
    return wishes(wishOf(request), () => imageOptionsFor(client, limits, request))
  }
}

/** Limits of the settings. */
export const imageLimitsOf = (
  config: Pick<
    Config,
    'maxImagePixels' | 'maxImageSide' | 'maxImageFrames' | 'conversionTimeoutSeconds' | 'maxImageBytes'
  >
): ImageLimits => ({
  maxPixels: config.maxImagePixels,
  maxSide: config.maxImageSide,
  maxFrames: config.maxImageFrames,
  timeoutSeconds: config.conversionTimeoutSeconds,
  maxBytes: config.maxImageBytes
})
