import sharp from 'sharp'
import t from 'tap'
import { ladder } from '../../../../src/image/budget/ladder.js'
import { decode, prepareSharp } from '../../../../src/image/decode/decode.js'
import type { ImageOptions } from '../../../../src/image/options.js'
import { reduced } from '../../../../src/image/reduced.js'
import { subjectOf, type Subject } from '../../../../src/image/subject.js'
import { IMAGE_LOOK } from '../../../helpers/image-look.js'

prepareSharp()

const background = '#ffffff'

async function photograph(): Promise<Subject> {
  const noise = { type: 'gaussian', mean: 128, sigma: 60 } as const
  const made = sharp({ create: { width: 80, height: 60, channels: 3, background, noise } })
  return subjectOf(await decode(await made.jpeg().toBuffer(), 'jpeg', IMAGE_LOOK), background)
}

async function drawing(): Promise<Subject> {
  const made = sharp({ create: { width: 80, height: 60, channels: 3, background: '#336699' } })
  return subjectOf(await decode(await made.png().toBuffer(), 'png', IMAGE_LOOK), background)
}

const stepsOf = (options: ImageOptions, subject: Subject): unknown[] =>
  ladder(options, subject).map(({ options: { palette, coarseness = 1, jpegQuality } }) =>
    options.formats.includes('jpeg') ? jpegQuality : [palette.kind === 'adaptive' ? palette.colours : '', coarseness]
  )

t.test('a photograph gets coarser, and fewer colours', async t => {
  const subject = await photograph()
  t.same(stepsOf(IMAGE_LOOK, subject), [
    [256, 1],
    [256, 2],
    [64, 2],
    [32, 3]
  ])
  const shares = ladder(IMAGE_LOOK, subject).map(({ share }) => share)
  t.same(
    shares,
    shares.toSorted((a, b) => b - a)
  )
})

t.test('what would give the same once more is left out', async t => {
  const subject = await photograph()
  t.same(
    stepsOf({ ...IMAGE_LOOK, palette: { kind: 'adaptive', colours: 16 } }, subject),
    [
      [16, 1],
      [16, 2],
      [16, 3]
    ],
    'so few colours stay'
  )
  t.same(stepsOf({ ...IMAGE_LOOK, palette: { kind: 'fixed', name: 'mac16' } }, subject), [
    ['', 1],
    ['', 2]
  ])
  t.same(stepsOf({ ...IMAGE_LOOK, palette: { kind: 'fixed', name: 'mono' } }, subject), [['', 1]])
  t.same(stepsOf({ ...IMAGE_LOOK, formats: ['gif', 'jpeg'] }, subject), [50, 25, 18], 'a JPEG is not coarser')
  t.same(stepsOf(IMAGE_LOOK, await drawing()), [[256, 1]], 'all colours are kept')
})

t.test('an Amiga has its own colours, however few', t => {
  const palette = { kind: 'adaptive', colours: 32, channelBits: 4 } as const
  t.same(reduced({ ...IMAGE_LOOK, palette }, { colours: 16, jpegQuality: 20 }).palette, { ...palette, colours: 16 })
  t.end()
})
