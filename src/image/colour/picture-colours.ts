import { distinctColours, type DistinctColours } from './distinct-colours.js'
import { toGrey } from './greys.js'
import { histogram, strideOf, type Histogram } from './histogram.js'
import { isDrawn } from './is-drawn.js'
import { hasHoles } from './mask.js'
import { Nearest } from './nearest.js'
import type { Palette } from './palette.js'
import { once } from '../once.js'
import type { Picture } from '../picture.js'
import { quantise } from './quantise.js'

/** Colours that a picture is drawn with. */
export interface Chosen {
  readonly palette: Palette
  readonly nearest: Nearest
  /** How far pixels are from them, in levels of a channel: the root of the mean square. */
  readonly error: () => number
  /** Whether the picture is flat, though it has more colours. */
  readonly isDrawn: () => boolean
}

/**
 * What is known of the colours of a masked picture (alpha 0 or 255 only). Each is found when it is first asked for, and
 * once for all the ways in which the picture is tried; parts of it, and what it is shrunk to, are drawn with its colours.
 */
export class PictureColours {
  readonly rgba: Uint8Array
  readonly #chosen = new Map<string, Chosen>()
  /** Its colours, if there are no more than `most`. */
  #distinct: { readonly most: number; readonly found: DistinctColours | undefined } | undefined
  readonly #counted: () => Histogram
  readonly #isDrawn: () => boolean
  readonly #grey: () => PictureColours

  constructor(rgba: Uint8Array) {
    this.rgba = rgba
    this.#counted = once(() => histogram(rgba))
    this.#isDrawn = once(() => isDrawn(rgba, this.#counted))
    this.#grey = once(() => new PictureColours(toGrey(rgba)))
  }

  /** All of its colours, if there are no more than so many (256 at most). */
  few(most: number): DistinctColours | undefined {
    // of a photograph so many are soon found, of its greys even more
    if (this.#distinct === undefined || (this.#distinct.found === undefined && this.#distinct.most < most))
      this.#distinct = { most, found: distinctColours(this.rgba, most) }
    const { found } = this.#distinct
    return found !== undefined && found.palette.length / 3 <= most ? found : undefined
  }

  /** Whether it is flat: a drawing, or the picture of a screen. */
  get isDrawn(): boolean {
    return this.#isDrawn()
  }

  /** So many colours, the best ones for it. */
  best(colours: number): Palette {
    return quantise(this.#counted(), colours)
  }

  /** The colours by a name, which are made when it is first asked for. */
  chosen(name: string, make: () => Palette): Chosen {
    const known = this.#chosen.get(name)
    if (known !== undefined) return known
    const palette = make()
    const nearest = new Nearest(palette)
    const chosen = { palette, nearest, error: once(() => meanError(this.rgba, nearest)), isDrawn: this.#isDrawn }
    this.#chosen.set(name, chosen)
    return chosen
  }

  /** The same picture in greys. */
  get grey(): PictureColours {
    return this.#grey()
  }
}

/** A masked picture, which is to be drawn with few colours. */
export interface Masked {
  readonly masked: Picture
  /** Some pixels are not drawn. */
  readonly holes: boolean
  /** Its colours, or those of the picture that it is a part of or was shrunk from. */
  readonly colours: PictureColours
}

export const maskedOf = (masked: Picture): Masked => ({
  masked,
  holes: hasHoles(masked),
  colours: new PictureColours(masked.rgba)
})

/** For an estimate every thirteenth pixel is enough, and of a larger picture fewer: one of so many, if it has so many. */
const samples = [
  { step: 53, from: 100_000 },
  { step: 29, from: 50_000 }
]
const sampleOfFew = 13

function meanError(rgba: Uint8Array, nearest: Nearest): number {
  const stride = strideOf(samples.find(({ from }) => rgba.length / 4 >= from)?.step ?? sampleOfFew)
  let squares = 0
  let values = 0
  for (let pixel = 0; pixel < rgba.length / 4; pixel += stride) {
    const at = Math.floor(pixel) * 4
    if (rgba[at + 3] === 0) continue
    const red = rgba[at] ?? 0
    const green = rgba[at + 1] ?? 0
    const blue = rgba[at + 2] ?? 0
    const entry = nearest.find((red << 16) | (green << 8) | blue)
    const offRed = red - ((entry >> 16) & 255)
    const offGreen = green - ((entry >> 8) & 255)
    const offBlue = blue - (entry & 255)
    squares += offRed * offRed + offGreen * offGreen + offBlue * offBlue
    values += 3
  }
  return Math.sqrt(squares / Math.max(1, values))
}
