import { histogram } from './histogram.js'

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
export function isDrawn(rgba: Uint8Array): boolean {
  return isFlat(rgba) && hasFewColours(rgba)
}

function isFlat(rgba: Uint8Array): boolean {
  // Reading four bytes at once needs an offset that is divisible by four.
  const own = rgba.byteOffset % 4 === 0 ? rgba : rgba.slice()
  const pixels = new Uint32Array(own.buffer, own.byteOffset, own.length / 4)
  let same = 0
  for (let i = 1; i < pixels.length; i++) if (pixels[i] === pixels[i - 1]) same++
  return same >= pixels.length * flatShare
}

function hasFewColours(rgba: Uint8Array): boolean {
  const weights = histogram(rgba).weight.toSorted().reverse()
  const all = weights.reduce((sum, weight) => sum + weight, 0)
  const main = weights.subarray(0, mainCells).reduce((sum, weight) => sum + weight, 0)
  return all > 0 && main >= all * mainShare
}
