import t from 'tap'
import { Nearest } from '../../../../src/image/colour/nearest.js'
import { bitsFor, entriesOf, fixedPalette, type Palette } from '../../../../src/image/colour/palette.js'
import { codeSizeFor, lzw, writeCodes } from '../../../../src/image/formats/lzw.js'
import { Strings } from '../../../../src/image/formats/strings.js'
import { random } from '../../../helpers/context.js'

const HOLE = -1

interface Followed {
  readonly indices: Uint8Array
  readonly strings: Strings
}

function follow(palette: Palette, tolerance: number, pixels: readonly number[]): Followed {
  const strings = new Strings({ palette, nearest: new Nearest(palette), tolerance, pixels: pixels.length })
  const indices = Uint8Array.from(pixels, pixel => {
    if (pixel !== HOLE) return strings.colour(pixel) >>> 24
    strings.hole()
    return strings.holeIndex
  })
  return { indices, strings }
}

/** Colours that wander, with many that are as far from one colour of a cube as from another. */
function wandering(count: number): number[] {
  const next = random(5)
  let at = 100
  return Array.from({ length: count }, () => {
    at = (at + next(21) - 10) & 255
    return next(256) < 20 ? (at << 16) | (128 << 8) | 128 : (at << 16) | (at << 8) | at
  })
}

t.test('the codes are those of the indices', async t => {
  const number = random(9)
  const many = Uint8Array.from({ length: 768 }, () => number(256))
  for (const [name, palette] of Object.entries({ cube: fixedPalette('websafe216'), mac: fixedPalette('mac16'), many }))
    for (const tolerance of [0, 5, 40]) {
      const { indices, strings } = follow(palette, tolerance, wandering(30_000))
      const codeSize = codeSizeFor(bitsFor(palette))
      t.ok(writeCodes(strings.codes()).equals(lzw(indices, codeSize)), `${name}, ${tolerance} levels`)
    }
})

t.test('holes are followed as well', async t => {
  const palette = fixedPalette('windows20')
  const pixels = wandering(20_000).map((colour, i) => (i % 50 < 10 || i % 7 === 0 ? HOLE : colour))
  const { indices, strings } = follow(palette, 10, pixels)
  t.ok(writeCodes(strings.codes()).equals(lzw(indices, codeSizeFor(bitsFor(palette)))))
  t.equal(indices[0], 20, 'the one after the last colour')
})

t.test('a string goes on with a colour that is near enough, and with one that is as near as another', async t => {
  const palette = Uint8Array.of(0, 0, 0, 40, 40, 40, 80, 80, 80)
  const [black, dark, grey] = entriesOf(palette)
  const colours = [black, grey, black, dark, black, 0x3c3c3c, black, 0x3c3c3c].map(colour => (colour ?? 0) & 0xffffff)
  t.same([...follow(palette, 0, colours.slice(0, 6)).indices], [0, 2, 0, 1, 0, 1], 'the newest of equal ones')
  const off = [...colours.slice(0, 4), 0, 0x303030]
  t.same([...follow(palette, 0, [0, 0x505050, 0, 0x303030]).indices], [0, 2, 0, 1], 'the nearest')
  t.same([...follow(palette, 40, [0, 0x505050, 0, 0x303030]).indices], [0, 2, 0, 2], 'near enough')
  t.equal(follow(palette, 0, off).indices.at(-1), 1)
})
