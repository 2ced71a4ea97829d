import { decodeMeasured, targetSize, type Measured } from '../decode/decode.js'
import type { Size } from '../fit.js'
import type { ConvertedImage, ImageOptions } from '../options.js'
import { subjectOf } from '../subject.js'
import { estimateFor } from './estimate.js'
import { ladder } from './ladder.js'
import { mayShrink, scaleFor, shrunkFrom } from './shrunk.js'
import { budgetOf, surelyTooMuch } from './within-budget.js'

/**
 * Nine in ten photographs 600 pixels wide take at least so many bytes a pixel in the leanest way, in 32 colours or more (60
 * crops of 14). How large their own files are says no more about it.
 */
const LEANEST_DENSITY = 0.117
const LEAST_COLOURS = 32

/**
 * A JPEG with fewer bytes a pixel is smooth, and may be within its budget: of 203, nine in ten of those that were shrunk had
 * more, and one in ten of the others.
 */
const SMOOTH_DENSITY = 0.06

/** What is hardly smaller than the whole is not worth the doubt. */
const WORTHWHILE_SCALE = 0.9

/** To give a picture another size takes as long as to go on with so many times the pixels (measured). */
const RESIZE_COST = 2

/** Bytes of one photograph in different sizes grow with this power of its pixels (165 JPEGs). */
const PIXELS_POWER = 0.91

const areaOf = ({ width, height }: Size): number => width * height

/**
 * The size in which a photograph is decoded that will surely be shrunk: not much more than what will be left of it, or its
 * own. Undefined where that is not sure.
 */
function sizeForeseen({ bytes, source }: Measured, options: ImageOptions, whole: Size): Size | undefined {
  const { palette, formats } = options
  if (source.kind !== 'jpeg' || formats.includes('jpeg') || !mayShrink(options)) return undefined
  if (palette.kind === 'fixed' || palette.colours < LEAST_COLOURS) return undefined
  const pixels = areaOf(whole)
  if (bytes.length < SMOOTH_DENSITY * areaOf(source) || areaOf(source) <= pixels) return undefined
  const scale = scaleFor(options, LEANEST_DENSITY * pixels, budgetOf(whole, options))
  if (scale > WORTHWHILE_SCALE) return undefined
  const size = { width: Math.ceil(whole.width * scale), height: Math.ceil(whole.height * scale) }
  return areaOf(source) <= RESIZE_COST * areaOf(size) ? { width: source.width, height: source.height } : size
}

/**
 * A photograph within its budget, if it is one that is too large for it in any case: it is never made in the size that it
 * would have without one, which takes a fifth of all its time (90 JPEGs, by turns). Undefined for any other.
 */
export async function foreseen(image: Measured, options: ImageOptions): Promise<ConvertedImage | undefined> {
  const whole = targetSize(image.source, options)
  const size = sizeForeseen(image, options, whole)
  if (size === undefined) return undefined
  const wanted = { ...options, exact: size, maxWidth: size.width, maxHeight: size.height }
  const picture = await decodeMeasured(image, wanted, 'again')
  const subject = subjectOf(picture, options.background)
  const estimate = estimateFor(subject)
  if (subject.colours.isDrawn || estimate === undefined) return undefined
  const leanest = ladder(options, subject).at(-1)!.options
  const budgetBytes = budgetOf(whole, options)
  const bytes = (await estimate(leanest)) * (areaOf(whole) / areaOf(picture)) ** PIXELS_POWER
  const scale = scaleFor(options, bytes, budgetBytes)
  if (bytes <= budgetBytes * surelyTooMuch || whole.width * scale > picture.width) return undefined
  const decoded = { bytes: image.bytes, picture }
  const shrunk = await shrunkFrom({ decoded, subject, options, whole, leanest }, bytes, budgetBytes)
  return shrunk.isFarOff || shrunk.image.bytes.length > options.limits.maxBytes ? undefined : shrunk.image
}
