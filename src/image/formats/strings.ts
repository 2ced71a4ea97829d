import { codeSizeFor, mostCodes, type Codes } from './lzw.js'
import type { Nearest } from '../colour/nearest.js'
import { bitsFor, squareBetween, type Palette } from '../colour/palette.js'

/** A distance and a code in one number: the code takes the last bits. */
const codeBits = 12
const anyCode = mostCodes - 1

/** The square of the distance between black and white. */
const mostDistance = 3 * 255 * 255

/** Before the first pixel there is no string. */
const noString = mostCodes

/** What colours are chosen from, how they are found, and for how many pixels. */
export interface Choice {
  readonly palette: Palette
  readonly nearest: Nearest
  readonly pixels: number
  /** How far, in levels of a channel, a colour may be off to make the file smaller. */
  readonly tolerance: number
}

/**
 * Chooses the colours of pixels in the order of the file, and follows the strings that lzw() will build. If a string
 * continues with a colour that is off by at most the tolerance for each channel, that colour is chosen and the file becomes
 * shorter; else the nearest colour of the palette.
 */
export class Strings {
  readonly #nearest: Nearest
  /** The index for pixels that are not drawn: the one after the last colour. */
  readonly holeIndex: number
  /** The square of a distance that is near enough. */
  readonly #enough: number
  /**
   * The strings that continue a string form a chain: the first of them, which is the newest, and the next of each; 0 ends
   * it. Each adds a colour (entriesOf()). The string that adds a hole stands apart.
   */
  readonly #first = new Uint16Array(mostCodes + 1)
  readonly #following = new Uint16Array(mostCodes)
  readonly #added = new Int32Array(mostCodes)
  readonly #withHole = new Uint16Array(mostCodes + 1)
  readonly #codeSize: number
  #next: number
  #string = noString
  readonly #ended: Uint16Array
  #count = 0

  constructor({ palette, nearest, pixels, tolerance }: Choice) {
    this.#nearest = nearest
    this.holeIndex = palette.length / 3
    const square = tolerance * tolerance * 3
    this.#enough = Math.min(Math.floor(square), mostDistance)
    this.#codeSize = codeSizeFor(bitsFor(palette))
    this.#next = this.#firstCode
    this.#ended = new Uint16Array(pixels + 1)
  }

  /**
   * The entry (entriesOf()) of the colour for a visible pixel, which is red, green and blue in eight bits each. The least
   * distance is found without a branch, as Nearest does; of those that are equal, the newest string counts. To end the
   * search at a colour that is near enough takes no less time, and gives up to six more bytes in a thousand (measured).
   */
  colour(colour: number): number {
    const red = colour >> 16
    const green = (colour >> 8) & 255
    const blue = colour & 255
    const following = this.#following
    const added = this.#added
    let best = 0x7fffffff
    for (let code = this.#first[this.#string] ?? 0; code !== 0; code = following[code] ?? 0) {
      const entry = added[code] ?? 0
      const dr = ((entry >> 16) & 255) - red
      const dg = ((entry >> 8) & 255) - green
      const db = (entry & 255) - blue
      const key = ((dr * dr + dg * dg + db * db) << codeBits) | (code ^ anyCode)
      const less = key - best
      best += less & (less >> 31)
    }
    if (best >> codeBits > this.#enough) return this.#colourOfPalette(colour, best)
    this.#string = (best & anyCode) ^ anyCode
    return added[this.#string] ?? 0
  }

  /** Goes on with a pixel that is not drawn. */
  hole(): void {
    const code = this.#withHole[this.#string] ?? 0
    if (code !== 0) this.#string = code
    else {
      const before = this.#string
      const added = this.#end(this.holeIndex)
      if (added !== 0) this.#withHole[before] = added
    }
  }

  /** The codes of the strings of all pixels so far. */
  codes(): Codes {
    const codes = this.#ended.subarray(0, this.#count + 1)
    codes[this.#count] = this.#string
    return { codes, codeSize: this.#codeSize }
  }

  /**
   * The nearest colour of the palette, where the best that continues the string is not near enough; of colours that are
   * equally near, the one that continues it is taken.
   */
  #colourOfPalette(colour: number, best: number): number {
    // where no string continues this one, the code is 0
    const code = (best & anyCode) ^ anyCode
    const entry = this.#nearest.find(colour)
    if (code === 0 || squareBetween(entry, colour) < best >> codeBits) {
      this.#begin(entry)
      return entry
    }
    this.#string = code
    return this.#added[code] ?? 0
  }

  get #firstCode(): number {
    return (1 << this.#codeSize) + 2
  }

  #begin(entry: number): void {
    const before = this.#string
    const code = this.#end(entry >>> 24)
    if (code === 0) return
    this.#added[code] = entry
    this.#following[code] = this.#first[before] ?? 0
    this.#first[before] = code
  }

  /** Ends a string, and returns the code of the new one that is that and the colour with this index; 0 if there is none. */
  #end(index: number): number {
    const before = this.#string
    this.#string = index
    if (before === noString) return 0
    this.#ended[this.#count++] = before
    if (this.#next < mostCodes) return this.#next++
    this.#first.fill(0)
    this.#withHole.fill(0)
    this.#next = this.#firstCode
    return 0
  }
}
