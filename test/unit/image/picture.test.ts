import t from 'tap'
import { pixelsOf } from '../../../src/image/picture.js'

t.test('pixels are read wherever they stand in memory', async t => {
  const bytes = [1, 2, 3, 255, 4, 5, 6, 0]
  const expected = [0xff030201 | 0, 0x00060504]
  t.same([...pixelsOf(Uint8Array.from(bytes))], expected)
  t.same([...pixelsOf(Uint8Array.from([0, ...bytes]).subarray(1))], expected)
  // The slice() of a Buffer is no copy.
  t.same([...pixelsOf(Buffer.from([0, ...bytes]).subarray(1))], expected)
})
