import t from 'tap'
import { pack, unpack } from '../../../src/memory/packed.js'

t.test('bytes with what is known of them', t => {
  const parts = [Buffer.from('one'), Buffer.alloc(0), Buffer.from('three')]
  const packed = pack({ meta: { status: 200, of: 'ü' }, parts })
  t.strictSame(unpack(packed), { meta: { status: 200, of: 'ü' }, parts })
  for (let length = 0; length < packed.length; length++)
    if (unpack(packed.subarray(0, length)) !== undefined) t.fail(`${length} bytes are damaged`)
  t.equal(unpack(Buffer.concat([packed, Buffer.alloc(1)])), undefined, 'more than was packed')
  t.equal(unpack(Buffer.from('000000047b22', 'hex')), undefined)
  t.end()
})
