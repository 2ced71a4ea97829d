import { ColourBlocks } from './colour-blocks.js'
import type { Histogram } from './histogram.js'
import { entriesOf, squareBetween, type Palette } from './palette.js'

/** Cells that become one colour, and the gain of splitting them along their best channel. */
interface Box {
  cells: Int32Array
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
export function quantise(counted: Histogram, colours: number): Palette {
  let means = cut(counted, colours)
  for (let round = 0; round < roundsFor(colours); round++) means = settle(counted, means)
  return Uint8Array.from(means, Math.round)
}

/** Median cut in its variance form: the box with the largest gain is split at its mean, until there are enough. */
function cut(counted: Histogram, colours: number): Float64Array {
  if (counted.size === 0) return new Float64Array(0)
  const boxes = [
    measure(
      counted,
      new Int32Array(counted.size).map((_, i) => i)
    )
  ]
  while (boxes.length < colours) {
    const box = boxes.reduce((a, b) => (b.gain > a.gain ? b : a))
    if (box.gain === 0) break
    const at = partition(counted, box)
    const halves = [box.cells.subarray(0, at), box.cells.subarray(at)]
    boxes.splice(boxes.indexOf(box), 1, ...halves.map(cells => measure(counted, cells)))
  }
  return Float64Array.from(boxes.flatMap(({ cells }) => meanOf(counted, cells)))
}

function measure(counted: Histogram, cells: Int32Array): Box {
  const { weight: weights, mean } = counted
  let weight = 0
  let [red, green, blue] = [0, 0, 0]
  let [redSquares, greenSquares, blueSquares] = [0, 0, 0]
  for (let i = 0; i < cells.length; i++) {
    const cell = cells[i] ?? 0
    const w = weights[cell] ?? 0
    const r = mean[cell * 3] ?? 0
    const g = mean[cell * 3 + 1] ?? 0
    const b = mean[cell * 3 + 2] ?? 0
    weight += w
    red += w * r
    green += w * g
    blue += w * b
    redSquares += w * r * r
    greenSquares += w * g * g
    blueSquares += w * b * b
  }
  const sums = [red, green, blue]
  const gains = [redSquares, greenSquares, blueSquares].map((squares, i) => squares - square(sums[i] ?? 0) / weight)
  const gain = Math.max(...gains)
  const channel = gains.indexOf(gain)
  // a thousandth is a rounding error and no difference in colour: all cells have the same value
  if (cells.length < 2 || gain <= weight / 1000) return { cells, gain: 0, channel: 0, middle: 0 }
  return { cells, gain, channel, middle: (sums[channel] ?? 0) / weight }
}

/** Moves the cells below the middle to the front and returns where the others begin; both sides have at least one. */
function partition(counted: Histogram, { cells, channel, middle }: Box): number {
  let low = 0
  for (let i = 0; i < cells.length; i++) {
    const cell = cells[i] ?? 0
    if ((counted.mean[cell * 3 + channel] ?? 0) >= middle) continue
    cells[i] = cells[low] ?? 0
    cells[low++] = cell
  }
  return Math.min(Math.max(low, 1), cells.length - 1)
}

function meanOf(counted: Histogram, cells: Int32Array): [number, number, number] {
  let [red, green, blue, weight] = [0, 0, 0, 0]
  for (let i = 0; i < cells.length; i++) {
    const cell = cells[i] ?? 0
    const w = counted.weight[cell] ?? 0
    red += w * (counted.mean[cell * 3] ?? 0)
    green += w * (counted.mean[cell * 3 + 1] ?? 0)
    blue += w * (counted.mean[cell * 3 + 2] ?? 0)
    weight += w
  }
  return [red / weight, green / weight, blue / weight]
}

interface Colour {
  readonly red: number
  readonly green: number
  readonly blue: number
}

/**
 * The index of the nearest colour to one whose channels are fractions, as Nearest finds it, but in the larger blocks: there
 * are few cells.
 */
function nearestOf(blocks: ColourBlocks, { red, green, blue }: Colour): number {
  const asked = (red << 16) | (green << 8) | blue
  const list = blocks.listFor(asked, blocks.middle)
  const { entries } = blocks
  const end = list + (entries[list] ?? 0)
  const middle = (asked & 0xf0f0f0) | 0x080808
  let least = 1e9
  let best = 0
  for (let at = list + 1; at <= end; at++) {
    const entry = entries[at] ?? 0
    const dr = ((entry >> 16) & 255) - red
    const dg = ((entry >> 8) & 255) - green
    const db = (entry & 255) - blue
    const distance = dr * dr + dg * dg + db * db
    if (distance > least || (distance === least && squareBetween(entry, middle) >= squareBetween(best, middle)))
      continue
    least = distance
    best = entry
  }
  return best >>> 24
}

/** One round of k-means: each cell goes to its nearest colour, each colour to the mean of its cells. */
function settle({ size, weight, mean }: Histogram, means: Float64Array): Float64Array {
  const blocks = new ColourBlocks(entriesOf(Uint8Array.from(means, Math.round)), 'few')
  const sums = new Float64Array(means.length)
  const weights = new Float64Array(means.length / 3)
  for (let cell = 0; cell < size; cell++) {
    const at = cell * 3
    const w = weight[cell] ?? 0
    const red = mean[at] ?? 0
    const green = mean[at + 1] ?? 0
    const blue = mean[at + 2] ?? 0
    const to = nearestOf(blocks, { red, green, blue })
    const sum = to * 3
    weights[to] = (weights[to] ?? 0) + w
    sums[sum] = (sums[sum] ?? 0) + w * red
    sums[sum + 1] = (sums[sum + 1] ?? 0) + w * green
    sums[sum + 2] = (sums[sum + 2] ?? 0) + w * blue
  }
  return means.map((old, i) => {
    const all = weights[Math.floor(i / 3)] ?? 0
    return all > 0 ? (sums[i] ?? 0) / all : old
  })
}

function square(value: number): number {
  return value * value
}
