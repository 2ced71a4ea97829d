import { indexed, type Indexed } from './colour/indexed.js'
import { fixedPalette } from './colour/palette.js'
import type { Candidate, PageFormat, SaveFormat } from './format.js'
import { pageFormats, saveFormats, type ImageFormat } from './formats.js'
import type { PaletteSpec } from './look.js'
import type { ConvertedImage, ImageOptions } from './options.js'
import type { Picture } from './picture.js'
import { subjectOf, type Subject } from './subject.js'

/** A screen of up to so many colours (black and white, four greys, CGA) gets GIF unless JPEG is half as large. */
const fewColours = 4

/** Writes the picture in the format that the client takes and that costs least, or in the one that was asked for. */
export async function writeImage(picture: Picture, options: ImageOptions): Promise<ConvertedImage> {
  const file = saveFormats.find(({ name }) => name === options.only)
  return file === undefined
    ? await writeSubject(subjectOf(picture, options.background), options)
    : await writeFile(file, picture, options)
}

async function writeFile(
  { mediaType, palette, write }: SaveFormat,
  picture: Picture,
  options: ImageOptions
): Promise<ConvertedImage> {
  const { width, height } = picture
  const subject = subjectOf(picture, options.background, 0)
  return {
    bytes: await write(prepare(subject, { ...options, palette: palette ?? options.palette })),
    type: mediaType,
    width,
    height
  }
}

/** Writes a picture of a page, as writeImage() does. */
export async function writeSubject(subject: Subject, options: ImageOptions): Promise<ConvertedImage> {
  const candidate = prepare(subject, options)
  const { width, height } = subject.picture
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

function prepare(subject: Subject, options: ImageOptions): Candidate {
  const { picture, opaque, holes, icon } = subject
  let reduced: Indexed | undefined
  return {
    picture,
    opaque,
    holes,
    look: options,
    icon,
    plainPhotograph: () => isPlainPhotograph(subject, options),
    indexed: () => (reduced ??= indexed(subject, options))
  }
}

/** Whether it is a JPEG without comparing, where the client takes any (Candidate). */
export const isPlainPhotograph = ({ holes, isPhotograph }: Subject, { palette }: ImageOptions): boolean =>
  !holes && paletteSize(palette) > fewColours && isPhotograph()

function paletteSize(palette: PaletteSpec): number {
  return palette.kind === 'adaptive' ? palette.colours : fixedPalette(palette.name).length / 3
}
