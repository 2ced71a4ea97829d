import sharp from 'sharp'
import t from 'tap'
import { foreseen } from '../../../../src/image/budget/foreseen.js'
import { withinBudget } from '../../../../src/image/budget/within-budget.js'
import { decodeMeasured, measure, prepareSharp } from '../../../../src/image/decode/decode.js'
import type { ConvertedImage, ImageOptions } from '../../../../src/image/options.js'
import { clouds } from '../../../helpers/clouds.js'
import { IMAGE_LOOK } from '../../../helpers/image-look.js'

prepareSharp()

const budgetBytes = 24_576
const options: ImageOptions = { ...IMAGE_LOOK, maxWidth: 600, maxHeight: 600, stretches: true, budgetBytes }

async function foresee(bytes: Buffer, wanted: Partial<ImageOptions> = {}): Promise<ConvertedImage | undefined> {
  return await foreseen(await measure(bytes, 'jpeg', options.limits), { ...options, ...wanted })
}

/** What becomes of it when it is made in its whole size first. */
async function unforeseen(bytes: Buffer, wanted: Partial<ImageOptions> = {}): Promise<ConvertedImage> {
  const all = { ...options, ...wanted }
  return await withinBudget(
    { bytes, picture: await decodeMeasured(await measure(bytes, 'jpeg', options.limits), all) },
    all,
    budgetBytes
  )
}

/** How far a picture is from what is the best in 600 pixels, after a blur. Decibels */
async function likeness(image: ConvertedImage, bytes: Buffer): Promise<number> {
  const seen = (from: Buffer): Promise<Buffer> =>
    sharp(from).resize(600, 450, { fit: 'fill' }).blur(1.2).raw().toBuffer()
  const [made, best] = await Promise.all([seen(image.bytes), seen(bytes)])
  const squares = best.reduce((sum, value, i) => sum + (value - made[i]!) ** 2, 0)
  return 10 * Math.log10(255 ** 2 / (squares / best.length))
}

t.test(
  'a photograph that will surely be shrunk is as large and as good as one that was made in its whole size',
  async t => {
    const exact = { width: 600, height: 450 }
    for (const [width, wanted] of [
      [640, {}],
      [1000, {}],
      [1600, {}],
      [1000, { exact }]
    ] as const) {
      const photograph = await clouds(width, width * 0.75)
      const limits = { ...options.limits, maxPixels: 4e6 }
      const image = await foresee(photograph, { ...wanted, limits })
      const other = await unforeseen(photograph, { ...wanted, limits })
      if (image === undefined) return t.fail(`${width} pixels wide it was not foreseen`)
      t.ok(Math.abs(image.width / other.width - 1) < 0.06, `${image.width} pixels wide, and ${other.width}`)
      t.ok(Math.abs(image.height - (image.width * 3) / 4) <= 1, `it keeps its shape: ${image.width} x ${image.height}`)
      t.ok(Math.abs(image.bytes.length / other.bytes.length - 1) < 0.2, `${image.bytes.length} bytes`)
      t.ok((await likeness(image, photograph)) > (await likeness(other, photograph)) - 0.4, 'it is as good')
    }
  }
)

t.test('what may be within its budget is not foreseen', async t => {
  const photograph = await clouds(800, 600)
  t.equal(await foresee(await clouds(600, 450)), undefined, 'one that is not larger than it may be')
  t.equal(await foresee(photograph, { maxWidth: 300 }), undefined, 'one that becomes small')
  t.equal(await foresee(photograph, { formats: ['gif', 'jpeg'] }), undefined, 'one that becomes a JPEG')
  t.equal(await foresee(photograph, { palette: { kind: 'fixed', name: 'vga16' } }), undefined, 'fixed colours')
  t.equal(await foresee(photograph, { palette: { kind: 'adaptive', colours: 16 } }), undefined, 'few colours')
  const exact = { width: 600, height: 450 }
  t.equal(await foresee(photograph, { exact, stretches: false }), undefined, 'one that the browser does not stretch')
  t.equal(await foresee(await sharp(photograph).blur(9).jpeg().toBuffer()), undefined, 'one that is smooth')
  const lower = Buffer.from('<svg width="800" height="600"><rect y="150" width="800" height="450" fill="#336"/></svg>')
  const half = await sharp(photograph)
    .composite([{ input: lower }])
    .jpeg({ quality: 100 })
    .toBuffer()
  t.equal(await foresee(half), undefined, 'one of which most is smooth turns out to be within it')
})
