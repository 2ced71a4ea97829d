import { decode } from './decode/decode.js'
import { estimateFor, type Estimate } from './estimate.js'
import type { ConvertedImage, ImageOptions } from './options.js'
import type { Decoded } from './original.js'
import type { Picture } from './picture.js'
import { reduced } from './reduced.js'
import { writeImage } from './write-image.js'

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

/** What is estimated at more than this many budgets is not tried: seven in eight take more than one then. */
const surelyTooMuch = 1.1

interface Leaner {
  readonly options: ImageOptions
  /** The least that photographs were seen to take with them. Share of their bytes with the options as given */
  readonly least: number
}

/**
 * How coarse a picture is at most: fixed colours are far apart, and a photograph that is coarser still is unrecognisable;
 * where black may stand for white it is noise.
 */
function mostCoarse({ palette }: ImageOptions): number {
  if (palette.kind === 'adaptive') return 3
  return palette.name === 'mono' ? 1 : 2
}

/**
 * Options for fewer and fewer bytes. The first is coarser, which is least visible; the next have fewer colours, and with
 * even fewer a photograph would be unrecognisable.
 */
function ladder(options: ImageOptions): Leaner[] {
  const most = mostCoarse(options)
  const coarse = { ...options, coarseness: Math.min(2, most) }
  const steps = [
    { options, least: 1 },
    { options: coarse, least: 0.6 },
    { options: reduced(coarse, { colours: 64, jpegQuality: 25 }), least: 0.45 },
    { options: reduced({ ...options, coarseness: most }, { colours: 32, jpegQuality: 18 }), least: 0 }
  ]
  // Of fixed colours there are no fewer: the others would give the same once more.
  return options.palette.kind === 'fixed' && !options.formats.includes('jpeg') ? steps.slice(0, most) : steps
}

/** The bytes that an image of this size may have. */
export function budgetOf({ width, height }: Picture, { budgetBytes }: ImageOptions): number {
  if (budgetBytes === undefined) return Infinity
  return Math.min(budgetBytes, smallImage.bytes + smallImage.perPixel * width * height)
}

/**
 * A smaller image takes more or fewer bytes than an estimate has promised, but not by this factor, unless some rows do
 * not stand for all of it: those of a pattern, or bands of one. Of 36 photographs, drawings and pictures of screens none did.
 */
const FAR_OFF = 1.8

/** What the tries have come to. */
interface Tried {
  /** The smallest that was written */
  readonly image?: ConvertedImage
  /** What the last of the ladder takes, written or estimated */
  readonly bytes: number
}

/** Goes down the ladder to the first that is within the budget; what is surely not is not written. */
async function descend(
  picture: Picture,
  { steps, estimate }: { readonly steps: readonly Leaner[]; readonly estimate: Estimate | undefined },
  budgetBytes: number
): Promise<Tried> {
  let image: ConvertedImage | undefined
  let bytes = Infinity
  let given = 0
  for (const { options, least } of steps) {
    if (given * least > budgetBytes * surelyTooMuch) continue
    bytes = (await estimate?.(options)) ?? 0
    if (bytes <= budgetBytes * surelyTooMuch) {
      const written = await writeImage(picture, options)
      image = image === undefined ? written : smaller(image, written)
      bytes = written.bytes.length
    }
    if (given === 0) given = bytes
    if (image !== undefined && image.bytes.length <= budgetBytes) break
  }
  return { ...(image && { image }), bytes }
}

/** The image if it is within its budget, else with fewer colours, else a smaller one. */
export async function withinBudget(
  decoded: Decoded,
  options: ImageOptions,
  budgetBytes: number
): Promise<ConvertedImage> {
  const estimate = estimateFor(decoded.picture)
  const { image, promised } = await lean(decoded, { options, estimate }, budgetBytes)
  const isFarOff = promised !== undefined && image.bytes.length > Math.max(promised, budgetBytes) * FAR_OFF
  return isFarOff ? (await lean(decoded, { options, estimate: undefined }, budgetBytes)).image : image
}

interface Lean {
  readonly image: ConvertedImage
  /** The bytes that it should have by an estimate, if it was made by one */
  readonly promised?: number
}

async function lean(
  { bytes, picture }: Decoded,
  { options, estimate }: { readonly options: ImageOptions; readonly estimate: Estimate | undefined },
  budgetBytes: number
): Promise<Lean> {
  const steps = ladder(options)
  const tried = await descend(picture, { steps, estimate }, budgetBytes)
  if (tried.image !== undefined && tried.image.bytes.length <= budgetBytes) return { image: tried.image }
  const leanest = steps.at(-1)!.options
  if (!mayShrink(options)) return { image: tried.image ?? (await writeImage(picture, leanest)) }
  const least = options.exact === undefined ? leastScale : leastStretched
  const scale = Math.max(least, Math.sqrt(budgetBytes / tried.bytes) * spare)
  const fewer = { ...options, maxWidth: Math.ceil(picture.width * scale), maxHeight: Math.ceil(picture.height * scale) }
  const shrunk = await writeImage(await decode(bytes, picture.source.kind, fewer), leanest)
  return tried.image === undefined
    ? { image: shrunk, promised: tried.bytes * scale ** 2 }
    : { image: smaller(tried.image, shrunk) }
}

/** The dots by which a screen imitates its few colours would not survive to be stretched. */
const mayShrink = ({ exact, stretches, palette }: ImageOptions): boolean =>
  exact === undefined || (stretches === true && palette.kind === 'adaptive')

/** The one with fewer bytes; of two alike, the first. */
export const smaller = (one: ConvertedImage, other: ConvertedImage): ConvertedImage =>
  other.bytes.length < one.bytes.length ? other : one
