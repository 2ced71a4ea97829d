import { writeBmp } from './formats/bmp.js'
import { writeGif } from './formats/gif.js'
import { writeJpeg } from './formats/jpeg.js'
import { writePict } from './formats/pict.js'
import { writePng } from './formats/png.js'
import { writeXbm } from './formats/xbm.js'
import { ImageError } from './image-error.js'
import { hasHoles } from './colour/has-holes.js'
import { histogram } from './colour/histogram.js'
import { indexed, type Indexed } from './colour/indexed.js'
import { mask } from './colour/mask.js'
import type { ConvertedImage, ImageFormat, ImageOptions, PaletteSpec } from './options.js'
import { fixedPalette } from './colour/palette.js'
import type { Picture } from './picture.js'

/**
 * A picture with at most this many colours of six bits for each channel may be a drawing with soft edges that was
 * compressed with loss.
 */
const drawnCells = 512

/**
 * A picture with at most this many pixels is an icon: a JPEG of it would save a kilobyte and lose its holes and edges.
 */
const iconPixels = 64 * 64

/** A screen with at most this many colours (black and white, four greys, CGA) gets GIF unless JPEG is half as large. */
const fewColours = 4

/** A picture that is to be written, and what was found out about it. */
interface Candidate {
  /** The decoded picture with its alpha. */
  picture: Picture
  /** Some pixels are not drawn. */
  holes: boolean
  /** Whether it came in a format for photographs and has as many colours as one. */
  photograph: () => boolean
  options: ImageOptions
  /** The picture reduced to the palette, which is made on the first call. */
  indexed: () => Indexed
}

/** A format that can be written. */
interface Writable {
  format: ImageFormat
  /** The media type that browsers of the time know. */
  type: string
  write: (candidate: Candidate) => Promise<Buffer> | Buffer
}

/** One format for files to save. */
interface File extends Writable {
  /** The only colours that it has. */
  palette?: PaletteSpec
}

/** One format for pages. */
interface Format extends Writable {
  /** Whether it is worth trying. */
  suits: (candidate: Candidate) => boolean
  /** The factor for its bytes when formats are compared; 0 takes it without comparing. */
  price: (candidate: Candidate) => number
}

/** THE LIST of formats for pages, in the order in which they are tried; the cheapest result is sent. */
const formats: readonly Format[] = [
  {
    // It is first, because a photograph that came as one need not be reduced to a palette at all. Other pictures become
    // JPEG only if the GIF is much larger, because edges and letters get fringes and holes are lost. Drawings and icons
    // never do.
    format: 'jpeg',
    type: 'image/jpeg',
    suits: c => isFree(c) || !(isIcon(c.picture) || c.indexed().faithful),
    price: c => (isFree(c) ? 0 : c.holes ? 3 : 2),
    write: c => writeJpeg(c.picture, c.options)
  },
  {
    // It is before GIF and a little dearer: the pixels are the same and older browsers draw GIF better, so that PNG
    // must pay.
    format: 'png',
    type: 'image/png',
    suits: () => true,
    price: () => 1.1,
    write: c => writePng(c.indexed())
  },
  {
    // It is last, because it always works.
    format: 'gif',
    type: 'image/gif',
    suits: () => true,
    price: () => 1,
    write: c => writeGif(c.indexed())
  }
]

/**
 * Formats for files to save, which are written only on request. They have no holes, which get the colour of the page.
 */
const files: readonly File[] = [
  { format: 'bmp', type: 'image/bmp', write: c => writeBmp(c.indexed()) },
  { format: 'pict', type: 'image/x-pict', write: c => writePict(c.indexed()) },
  {
    format: 'xbm',
    type: 'image/x-xbitmap',
    palette: { kind: 'fixed', name: 'mono' },
    write: c => writeXbm(c.indexed())
  }
]

/** Writes the picture in the cheapest format that the client accepts, or in the one that was asked for. */
export async function writeImage(picture: Picture, options: ImageOptions): Promise<ConvertedImage> {
  const file = files.find(({ format }) => format === options.only)
  return file === undefined ? await writeCheapest(picture, options) : await writeFile(file, picture, options)
}

async function writeFile(
  { type, palette, write }: File,
  picture: Picture,
  options: ImageOptions
): Promise<ConvertedImage> {
  const { width, height } = picture
  return {
    bytes: await write(prepare(picture, { ...options, palette: palette ?? options.palette }, 0)),
    type,
    width,
    height
  }
}

async function writeCheapest(picture: Picture, options: ImageOptions): Promise<ConvertedImage> {
  const candidate = prepare(picture, options)
  const { width, height } = picture
  let best: { price: number; image: ConvertedImage } | undefined
  for (const format of formats) {
    if (!isWanted(format, candidate)) continue
    const bytes = await format.write(candidate)
    const price = format.price(candidate) * bytes.length
    if (best !== undefined && price >= best.price) continue
    best = { price, image: { bytes, type: format.type, width, height } }
    if (price === 0) break
  }
  if (best === undefined) throw new ImageError('IMAGE_UNREADABLE', `no format to write: ${options.only ?? 'any'}`)
  return best.image
}

function isWanted({ format, suits }: Format, candidate: Candidate): boolean {
  const { only, formats } = candidate.options
  if (only !== undefined) return format === only
  return (format === 'gif' || formats.includes(format)) && suits(candidate)
}

function prepare(picture: Picture, options: ImageOptions, seenAlpha?: number): Candidate {
  const masked = mask(picture, options.background, seenAlpha)
  let reduced: Indexed | undefined
  let photograph: boolean | undefined
  return {
    picture,
    holes: hasHoles(masked),
    photograph: () => (photograph ??= isPhotograph(picture)),
    options,
    indexed: () => (reduced ??= indexed(masked, options))
  }
}

function isPhotograph(picture: Picture): boolean {
  return ['jpeg', 'webp', 'avif'].includes(picture.source.kind) && histogram(picture.rgba).size > drawnCells
}

/**
 * Whether JPEG is taken without comparing: for a photograph, except on a screen of few colours, whose GIF may be
 * smaller.
 */
function isFree(candidate: Candidate): boolean {
  return !candidate.holes && paletteSize(candidate.options) > fewColours && candidate.photograph()
}

function paletteSize(options: ImageOptions): number {
  return options.palette.kind === 'adaptive' ? options.palette.colours : fixedPalette(options.palette.name).length / 3
}

function isIcon({ width, height }: Picture): boolean {
  return width * height <= iconPixels
}
