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

/** Colours of six bits a channel up to which a picture may be a drawing with soft edges, compressed with loss. */
const drawnCells = 512

/** Pixels up to which a picture is an icon: a JPEG of it would save a kilobyte and cost its holes and edges. */
const iconPixels = 64 * 64

/** A screen of up to so many colours (black and white, four greys, CGA) gets GIF unless JPEG is half as large. */
const fewColours = 4

/** A picture on its way into a format, and what has been found out about it. */
interface Candidate {
  /** As it was decoded, with its alpha. */
  picture: Picture
  /** Some pixels are not drawn. */
  holes: boolean
  /** It came in a format for photographs, and has the colours of one. */
  photograph: () => boolean
  options: ImageOptions
  /** Reduced to the palette; made when first asked for. */
  indexed: () => Indexed
}

/** What can be written. */
interface Writable {
  format: ImageFormat
  /** The media type: what browsers of the time know. */
  type: string
  write: (candidate: Candidate) => Promise<Buffer> | Buffer
}

/** One format for files to save. */
interface File extends Writable {
  /** It has these colours and no others. */
  palette?: PaletteSpec
}

/** One format for pages. */
interface Format extends Writable {
  /** Whether it is worth trying. */
  suits: (candidate: Candidate) => boolean
  /** Its bytes count this many times when formats are compared; 0 takes it without comparing. */
  price: (candidate: Candidate) => number
}

/** THE LIST of formats for pages, in the order in which they are tried; the one that is cheapest is sent. */
const formats: readonly Format[] = [
  {
    // First, because a photograph that came as one need not be reduced to a palette at all. Other pictures become
    // JPEG only if the GIF is much larger: edges and letters get fringes, holes are lost. Drawings and icons never do.
    format: 'jpeg',
    type: 'image/jpeg',
    suits: c => isFree(c) || !(isIcon(c.picture) || c.indexed().faithful),
    price: c => (isFree(c) ? 0 : c.holes ? 3 : 2),
    write: c => writeJpeg(c.picture, c.options)
  },
  {
    // Before GIF and a little dearer: the same pixels, and the older browser draws GIF better, so PNG must pay.
    format: 'png',
    type: 'image/png',
    suits: () => true,
    price: () => 1.1,
    write: c => writePng(c.indexed())
  },
  {
    // Last, because it always works.
    format: 'gif',
    type: 'image/gif',
    suits: () => true,
    price: () => 1,
    write: c => writeGif(c.indexed())
  }
]

/** Files to save, which are written only for who asks for one. They have no holes: those get the colour of the page. */
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

/** Writes the picture in the format that the client takes and that costs least, or in the one that was asked for. */
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

/** A photograph becomes JPEG without comparing, except for a screen of few colours: its GIF may be smaller. */
function isFree(candidate: Candidate): boolean {
  return !candidate.holes && paletteSize(candidate.options) > fewColours && candidate.photograph()
}

function paletteSize(options: ImageOptions): number {
  return options.palette.kind === 'adaptive' ? options.palette.colours : fixedPalette(options.palette.name).length / 3
}

function isIcon({ width, height }: Picture): boolean {
  return width * height <= iconPixels
}
