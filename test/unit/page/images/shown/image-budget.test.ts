import t from 'tap'
import { shareBudget, shareRest, type Sized } from '../../../../../src/page/images/shown/image-budget.js'
import { displayOf } from '../../../../helpers/context.js'

const room = { palette: 256, jpeg: false, imageBytes: 24_576, pageImageBytes: 49_152 }

const images = (count: number, width: number, height: number): Sized[] =>
  Array.from({ length: count }, (_, at) => ({ address: `${width}x${height} ${at}`, width, height, isFixed: false }))

const scalesOf = (list: readonly Sized[], how = room): number[] => [...shareBudget(list, how).values()]

t.test('a page with few images shows them as they are', t => {
  t.strictSame(scalesOf(images(2, 400, 267)), [1, 1])
  t.strictSame(scalesOf([]), [])
  t.end()
})

t.test('of more the large ones are smaller, the first the least, and icons stay', t => {
  const [lead, ...others] = scalesOf([...images(1, 400, 266), ...images(3, 600, 400), ...images(4, 60, 60)])
  const [large = 0, second, third] = others
  t.ok(lead! > large && lead! < 1 && lead! >= 0.75, `the first: ${lead}`)
  t.strictSame([second, third], [large, large], 'alike ones stay alike')
  t.ok(large * 600 > 150, 'above their smallest size as far as there is room')
  t.strictSame(others.slice(3), [1, 1, 1, 1])
  t.end()
})

t.test('what does not fit in its smallest size is a link', t => {
  const goods = scalesOf(images(40, 224, 240))
  const shown = goods.filter(scale => scale > 0)
  t.ok(shown.length >= 9 && shown.length < 20, `${shown.length} are shown`)
  t.ok(shown.every(scale => scale === shown[0] && scale * 240 >= 149))
  t.ok(goods.slice(shown.length).every(scale => scale === 0))
  const again = images(shown.length, Math.floor(224 * shown[0]!), Math.floor(240 * shown[0]!))
  t.ok(
    scalesOf(again).every(scale => scale === 1),
    'and so it stays'
  )
  t.end()
})

t.test('what stands behind the content has half of it, and no image that is first', t => {
  const list = [...images(1, 400, 266), ...images(5, 600, 400)]
  const rest = [...shareRest(list, room).values()]
  const half = scalesOf(list, { ...room, pageImageBytes: room.pageImageBytes / 2 })
  t.ok(rest[0]! < half[0]!, `${rest[0]} of ${half[0]}`)
  t.ok(rest.every(scale => scale > 0))
  t.strictSame([...shareRest(images(1, 400, 266), room).values()], [1])
  const { pageImageBytes: _, ...endless } = room
  t.ok(
    [...shareRest(images(40, 300, 200), endless).values()].every(scale => scale === 1),
    'without a limit all'
  )
  t.end()
})

t.test('an image that comes twice counts once, a map keeps its size', t => {
  const one = images(1, 400, 267)
  t.strictSame(scalesOf([...one, ...one, ...one, ...one]), [1])
  const [map, ...photos] = scalesOf([
    { address: 'map', width: 500, height: 300, isFixed: true },
    ...images(6, 300, 200)
  ])
  t.equal(map, 1)
  t.ok(photos.every(scale => scale > 0 && scale < 1))
  t.end()
})

t.test('where images are light they keep their size, as many as fit', t => {
  const many = images(40, 300, 200)
  const { pageImageBytes = 0 } = displayOf('mono512')
  const mono = scalesOf(many, { ...room, ...displayOf('mono512') } as unknown as typeof room)
  t.equal(mono.filter(scale => scale === 1).length, Math.floor(pageImageBytes / 6100))
  t.ok(mono.every(scale => scale === 0 || scale === 1))
  t.ok(scalesOf(many, { ...room, jpeg: true }).every(scale => scale === 0 || scale === 1))
  t.end()
})
