import t from 'tap'
import { prepareSharp, shrink } from '../../../../src/image/decode/decode.js'
import { IMAGE_LOOK } from '../../../helpers/image-look.js'

prepareSharp()

t.test('a decoded picture is shrunk, whatever its number of pixels', async t => {
  for (const side of [3, 4, 5, 7]) {
    const rgba = Uint8Array.from({ length: side * side * 4 }, (_, at) => [200, 100, 50, 255][at % 4]!)
    const source = { kind: 'jpeg', width: side, height: side, frames: 1, plainJpeg: true } as const
    const picture = { rgba, width: side, height: side, source }
    const shrunk = await shrink(picture, { ...IMAGE_LOOK, maxWidth: 2, maxHeight: 2 })
    t.same([shrunk.width, shrunk.height], [2, 2])
    t.same([...shrunk.rgba], [...rgba.subarray(0, 16)], `${side} pixels wide`)
  }
})
