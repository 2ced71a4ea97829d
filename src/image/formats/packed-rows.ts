import type { Indexed } from '../colour/indexed.js'

export interface PackedRows {
  readonly rows: Buffer[]
  readonly rowBytes: number
}

/** Packs the rows of an image, the first pixel in the highest bits, and pads them to a multiple of bytes. */
export function packedRows({ width, height, indices }: Indexed, bits: 1 | 2 | 4 | 8, multiple: number): PackedRows {
  const rowBytes = Math.ceil((width * bits) / 8 / multiple) * multiple
  const perByte = 8 / bits
  const rows = Array.from({ length: height }, (_, y) => {
    const row = Buffer.alloc(rowBytes)
    for (let x = 0; x < width; x++) {
      const at = Math.floor(x / perByte)
      const index = indices[y * width + x] ?? 0
      row[at] = (row[at] ?? 0) | (index << (8 - bits - (x % perByte) * bits))
    }
    return row
  })
  return { rows, rowBytes }
}
