import type { Indexed } from '../colour/indexed.js'
import type { SaveFormat } from '../format.js'
import { packBits } from './pack-bits.js'
import { packedRows } from './packed-rows.js'

/** A PICT file begins with this many bytes for the application (Inside Macintosh V, page 104). */
const fileHeader = 512

/** Rows of fewer bytes are not packed (Inside Macintosh V, page 105). */
const fewestPacked = 8

/** A packed row has a length of two bytes if the row is longer than this (the same page). Bytes. */
const shortRow = 250

/** Operation codes (Inside Macintosh V, pages 96 to 104). */
const operations = { version: 0x0011, header: 0x0c00, clip: 0x0001, packBitsRect: 0x0098, end: 0x00ff }

/** Pictures of the Macintosh. */
export const pict = {
  name: 'pict',
  mediaType: 'image/x-pict',
  kind: 'save',
  write: candidate => writePict(candidate.indexed())
} as const satisfies SaveFormat

/**
 * Writes a version 2 picture of QuickDraw with one pixel map of 8 bits, as the Finder, MacPaint's successors and
 * SimpleText open it.
 */
function writePict(image: Indexed): Buffer {
  const { width, height } = image
  const frame = words(0, 0, height, width)
  const { rows, rowBytes: stride } = packedRows(image, 8, 2)
  const body = Buffer.concat([
    words(0),
    frame,
    words(operations.version, 0x02ff),
    words(operations.header, 0xffff, 0xffff),
    fixed(0, 0, width, height),
    words(0, 0),
    words(operations.clip, 10),
    frame,
    words(operations.packBitsRect, stride | 0x8000),
    frame,
    // version, packing and its size; 72 dots per inch both ways; type, bits, one component of 8 bits; nothing more
    words(0, 0, 0, 0),
    fixed(72, 72),
    words(0, 8, 1, 8, 0, 0, 0, 0, 0, 0),
    colourTable(image),
    frame,
    frame,
    words(0),
    ...rows.map(row => packed(row, stride))
  ])
  return Buffer.concat([Buffer.alloc(fileHeader), body, Buffer.alloc(body.length % 2), words(operations.end)])
}

function words(...values: number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 2)
  values.forEach((value, i) => bytes.writeUInt16BE(value, i * 2))
  return bytes
}

/** Fixed-point numbers with 16 bits before the point and 16 after it. */
function fixed(...values: number[]): Buffer {
  return words(...values.flatMap(value => [value, 0]))
}

/** The seed and flags, the index of the last colour, and for each colour its index and its channels of 16 bits. */
function colourTable({ palette }: Indexed): Buffer {
  const colours = palette.length / 3
  const entries = Array.from({ length: colours }, (_, i) =>
    [i, ...palette.subarray(i * 3, i * 3 + 3)].map((value, k) => (k === 0 ? value : value * 257))
  )
  return words(0, 0, 0, colours - 1, ...entries.flat())
}

function packed(row: Buffer, stride: number): Buffer {
  if (stride < fewestPacked) return row
  const bytes = packBits(row)
  return Buffer.concat([stride > shortRow ? words(bytes.length) : Buffer.of(bytes.length), bytes])
}
