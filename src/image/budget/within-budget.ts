import { decode, shrink } from '../decode/decode.js'
import type { ConvertedImage, ImageOptions } from '../options.js'
import type { Decoded } from '../original.js'
import type { Picture } from '../picture.js'
import { subjectOf, type Subject } from '../subject.js'
import { writeSubject } from '../write-image.js'
import { estimateFor, type Estimate } from './estimate.js'
import { Forecast, guessFor, type Known } from './forecast.js'
import { ladder, type Step } from './ladder.js'

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

/** What is guessed at less than this many budgets is written at once: guesses are seldom so far off. */
const surelyEnough = 0.5

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

/** What is tried, and what is thought of it before. */
interface Plan {
  readonly subject: Subject
  readonly steps: readonly Step[]
  readonly estimate: Estimate | undefined
  /** guessFor() */
  readonly guess: number
}

/** What the tries have come to. */
interface Tried {
  /** The best within the budget, else the smallest that was written */
  readonly image?: ConvertedImage
  /** What the last of the ladder takes, written or estimated */
  readonly bytes: number
}

/**
 * Looks for the first step of the ladder that is within the budget: what is surely not is not written, and what hardly can
 * be is not even estimated.
 */
async function descend({ subject, steps, estimate, guess }: Plan, budgetBytes: number): Promise<Tried> {
  const forecast = new Forecast(steps, guess)
  const { known } = forecast
  const last = steps.length - 1
  const enough = budgetBytes * surelyTooMuch
  for (;;) {
    const first = steps.findIndex((_, at) => forecast.bytes(at) <= (known[at]?.image ? budgetBytes : enough))
    // a smaller image is made by what the last takes
    const at = first < 0 ? last : first
    const before = known[at]
    if (before?.image !== undefined || (first < 0 && before !== undefined)) break
    const { options } = steps[at]!
    const isSure = guess > 0 && forecast.bytes(at) <= budgetBytes * surelyEnough
    known[at] =
      before === undefined && estimate !== undefined && !isSure
        ? { bytes: await estimate(options) }
        : writtenAs(await writeSubject(subject, options))
  }
  return {
    ...bestOf(
      known.flatMap(one => one?.image ?? []),
      budgetBytes
    ),
    bytes: forecast.bytes(last)
  }
}

const writtenAs = (image: ConvertedImage): Known => ({ image, bytes: image.bytes.length })

/** The first that is within the budget, else the smallest. */
function bestOf(images: readonly ConvertedImage[], budgetBytes: number): Pick<Tried, 'image'> {
  const fits = images.find(({ bytes }) => bytes.length <= budgetBytes)
  if (fits !== undefined) return { image: fits }
  const [first, ...others] = images
  return first === undefined ? {} : { image: others.reduce(smaller, first) }
}

/** The image if it is within its budget, else with fewer colours, else a smaller one. */
export async function withinBudget(
  decoded: Decoded,
  options: ImageOptions,
  budgetBytes: number
): Promise<ConvertedImage> {
  const subject = subjectOf(decoded.picture, options.background)
  const steps = ladder(options, subject)
  const guess = steps.length > 1 ? guessFor(subject, options) : 0
  const plan = { subject, steps, estimate: estimateFor(subject), guess }
  const { image, promised } = await lean(decoded, plan, budgetBytes)
  const isFarOff = promised !== undefined && image.bytes.length > Math.max(promised, budgetBytes) * FAR_OFF
  return isFarOff ? (await lean(decoded, { ...plan, estimate: undefined, guess: 0 }, budgetBytes)).image : image
}

interface Lean {
  readonly image: ConvertedImage
  /** The bytes that it should have by an estimate, if it was made by one */
  readonly promised?: number
}

async function lean(decoded: Decoded, plan: Plan, budgetBytes: number): Promise<Lean> {
  const { subject, steps } = plan
  const { options } = steps[0]!
  const leanest = steps.at(-1)!.options
  const tried = await descend(plan, budgetBytes)
  if (tried.image !== undefined && tried.image.bytes.length <= budgetBytes) return { image: tried.image }
  if (!mayShrink(options)) return { image: tried.image ?? (await writeSubject(subject, leanest)) }
  const least = options.exact === undefined ? leastScale : leastStretched
  const scaleFor = (bytes: number): number => Math.max(least, Math.sqrt(budgetBytes / bytes) * spare)
  const shrunkBy = async (scale: number): Promise<ConvertedImage> =>
    await writeSubject(await shrunkSubject(scale, decoded, { subject, options }), leanest)
  const scale = scaleFor(tried.bytes)
  const shrunk = await shrunkBy(scale)
  const { length } = shrunk.bytes
  if (tried.image !== undefined) return { image: smaller(tried.image, shrunk) }
  const promised = tried.bytes * scale ** 2
  // some rows did not stand for all: once more, by what all take
  const truer = scaleFor(length / scale ** 2)
  const isOnce = length > budgetBytes && length <= promised * FAR_OFF && truer < scale
  return { image: isOnce ? smaller(shrunk, await shrunkBy(truer)) : shrunk, promised }
}

/** The same picture with fewer pixels; a photograph keeps its colours. */
async function shrunkSubject(
  scale: number,
  { bytes, picture }: Decoded,
  { subject, options }: { readonly subject: Subject; readonly options: ImageOptions }
): Promise<Subject> {
  const { colours, opaque, isPhotograph } = subject
  const fewer = { ...options, maxWidth: Math.ceil(picture.width * scale), maxHeight: Math.ceil(picture.height * scale) }
  const isAgain = opaque && picture.source.kind !== 'svg'
  const shrunk = subjectOf(
    isAgain ? await shrink(picture, fewer) : await decode(bytes, picture.source.kind, fewer),
    options.background
  )
  return isPhotograph() && !colours.isDrawn ? { ...shrunk, colours } : shrunk
}

/** The dots by which a screen imitates its few colours would not survive to be stretched. */
const mayShrink = ({ exact, stretches, palette }: ImageOptions): boolean =>
  exact === undefined || (stretches === true && palette.kind === 'adaptive')

/** The one with fewer bytes; of two alike, the first. */
export const smaller = (one: ConvertedImage, other: ConvertedImage): ConvertedImage =>
  other.bytes.length < one.bytes.length ? other : one
