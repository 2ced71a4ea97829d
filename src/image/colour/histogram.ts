/** The colours of an image in cells: the weight and the mean colour of each cell. */
export interface Histogram {
  size: number
  weight: Float64Array
  /** Three values for each cell. */
  mean: Float64Array
}

/** This many cells are enough to choose 256 colours from; k-means takes time for each. */
const plenty = 1024

/** Cells of five bits for each channel; each is eight cells of six bits. */
const coarseCells = 1 << 15
const finerBits = 3

/** Of a large picture every third pixel is counted, or every seventh ..., if that gives so many. */
const enough = 40_000
const steps = [1, 3, 7, 13, 29, 61]

/**
 * A part of a pixel that a sample goes further each time (half of the root of five, without its whole part): with whole
 * steps it would have the same columns of each row where the width is a multiple, and know nothing of lines in others.
 */
const FURTHER = 0.118

/** How many pixels on the next one of a sample is, of which a whole number of pixels is about every `step`-th. */
export const strideOf = (step: number): number => (step === 1 ? 1 : step + FURTHER)

/**
 * Counts the visible pixels by colour, with five bits for each channel. An image with few such colours is counted with
 * six: five would leave 32 greys of a grey photograph. A cell has the mean of its pixels and not its corner.
 */
export function histogram(rgba: Uint8Array): Histogram {
  const stride = strideOf(steps.findLast(step => rgba.length / 4 >= step * enough) ?? 1)
  // the number of each cell that occurs, from 1
  const places = new Uint16Array(coarseCells)
  const sums = coarseSums(rgba, stride, places)
  return meansOf(sums.length >= 4 * plenty ? sums : finerSums(rgba, stride, { places, size: sums.length / 4 }))
}

/**
 * Numbers the cells of five bits in which there are pixels, and adds these up: of each cell their number, and their red,
 * green and blue.
 */
function coarseSums(rgba: Uint8Array, stride: number, places: Uint16Array): Int32Array {
  const sums = new Int32Array(4 * Math.min(coarseCells, Math.ceil(rgba.length / 4 / stride)))
  let size = 0
  for (let pixel = 0; pixel < rgba.length / 4; pixel += stride) {
    const i = Math.floor(pixel) * 4
    if (rgba[i + 3] === 0) continue
    const red = rgba[i] ?? 0
    const green = rgba[i + 1] ?? 0
    const blue = rgba[i + 2] ?? 0
    const cell = ((red >> 3) << 10) | ((green >> 3) << 5) | (blue >> 3)
    let place = places[cell] ?? 0
    if (place === 0) places[cell] = place = ++size
    const at = (place - 1) * 4
    sums[at] = (sums[at] ?? 0) + 1
    sums[at + 1] = (sums[at + 1] ?? 0) + red
    sums[at + 2] = (sums[at + 2] ?? 0) + green
    sums[at + 3] = (sums[at + 3] ?? 0) + blue
  }
  return sums.subarray(0, 4 * size)
}

/** The same for the cells of six bits, eight for each of the numbered ones. */
function finerSums(
  rgba: Uint8Array,
  stride: number,
  { places, size }: { readonly places: Uint16Array; readonly size: number }
): Int32Array {
  const sums = new Int32Array(4 * (size << finerBits))
  for (let pixel = 0; pixel < rgba.length / 4; pixel += stride) {
    const i = Math.floor(pixel) * 4
    if (rgba[i + 3] === 0) continue
    const red = rgba[i] ?? 0
    const green = rgba[i + 1] ?? 0
    const blue = rgba[i + 2] ?? 0
    const place = (places[((red >> 3) << 10) | ((green >> 3) << 5) | (blue >> 3)] ?? 0) - 1
    const at = ((place << finerBits) | (red & 4) | ((green & 4) >> 1) | ((blue & 4) >> 2)) * 4
    sums[at] = (sums[at] ?? 0) + 1
    sums[at + 1] = (sums[at + 1] ?? 0) + red
    sums[at + 2] = (sums[at + 2] ?? 0) + green
    sums[at + 3] = (sums[at + 3] ?? 0) + blue
  }
  return sums
}

/** Leaves out cells without pixels. */
function meansOf(sums: Int32Array): Histogram {
  const weight = new Float64Array(sums.length / 4)
  const mean = new Float64Array(weight.length * 3)
  let size = 0
  for (let at = 0; at < sums.length; at += 4) {
    const count = sums[at] ?? 0
    if (count === 0) continue
    weight[size] = count
    for (let channel = 0; channel < 3; channel++) mean[size * 3 + channel] = (sums[at + 1 + channel] ?? 0) / count
    size++
  }
  return { size, weight: weight.subarray(0, size), mean: mean.subarray(0, size * 3) }
}
