import { clamp } from './clamp.js'
import type { Canvas } from './diffuse.js'
import type { Strings } from '../formats/strings.js'

/**
 * Floyd and Steinberg's proportions, 7:3:5:1, but 28 thirty-seconds in all. Measured on photographs after a blur: 0.7
 * to 1 dB better than with the whole error at 16 to 256 colours and with 4 per cent fewer bytes, the same at two.
 */
const [RIGHT, BELOW_LEFT, BELOW, BELOW_RIGHT] = [12, 5, 9, 2]

/** Half of thirty-two, for red and for green, so that shares are rounded. */
const halves = (16 << 16) + 16

/**
 * Error diffusion that follows the strings of LZW, as diffuse() does, for the kernel that nearly all images are drawn with:
 * what the row below gets is added up on the way and written once for each pixel. The errors of red and green are one
 * number, in sixteen bits each, which all shares of one pixel leave room for: they are multiplied and added at once. Either
 * takes a tenth to a quarter less time (measured), and gives the same pixels.
 */
export function floydSteinberg({ rgba, width }: Canvas, strings: Strings): Uint8Array {
  const count = rgba.length / 4
  const indices = new Uint8Array(count)
  // what the row above has given to each pixel; what is given to the row below takes its place, one pixel behind
  const given = new Int32Array((width + 1) * 2)
  for (let row = 0; row < count; row += width) {
    // what goes to the right; to the pixel below the last one, so far; and to the pixel below this one, so far
    let [both, blue, lastBoth, lastBlue, belowBoth, belowBlue] = [0, 0, 0, 0, 0, 0]
    for (let x = 0; x < width; x++) {
      const at = (row + x) * 4
      const to = x * 2
      let offBoth = 0
      let offBlue = 0
      if (rgba[at + 3] === 0) {
        strings.hole()
        indices[row + x] = strings.holeIndex
      } else {
        const error = (both + (given[to + 2] ?? 0) + halves) | 0
        const errorRed = (error << 16) >> 16
        const r = clamp((rgba[at] ?? 0) + (errorRed >> 5))
        const g = clamp((rgba[at + 1] ?? 0) + ((error - errorRed) >> 21))
        const b = clamp((rgba[at + 2] ?? 0) + ((blue + (given[to + 3] ?? 0) + 16) >> 5))
        const entry = strings.colour((r << 16) | (g << 8) | b)
        indices[row + x] = entry >>> 24
        offBoth = (r - ((entry >> 16) & 255) + ((g - ((entry >> 8) & 255)) << 16)) | 0
        offBlue = b - (entry & 255)
      }
      given[to] = lastBoth + Math.imul(offBoth, BELOW_LEFT)
      given[to + 1] = lastBlue + offBlue * BELOW_LEFT
      lastBoth = (belowBoth + Math.imul(offBoth, BELOW)) | 0
      lastBlue = belowBlue + offBlue * BELOW
      belowBoth = Math.imul(offBoth, BELOW_RIGHT)
      belowBlue = offBlue * BELOW_RIGHT
      both = Math.imul(offBoth, RIGHT)
      blue = offBlue * RIGHT
    }
    given[width * 2] = lastBoth
    given[width * 2 + 1] = lastBlue
  }
  return indices
}
