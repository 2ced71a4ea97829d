import t from 'tap'
import { histogram } from '../../../../src/image/colour/histogram.js'

const pixels = (count: number, colour: (at: number) => readonly [number, number, number]): Uint8Array =>
  Uint8Array.from(Array.from({ length: count }, (_, at) => [...colour(at), 255]).flat())

t.test('few colours are counted in smaller cells', t => {
  const { size, weight, mean } = histogram(pixels(256, at => [at, at, at]))
  t.equal(size, 64)
  t.ok(weight.every(each => each === 4))
  t.same(
    [...mean.subarray(0, 6)].toSorted((a, b) => a - b),
    [1.5, 1.5, 1.5, 5.5, 5.5, 5.5]
  )
  t.end()
})

t.test('many colours are counted in larger cells', t => {
  const { size } = histogram(pixels(1 << 15, at => [(at >> 10) * 8, ((at >> 5) & 31) * 8 + (at & 7), (at & 31) * 8]))
  t.equal(size, 1 << 15)
  t.end()
})

t.test('what was counted in smaller cells is not lost when there are many', t => {
  const cells = 1500
  // each cell has a pixel in its first corner, and later on one in its last
  const colour = (at: number): readonly [number, number, number] => {
    const cell = at % cells
    const corner = at < cells ? 0 : 7
    return [(cell & 31) * 8 + corner, ((cell >> 5) & 31) * 8 + corner, (cell >> 10) * 8 + corner]
  }
  const { size, weight, mean } = histogram(pixels(2 * cells, colour))
  t.equal(size, cells)
  t.ok(weight.every(each => each === 2))
  t.same([...mean], Array.from({ length: cells }, (_, cell) => colour(cell).map(channel => channel + 3.5)).flat())
  t.end()
})

t.test('of a large picture some pixels are counted, and of each colour its share', t => {
  const count = 400_000
  const { size, weight } = histogram(pixels(count, at => (at % 10 < 3 ? [255, 0, 0] : [0, 0, 255])))
  t.equal(size, 2)
  const all = weight.reduce((sum, each) => sum + each, 0)
  t.ok(all >= 40_000 && all < count / 2, `${all} pixels`)
  t.ok(Math.abs(Math.min(...weight) / all - 0.3) < 0.01)
  t.end()
})

t.test('lines that are one pixel wide are counted, whichever column they stand in', t => {
  const rows = 500
  for (const width of [300, 350, 602])
    for (const column of [100, 101, 102]) {
      const rgba = new Uint8Array(4 * width * rows).fill(255)
      for (let row = 0; row < rows; row++) rgba.fill(0, 4 * (row * width + column), 4 * (row * width + column) + 3)
      const { size, weight } = histogram(rgba)
      const share = (width * Math.min(...weight)) / weight.reduce((sum, each) => sum + each, 0)
      t.ok(size === 2 && share > 0.8 && share < 1.2, `${width} pixels wide, column ${column}: ${share}`)
    }
  t.end()
})

t.test('what is not drawn has no colour', t => {
  t.equal(histogram(Uint8Array.of(9, 9, 9, 0, 1, 2, 3, 255)).size, 1)
  t.end()
})
