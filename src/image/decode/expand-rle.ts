import type { Size } from '../fit.js'

/**
 * Expands the run lengths of a bitmap (BI_RLE8 and BI_RLE4) to one index for each byte, with rows in file order.
 * Skipped pixels are 0; runs outside of the image are dropped, so that hostile ones cost nothing.
 */
export function expandRle(bytes: Buffer, { width, height }: Size, bits: 4 | 8): Uint8Array {
  const out = new Uint8Array(width * height)
  let at = 0
  let x = 0
  let y = 0
  const put = (index: number): void => {
    if (x < width) out[y * width + x++] = index
  }
  while (at + 1 < bytes.length && y < height) {
    const count = bytes[at++] ?? 0
    const code = bytes[at++] ?? 0
    if (count > 0) {
      for (let i = 0; i < count; i++) put(pick(code, i, bits))
    } else if (code === 0) {
      x = 0
      y++
    } else if (code === 1) {
      break
    } else if (code === 2) {
      x += bytes[at++] ?? 0
      y += bytes[at++] ?? 0
    } else {
      for (let i = 0; i < code; i++) put(pick(bytes[at + ((i * bits) >> 3)] ?? 0, i, bits))
      // literal runs end on an even byte
      at += Math.ceil((code * bits) / 16) * 2
    }
  }
  return out
}

function pick(byte: number, i: number, bits: 4 | 8): number {
  if (bits === 8) return byte
  return i & 1 ? byte & 15 : byte >> 4
}
