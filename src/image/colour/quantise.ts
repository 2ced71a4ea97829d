import { histogram, type Histogram } from './histogram.js'
import { nearest } from './nearest.js'
import type { Palette } from './palette.js'

/** A range of cells in `order` that becomes one colour, and the gain of splitting it along its best channel. */
interface Box {
  from: number
  to: number
  gain: number
  channel: number
  middle: number
}

/**
 * The rounds of k-means after the cut. Measured: two gain 0.1 to 0.5 dB, a third would gain less than 0.1 more. Few
 * colours need more rounds, which cost less.
 */
const roundsFor = (colours: number): number => (colours <= 16 ? 8 : 2)

/** Chooses the colours for an image: exactly `colours` of them, or all of its colours if these are fewer. */
export function quantise(rgba: Uint8Array, colours: number): Palette {
  const cells = histogram(rgba)
  let means = cut(cells, colours)
  for (let round = 0; round < roundsFor(colours); round++) means = settle(cells, means)
  return Uint8Array.from(means, Math.round)
}

/** Median cut in its variance form: the box with the largest gain is split at its mean, until there are enough. */
function cut(cells: Histogram, colours: number): Float64Array {
  const order = Int32Array.from({ length: cells.size }, (_, i) => i)
  if (cells.size === 0) return new Float64Array(0)
  const boxes = [measure(cells, order, 0, cells.size)]
  while (boxes.length < colours) {
    const box = boxes.reduce((a, b) => (b.gain > a.gain ? b : a))
    if (box.gain === 0) break
    const at = partition(cells, order, box)
    boxes.splice(boxes.indexOf(box), 1, measure(cells, order, box.from, at), measure(cells, order, at, box.to))
  }
  return Float64Array.from(boxes.flatMap(box => meanOf(cells, order, box)))
}

function measure(cells: Histogram, order: Int32Array, from: number, to: number): Box {
  let best: Box = { from, to, gain: 0, channel: 0, middle: 0 }
  for (let channel = 0; channel < 3; channel++) {
    let weight = 0
    let sum = 0
    let squares = 0
    for (let i = from; i < to; i++) {
      const w = cells.weight[order[i]!]!
      const value = cells.mean[order[i]! * 3 + channel]!
      weight += w
      sum += w * value
      squares += w * value * value
    }
    const gain = squares - (sum * sum) / weight
    // a thousandth is a rounding error and no difference in colour: all cells have the same value
    if (to - from < 2 || gain <= best.gain || gain <= weight / 1000) continue
    best = { from, to, gain, channel, middle: sum / weight }
  }
  return best
}

/** Moves the cells below the middle to the front and returns where the others begin; both sides have at least one. */
function partition(cells: Histogram, order: Int32Array, box: Box): number {
  let low = box.from
  for (let i = box.from; i < box.to; i++) {
    const cell = order[i]!
    if (cells.mean[cell * 3 + box.channel]! >= box.middle) continue
    order[i] = order[low]!
    order[low++] = cell
  }
  return Math.min(Math.max(low, box.from + 1), box.to - 1)
}

function meanOf(cells: Histogram, order: Int32Array, box: Box): [number, number, number] {
  let [red, green, blue, weight] = [0, 0, 0, 0]
  for (const cell of order.subarray(box.from, box.to)) {
    const w = cells.weight[cell] ?? 0
    const [cellRed = 0, cellGreen = 0, cellBlue = 0] = cells.mean.subarray(cell * 3, cell * 3 + 3)
    red += w * cellRed
    green += w * cellGreen
    blue += w * cellBlue
    weight += w
  }
  return [red / weight, green / weight, blue / weight]
}

/** One round of k-means: each cell goes to its nearest colour, each colour to the mean of its cells. */
function settle(cells: Histogram, means: Float64Array): Float64Array {
  const find = nearest(Uint8Array.from(means, Math.round))
  const sums = new Float64Array(means.length)
  const weights = new Float64Array(means.length / 3)
  for (let cell = 0; cell < cells.size; cell++) {
    const [at, w] = [cell * 3, cells.weight[cell]!]
    const to = find(cells.mean[at]!, cells.mean[at + 1]!, cells.mean[at + 2]!)
    weights[to]! += w
    for (let channel = 0; channel < 3; channel++) sums[to * 3 + channel]! += w * cells.mean[at + channel]!
  }
  return means.map((old, i) => {
    const weight = weights[Math.floor(i / 3)] ?? 0
    return weight > 0 ? (sums[i] ?? 0) / weight : old
  })
}
