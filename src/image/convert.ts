import { animate } from './animate.js'
import { decodeMeasured, measure } from './decode/decode.js'
import { ImageError } from './image-error.js'
import { original, type Decoded } from './original.js'
import type { ConversionResult, ConvertedImage, ImageOptions } from './options.js'
import { reduced } from './reduced.js'
import { sniffImage } from './decode/sniff.js'
import { foreseen } from './budget/foreseen.js'
import { smaller } from './budget/shrunk.js'
import { budgetOf, withinBudget } from './budget/within-budget.js'
import { writeImage } from './write-image.js'

/**
 * An animation may have this many times the bytes of a still of its size, and a sign that moves so many in any case:
 * those of pages of the time have up to three kilobytes. Bytes.
 */
const animationShare = 2
const smallAnimation = 4096

/**
 * Turns any image of the web into one that the client can draw, with as few bytes as that takes.
 * Throws an ImageError with the code IMAGE_TOO_LARGE, IMAGE_UNREADABLE or IMAGE_TIMEOUT.
 */
export async function convertImage(bytes: Buffer, options: ImageOptions): Promise<ConversionResult> {
  const kind = sniffImage(bytes)
  if (kind === undefined) throw new ImageError('IMAGE_UNREADABLE', 'not an image that is known')
  const image = await measure(bytes, kind, options.limits)
  const { width, height } = image.source
  try {
    const converted =
      (await foreseen(image, options)) ??
      (await made({ bytes, picture: await decodeMeasured(image, options) }, options))
    return { ...converted, source: { kind, width, height } }
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
  const most = Math.max(smallAnimation, budgetOf(decoded.picture, options) * animationShare)
  if (animation !== undefined && animation.bytes.length <= most) return animation
  return await still(decoded, options)
}

/** The image as it came, if it suits and nothing that is made of it has fewer bytes. */
async function still(decoded: Decoded, options: ImageOptions): Promise<ConvertedImage> {
  const kept = original(decoded, options)
  const budgetBytes = budgetOf(decoded.picture, options)
  if (budgetBytes === Infinity || (kept?.bytes.length ?? Infinity) <= budgetBytes)
    return await written(decoded, options, kept)
  const lean = await withinBudget(decoded, options, budgetBytes)
  if (lean.bytes.length > options.limits.maxBytes) return await written(decoded, options, kept)
  return kept === undefined ? lean : smaller(kept, lean)
}

async function written(
  { picture }: Decoded,
  options: ImageOptions,
  kept: ConvertedImage | undefined
): Promise<ConvertedImage> {
  for (const attempt of attempts(options)) {
    const made = await writeImage(picture, attempt)
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
