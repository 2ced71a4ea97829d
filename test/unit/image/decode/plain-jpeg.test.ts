import sharp, { type Sharp } from 'sharp'
import t from 'tap'
import { plainJpegSize } from '../../../../src/image/decode/plain-jpeg.js'

const picture = (): Sharp => sharp({ create: { width: 31, height: 17, channels: 3, background: '#3a7' } })

t.test('the size of a JPEG that has nothing special stands in its head', async t => {
  const grey = picture().toColourspace('b-w').jpeg().toBuffer()
  for (const bytes of [await picture().jpeg().toBuffer(), await grey])
    t.same(plainJpegSize(bytes), { width: 31, height: 17 })
  t.end()
})

t.test('of others the decoder is asked', async t => {
  const others = {
    progressive: picture().jpeg({ progressive: true }),
    turned: picture().withMetadata({ orientation: 6 }).jpeg(),
    profile: picture().withIccProfile('p3').jpeg(),
    'four colours': picture().toColourspace('cmyk').jpeg(),
    'another format': picture().png()
  }
  for (const [name, made] of Object.entries(others)) t.equal(plainJpegSize(await made.toBuffer()), undefined, name)
  t.end()
})

/** A JPEG with a segment between its frame and its pixels. */
function withSegment(bytes: Buffer, segment: Buffer): Buffer {
  const scan = bytes.indexOf(Buffer.of(0xff, 0xda))
  return Buffer.concat([bytes.subarray(0, scan), segment, bytes.subarray(scan)])
}

t.test('what stands behind the frame counts as well', async t => {
  const bytes = await picture().jpeg().toBuffer()
  const turned = await picture().withMetadata({ orientation: 6 }).jpeg().toBuffer()
  const exif = turned.indexOf(Buffer.of(0xff, 0xe1))
  const hidden = withSegment(bytes, turned.subarray(exif, exif + 2 + turned.readUInt16BE(exif + 2)))
  t.equal((await sharp(hidden).metadata()).orientation, 6, 'the decoder turns it')
  t.equal(plainJpegSize(hidden), undefined)
  const frame = bytes.indexOf(Buffer.of(0xff, 0xc0))
  const second = bytes.subarray(frame, frame + 2 + bytes.readUInt16BE(frame + 2))
  t.equal(plainJpegSize(withSegment(bytes, second)), undefined, 'two frames')
  t.same(plainJpegSize(withSegment(bytes, Buffer.of(0xff, 0xfe, 0, 3, 65))), { width: 31, height: 17 }, 'a comment')
  t.end()
})

t.test('a head that is cut off or broken has no size', async t => {
  const bytes = await picture().jpeg().toBuffer()
  const frame = bytes.indexOf(Buffer.of(0xff, 0xc0))
  const scan = bytes.indexOf(Buffer.of(0xff, 0xda))
  for (let length = 0; length < scan + 10; length++) t.equal(plainJpegSize(bytes.subarray(0, length)), undefined)
  // without a height, which may then stand after the scan; and with a segment that is shorter than its own length
  const flat = Buffer.from(bytes)
  flat.writeUInt16BE(0, frame + 5)
  t.equal(plainJpegSize(flat), undefined)
  const short = Buffer.from(bytes)
  short.writeUInt16BE(0, 4)
  t.equal(plainJpegSize(short), undefined)
  t.end()
})
