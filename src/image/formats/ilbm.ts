import type { Indexed } from '../colour/indexed.js'
import { bitsFor } from '../colour/palette.js'
import type { SaveFormat } from '../format.js'
import { packBits } from './pack-bits.js'

/** Pictures of the Amiga: what DPaint, Multiview and the datatypes of Workbench open. */
export const ilbm = {
  name: 'ilbm',
  mediaType: 'image/x-ilbm',
  kind: 'save',
  write: candidate => writeIlbm(candidate.indexed())
} as const satisfies SaveFormat

/** The screen of an Amiga (PAL) in its low resolution. A larger picture is for its high one. Pixels. */
const lowResolution = { width: 320, height: 256 }

/** View modes (graphics/view.h): HIRES and LACE together, since each alone has pixels twice as high or wide. */
const viewModes = { low: 0, high: 0x8004 }

/** Shape of a pixel in both (EA IFF 85, ILBM, appendix A). */
const pixelShape = { x: 10, y: 11 }

/** BMHD: no mask, and ByteRun1. */
const compression = { masking: 0, byteRun1: 1 }

/**
 * Writes an interleaved bitmap (EA IFF 85, ILBM) of 1 to 8 planes, as many as the colours need. CAMG says how it is to
 * be shown: without it six planes would be taken for half-brite or HAM.
 */
function writeIlbm(image: Indexed): Buffer {
  const planes = bitsFor(image.palette)
  const body = Buffer.concat([
    Buffer.from('ILBM', 'latin1'),
    chunk('BMHD', header(image, planes)),
    chunk('CAMG', long(isLarge(image) ? viewModes.high : viewModes.low)),
    chunk('CMAP', Buffer.concat([image.palette, Buffer.alloc(3 * (1 << planes) - image.palette.length)])),
    chunk('BODY', Buffer.concat(planeRows(image, planes).map(packBits)))
  ])
  return chunk('FORM', body)
}

function isLarge({ width, height }: Indexed): boolean {
  return width > lowResolution.width || height > lowResolution.height
}

/** A name, a length, and the data, filled up to an even number of bytes that the length does not count. */
function chunk(name: string, data: Buffer): Buffer {
  return Buffer.concat([Buffer.from(name, 'latin1'), long(data.length), data, Buffer.alloc(data.length % 2)])
}

function long(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}

/** BitMapHeader: size, place, planes, masking, compression, transparent colour, shape of a pixel, size of the page. */
function header({ width, height }: Indexed, planes: number): Buffer {
  const data = Buffer.alloc(20)
  data.writeUInt16BE(width, 0)
  data.writeUInt16BE(height, 2)
  data.set([planes, compression.masking, compression.byteRun1], 8)
  data.set([pixelShape.x, pixelShape.y], 14)
  data.writeUInt16BE(width, 16)
  data.writeUInt16BE(height, 18)
  return data
}

/** Of each line the row of its lowest bits first, then those above; each ends at a multiple of 16 pixels. */
function planeRows({ width, height, indices }: Indexed, planes: number): Buffer[] {
  const stride = Math.ceil(width / 16) * 2
  return Array.from({ length: height * planes }, (_, at) => {
    const [y, plane] = [Math.floor(at / planes), at % planes]
    const row = Buffer.alloc(stride)
    for (let x = 0; x < width; x++) {
      const bit = ((indices[y * width + x] ?? 0) >> plane) & 1
      row[x >> 3] = (row[x >> 3] ?? 0) | (bit << (7 - (x % 8)))
    }
    return row
  })
}
