import { codeSizeFor, mostCodes } from './lzw.js'
import type { Nearest } from '../colour/nearest.js'
import { bitsFor, type Palette } from '../colour/palette.js'

/** Chooses the indices of pixels in the order of the file. */
export interface Strings {
  /** The colour for a visible pixel. */
  colour: Nearest
  /** The index for a pixel that is not drawn: the one after the last colour. */
  hole: () => number
}

/**
 * Follows the strings that lzw() will build. If a string continues with a colour that is off by at most `tolerance`
 * levels for each channel, that colour is chosen and the file becomes shorter; else the nearest colour of the palette.
 */
export function followStrings(palette: Palette, find: Nearest, tolerance: number): Strings {
  const hole = palette.length / 3
  // the hole is farther from every colour than any tolerance, and near enough for whole numbers
  const colours = Int32Array.of(...palette, -9999, -9999, -9999)
  const enough = tolerance * tolerance * 3
  // a colour that is half as far off ends the search: this changes neither quality nor bytes (measured)
  const soon = enough / 4
  // the strings that continue a string form a chain: the first of them, and the next of each; 0 ends it
  const first = new Uint16Array(mostCodes + 1)
  const following = new Uint16Array(mostCodes)
  const last = new Uint8Array(mostCodes)
  const firstCode = (1 << codeSizeFor(bitsFor(palette))) + 2
  let next = firstCode
  // before the first pixel there is no string
  let prefix = mostCodes

  const begin = (index: number): number => {
    if (next === mostCodes) {
      first.fill(0)
      next = firstCode
    } else if (prefix !== mostCodes) {
      last[next] = index
      following[next] = first[prefix] ?? 0
      first[prefix] = next++
    }
    return (prefix = index)
  }

  return {
    colour: (red, green, blue) => {
      let known = 0
      let least = 1e9
      for (let code = first[prefix] ?? 0; code !== 0; code = following[code] ?? 0) {
        const at = (last[code] ?? 0) * 3
        const dr = (colours[at] ?? 0) - red
        const dg = (colours[at + 1] ?? 0) - green
        const db = (colours[at + 2] ?? 0) - blue
        const distance = dr * dr + dg * dg + db * db
        if (distance >= least) continue
        least = distance
        known = code
        if (distance <= soon) break
      }
      const index = least <= enough ? (last[known] ?? 0) : find(red, green, blue)
      if (known === 0 || last[known] !== index) return begin(index)
      prefix = known
      return index
    },
    hole: () => {
      for (let code = first[prefix] ?? 0; code !== 0; code = following[code] ?? 0) {
        if (last[code] !== hole) continue
        prefix = code
        return hole
      }
      return begin(hole)
    }
  }
}
