import type { Palette } from './palette.js'

/** Finds the index of the nearest colour in the palette; channels are from 0 to 255, and may be fractions. */
export type Nearest = (red: number, green: number, blue: number) => number

/** The sides of the blocks of colours, in levels. */
const largeSide = 64
const middleSide = 32
const smallSide = 16

/**
 * Exact search. Colours are divided into blocks of 16 by 16 by 16. For each block only those colours of the palette are
 * compared that can be nearest to some colour in it, beginning with those near its middle: about twenty of 256, of
 * which five are compared before none can be nearer. The list of a block is made when it is first needed, from the list
 * of the larger block around it.
 */
export function nearest(palette: Palette): Nearest {
  // the kind of array must not vary: the loops below are several times slower when they meet two
  const colours = Int32Array.from(palette)
  const count = colours.length / 3
  // All lists are in one array: an array for each would cost more than filling it. A list is its length and its
  // indices; 0 is a block that was not needed yet, 1 the list of all colours.
  const large = new Int32Array(64)
  const middle = new Int32Array(512)
  const small = new Int32Array(4096)
  let lists = new Uint16Array(1 << 14)
  let fromMiddle = new Float32Array(1 << 14)
  let end = count + 2
  lists[1] = count
  for (let k = 0; k < count; k++) lists[2 + k] = k
  const distances = new Int32Array(count)

  /**
   * Makes the list of those colours that can be nearest to a colour of a block. No colour of the block is farther from
   * its middle than the radius, so that these are no farther from the middle than the nearest one and twice the radius.
   */
  const narrow = (from: number, red: number, green: number, blue: number, side: number): number => {
    const start = end
    const length = lists[from]!
    if (start + length + 1 > lists.length) {
      const room = lists.length * 2
      lists = longer(lists, new Uint16Array(room))
      fromMiddle = longer(fromMiddle, new Float32Array(room))
    }
    const [all, far] = [lists, fromMiddle]
    const half = side / 2
    let least = 1e9
    for (let k = 0; k < length; k++) {
      const at = all[from + 1 + k]! * 3
      const dr = colours[at]! - red - half
      const dg = colours[at + 1]! - green - half
      const db = colours[at + 2]! - blue - half
      const distance = dr * dr + dg * dg + db * db
      distances[k] = distance
      if (distance < least) least = distance
    }
    const reach = square(Math.sqrt(least) + 2 * half * Math.sqrt(3))
    let to = start + 1
    const isSorted = side === smallSide
    for (let k = 0; k < length; k++) {
      if (distances[k]! > reach) continue
      const distance = Math.sqrt(distances[k]!)
      let place = to++
      for (; isSorted && place > start + 1 && far[place - 1]! > distance; place--) {
        all[place] = all[place - 1]!
        far[place] = far[place - 1]!
      }
      all[place] = all[from + 1 + k]!
      far[place] = distance
    }
    all[start] = to - start - 1
    end = to
    return start
  }

  const listFor = (block: number): number => {
    const red = (block >> 8) << 4
    const green = ((block >> 4) & 15) << 4
    const blue = (block & 15) << 4
    const around = ((red >> 6) << 4) | ((green >> 6) << 2) | (blue >> 6)
    const within = ((red >> 5) << 6) | ((green >> 5) << 3) | (blue >> 5)
    if (large[around] === 0) large[around] = narrow(1, red & 0xc0, green & 0xc0, blue & 0xc0, largeSide)
    if (middle[within] === 0) middle[within] = narrow(large[around]!, red & 0xe0, green & 0xe0, blue & 0xe0, middleSide)
    return (small[block] = narrow(middle[within]!, red, green, blue, smallSide))
  }

  return (red, green, blue) => {
    const block = ((red >> 4) << 8) | ((green >> 4) << 4) | (blue >> 4)
    let at = small[block]!
    if (at === 0) at = listFor(block)
    const last = at + lists[at]!
    let best = lists[++at]!
    if (at === last) return best
    const r = red - (red & 0xf0) - 8
    const g = green - (green & 0xf0) - 8
    const b = blue - (blue & 0xf0) - 8
    const off = Math.sqrt(r * r + g * g + b * b)
    let bestDistance = 1e9
    let radius = 1e9
    for (; at <= last && fromMiddle[at]! <= radius; at++) {
      const index = lists[at]!
      const dr = colours[index * 3]! - red
      const dg = colours[index * 3 + 1]! - green
      const db = colours[index * 3 + 2]! - blue
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

function square(value: number): number {
  return value * value
}

function longer<T extends Uint16Array | Float32Array>(array: T, twice: T): T {
  twice.set(array)
  return twice
}
