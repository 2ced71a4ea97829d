import { ImageError } from '../image-error.js'
import type { RawImage } from './read-bmp.js'

/** XBM is the text of a C program (X11R6, bitmap(1)): the size, then a bit for each pixel, the lowest first. */
const HEAD = /^\s*(?:\/\*[^*]*\*\/\s*)?#define\s+\w*width\s+(\d{1,5})\s+#define\s+\w*height\s+(\d{1,5})\s/

/** So many characters are looked at: a comment may stand before it. */
const HEAD_CHARACTERS = 2048

export const isXbm = (bytes: Buffer): boolean => HEAD.test(bytes.toString('latin1', 0, HEAD_CHARACTERS))

/**
 * Decodes a bitmap of X Window: black where a bit is set, nothing elsewhere, as Mosaic and Netscape draw it.
 * @throws ImageError when it is larger than allowed, or ends too early to have a size.
 */
export function readXbm(bytes: Buffer, maxPixels: number): RawImage {
  const text = bytes.toString('latin1')
  const [width = 0, height = 0] = (HEAD.exec(text) ?? []).slice(1).map(Number)
  if (width * height === 0) throw new ImageError('IMAGE_UNREADABLE', 'an XBM without pixels')
  if (width * height > maxPixels) throw new ImageError('IMAGE_TOO_LARGE', `${width} x ${height} pixels`)
  // The older kind of X10 has numbers of 16 bits, by the type of its array.
  const bits = /\bshort\b/.test(text.slice(0, HEAD_CHARACTERS)) ? 16 : 8
  const words = Math.ceil(width / bits)
  const numbers = text.slice(text.indexOf('{') + 1).match(/0x[0-9a-f]{1,4}/gi) ?? []
  const data = Buffer.alloc(width * height * 4)
  for (let at = 0; at < width * height; at++) {
    const [x, y] = [at % width, Math.floor(at / width)]
    const word = Number(numbers[y * words + Math.floor(x / bits)] ?? 0)
    if (((word >> (x % bits)) & 1) === 1) data[at * 4 + 3] = 255
  }
  return { data, width, height }
}
