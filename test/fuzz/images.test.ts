import fc from 'fast-check'
import sharp, { type Sharp } from 'sharp'
import t from 'tap'
import { convertImage } from '../../src/image/convert.js'
import { prepareSharp } from '../../src/image/decode/decode.js'
import { ImageError } from '../../src/image/image-error.js'
import type { ImageOptions } from '../../src/image/options.js'
import { fuzz } from './run.js'
import { imageSeeds } from './seeds.js'
import { IMAGE_LOOK } from '../helpers/image-look.js'

prepareSharp()

const SIZE = 12
const pixels = Buffer.from(Array.from({ length: SIZE * SIZE * 4 }, (_, at) => (at * 37) % 256))
const drawn = (): Sharp => sharp(pixels, { raw: { width: SIZE, height: SIZE, channels: 4 } })
/** A picture of each kind that sharp writes, and those that it does not. */
const seeds: Buffer[] = await Promise.all([
  drawn().jpeg().toBuffer(),
  drawn().jpeg({ progressive: true }).toBuffer(),
  drawn().png().toBuffer(),
  drawn().png({ palette: true }).toBuffer(),
  drawn().gif().toBuffer(),
  drawn().webp().toBuffer(),
  drawn().webp({ lossless: true }).toBuffer(),
  drawn().avif({ effort: 0 }).toBuffer(),
  drawn().tiff().toBuffer(),
  drawn().tiff({ compression: 'lzw' }).toBuffer(),
  sharp(Buffer.concat([pixels, pixels, pixels]), {
    raw: { width: SIZE, height: SIZE * 3, channels: 4, pageHeight: SIZE }
  })
    .gif({ delay: [50, 50, 50] })
    .toBuffer(),
  sharp(Buffer.concat([pixels, pixels]), { raw: { width: SIZE, height: SIZE * 2, channels: 4, pageHeight: SIZE } })
    .webp({ delay: [50, 50] })
    .toBuffer()
])
seeds.push(
  Buffer.from(
    '<svg xmlns="http://www.w3.org/2000/svg" width="30" height="20"><rect width="9" height="9" fill="red"/><text x="1" y="9">x</text><image href="file:///etc/passwd"/></svg>'
  ),
  ...imageSeeds
)

interface BitmapHeader {
  readonly size: number
  readonly width: number
  readonly height: number
  readonly bits: number
  readonly compression: number
  readonly offset: number
  readonly colours: number
  readonly data: Uint8Array
}

/** A bitmap whose header says anything. */
function bitmap({ size, width, height, bits, compression, offset, colours, data }: BitmapHeader): Buffer {
  const head = Buffer.alloc(14 + Math.max(size, 12))
  head.write('BM', 'latin1')
  head.writeUInt32LE(head.length + data.length, 2)
  head.writeUInt32LE(offset >>> 0, 10)
  head.writeUInt32LE(size, 14)
  if (size === 12) {
    head.writeUInt16LE(width & 0xffff, 18)
    head.writeUInt16LE(height & 0xffff, 20)
    head.writeUInt16LE(1, 22)
    head.writeUInt16LE(bits, 24)
  } else {
    head.writeInt32LE(width | 0, 18)
    head.writeInt32LE(height | 0, 22)
    head.writeUInt16LE(1, 26)
    head.writeUInt16LE(bits, 28)
    if (size >= 40) {
      head.writeUInt32LE(compression, 30)
      head.writeUInt32LE(colours >>> 0, 46)
    }
  }
  return Buffer.concat([head, data])
}

const number = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: -20, max: 40 }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(0, 1, -1, 255, 256, 1000, 32767, 32768, 65535, 2 ** 31 - 1, -(2 ** 31), 2 ** 30)
  }
)
const header: fc.Arbitrary<BitmapHeader> = fc.record({
  size: fc.constantFrom(12, 16, 40, 52, 56, 64, 108, 124),
  width: number,
  height: number,
  bits: fc.constantFrom(0, 1, 2, 4, 8, 16, 24, 32, 33, 65535),
  compression: fc.constantFrom(0, 1, 2, 3, 4, 5, 6, 99),
  offset: fc.oneof(fc.integer({ min: 0, max: 200 }), number),
  colours: number,
  data: fc.uint8Array({ maxLength: 400, size: 'max' })
})

/** An icon: a directory whose entries say anything, and what they may lead to. */
const icon = fc
  .tuple(
    fc.constantFrom(1, 2),
    fc.array(fc.tuple(fc.integer({ min: 0, max: 255 }), fc.integer({ min: 0, max: 255 }), number, number, number), {
      maxLength: 4
    }),
    fc.oneof(
      header.map(fields => bitmap({ ...fields, size: Math.max(40, fields.size) }).subarray(14)),
      fc.constantFrom(...seeds)
    )
  )
  .map(([type, entries, image]) => {
    const at = 6 + entries.length * 16
    const head = Buffer.alloc(at)
    head.writeUInt16LE(type, 2)
    head.writeUInt16LE(entries.length, 4)
    entries.forEach(([width, height, bits, size, offset], index) => {
      const entry = 6 + index * 16
      head[entry] = width
      head[entry + 1] = height
      head.writeUInt16LE(bits & 0xffff, entry + 6)
      head.writeUInt32LE((index === 0 ? image.length : size) >>> 0, entry + 8)
      head.writeUInt32LE((index === 0 ? at : offset) >>> 0, entry + 12)
    })
    return Buffer.concat([head, image])
  })

/** A whole picture, cut, with bits flipped, or with bytes of another in it. */
const spoiled = fc
  .tuple(
    fc.constantFrom(...seeds),
    fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), { maxLength: 6 }),
    fc.option(fc.nat(), { freq: 3 }),
    fc.option(fc.tuple(fc.constantFrom(...seeds), fc.nat()), { freq: 6 })
  )
  .map(([seed, changes, cut, splice]) => {
    const bytes = Buffer.from(seed)
    for (const [at, value] of changes) bytes[at % bytes.length] = value
    const spliced =
      splice === null
        ? bytes
        : Buffer.concat([bytes.subarray(0, splice[1] % bytes.length), splice[0].subarray(splice[1] % splice[0].length)])
    return cut === null ? spliced : spliced.subarray(0, cut % spliced.length)
  })
const noise = fc
  .tuple(
    fc.constantFrom(
      '',
      'GIF89a',
      'BM',
      '\x89PNG\r\n\x1a\n',
      '\xff\xd8\xff\xe0',
      'RIFF\0\0\0\0WEBPVP8 ',
      '\0\0\x01\0\x01\0',
      'II*\0',
      '<svg ',
      '<?xml version="1.0"?><svg>',
      '\0\0\0\x1cftypavif'
    ),
    fc.uint8Array({ maxLength: 300, size: 'max' })
  )
  .map(([start, bytes]) => Buffer.concat([Buffer.from(start, 'latin1'), bytes]))

const options: fc.Arbitrary<ImageOptions> = fc
  .record({
    palette: fc.constantFrom<ImageOptions['palette']>(
      { kind: 'adaptive', colours: 256 },
      { kind: 'adaptive', colours: 2 },
      { kind: 'fixed', name: 'mono' },
      { kind: 'fixed', name: 'vga16' },
      { kind: 'fixed', name: 'websafe216' }
    ),
    dither: fc.constantFrom<ImageOptions['dither']>('none', 'floyd-steinberg', 'atkinson', 'bayer', 'bayer8'),
    animation: fc.boolean(),
    formats: fc.constantFrom<ImageOptions['formats']>(['gif'], ['gif', 'jpeg'], ['png', 'jpeg', 'gif']),
    exact: fc.option(fc.record({ width: fc.integer({ min: 1, max: 300 }), height: fc.integer({ min: 1, max: 300 }) }), {
      nil: undefined
    }),
    budgetBytes: fc.constantFrom(200, 5000, 1e6)
  })
  .map(({ exact, ...changes }) => ({ ...IMAGE_LOOK, ...changes, ...(exact === undefined ? {} : { exact }) }))

/** An image that every browser can draw, within what was asked, or an error with a code. Nothing else. */
async function isImageOrError([bytes, options]: readonly [Buffer, ImageOptions]): Promise<void> {
  let result
  try {
    result = await convertImage(bytes, options)
  } catch (error) {
    if (error instanceof ImageError) return
    throw error
  }
  const { format, width, height, pageHeight } = await sharp(result.bytes, {
    failOn: 'error',
    animated: true
  }).metadata()
  if (`image/${format}` !== result.type || !options.formats.includes(format as 'gif'))
    throw new Error(`${format} as ${result.type}`)
  if (width !== result.width || (pageHeight ?? height) !== result.height)
    throw new Error(`${width} by ${pageHeight ?? height} as ${result.width} by ${result.height}`)
  if (result.width > options.maxWidth || result.height > options.maxHeight)
    throw new Error(`larger than it may be: ${result.width} by ${result.height}`)
  if (result.bytes.length > options.limits.maxBytes) throw new Error(`${result.bytes.length} bytes`)
  // Decoded as a strict reader would.
  await sharp(result.bytes, { failOn: 'error', animated: true }).raw().toBuffer()
}

t.test(
  'pictures that are spoiled',
  async t => await fuzz(t, 'spoiled', 0.5, fc.tuple(spoiled, options), isImageOrError)
)
t.test(
  'bitmaps and icons of all kinds',
  async t => await fuzz(t, 'bitmaps', 0.35, fc.tuple(fc.oneof(header.map(bitmap), icon), options), isImageOrError)
)
t.test('noise', async t => await fuzz(t, 'noise', 0.15, fc.tuple(noise, options), isImageOrError))
