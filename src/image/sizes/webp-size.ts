import type { Size } from '../fit.js'

/** A flag of the extended header: the orientation is in a chunk after the pixels. */
const hasExif = 0x08

/**
 * The size of a WebP from its first 30 bytes (RFC 9649, 2.5 to 2.7), because libwebp reads no truncated file. Undefined
 * if they are no WebP, or if it may be turned.
 */
export function webpSize(start: Buffer): Size | undefined {
  if (start.length < 30) return undefined
  switch (start.toString('latin1', 12, 16)) {
    case 'VP8 ':
      return { width: start.readUInt16LE(26) & 0x3fff, height: start.readUInt16LE(28) & 0x3fff }
    case 'VP8L':
      return losslessSize(start.readUInt32LE(21))
    case 'VP8X':
      return (start.readUInt8(20) & hasExif) === 0
        ? { width: start.readUIntLE(24, 3) + 1, height: start.readUIntLE(27, 3) + 1 }
        : undefined
    default:
      return undefined
  }
}

/** Two numbers of 14 bits, each less one. */
const losslessSize = (bits: number): Size => ({ width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 })
