import type { Palette } from './palette.js'

/** Finds the index of the palette's colour that is nearest to a colour; channels from 0 to 255, fractions allowed. */
export type Nearest = (red: number, green: number, blue: number) => number

/**
 * Remembers answers for colours that agree in six bits a channel: what dithering asks for every pixel. Five bits would
 * give neighbouring colours of a sky's palette one cell.
 */
export function nearestCell (palette: Palette): Nearest {
  const search = nearest(palette)
  // index + 1; 0 is a cell that has not been met
  const cells = new Uint16Array(1 << 18)
  return (red, green, blue) => {
    const cell = ((red & 0xfc) << 10) | ((green & 0xfc) << 4) | (blue >> 2)
    const known = cells[cell]!
    if (known > 0) return known - 1
    const index = search((red & 0xfc) | 2, (green & 0xfc) | 2, (blue & 0xfc) | 2)
    cells[cell] = index + 1
    return index
  }
}

/**
 * Exact search. Colours are put into blocks of 16 by 16 by 16, and for each block only those of the palette are looked
 * at that can be nearest to some colour in it. The list is made when the block is first met, out of the list of the
 * larger block (64 by 64 by 64) around it. Measured with 256 colours: about twenty
 * are left.
 */
export function nearest (palette: Palette | Float64Array): Nearest {
  // one kind of array, whatever came: the loops below are several times slower when they meet two
  const colours = Float64Array.from(palette)
  const all = Uint8Array.from({ length: colours.length / 3 }, (_, i) => i)
  const large: (Uint8Array | undefined)[] = new Array<Uint8Array | undefined>(64).fill(undefined)
  const small: (Uint8Array | undefined)[] = new Array<Uint8Array | undefined>(4096).fill(undefined)
  const listFor = (red: number, green: number, blue: number): Uint8Array => {
    const block = ((red >> 6) << 4) | ((green >> 6) << 2) | (blue >> 6)
    large[block] ??= candidates(colours, all, red & 0xc0, green & 0xc0, blue & 0xc0, 64)
    return candidates(colours, large[block], red & 0xf0, green & 0xf0, blue & 0xf0, 16)
  }
  return (red, green, blue) => {
    const block = ((red >> 4) << 8) | ((green >> 4) << 4) | (blue >> 4)
    return nearestOf(colours, (small[block] ??= listFor(red, green, blue)), red, green, blue)
  }
}

function nearestOf (colours: Float64Array, list: Uint8Array, red: number, green: number, blue: number): number {
  let best = list[0]!
  if (list.length === 1) return best
  let bestDistance = Infinity
  for (let k = 0; k < list.length; k++) {
    const at = list[k]! * 3
    const dr = colours[at]! - red
    const dg = colours[at + 1]! - green
    const db = colours[at + 2]! - blue
    const distance = dr * dr + dg * dg + db * db
    if (distance < bestDistance) {
      bestDistance = distance
      best = list[k]!
    }
  }
  return best
}

/** Those of a list that are no farther from a block's nearest point than another is from its farthest corner. */
function candidates (
  colours: Float64Array,
  list: Uint8Array,
  red: number,
  green: number,
  blue: number,
  side: number
): Uint8Array {
  const half = side / 2
  const closest = new Float64Array(list.length)
  let reach = Infinity
  for (let k = 0; k < list.length; k++) {
    const at = list[k]! * 3
    const dr = Math.abs(colours[at]! - red - half)
    const dg = Math.abs(colours[at + 1]! - green - half)
    const db = Math.abs(colours[at + 2]! - blue - half)
    closest[k] = square(Math.max(0, dr - half)) + square(Math.max(0, dg - half)) + square(Math.max(0, db - half))
    reach = Math.min(reach, square(dr + half) + square(dg + half) + square(db + half))
  }
  const kept = new Uint8Array(list.length)
  let count = 0
  for (let k = 0; k < list.length; k++) if (closest[k]! <= reach) kept[count++] = list[k]!
  return kept.subarray(0, count)
}

function square (value: number): number {
  return value * value
}
