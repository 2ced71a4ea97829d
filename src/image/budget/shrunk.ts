import { decode, shrink } from '../decode/decode.js'
import type { Size } from '../fit.js'
import type { ConvertedImage, ImageOptions } from '../options.js'
import type { Decoded } from '../original.js'
import { subjectOf, type Subject } from '../subject.js'
import { writeSubject } from '../write-image.js'

/**
 * The smallest scale to which an image is shrunk for its budget: one whose size no page has named; and one that the
 * browser stretches to it, where 0.7 of a photograph takes half of its bytes and looks hardly different.
 */
const leastScale = 0.5
const leastStretched = 0.7

/** A safety margin: bytes grow a little slower than pixels, and without it a second try would be needed. */
const spare = 0.9

/**
 * A smaller image takes more or fewer bytes than an estimate has promised, but not by this factor, unless some rows do
 * not stand for all of it: those of a pattern, or bands of one. Of 36 photographs, drawings and pictures of screens none did.
 */
const FAR_OFF = 1.8

/** A picture that is too large for its budget, and the leanest way to write it. */
export interface Shrinkable {
  readonly decoded: Decoded
  readonly subject: Subject
  /** What the client wants, and the size that it would have then */
  readonly options: ImageOptions
  readonly whole: Size
  readonly leanest: ImageOptions
}

/** An image that was shrunk. */
export interface Shrunk {
  readonly image: ConvertedImage
  /** It has so many more bytes than were expected that these were no estimate of it. */
  readonly isFarOff: boolean
}

/** The dots by which a screen imitates its few colours would not survive to be stretched. */
export const mayShrink = ({ exact, stretches, palette }: ImageOptions): boolean =>
  exact === undefined || (stretches === true && palette.kind === 'adaptive')

/** To which share of its size an image that takes so many bytes is shrunk for its budget. */
export function scaleFor({ exact }: ImageOptions, bytes: number, budgetBytes: number): number {
  const least = exact === undefined ? leastScale : leastStretched
  return Math.max(least, Math.sqrt(budgetBytes / bytes) * spare)
}

/** Shrinks a picture that would take so many bytes in its whole size into its budget, where its pixels may become so few. */
export async function shrunkFrom(shrinkable: Shrinkable, bytes: number, budgetBytes: number): Promise<Shrunk> {
  const { options, leanest } = shrinkable
  const shrunkBy = async (scale: number): Promise<ConvertedImage> =>
    await writeSubject(await shrunkSubject(shrinkable, scale), leanest)
  const scale = scaleFor(options, bytes, budgetBytes)
  const image = await shrunkBy(scale)
  const { length } = image.bytes
  const expected = Math.max(bytes * scale ** 2, budgetBytes) * FAR_OFF
  // some rows did not stand for all: once more, by what all take
  const truer = scaleFor(options, length / scale ** 2, budgetBytes)
  const isOnce = length > budgetBytes && length <= expected && truer < scale
  return { image: isOnce ? smaller(image, await shrunkBy(truer)) : image, isFarOff: length > expected }
}

/** The same picture with fewer pixels; a photograph keeps its colours. */
async function shrunkSubject(
  { decoded: { bytes, picture }, subject, options, whole }: Shrinkable,
  scale: number
): Promise<Subject> {
  const { colours, opaque, isPhotograph } = subject
  const fewer = { ...options, maxWidth: Math.ceil(whole.width * scale), maxHeight: Math.ceil(whole.height * scale) }
  const isAgain = opaque && picture.source.kind !== 'svg'
  const shrunk = subjectOf(
    isAgain ? await shrink(picture, fewer) : await decode(bytes, picture.source.kind, fewer),
    options.background
  )
  return isPhotograph() && !colours.isDrawn ? { ...shrunk, colours } : shrunk
}

/** The one with fewer bytes; of two alike, the first. */
export const smaller = (one: ConvertedImage, other: ConvertedImage): ConvertedImage =>
  other.bytes.length < one.bytes.length ? other : one
