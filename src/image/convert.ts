import { animate } from './animate.js'
import { decode } from './decode/decode.js'
import { ImageError } from './image-error.js'
import { original, type Decoded } from './original.js'
import type { ConversionResult, ConvertedImage, ImageOptions } from './options.js'
import type { Picture } from './picture.js'
import { sniffImage } from './decode/sniff.js'
import { writeImage } from './write-image.js'

/** An animation may have this many times the bytes of a still. */
const animationShare = 2

/**
 * The smallest scale to which an image is shrunk for its budget: one whose size no page has named; and one that the
 * browser stretches to it, where 0.7 of a photograph takes half of its bytes and looks hardly different.
 */
const leastScale = 0.5
const leastStretched = 0.7

/**
 * A small image has a part of the budget of a large one: a page has many of them, and photographs of the size of a stamp
 * take 0.6 bytes a pixel if they may. Bytes.
 */
const smallImage = { bytes: 1500, perPixel: 0.2 }

/** A safety margin: bytes grow a little slower than pixels, and without it a second try would be needed. */
const spare = 0.9

/**
 * Turns any image of the web into one that the client can draw, with as few bytes as that takes.
 * Throws an ImageError with the code IMAGE_TOO_LARGE, IMAGE_UNREADABLE or IMAGE_TIMEOUT.
 */
export async function convertImage(bytes: Buffer, options: ImageOptions): Promise<ConversionResult> {
  const kind = sniffImage(bytes)
  if (kind === undefined) throw new ImageError('IMAGE_UNREADABLE', 'not an image that is known')
  const picture = await decode(bytes, kind, options)
  const { width, height } = picture.source
  try {
    return { ...(await made({ bytes, picture }, options)), source: { kind, width, height } }
  } catch (error) {
    throw ImageError.from(error)
  }
}

async function made(decoded: Decoded, options: ImageOptions): Promise<ConvertedImage> {
  // XBM is text, and larger than its GIF: it is not compared.
  const isUncompared = options.asSent === true || decoded.picture.source.kind === 'xbm'
  const sent = isUncompared ? original(decoded, options) : undefined
  if (sent !== undefined) return sent
  const animation = await animate(decoded.bytes, decoded.picture, options)
  if (animation !== undefined && animation.bytes.length <= (options.budgetBytes ?? Infinity) * animationShare)
    return animation
  return await withinBudget(decoded, await still(decoded, options), options)
}

async function still(decoded: Decoded, options: ImageOptions): Promise<ConvertedImage> {
  const kept = original(decoded, options)
  for (const attempt of attempts(options)) {
    const made = await writeImage(decoded.picture, attempt)
    if (kept !== undefined && kept.bytes.length <= made.bytes.length) return kept
    if (made.bytes.length <= options.limits.maxBytes) return made
  }
  throw new ImageError('IMAGE_TOO_LARGE', `more than ${options.limits.maxBytes} bytes even with few colours`)
}

/**
 * The options as given, then with fewer and fewer colours, in case the result has too many bytes. The size stays,
 * because the page has it.
 */
function attempts(options: ImageOptions): ImageOptions[] {
  const less = [
    { colours: 256, jpegQuality: 30 },
    { colours: 16, jpegQuality: 15 },
    { colours: 4, jpegQuality: 5 }
  ]
  return [options, ...less.map(most => reduced({ ...options, dither: 'none' }, most))]
}

function budgetOf({ width, height }: Picture, { budgetBytes }: ImageOptions): number {
  if (budgetBytes === undefined) return Infinity
  return Math.min(budgetBytes, smallImage.bytes + smallImage.perPixel * width * height)
}

/** The image if it is within its budget, else the first smaller one that is, else the smallest. */
async function withinBudget(
  { bytes, picture }: Decoded,
  image: ConvertedImage,
  options: ImageOptions
): Promise<ConvertedImage> {
  const budgetBytes = budgetOf(picture, options)
  let best = image
  let leanest = options
  for (const { options: attempt, least } of leaner(options)) {
    if (best.bytes.length <= budgetBytes) return best
    leanest = attempt
    // What could not be enough is not tried: each takes as long as the image itself.
    if (image.bytes.length * least <= budgetBytes) best = smallest(best, await writeImage(picture, attempt))
  }
  if (best.bytes.length <= budgetBytes || !mayShrink(options)) return best
  const least = options.exact === undefined ? leastScale : leastStretched
  const scale = Math.max(least, Math.sqrt(budgetBytes / best.bytes.length) * spare)
  const fewer = { ...options, maxWidth: Math.ceil(picture.width * scale), maxHeight: Math.ceil(picture.height * scale) }
  return smallest(best, await writeImage(await decode(bytes, picture.source.kind, fewer), leanest))
}

/** The dots by which a screen imitates its few colours would not survive to be stretched. */
const mayShrink = ({ exact, stretches, palette }: ImageOptions): boolean =>
  exact === undefined || (stretches === true && palette.kind === 'adaptive')

const smallest = (a: ConvertedImage, b: ConvertedImage): ConvertedImage => (b.bytes.length < a.bytes.length ? b : a)

interface Leaner {
  readonly options: ImageOptions
  /** The least that photographs were seen to take with them. Share of their bytes before */
  readonly least: number
}

/**
 * Options for fewer bytes. The first is coarser, which is least visible; the next have fewer colours, and with even
 * fewer a photograph would be unrecognisable.
 */
function leaner(options: ImageOptions): Leaner[] {
  const coarse = { ...options, coarseness: 2 }
  return [
    { options: coarse, least: 0.6 },
    { options: reduced(coarse, { colours: 64, jpegQuality: 25 }), least: 0.45 },
    { options: reduced({ ...options, coarseness: 3 }, { colours: 32, jpegQuality: 18 }), least: 0 }
  ]
}

/** The options with at most so many colours, where they are not fixed, and at most this quality of a JPEG. */
function reduced(options: ImageOptions, most: { colours: number; jpegQuality: number }): ImageOptions {
  const { palette, jpegQuality } = options
  return {
    ...options,
    jpegQuality: Math.min(jpegQuality, most.jpegQuality),
    palette: palette.kind === 'fixed' ? palette : { kind: 'adaptive', colours: Math.min(palette.colours, most.colours) }
  }
}
