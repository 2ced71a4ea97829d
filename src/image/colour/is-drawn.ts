import { histogram } from './histogram.js'

/**
 * Of the pixels of a drawing or a screenshot so many are exactly as the one beside them; of a photograph one in ten.
 */
const flatShare = 0.6

/** So many cells of colours hold nearly all of its pixels, the soft edges of letters among them. */
const mainCells = 32
const mainShare = 0.95

/**
 * Whether a picture of more colours than the palette is flat all the same: line art with soft edges, a diagram, a
 * screenshot. Dithering would put dots into its areas, and LZW makes twice the bytes of them. A thing on a white ground
 * is flat as well, but its colours are many.
 */
export function isDrawn(rgba: Uint8Array): boolean {
  return isFlat(rgba) && hasFewColours(rgba)
}

function isFlat(rgba: Uint8Array): boolean {
  // Four bytes at once need a place that four divides.
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
