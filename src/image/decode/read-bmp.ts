import { expandRle } from './expand-rle.js'
import { ImageError } from '../image-error.js'

/** Pixels in sharp's raw format. */
export interface RawImage {
  data: Uint8Array
  width: number
  height: number
}

interface Header {
  width: number
  height: number
  topDown: boolean
  bits: number
  compression: number
  palette: Buffer
  paletteStep: number
  pixels: Buffer
  masks: readonly [red: number, green: number, blue: number, alpha: number]
}

const rle8 = 1
const rle4 = 2
const bitFields = 3
const alphaBitFields = 6

/**
 * Reads a Windows or OS/2 bitmap into RGBA. It is our own code because sharp has none, and decode-bmp reads neither run
 * lengths nor 16 bits nor rows from top to bottom (a negative height).
 */
export function readBmp(bytes: Buffer, maxPixels: number): RawImage {
  if (bytes.length < 54 && bytes.length < 14 + bytes.readUInt32LE(14)) throw unreadable('header cut off')
  const header = readHeader(bytes)
  const { width, height } = header
  if (width < 1 || height < 1) throw unreadable('no size')
  if (width * height > maxPixels) throw new ImageError('IMAGE_TOO_LARGE', `bitmap of ${width} by ${height}`)
  const data = header.bits <= 8 ? paletteRows(header) : trueColourRows(header)
  return { data: repairAlpha(data), width, height }
}

function unreadable(why: string): ImageError {
  return new ImageError('IMAGE_UNREADABLE', `bitmap: ${why}`)
}

function readHeader(bytes: Buffer): Header {
  const size = bytes.readUInt32LE(14)
  const core = size === 12
  const rows = core ? bytes.readInt16LE(20) : bytes.readInt32LE(22)
  const bits = bytes.readUInt16LE(core ? 24 : 28)
  const compression = core ? 0 : bytes.readUInt32LE(30)
  const masksInside = size >= 52 ? 0 : compression === bitFields ? 12 : compression === alphaBitFields ? 16 : 0
  return {
    width: core ? bytes.readUInt16LE(18) : bytes.readInt32LE(18),
    height: Math.abs(rows),
    topDown: rows < 0,
    bits,
    compression,
    palette: bytes.subarray(14 + size + masksInside, bytes.readUInt32LE(10)),
    paletteStep: core ? 3 : 4,
    pixels: bytes.subarray(bytes.readUInt32LE(10)),
    masks: readMasks(bytes, { size, bits, compression })
  }
}

/** `size` is that of the header, in bytes: later versions of it have more fields. */
function readMasks(
  bytes: Buffer,
  { size, bits, compression }: Pick<Header, 'bits' | 'compression'> & { size: number }
): Header['masks'] {
  if (compression === bitFields || compression === alphaBitFields) {
    const alpha = size >= 56 || compression === alphaBitFields ? bytes.readUInt32LE(66) : 0
    return [bytes.readUInt32LE(54), bytes.readUInt32LE(58), bytes.readUInt32LE(62), alpha]
  }
  if (bits === 16) return [0x7c00, 0x03e0, 0x001f, 0]
  return [0xff0000, 0x00ff00, 0x0000ff, bits === 32 ? 0xff000000 : 0]
}

function paletteRows(header: Header): Uint8Array {
  const { width, height, bits, compression, palette, paletteStep } = header
  if (![1, 2, 4, 8].includes(bits)) throw unreadable(`${bits} bits a pixel`)
  const run = compression === rle8 || compression === rle4
  if (compression !== 0 && !run) throw unreadable(`compression ${compression}`)
  const flat = run ? expandRle(header.pixels, header, compression === rle8 ? 8 : 4) : undefined
  const stride = rowBytes(width, bits)
  const data = new Uint8Array(width * height * 4)
  for (let y = 0, to = 0; y < height; y++) {
    const row = header.topDown ? y : height - 1 - y
    for (let x = 0; x < width; x++, to += 4) {
      const byte = header.pixels[row * stride + ((x * bits) >> 3)] ?? 0
      const index = flat ? (flat[row * width + x] ?? 0) : (byte >> (8 - bits - ((x * bits) & 7))) & ((1 << bits) - 1)
      data[to] = palette[index * paletteStep + 2] ?? 0
      data[to + 1] = palette[index * paletteStep + 1] ?? 0
      data[to + 2] = palette[index * paletteStep] ?? 0
      data[to + 3] = 255
    }
  }
  return data
}

function trueColourRows(header: Header): Uint8Array {
  const { width, height, bits, pixels } = header
  if (![16, 24, 32].includes(bits) || ![0, bitFields, alphaBitFields].includes(header.compression)) {
    throw unreadable(`${bits} bits a pixel, compression ${header.compression}`)
  }
  const fields = header.masks.map(fieldOf)
  const step = bits / 8
  const stride = rowBytes(width, bits)
  const data = new Uint8Array(width * height * 4)
  for (let y = 0, to = 0; y < height; y++) {
    let from = (header.topDown ? y : height - 1 - y) * stride
    // a truncated file shows what came, the rest stays transparent
    for (let x = 0; x < width && from + step <= pixels.length; x++, from += step, to += 4) {
      const value = pixels.readUIntLE(from, step)
      for (let channel = 0; channel < 4; channel++) data[to + channel] = fields[channel]?.(value) ?? 0
    }
    to = (y + 1) * width * 4
  }
  return data
}

/** Extracts one channel of a pixel and scales it to 0..255; a missing channel is 255 (opaque). */
function fieldOf(mask: number): (value: number) => number {
  if (mask === 0) return () => 255
  const shift = 31 - Math.clz32(mask & -mask)
  const most = mask >>> shift
  return value => Math.round((((value & mask) >>> shift) * 255) / most)
}

function rowBytes(width: number, bits: number): number {
  return Math.ceil((width * bits) / 32) * 4
}

/** Makes an image without any alpha opaque: most writers leave the fourth byte of 32-bit pixels at zero. */
function repairAlpha(data: Uint8Array): Uint8Array {
  for (let i = 3; i < data.length; i += 4) if (data[i] !== 0) return data
  for (let i = 3; i < data.length; i += 4) data[i] = 255
  return data
}
