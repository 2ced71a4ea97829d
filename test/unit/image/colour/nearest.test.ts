import t from 'tap'
import { clamp, isOutside } from '../../../../src/image/colour/clamp.js'
import { hasMoreColours } from '../../../../src/image/colour/has-more-colours.js'
import { Nearest } from '../../../../src/image/colour/nearest.js'
import { entriesOf, fixedPalette, squareBetween, type Palette } from '../../../../src/image/colour/palette.js'
import { random } from '../../../helpers/context.js'

/** Colours around a few, as those of a photograph are. */
function crowded(count: number, next: () => number): Palette {
  return Uint8Array.from({ length: count * 3 }, (_, i) => clamp(60 + (i % 3) * 50 + (next() % 90) - 45))
}

t.test('the nearest colour is found exactly', async t => {
  const number = random(3)
  const next = (): number => number(256)
  const palettes = {
    spread: Uint8Array.from({ length: 768 }, next),
    crowded: crowded(256, next),
    few: crowded(5, next),
    one: Uint8Array.of(9, 8, 7),
    alike: new Uint8Array(30).fill(100),
    mono: fixedPalette('mono'),
    websafe: fixedPalette('websafe216'),
    greys: Uint8Array.from({ length: 768 }, (_, i) => Math.floor(i / 3)),
    'in one block': Uint8Array.from({ length: 600 }, () => 64 + (next() & 31))
  }
  for (const [name, palette] of Object.entries(palettes)) {
    const colours = entriesOf(palette)
    for (const searches of ['many', 'few'] as const) {
      const nearest = new Nearest(palette, searches)
      const wrong = Array.from({ length: 4000 }, () => (next() << 16) | (next() << 8) | next()).filter(colour => {
        const least = Math.min(...colours.map(entry => squareBetween(entry, colour)))
        const found = nearest.find(colour)
        return squareBetween(found, colour) !== least || colours[found >>> 24] !== found
      })
      t.same(wrong, [], `${name}, for ${searches} searches`)
    }
  }
})

t.test('an entry is the index and the colour', async t => {
  t.same([...entriesOf(Uint8Array.of(1, 2, 3, 255, 0, 16))], [0x00010203, 0x01ff0010])
  const last = entriesOf(new Uint8Array(768).fill(4)).at(-1) ?? 0
  t.equal(last >>> 24, 255, 'the sign does not matter')
  t.equal(squareBetween(last, 0x040402), 4)
})

t.test('channels are limited', async t => {
  t.same([-70_000, -256, -1, 0, 7, 255, 256, 511, 70_000].map(clamp), [0, 0, 0, 0, 7, 255, 255, 255, 255])
  t.same([0, 255, 7 | 0 | 255, -1, 256, 7 | -3 | 255, 0 | 300 | 9].map(isOutside), [0, 0, 0, 1, 1, 1, 1].map(Boolean))
})

t.test('whether there are more colours than so many', async t => {
  const grey = (count: number, alpha = 255): Uint8Array =>
    Uint8Array.from({ length: count * 4 }, (_, i) => (i % 4 === 3 ? alpha : (i >> 2) * 4))
  t.notOk(hasMoreColours(grey(10), 10))
  t.ok(hasMoreColours(grey(11), 10))
  t.notOk(hasMoreColours(grey(60, 0), 0), 'what is not seen has none')
  t.notOk(hasMoreColours(Uint8Array.of(1, 2, 3, 255, 0, 3, 1, 255), 1), 'six bits of each channel count')
})
