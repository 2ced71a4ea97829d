import sharp from 'sharp'
import t from 'tap'
import { Forecast, guessFor } from '../../../../src/image/budget/forecast.js'
import { decode, prepareSharp } from '../../../../src/image/decode/decode.js'
import type { ImageOptions } from '../../../../src/image/options.js'
import { subjectOf } from '../../../../src/image/subject.js'
import { writeImage } from '../../../../src/image/write-image.js'
import { IMAGE_LOOK } from '../../../helpers/image-look.js'

prepareSharp()

const steps = [1, 0.75, 0.5, 0.25].map(share => ({ options: IMAGE_LOOK, share }))

t.test('a step takes what follows from the one next to it', t => {
  const forecast = new Forecast(steps, 1000)
  t.equal(forecast.bytes(1), 750, 'guessed')
  forecast.known[3] = { bytes: 500 }
  t.equal(forecast.bytes(3), 500, 'known')
  t.equal(forecast.bytes(0), 2000, 'of the only one that is known')
  forecast.known[1] = { bytes: 1200 }
  t.equal(forecast.bytes(0), 1600, 'of the nearer one')
  t.equal(forecast.bytes(2), 800, 'of the better one')
  t.equal(new Forecast(steps, 0).bytes(0), 0, 'nothing is known')
  t.end()
})

t.test('what a photograph takes is guessed, what a drawing takes is not', async t => {
  const noise = { type: 'gaussian', mean: 128, sigma: 90 } as const
  const create = { width: 240, height: 180, channels: 3, background: '#888888' } as const
  const photograph = await sharp({ create: { ...create, noise } })
    .blur(1.5)
    .jpeg({ quality: 90 })
    .toBuffer()
  const asked: ImageOptions = { ...IMAGE_LOOK, maxWidth: 240, maxHeight: 240, jpegQuality: 35 }
  const picture = await decode(photograph, 'jpeg', asked)
  for (const formats of [['gif'], ['gif', 'jpeg']] satisfies Array<ImageOptions['formats']>) {
    const guess = guessFor(subjectOf(picture, asked.background), { ...asked, formats })
    const { length } = (await writeImage(picture, { ...asked, formats })).bytes
    t.ok(guess > length / 2 && guess < length * 2, `${formats.join()}: ${Math.round(guess)} of ${length} bytes`)
  }
  const drawing = await decode(await sharp({ create }).png().toBuffer(), 'png', asked)
  t.equal(guessFor(subjectOf(drawing, asked.background), asked), 0)
})
