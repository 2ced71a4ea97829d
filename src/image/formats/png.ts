import { crc32, deflateSync } from 'node:zlib'
import type { Indexed } from '../colour/indexed.js'
import type { PageFormat } from '../format.js'
import { packedRows } from './packed-rows.js'

/** Each row begins with its filter, which is none. */
const filter = Buffer.of(0)

/** PNG, for browsers of 1997 and later. */
export const png = {
  name: 'png',
  mediaType: 'image/png',
  kind: 'page',
  suits: () => true,
  price: () => 1.1,
  write: candidate => writePng(candidate.indexed())
} as const satisfies PageFormat

/**
 * Writes a palette PNG with as few bits for each pixel as the colours need, and without filters, as the PNG standard
 * advises.
 */
function writePng(image: Indexed): Buffer {
  const colours = image.palette.length / 3
  const bits = colours <= 2 ? 1 : colours <= 4 ? 2 : colours <= 16 ? 4 : 8
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header(image, bits)),
    chunk('PLTE', Buffer.from(image.palette)),
    ...(image.transparent === undefined ? [] : [chunk('tRNS', alphas(image.transparent))]),
    chunk(
      'IDAT',
      deflateSync(Buffer.concat(packedRows(image, bits, 1).rows.flatMap(row => [filter, row])), { level: 9 })
    ),
    chunk('IEND', Buffer.alloc(0))
  ])
}

/** Colour type 3 is palette; deflate, adaptive filters, not interlaced. */
function header(image: Indexed, bits: number): Buffer {
  const data = Buffer.of(0, 0, 0, 0, 0, 0, 0, 0, bits, 3, 0, 0, 0)
  data.writeUInt32BE(image.width, 0)
  data.writeUInt32BE(image.height, 4)
  return data
}

function alphas(transparent: number): Buffer {
  const data = Buffer.alloc(transparent + 1, 255)
  data[transparent] = 0
  return data
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const ends = Buffer.alloc(8)
  ends.writeUInt32BE(data.length, 0)
  ends.writeUInt32BE(crc32(body), 4)
  return Buffer.concat([ends.subarray(0, 4), body, ends.subarray(4)])
}
