/** The colours of an image in cells: the weight and the mean colour of each cell. */
export interface Histogram {
  size: number
  weight: Float64Array
  /** Three values for each cell. */
  mean: Float64Array
}

/** This many cells are enough to choose 256 colours from; k-means takes time for each. */
const plenty = 1024

/**
 * Counts the visible pixels by colour, with five bits for each channel. An image with few such colours is counted with
 * six: five would leave 32 greys of a grey photograph. A cell has the mean of its pixels and not its corner.
 */
export function histogram(rgba: Uint8Array): Histogram {
  const coarse = count(rgba, 5)
  return coarse.size >= plenty ? coarse : count(rgba, 6)
}

function count(rgba: Uint8Array, bits: 5 | 6): Histogram {
  const place = new Uint32Array(1 << (3 * bits))
  const drop = 8 - bits
  const most = Math.min(place.length, rgba.length / 4)
  const weight = new Float64Array(most)
  const mean = new Float64Array(most * 3)
  let size = 0
  for (let i = 0; i < rgba.length; i += 4) {
    if (rgba[i + 3] === 0) continue
    const red = rgba[i] ?? 0
    const green = rgba[i + 1] ?? 0
    const blue = rgba[i + 2] ?? 0
    const cell = (((red >> drop) << (2 * bits)) | ((green >> drop) << bits) | (blue >> drop)) >>> 0
    // 0 means that the cell is empty
    let at = (place[cell] ?? 0) - 1
    if (at < 0) {
      at = size++
      place[cell] = size
    }
    const sum = at * 3
    weight[at] = (weight[at] ?? 0) + 1
    mean[sum] = (mean[sum] ?? 0) + red
    mean[sum + 1] = (mean[sum + 1] ?? 0) + green
    mean[sum + 2] = (mean[sum + 2] ?? 0) + blue
  }
  for (let at = 0; at < size; at++) {
    const count = weight[at] ?? 1
    for (let i = at * 3; i < at * 3 + 3; i++) mean[i] = (mean[i] ?? 0) / count
  }
  return { size, weight: weight.subarray(0, size), mean: mean.subarray(0, size * 3) }
}
