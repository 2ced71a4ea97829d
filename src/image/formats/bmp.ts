import type { Indexed } from '../colour/indexed.js'
import { bitsFor, coloursOf } from '../colour/palette.js'
import type { SaveFormat } from '../format.js'
import { packedRows } from './packed-rows.js'

/** File header and BITMAPINFOHEADER (Windows 3.0). Bytes. */
const headers = 54

/** Windows bitmaps. */
export const bmp = {
  name: 'bmp',
  mediaType: 'image/bmp',
  kind: 'save',
  write: candidate => writeBmp(candidate.indexed())
} as const satisfies SaveFormat

/**
 * Writes an uncompressed Windows bitmap of 1, 4 or 8 bits for each pixel, from the bottom up, as Paintbrush of Windows
 * 3 reads it.
 */
function writeBmp(image: Indexed): Buffer {
  const { width, height, palette } = image
  const fewest = bitsFor(palette)
  const bits = fewest === 1 ? 1 : fewest <= 4 ? 4 : 8
  const { rows, rowBytes } = packedRows(image, bits, 4)
  const start = headers + 4 * (1 << bits)
  const file = Buffer.alloc(start)
  file.write('BM')
  file.writeUInt32LE(start + height * rowBytes, 2)
  file.writeUInt32LE(start, 10)
  file.writeUInt32LE(40, 14)
  file.writeInt32LE(width, 18)
  file.writeInt32LE(height, 22)
  file.writeUInt16LE(1, 26)
  file.writeUInt16LE(bits, 28)
  for (const [i, [red, green, blue]] of coloursOf(palette).entries()) file.set([blue, green, red], headers + i * 4)
  return Buffer.concat([file, ...rows.reverse()])
}
