import type { ConvertedImage, ImageOptions } from '../options.js'
import type { Subject } from '../subject.js'
import { isPlainJpeg, qualityShare, type Step } from './ladder.js'

/**
 * What a photograph takes in 256 colours: so many bytes for pixels and detail (detailOf()) to these powers. Of 280, half
 * took 0.9 to 1.15 of it, and nine in ten 0.66 to 1.5.
 */
const BYTES = 3.2
const PIXELS_POWER = 0.18
const DETAIL_POWER = 0.72

/** The same of a JPEG with this quality, and bytes in any case: of 245, nine in ten took 0.66 to 1.8 of it. */
const JPEG = { quality: 35, bytes: 0.29, pixelsPower: -0.33, detailPower: 1.3, least: 300 }

/** What a picture is guessed to take from its pixels alone; 0 where it is no photograph, or its colours are fixed. */
export function guessFor(subject: Subject, options: ImageOptions): number {
  const { picture, colours, detail, isPhotograph } = subject
  const pixels = picture.width * picture.height
  if (isPlainJpeg(subject, options)) {
    const bytes = JPEG.least + JPEG.bytes * pixels ** JPEG.pixelsPower * detail() ** JPEG.detailPower
    return bytes * qualityShare(options.jpegQuality, JPEG.quality)
  }
  if (options.palette.kind === 'fixed' || !isPhotograph() || colours.isDrawn) return 0
  return BYTES * pixels ** PIXELS_POWER * detail() ** DETAIL_POWER
}

/** What is known about a step of the ladder. */
export interface Known {
  readonly bytes: number
  /** The picture, if it was written; else the bytes are an estimate */
  readonly image?: ConvertedImage
}

/** What each step takes: as written or estimated, or as follows from the step next to it where that is known. */
export class Forecast {
  readonly #steps: readonly Step[]
  readonly #guess: number
  readonly known: Array<Known | undefined> = []

  constructor(steps: readonly Step[], guess: number) {
    this.#steps = steps
    this.#guess = guess
  }

  bytes(at: number): number {
    const { share } = this.#steps[at]!
    for (let off = 0; off < this.#steps.length; off++) {
      for (const near of [at - off, at + off]) {
        const known = this.known[near]
        if (known !== undefined) return (known.bytes * share) / this.#steps[near]!.share
      }
    }
    return this.#guess * share
  }
}
