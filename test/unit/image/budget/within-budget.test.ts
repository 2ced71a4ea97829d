import sharp from 'sharp'
import t from 'tap'
import { convertImage } from '../../../../src/image/convert.js'
import { decode, prepareSharp } from '../../../../src/image/decode/decode.js'
import { estimateFor } from '../../../../src/image/budget/estimate.js'
import type { ImageOptions } from '../../../../src/image/options.js'
import { subjectOf } from '../../../../src/image/subject.js'
import { writeImage } from '../../../../src/image/write-image.js'
import { clouds } from '../../../helpers/clouds.js'
import { IMAGE_LOOK } from '../../../helpers/image-look.js'

prepareSharp()

const options: ImageOptions = { ...IMAGE_LOOK, maxWidth: 600, maxHeight: 600, stretches: true }

/** All that costs bytes stands in the upper third. */
async function drawing(width: number, height: number): Promise<Buffer> {
  const lines = Array.from({ length: 40 }, (_, at) => {
    const y = 5 + (at * height) / 120
    return `<text x="5" y="${y}" font-size="9">Line ${at} of a page with ${at * 7919} words, and so on</text>`
  })
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="100%" height="100%" fill="#eee"/>${lines.join('')}</svg>`
  return await sharp(Buffer.from(svg)).png().toBuffer()
}

t.test('a photograph that is too large gets coarser, then smaller', async t => {
  const photograph = await clouds(500, 375)
  const whole = await convertImage(photograph, options)
  t.ok(whole.bytes.length > 60_000, 'much too large without a budget')
  const tight = await convertImage(photograph, { ...options, budgetBytes: 24_000 })
  t.ok(tight.bytes.length < 30_000, `${tight.bytes.length} bytes`)
  t.ok(tight.width >= 250 && tight.width < 500, `${tight.width} pixels wide`)
  const asSeen = await convertImage(photograph, {
    ...options,
    exact: { width: 500, height: 375 },
    budgetBytes: 24_000
  })
  t.ok(asSeen.width >= 350, 'one that the browser stretches keeps 0.7 of its width')
  const dots: ImageOptions['palette'] = { kind: 'fixed', name: 'mono' }
  const mono = await convertImage(photograph, {
    ...options,
    palette: dots,
    exact: { width: 500, height: 375 },
    budgetBytes: 2000
  })
  t.equal(mono.width, 500, 'dots are not stretched')
})

t.test('where some rows do not stand for all of a picture it is written after all', async t => {
  const [width, height] = [400, 400]
  const pattern = Buffer.from(
    Array.from({ length: width * height }, (_, at) => {
      const [x, y] = [at % width, Math.floor(at / width)]
      return [x * 7, y * 3, x * y, 255].map(level => level % 256)
    }).flat()
  )
  const png = await sharp(pattern, { raw: { width, height, channels: 4 } })
    .png()
    .toBuffer()
  const asked: ImageOptions = { ...options, budgetBytes: 4000 }
  const { bytes } = await convertImage(png, asked)
  const leanest: ImageOptions = { ...asked, palette: { kind: 'adaptive', colours: 32 }, coarseness: 3 }
  const whole = await writeImage(await decode(png, 'png', asked), leanest)
  t.ok(bytes.length <= whole.bytes.length, `${bytes.length} bytes, ${whole.bytes.length} without being shrunk`)
})

t.test('a chart on a soft ground is shrunk into its budget', async t => {
  const [width, height] = [616, 600]
  const chart = Buffer.from(
    Array.from({ length: width * height }, (_, at) => {
      const [x, y] = [at % width, Math.floor(at / width)]
      return x % 60 === 13 ? [230, 20, 20] : [200 - (y % 100), 210 - ((x >> 2) % 80), 255 - (((x + y) >> 4) % 40)]
    }).flat()
  )
  const png = await sharp(chart, { raw: { width, height, channels: 3 } })
    .png()
    .toBuffer()
  const { bytes } = await convertImage(png, { ...options, formats: ['gif'], maxWidth: width, budgetBytes: 16_000 })
  t.ok(bytes.length <= 16_000, `${bytes.length} bytes`)
})

t.test('what is within the budget is as good as without one', async t => {
  const { bytes } = await convertImage(await drawing(500, 400), options)
  t.ok((await convertImage(await drawing(500, 400), { ...options, budgetBytes: bytes.length + 1 })).bytes.equals(bytes))
})

t.test('a small image has a small budget', async t => {
  const stamp = await convertImage(await clouds(120, 90), { ...options, budgetBytes: 24_000 })
  t.ok(stamp.bytes.length < 5000, `${stamp.bytes.length} bytes`)
})

t.test('what a picture takes is known from some of its rows', async t => {
  for (const [name, bytes] of [
    ['jpeg', await clouds(500, 375)],
    ['png', await drawing(500, 400)]
  ] as const)
    for (const formats of [['gif'], ['gif', 'jpeg']] satisfies Array<ImageOptions['formats']>)
      for (const colours of [256, 32]) {
        const asked: ImageOptions = { ...options, formats, palette: { kind: 'adaptive', colours } }
        const picture = await decode(bytes, name, asked)
        const estimated = await estimateFor(subjectOf(picture, asked.background))!(asked)
        const { length } = (await writeImage(picture, asked)).bytes
        const ratio = estimated / length
        t.ok(ratio > 0.7 && ratio < 1.4, `${name} as ${formats.join()} of ${colours}: ${ratio.toFixed(2)}`)
      }
  const low = await decode(await clouds(300, 100), 'jpeg', options)
  t.equal(estimateFor(subjectOf(low, options.background)), undefined, 'a low one is written at once')
})
