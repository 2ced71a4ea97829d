import { hasHoles } from './colour/has-holes.js'
import { hasMoreColours } from './colour/has-more-colours.js'
import { indexed, type Indexed } from './colour/indexed.js'
import { mask } from './colour/mask.js'
import { fixedPalette } from './colour/palette.js'
import type { Candidate, PageFormat, SaveFormat } from './format.js'
import { pageFormats, saveFormats, type ImageFormat } from './formats.js'
import type { PaletteSpec } from './look.js'
import type { ConvertedImage, ImageOptions } from './options.js'
import type { Picture } from './picture.js'

/** Colours of six bits a channel up to which a picture may be a drawing with soft edges, compressed with loss. */
const drawnColours = 512

/** Pixels up to which a picture is an icon: a JPEG of it would save a kilobyte and cost its holes and edges. */
const iconPixels = 64 * 64

/** A screen of up to so many colours (black and white, four greys, CGA) gets GIF unless JPEG is half as large. */
const fewColours = 4

/** Writes the picture in the format that the client takes and that costs least, or in the one that was asked for. */
export async function writeImage(picture: Picture, options: ImageOptions): Promise<ConvertedImage> {
  const file = saveFormats.find(({ name }) => name === options.only)
  return file === undefined ? await writeCheapest(picture, options) : await writeFile(file, picture, options)
}

async function writeFile(
  { mediaType, palette, write }: SaveFormat,
  picture: Picture,
  options: ImageOptions
): Promise<ConvertedImage> {
  const { width, height } = picture
  return {
    bytes: await write(prepare(picture, { ...options, palette: palette ?? options.palette }, 0)),
    type: mediaType,
    width,
    height
  }
}

async function writeCheapest(picture: Picture, options: ImageOptions): Promise<ConvertedImage> {
  const candidate = prepare(picture, options)
  const { width, height } = picture
  let best: { price: number; image: ConvertedImage } | undefined
  for (const format of pageFormats) {
    if (!isWanted(format, options) || (options.only === undefined && !format.suits(candidate))) continue
    const bytes = await format.write(candidate)
    const price = format.price(candidate) * bytes.length
    if (best !== undefined && price >= best.price) continue
    best = { price, image: { bytes, type: format.mediaType, width, height } }
    if (price === 0) break
  }
  return best!.image
}

function isWanted({ name, everywhere }: PageFormat & { name: ImageFormat }, { only, formats }: ImageOptions): boolean {
  return only === undefined ? everywhere === true || formats.includes(name) : name === only
}

function prepare(picture: Picture, options: ImageOptions, seenAlpha?: number): Candidate {
  const masked = mask(picture, options.background, seenAlpha)
  const opaque = masked === picture
  const holes = !opaque && hasHoles(masked)
  let reduced: Indexed | undefined
  let photograph: boolean | undefined
  return {
    picture,
    opaque,
    holes,
    look: options,
    icon: picture.width * picture.height <= iconPixels,
    plainPhotograph: () =>
      !holes && paletteSize(options.palette) > fewColours && (photograph ??= isPhotograph(picture)),
    indexed: () => (reduced ??= indexed(masked, options))
  }
}

/** It came in a format for photographs, and has the colours of one. */
function isPhotograph(picture: Picture): boolean {
  return ['jpeg', 'webp', 'avif'].includes(picture.source.kind) && hasMoreColours(picture.rgba, drawnColours)
}

function paletteSize(palette: PaletteSpec): number {
  return palette.kind === 'adaptive' ? palette.colours : fixedPalette(palette.name).length / 3
}
