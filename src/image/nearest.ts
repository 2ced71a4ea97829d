import type { Palette } from './palette.js'

/** Finds the index of the palette's colour that is nearest to a colour; channels from 0 to 255, fractions allowed. */
export type Nearest = (red: number, green: number, blue: number) => number

/** Sides of the blocks of colours, in levels. */
const largeSide = 64
const smallSide = 16

/**
 * Exact search. Colours are put into blocks of 16 by 16 by 16, and for each block only those of the palette are looked
 * at that can be nearest to some colour in it, those that are near its middle first: about twenty of 256, and five until
 * none can be nearer. The list is made when the block is first met, out of the list of the larger block (64 by 64 by 64)
 * around it.
 */
export function nearest (palette: Palette): Nearest {
  // one kind of array, whatever came: the loops below are several times slower when they meet two
  const colours = Int32Array.from(palette)
  const count = colours.length / 3
  // All lists are in one array: an array for each costs more than to fill it. A list is its length and its indices; 0
  // is a block that has not been met, 1 the list of all colours.
  const large = new Int32Array(64)
  const small = new Int32Array(4096)
  let lists = new Uint16Array(1 << 14)
  let fromMiddle = new Float32Array(1 << 14)
  let end = count + 2
  lists[1] = count
  for (let k = 0; k < count; k++) lists[2 + k] = k
  const closest = new Int32Array(count)
  const middles = new Int32Array(count)

  /** Those of a list that are no farther from a block's nearest point than another is from its farthest corner. */
  const narrow = (from: number, red: number, green: number, blue: number, side: number): number => {
    const start = end
    const length = lists[from]!
    const half = side / 2
    let reach = 1e9
    for (let k = 0; k < length; k++) {
      const at = lists[from + 1 + k]! * 3
      const dr = Math.abs(colours[at]! - red - half)
      const dg = Math.abs(colours[at + 1]! - green - half)
      const db = Math.abs(colours[at + 2]! - blue - half)
      closest[k] = square(Math.max(0, dr - half)) + square(Math.max(0, dg - half)) + square(Math.max(0, db - half))
      middles[k] = dr * dr + dg * dg + db * db
      reach = Math.min(reach, square(dr + half) + square(dg + half) + square(db + half))
    }
    if (start + length + 1 > lists.length) {
      lists = longer(lists, new Uint16Array(lists.length * 2))
      fromMiddle = longer(fromMiddle, new Float32Array(lists.length * 2))
    }
    let to = start + 1
    for (let k = 0; k < length; k++) {
      if (closest[k]! > reach) continue
      const distance = Math.sqrt(middles[k]!)
      let place = to++
      for (; place > start + 1 && fromMiddle[place - 1]! > distance; place--) {
        lists[place] = lists[place - 1]!
        fromMiddle[place] = fromMiddle[place - 1]!
      }
      lists[place] = lists[from + 1 + k]!
      fromMiddle[place] = distance
    }
    lists[start] = to - start - 1
    end = to
    return start
  }

  const listFor = (block: number): number => {
    const red = (block >> 8) << 4
    const green = ((block >> 4) & 15) << 4
    const blue = (block & 15) << 4
    const around = ((red >> 6) << 4) | ((green >> 6) << 2) | (blue >> 6)
    if (large[around] === 0) large[around] = narrow(1, red & 0xc0, green & 0xc0, blue & 0xc0, largeSide)
    return (small[block] = narrow(large[around]!, red, green, blue, smallSide))
  }

  return (red, green, blue) => {
    const block = ((red >> 4) << 8) | ((green >> 4) << 4) | (blue >> 4)
    let at = small[block]!
    if (at === 0) at = listFor(block)
    const last = at + lists[at]!
    let best = lists[++at]!
    if (at === last) return best
    const r = (red & 15) - 8
    const g = (green & 15) - 8
    const b = (blue & 15) - 8
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
      // what is farther from the middle than this is farther from the colour than the best
      radius = Math.sqrt(distance) + off
      best = index
    }
    return best
  }
}

function square (value: number): number {
  return value * value
}

function longer<T extends Uint16Array | Float32Array> (array: T, twice: T): T {
  twice.set(array)
  return twice
}
