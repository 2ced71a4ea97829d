import type { Size } from '../fit.js'
import type { ConvertedImage, ImageOptions } from '../options.js'
import type { Decoded } from '../original.js'
import { subjectOf, type Subject } from '../subject.js'
import { writeSubject } from '../write-image.js'
import { estimateFor, type Estimate } from './estimate.js'
import { Forecast, guessFor, type Known } from './forecast.js'
import { ladder, type Step } from './ladder.js'
import { mayShrink, shrunkFrom, smaller, type Shrunk } from './shrunk.js'

/**
 * A small image has a part of the budget of a large one: a page has many of them, and photographs of the size of a stamp
 * take 0.6 bytes a pixel if they may. Bytes.
 */
const smallImage = { bytes: 1500, perPixel: 0.2 }

/** What is estimated at more than this many budgets is not tried: seven in eight take more than one then. */
export const surelyTooMuch = 1.1

/**
 * What is guessed at less than this many budgets is written at once, and so is what follows from the step before: these are
 * seldom so far off.
 */
const surelyEnough = { guessed: 0.5, followed: 0.9 }

/** The bytes that an image of this size may have. */
export function budgetOf({ width, height }: Size, { budgetBytes }: ImageOptions): number {
  if (budgetBytes === undefined) return Infinity
  return Math.min(budgetBytes, smallImage.bytes + smallImage.perPixel * width * height)
}

/** What is tried, and what is thought of it before. */
interface Plan {
  readonly decoded: Decoded
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
    const sure = known[at - 1] === undefined ? surelyEnough.guessed : surelyEnough.followed
    const isSure = guess > 0 && forecast.bytes(at) <= budgetBytes * sure
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
  const plan = { decoded, subject, steps, estimate: estimateFor(subject), guess }
  const { image, isFarOff } = await lean(plan, budgetBytes)
  return isFarOff ? (await lean({ ...plan, estimate: undefined, guess: 0 }, budgetBytes)).image : image
}

async function lean(plan: Plan, budgetBytes: number): Promise<Shrunk> {
  const { decoded, subject, steps } = plan
  const { options } = steps[0]!
  const leanest = steps.at(-1)!.options
  const { image, bytes } = await descend(plan, budgetBytes)
  if (image !== undefined && image.bytes.length <= budgetBytes) return { image, isFarOff: false }
  if (!mayShrink(options)) return { image: image ?? (await writeSubject(subject, leanest)), isFarOff: false }
  const whole = decoded.picture
  const shrunk = await shrunkFrom({ decoded, subject, options, whole, leanest }, bytes, budgetBytes)
  return image === undefined ? shrunk : { image: smaller(image, shrunk.image), isFarOff: false }
}
