import t from 'tap'
import { rgbOf, withAlpha } from '../../../../src/image/decode/alpha.js'
import type { Source } from '../../../../src/image/picture.js'

const source: Source = { kind: 'jpeg', width: 1, height: 1, frames: 1, plainJpeg: true }

t.test('pixels get an alpha and lose it again, wherever they stand in memory', async t => {
  for (let pixels = 0; pixels < 14; pixels++) {
    const rgb = Uint8Array.from({ length: pixels * 3 }, (_, i) => (i * 37 + 129) & 255)
    const rgba = Array.from({ length: pixels }, (_, i) => [...rgb.subarray(i * 3, i * 3 + 3), 255]).flat()
    t.same([...withAlpha(rgb)], rgba)
    t.same([...withAlpha(Uint8Array.from([0, ...rgb]).subarray(1))], rgba)
    t.same([...rgbOf({ rgba: Uint8Array.from(rgba), width: pixels, height: 1, source })], [...rgb])
  }
})

t.test('what a picture has without alpha is not made again', async t => {
  const rgb = Uint8Array.of(1, 2, 3)
  t.equal(rgbOf({ rgba: withAlpha(rgb), rgb, width: 1, height: 1, source }), rgb)
})
