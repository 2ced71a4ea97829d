import { strideOf, type Histogram } from './histogram.js'
import { pixelsOf } from '../picture.js'

/** The share of pixels of a drawing or a screenshot that equal their neighbour; in a photograph it is one in ten. */
const flatShare = 0.6

/** This many cells of colours contain nearly all pixels of a drawing, including the soft edges of letters. */
const mainCells = 32
const mainShare = 0.95

/**
 * Whether a picture with more colours than the palette is flat nevertheless: line art with soft edges, a diagram, a
 * screenshot. Dithering would put dots into its areas, of which LZW makes twice the bytes. A photograph of a thing on a
 * white ground is flat too, but has many colours.
 */
export function isDrawn(rgba: Uint8Array, counted: () => Histogram): boolean {
  return isFlat(rgba) && hasFewColours(counted())
}

/** Of a larger picture every third pixel is compared with the one before, if those are so many. */
const enough = 20_000

function isFlat(rgba: Uint8Array): boolean {
  const pixels = pixelsOf(rgba)
  const stride = strideOf(pixels.length >= 3 * enough ? 3 : 1)
  let same = 0
  let all = 0
  for (let at = 1; at < pixels.length; at += stride, all++) {
    const i = Math.floor(at)
    if (pixels[i] === pixels[i - 1]) same++
  }
  return same >= all * flatShare
}

function hasFewColours({ weight }: Histogram): boolean {
  const weights = weight.toSorted().reverse()
  const all = weights.reduce((sum, weight) => sum + weight, 0)
  const main = weights.subarray(0, mainCells).reduce((sum, weight) => sum + weight, 0)
  return all > 0 && main >= all * mainShare
}
