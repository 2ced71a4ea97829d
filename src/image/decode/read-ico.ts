import decodeIco from 'decode-ico'
import { ImageError } from '../image-error.js'
import type { RawImage } from './read-bmp.js'

const headerBytes = 6
const entryBytes = 16
/**
 * The images that are tried: an icon has a dozen. A directory may name the same megabytes sixty thousand times. Images.
 */
export const MOST_TRIED = 32

/** One entry of the directory: where its image is, and its size and depth. */
interface Entry {
  at: number
  width: number
  height: number
  bits: number
  size: number
  offset: number
}

/** The largest image of an icon or cursor: pixels, or the bytes of a PNG. */
export function readIco(bytes: Buffer, maxPixels: number): RawImage | Buffer {
  const entries = readDirectory(bytes).sort((a, b) => b.width * b.height - a.width * a.height || b.bits - a.bits)
  for (const entry of entries.slice(0, MOST_TRIED)) {
    const image = readEntry(bytes, entry, maxPixels)
    if (image !== undefined) return image
  }
  throw new ImageError('IMAGE_UNREADABLE', 'icon without a readable image')
}

function readDirectory(bytes: Buffer): Entry[] {
  const count = Math.min(bytes.readUInt16LE(4), Math.floor((bytes.length - headerBytes) / entryBytes))
  return Array.from({ length: Math.max(0, count) }, (_, i) => {
    const at = headerBytes + i * entryBytes
    return {
      at,
      // 0 means 256
      width: bytes.readUInt8(at) || 256,
      height: bytes.readUInt8(at + 1) || 256,
      bits: bytes.readUInt16LE(at + 6),
      size: bytes.readUInt32LE(at + 8),
      offset: bytes.readUInt32LE(at + 12)
    }
  })
}

/**
 * Decodes one entry by giving decode-ico a file with it alone: in a whole file, one broken entry would spoil the rest.
 */
function readEntry(bytes: Buffer, entry: Entry, maxPixels: number): RawImage | Buffer | undefined {
  const image = bytes.subarray(entry.offset, entry.offset + entry.size)
  if (image.length < 40) return undefined
  if (image.readUInt32BE(0) === 0x89504e47) return image
  if (Math.abs(image.readInt32LE(4) * image.readInt32LE(8)) / 2 > maxPixels) return undefined
  const single = Buffer.concat([bytes.subarray(0, headerBytes), bytes.subarray(entry.at, entry.at + entryBytes), image])
  single.writeUInt16LE(1, 4)
  single.writeUInt32LE(headerBytes + entryBytes, headerBytes + 12)
  try {
    const [decoded] = decodeIco(single)
    return decoded && { data: Uint8Array.from(decoded.data), width: decoded.width, height: decoded.height }
  } catch {
    return undefined
  }
}
