import { clamp, isOutside } from './clamp.js'
import { pixelsOf } from '../picture.js'
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
  const pixels = pixelsOf(rgba)
  const indices = new Uint8Array(pixels.length)
  // what the row above has given to each pixel; what is given to the row below takes its place, one pixel behind
  const given = new Int32Array((width + 1) * 2)
  for (let row = 0; row < pixels.length; row += width) {
    // what goes to the right; to the pixel below the last one, so far; and to the pixel below this one, so far. One by one:
    // what is taken from an array may be anything to V8, which tests it at each use (an eighth of all time, measured)
    let both = 0
    let blue = 0
    let lastBoth = 0
    let lastBlue = 0
    let belowBoth = 0
    let belowBlue = 0
    for (let x = 0; x < width; x++) {
      const pixel = pixels[row + x] ?? 0
      const to = x * 2
      let offBoth = 0
      let offBlue = 0
      if (pixel >>> 24 === 0) {
        strings.hole()
        indices[row + x] = strings.holeIndex
      } else {
        const error = (both + (given[to + 2] ?? 0) + halves) | 0
        const errorRed = (error << 16) >> 16
        let r = (pixel & 255) + (errorRed >> 5)
        let g = ((pixel >> 8) & 255) + ((error - errorRed) >> 21)
        let b = ((pixel >> 16) & 255) + ((blue + (given[to + 3] ?? 0) + 16) >> 5)
        if (isOutside(r | g | b)) {
          r = clamp(r)
          g = clamp(g)
          b = clamp(b)
        }
        const entry = strings.colour((r << 16) | (g << 8) | b)
        indices[row + x] = entry >>> 24
        offBoth = (r - ((entry >> 16) & 255) + ((g - ((entry >> 8) & 255)) << 16)) | 0
        offBlue = b - (entry & 255)
      }
      given[to] = lastBoth + Math.imul(offBoth, BELOW_LEFT)
      given[to + 1] = lastBlue + Math.imul(offBlue, BELOW_LEFT)
      lastBoth = (belowBoth + Math.imul(offBoth, BELOW)) | 0
      lastBlue = belowBlue + Math.imul(offBlue, BELOW)
      belowBoth = Math.imul(offBoth, BELOW_RIGHT)
      belowBlue = Math.imul(offBlue, BELOW_RIGHT)
      both = Math.imul(offBoth, RIGHT)
      blue = Math.imul(offBlue, RIGHT)
    }
    given[width * 2] = lastBoth
    given[width * 2 + 1] = lastBlue
  }
  return indices
}
