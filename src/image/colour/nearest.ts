import type { Palette } from './palette.js'

/** Finds the index of the nearest colour in the palette; channels are from 0 to 255, and may be fractions. */
export type Nearest = (red: number, green: number, blue: number) => number

interface Colour {
  readonly red: number
  readonly green: number
  readonly blue: number
}

/** All colours, divided into blocks of one size: cubes with a side of 2 to the power of `shift` levels. */
interface Grid {
  readonly shift: number
  /** Where the list of each block begins; 0 is a block that was not needed yet. */
  readonly starts: Int32Array
  /** The grid of larger blocks, from whose lists those of this one are made. */
  readonly larger?: Grid
}

/** Blocks of 64, 32 and 16 levels. */
const largeShift = 6
const middleShift = 5
const smallShift = 4

/** The list of all colours of the palette begins here. */
const allColours = 1

/**
 * Lists of colours of a palette, all in one array: an array for each would cost more than filling it. A list is its
 * length and its indices.
 */
interface Lists {
  readonly colours: Int32Array
  /** Room for the distances of one list's colours. */
  readonly distances: Int32Array
  entries: Uint16Array
  /** At the place of each index, how far its colour is from the middle of the block. */
  fromMiddle: Float32Array
  end: number
}

/**
 * Exact search. Colours are divided into blocks of 16 by 16 by 16. For each block only those colours of the palette are
 * compared that can be nearest to some colour in it, beginning with those near its middle: about twenty of 256, of
 * which five are compared before none can be nearer. The list of a block is made when it is first needed, from the list
 * of the larger block around it.
 */
export function nearest(palette: Palette): Nearest {
  const lists = createLists(palette)
  const { colours } = lists
  const small = createGrid(smallShift, createGrid(middleShift, createGrid(largeShift)))
  const { starts } = small
  // V8 inlines this function, which is called for each pixel, only up to 460 bytes of its bytecode
  return (red, green, blue) => {
    let at =
      starts[((red >> 4) << 8) | ((green >> 4) << 4) | (blue >> 4)] || startOf(lists, small, { red, green, blue })
    const { entries, fromMiddle } = lists
    const last = at + (entries[at] ?? 0)
    let best = entries[++at] ?? 0
    if (at === last) return best
    const r = red - (red & 0xf0) - 8
    const g = green - (green & 0xf0) - 8
    const b = blue - (blue & 0xf0) - 8
    const off = Math.sqrt(r * r + g * g + b * b)
    let bestDistance = 1e9
    let radius = 1e9
    for (; at <= last && (fromMiddle[at] ?? 0) <= radius; at++) {
      const index = entries[at] ?? 0
      const from = index * 3
      const dr = (colours[from] ?? 0) - red
      const dg = (colours[from + 1] ?? 0) - green
      const db = (colours[from + 2] ?? 0) - blue
      const distance = dr * dr + dg * dg + db * db
      if (distance >= bestDistance) continue
      bestDistance = distance
      // a colour that is farther from the middle than this is farther away than the best
      radius = Math.sqrt(distance) + off
      best = index
    }
    return best
  }
}

function createLists(palette: Palette): Lists {
  // the kind of array must not vary: the loops here are several times slower when they meet two
  const colours = Int32Array.from(palette)
  const count = colours.length / 3
  const entries = new Uint16Array(1 << 14)
  entries[allColours] = count
  for (let k = 0; k < count; k++) entries[allColours + 1 + k] = k
  const [distances, fromMiddle] = [new Int32Array(count), new Float32Array(entries.length)]
  return { colours, distances, entries, fromMiddle, end: allColours + count + 1 }
}

function createGrid(shift: number, larger?: Grid): Grid {
  const starts = new Int32Array(1 << (3 * (8 - shift)))
  return larger === undefined ? { shift, starts } : { shift, starts, larger }
}

/** Where the list of the block with this colour begins; it is made if it is not there. */
function startOf(lists: Lists, grid: Grid | undefined, colour: Colour): number {
  if (grid === undefined) return allColours
  const { shift, starts, larger } = grid
  const [red, green, blue] = [colour.red >> shift, colour.green >> shift, colour.blue >> shift]
  const block = (red << (2 * (8 - shift))) | (green << (8 - shift)) | blue
  const known = starts[block] ?? 0
  if (known !== 0) return known
  const half = 1 << (shift - 1)
  const middle = { red: (red << shift) + half, green: (green << shift) + half, blue: (blue << shift) + half }
  return (starts[block] = narrow(lists, startOf(lists, larger, colour), { middle, half }))
}

/**
 * Makes the list of those colours that can be nearest to a colour of a block. No colour of the block is farther from
 * its middle than the radius, so that these are no farther from the middle than the nearest one and twice the radius.
 */
function narrow(lists: Lists, from: number, { middle, half }: { middle: Colour; half: number }): number {
  const length = lists.entries[from] ?? 0
  const start = lists.end
  makeRoom(lists, start + length + 1)
  const { entries, fromMiddle, distances } = lists
  const reach = square(Math.sqrt(measure(lists, from, middle)) + 2 * half * Math.sqrt(3))
  const isSorted = 2 * half === 1 << smallShift
  let to = start + 1
  for (let k = 0; k < length; k++) {
    if ((distances[k] ?? 0) > reach) continue
    const distance = Math.sqrt(distances[k] ?? 0)
    let place = to++
    for (; isSorted && place > start + 1 && (fromMiddle[place - 1] ?? 0) > distance; place--) {
      entries[place] = entries[place - 1] ?? 0
      fromMiddle[place] = fromMiddle[place - 1] ?? 0
    }
    entries[place] = entries[from + 1 + k] ?? 0
    fromMiddle[place] = distance
  }
  entries[start] = to - start - 1
  lists.end = to
  return start
}

/** Notes the squares of the distances of a list's colours from the middle of a block, and returns the least. */
function measure({ colours, entries, distances }: Lists, from: number, { red, green, blue }: Colour): number {
  const length = entries[from] ?? 0
  let least = 1e9
  for (let k = 0; k < length; k++) {
    const at = (entries[from + 1 + k] ?? 0) * 3
    const dr = (colours[at] ?? 0) - red
    const dg = (colours[at + 1] ?? 0) - green
    const db = (colours[at + 2] ?? 0) - blue
    const distance = dr * dr + dg * dg + db * db
    distances[k] = distance
    if (distance < least) least = distance
  }
  return least
}

function makeRoom(lists: Lists, length: number): void {
  if (length <= lists.entries.length) return
  const room = lists.entries.length * 2
  lists.entries = longer(lists.entries, new Uint16Array(room))
  lists.fromMiddle = longer(lists.fromMiddle, new Float32Array(room))
}

function square(value: number): number {
  return value * value
}

function longer<T extends Uint16Array | Float32Array>(array: T, twice: T): T {
  twice.set(array)
  return twice
}
