/** Six bits of a channel: two that are dropped. */
const bits = 6
const drop = 8 - bits

/** Whether the visible pixels have more colours than so many, of six bits a channel. A photograph has after a few rows. */
export function hasMoreColours(rgba: Uint8Array, most: number): boolean {
  const seen = new Uint8Array(1 << (3 * bits))
  let found = 0
  for (let i = 0; i < rgba.length; i += 4) {
    if (rgba[i + 3] === 0) continue
    const red = (rgba[i] ?? 0) >> drop
    const green = (rgba[i + 1] ?? 0) >> drop
    const blue = (rgba[i + 2] ?? 0) >> drop
    const cell = (red << (2 * bits)) | (green << bits) | blue
    if (seen[cell] === 1) continue
    seen[cell] = 1
    if (++found > most) return true
  }
  return false
}
