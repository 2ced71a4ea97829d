import type { Display } from '../../../clients/profile.js'
import type { PageContext } from '../../step.js'

/** What an image is thought to weigh before it is fetched: so many bytes, and so many per pixel. */
interface Weight {
  readonly bytes: number
  readonly perPixel: number
}

/**
 * JPEGs, and GIFs of the few colours that a screen has. On 27 images of today's pages, which were large, the median was
 * 0.084 per pixel in black and white and 16 colours (0.12 for nine out of ten).
 */
const LIGHT: Weight = { bytes: 1000, perPixel: 0.085 }
/** GIFs of many colours: 480 images of 65 pages weighed 19 bytes in 20 of what this says; small ones have less in them. */
const COLOURFUL: Weight = { bytes: 1200, perPixel: 0.17 }
const SMALL: Weight = { bytes: 700, perPixel: 0.36 }
/** The share of the bytes that it may have which a large image takes. */
const FILLED = 0.85
/** Height of most photographs. Fraction of their width. */
export const LANDSCAPE = 2 / 3
/**
 * An image of unknown size, which may be an icon as well: a picture in a list; the first one is a picture in a column of
 * text, and so are all where they are light. Pixels.
 */
export const UNKNOWN = { width: 200, height: 150 }
const UNKNOWN_LARGE = { width: 300, height: 200 }

/** A smaller image is an icon or a button, whose letters would be lost. Pixels. */
const SHRUNK_PIXELS = 100 * 100
/** A picture shrinks to this share of its sides where a page has many, and further down to so many pixels by so many. */
const LEAST_SHARE = 0.7
const LEAST_LONGER = 150
const LEAST_SHORTER = 100
/**
 * The first image of at least this width is what the page shows, unless others have the same size, as in a list of goods:
 * its longer side stays above so many. Pixels.
 */
const LEAD_WIDTH = 200
const LEAD_LONGER = 300
/** What stands behind the content has so much of what the images of a page may weigh. Share. */
const REST_SHARE = 0.5

/** An image as a page shows it: its sides, 0 if they are not known, and whether they must stay. */
export interface Sized {
  readonly address: string
  readonly width: number
  readonly height: number
  readonly isFixed: boolean
}

/** What decides about the bytes of images; `jpeg`: photographs come as JPEG. */
export type ImageRoom = Pick<Display, 'imageBytes' | 'pageImageBytes' | 'palette' | 'jpeg'>

/** What the images of a page may take, as the screen says and as the person has chosen. */
export function roomFor({ display, choices: { colours }, profile }: PageContext): ImageRoom {
  const { imageBytes, pageImageBytes, palette } = display
  const isJpeg = colours === 'jpeg' || colours === 'sent' || display.jpeg
  return {
    palette: colours === 'mono' ? 'mono' : colours === '16' ? 'vga16' : palette,
    jpeg: isJpeg && profile.images.formats.includes('jpeg'),
    ...(imageBytes === undefined ? {} : { imageBytes }),
    ...(pageImageBytes === undefined ? {} : { pageImageBytes })
  }
}

/** The share of its sides in which a page shows an image, at most 1; 0 leaves a link of it. By address. */
export type ImageScales = ReadonlyMap<string, number>

interface Costed extends Sized {
  readonly pixels: number
  /** Bytes in full size, and in the smallest that it may have */
  readonly full: number
  readonly least: number
}

const at = ({ bytes, perPixel }: Weight, pixels: number): number => bytes + perPixel * pixels

/** Whether images are JPEGs, or have so few colours that they need not shrink. */
const isLight = ({ palette, jpeg }: ImageRoom): boolean => jpeg || typeof palette !== 'number'

function weigherFor(room: ImageRoom): (pixels: number) => number {
  const { imageBytes = Infinity } = room
  if (isLight(room)) return pixels => Math.min(imageBytes, at(LIGHT, pixels))
  return pixels => Math.min(imageBytes * FILLED, at(COLOURFUL, pixels), at(SMALL, pixels))
}

function leastScaleOf({ width, height, isFixed }: Sized, isLead: boolean): number {
  if (isFixed || width * height <= SHRUNK_PIXELS) return 1
  const [shorter, longer] = width < height ? [width, height] : [height, width]
  if (isLead) return Math.min(1, LEAD_LONGER / longer)
  return Math.min(LEAST_SHARE, Math.max(LEAST_LONGER / longer, LEAST_SHORTER / shorter))
}

const isAlike = (one: Sized, other: Sized): boolean =>
  one !== other && one.width === other.width && one.height === other.height

/** The image that the page shows before others, if there is one. */
function leadOf(images: readonly Sized[]): Sized | undefined {
  const first = images.find(({ width }) => width === 0 || width >= LEAD_WIDTH)
  return first === undefined || (first.width > 0 && images.some(image => isAlike(image, first))) ? undefined : first
}

function costed(images: readonly Sized[], room: ImageRoom, hasLead: boolean): Costed[] {
  const weigh = weigherFor(room)
  const distinct = [...new Map(images.map(image => [image.address, image])).values()]
  const lead = hasLead ? leadOf(distinct) : undefined
  return distinct.map(image => {
    const isLead = image === lead
    const size = image.width > 0 ? image : { ...image, ...(isLead || isLight(room) ? UNKNOWN_LARGE : UNKNOWN) }
    const pixels = size.width * size.height
    return { ...image, pixels, full: weigh(pixels), least: weigh(pixels * leastScaleOf(size, isLead) ** 2) }
  })
}

const sumOf = (costs: readonly number[]): number => costs.reduce((sum, cost) => sum + cost, 0)

/** The scale in which an image weighs so much less; what the budget of one image makes of it is found by its pixels. */
function scaleFor({ pixels, full, least }: Costed, bytes: number): number {
  if (bytes >= full || least >= full) return 1
  return Math.min(1, Math.sqrt((bytes - COLOURFUL.bytes) / COLOURFUL.perPixel / pixels))
}

function shareBytes(all: readonly Costed[], room: ImageRoom, budget = Infinity): ImageScales {
  const mayShrink = !isLight(room)
  const full = sumOf(all.map(image => image.full))
  if (full <= budget) return new Map(all.map(({ address }) => [address, 1]))
  const least = sumOf(all.map(image => image.least))
  const share = mayShrink && least < full ? Math.max(0, (budget - least) / (full - least)) : 0
  let left = budget
  return new Map(
    all.map(image => {
      const bytes = mayShrink ? image.least + share * (image.full - image.least) : image.full
      // What was shared out adds up to the budget but for the last digit.
      if (bytes > left + 1) return [image.address, 0]
      left -= bytes
      return [image.address, scaleFor(image, bytes)]
    })
  )
}

/**
 * Shares what all images of a page may weigh among them: if they are too many, the large ones become smaller, the more
 * the further they are above their smallest size, and the first one stays. Those that do not fit in their smallest size
 * either are links. Screens whose images are light show them in full size, as many as fit.
 */
export const shareBudget = (images: readonly Sized[], room: ImageRoom): ImageScales =>
  shareBytes(costed(images, room, true), room, room.pageImageBytes)

/** The same for what stands behind the content, such as the pictures of related pages: half as much, and none is first. */
export const shareRest = (images: readonly Sized[], room: ImageRoom): ImageScales =>
  shareBytes(costed(images, room, false), room, (room.pageImageBytes ?? Infinity) * REST_SHARE)
