import type { Palette } from './palette.js'

/** The colours of an image that has few, in the order in which they appear, and the colour of each pixel. */
export interface DistinctColours {
  palette: Palette
  /** One for each pixel; invisible pixels have 0. */
  indices: Uint8Array
}

/** The slots of the hash table: 2^10, four times the 256 colours that are needed at most. */
const slotBits = 10
const slots = 1 << slotBits
const mostColours = 256

/** The colours of the visible pixels, or undefined when there are more than `most` (256 at most). */
export function distinctColours(rgba: Uint8Array, most: number): DistinctColours | undefined {
  const seen = new Int32Array(slots).fill(-1)
  const numbers = new Uint8Array(slots)
  const found: number[] = []
  const indices = new Uint8Array(rgba.length / 4)
  for (let i = 0, at = 0; i < indices.length; i++, at += 4) {
    if (rgba[at + 3] === 0) continue
    const colour = ((rgba[at] ?? 0) << 16) | ((rgba[at + 1] ?? 0) << 8) | (rgba[at + 2] ?? 0)
    let slot = Math.imul(colour, 0x9e3779b1) >>> (32 - slotBits)
    while (seen[slot] !== -1 && seen[slot] !== colour) slot = (slot + 1) & (slots - 1)
    if (seen[slot] === -1) {
      if (found.length >= Math.min(most, mostColours)) return undefined
      seen[slot] = colour
      numbers[slot] = found.length
      found.push(colour)
    }
    indices[i] = numbers[slot] ?? 0
  }
  return { palette: Uint8Array.from(found.flatMap(c => [c >> 16, (c >> 8) & 255, c & 255])), indices }
}
