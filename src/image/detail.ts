import type { Picture } from './picture.js'

/** At so many levels of a channel, in all channels together, a pixel is as costly as it gets. */
const EDGE_LEVELS = 48
const LEAST_DETAIL = 0.1

/** Of a larger picture every second, third ... row is looked at, so that there are about as many. Pixels */
const ENOUGH = 40_000

/**
 * How much there is to write in a picture: pixels count by how far they are from the one before, and a little each. All
 * of a picture of noise has its number of pixels.
 */
export function detailOf({ rgba, width, height }: Picture): number {
  const step = Math.max(1, Math.floor((width * height) / ENOUGH))
  let detail = 0
  let rows = 0
  for (let y = 0; y < height; y += step, rows++) {
    const end = (y + 1) * width * 4
    for (let at = y * width * 4 + 4; at < end; at += 4) {
      const off =
        Math.abs((rgba[at] ?? 0) - (rgba[at - 4] ?? 0)) +
        Math.abs((rgba[at + 1] ?? 0) - (rgba[at - 3] ?? 0)) +
        Math.abs((rgba[at + 2] ?? 0) - (rgba[at - 2] ?? 0))
      detail += LEAST_DETAIL + Math.min(1, off / EDGE_LEVELS)
    }
  }
  return (detail * height) / rows
}
