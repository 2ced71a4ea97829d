import type { Indexed } from '../colour/indexed.js'

/**
 * The rows of an image with so many bits a pixel, the first pixel in the highest bits, filled up to a multiple of
 * bytes.
 */
export function packedRows({ width, height, indices }: Indexed, bits: 1 | 2 | 4 | 8, multiple: number): Buffer[] {
  const stride = Math.ceil((width * bits) / 8 / multiple) * multiple
  const perByte = 8 / bits
  return Array.from({ length: height }, (_, y) => {
    const row = Buffer.alloc(stride)
    for (let x = 0; x < width; x++)
      row[Math.floor(x / perByte)]! |= indices[y * width + x]! << (8 - bits - (x % perByte) * bits)
    return row
  })
}
