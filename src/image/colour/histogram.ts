import { pixelsOf } from '../picture.js'

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
  const pixels = pixelsOf(rgba)
  const stride = strideOf(steps.findLast(step => pixels.length >= step * enough) ?? 1)
  const most = Math.min(coarseCells, Math.ceil(pixels.length / stride))
  const finer = cellsFor(Math.min(plenty, most), finerBits)
  const end = addUp(pixels, { from: 0, stride }, finer)
  if (end >= pixels.length) return meansOf(finer)
  const coarse = joined(finer, most)
  addUp(pixels, { from: end, stride }, coarse)
  return meansOf(coarse)
}

/** What was added up in cells of five bits, each of which is divided into 2 to the power of `bits` parts. */
interface Cells {
  readonly bits: number
  /** The number of each cell that occurs, from 1, and the next number; when that is the last one, there is no room left. */
  readonly places: Uint16Array
  next: number
  readonly last: number
  /** Of each part of each cell the number of pixels, and the sums of their red, green and blue. */
  readonly sums: Int32Array
}

const cellsFor = (most: number, bits: number): Cells => ({
  bits,
  places: new Uint16Array(coarseCells),
  next: 1,
  last: most + 1,
  sums: new Int32Array((4 * most) << bits)
})

/** Adds up a pixel at each stride until there are no more, or no room for another cell; returns where it ended. */
function addUp(pixels: Int32Array, { from, stride }: { from: number; stride: number }, cells: Cells): number {
  const { bits, places, sums, last } = cells
  const parts = (1 << bits) - 1
  for (let next = from; next < pixels.length; next += stride) {
    const pixel = pixels[Math.floor(next)] ?? 0
    if (pixel >>> 24 === 0) continue
    const red = pixel & 255
    const green = (pixel >> 8) & 255
    const blue = (pixel >> 16) & 255
    const cell = ((red >> 3) << 10) | ((green >> 3) << 5) | (blue >> 3)
    let place = places[cell] ?? 0
    if (place === 0) {
      if (cells.next === last) return next
      places[cell] = place = cells.next++
    }
    const part = ((red & 4) | ((green & 4) >> 1) | ((blue & 4) >> 2)) & parts
    const at = (((place - 1) << bits) | part) * 4
    sums[at] = (sums[at] ?? 0) + 1
    sums[at + 1] = (sums[at + 1] ?? 0) + red
    sums[at + 2] = (sums[at + 2] ?? 0) + green
    sums[at + 3] = (sums[at + 3] ?? 0) + blue
  }
  return pixels.length
}

/** The same without parts, and with room for so many cells. */
function joined({ bits, places, next, sums: ofParts }: Cells, most: number): Cells {
  const sums = new Int32Array(4 * most)
  for (let at = 0; at < ofParts.length; at++) {
    const to = ((at >> (2 + bits)) << 2) | (at & 3)
    sums[to] = (sums[to] ?? 0) + (ofParts[at] ?? 0)
  }
  return { bits: 0, places, next, last: most + 1, sums }
}

/** Leaves out cells without pixels. */
function meansOf({ bits, next, sums: room }: Cells): Histogram {
  const sums = room.subarray(0, (4 * (next - 1)) << bits)
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
