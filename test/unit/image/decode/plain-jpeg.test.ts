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

t.test('a head that is cut off or broken has no size', async t => {
  const bytes = await picture().jpeg().toBuffer()
  const frame = bytes.indexOf(Buffer.of(0xff, 0xc0))
  for (let length = 0; length < frame + 10; length++) t.equal(plainJpegSize(bytes.subarray(0, length)), undefined)
  // without a height, which may then stand after the scan; and with a segment that is shorter than its own length
  const flat = Buffer.from(bytes)
  flat.writeUInt16BE(0, frame + 5)
  t.equal(plainJpegSize(flat), undefined)
  const short = Buffer.from(bytes)
  short.writeUInt16BE(0, 4)
  t.equal(plainJpegSize(short), undefined)
  t.end()
})
