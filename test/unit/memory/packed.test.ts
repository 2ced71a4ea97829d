import t from 'tap'
import { createKeptParts } from '../../../src/memory/kept-parts.js'
import { pack, unpack } from '../../../src/memory/packed.js'
import { sharedConversions } from '../../../src/memory/shared-conversions.js'

const isAny = (_found: unknown): _found is unknown => true

t.test('bytes with what is known of them', t => {
  const parts = [Buffer.from('one'), Buffer.alloc(0), Buffer.from('three')]
  const packed = pack({ meta: { status: 200, of: 'ü' }, parts })
  t.strictSame(unpack(packed, isAny), { meta: { status: 200, of: 'ü' }, parts })
  for (let length = 0; length < packed.length; length++)
    if (unpack(packed.subarray(0, length), isAny) !== undefined) t.fail(`${length} bytes are damaged`)
  t.equal(unpack(Buffer.concat([packed, Buffer.alloc(1)]), isAny), undefined, 'more than was packed')
  t.equal(unpack(Buffer.from('000000047b22', 'hex'), isAny), undefined)
  t.end()
})

t.test('what others have put into the store is only taken if it can be sent', async t => {
  const parts = [Buffer.from('<P>one'), Buffer.from('<P>two')]
  const page = { status: 200, contentType: 'text/html', keeping: { expires: '0' } }
  const read = async (meta: unknown): Promise<unknown> => {
    const shared = { get: async () => pack({ meta, parts }), set() {} }
    return await createKeptParts(1000, shared).get('me', 'page')
  }
  t.strictSame(await read(page), { ...page, parts })
  for (const wrong of [
    null,
    'page',
    { ...page, status: 20 },
    { ...page, status: '200' },
    { ...page, contentType: 'text/html\r\nSet-Cookie: a=b' },
    { ...page, keeping: undefined },
    { ...page, keeping: { pragma: 'yes' } },
    { ...page, keeping: { expires: 5 } }
  ])
    t.equal(await read(wrong), undefined, JSON.stringify(wrong))
  const image = { tag: '"x"', type: 'image/gif', width: 1, height: 2, source: { kind: 'png', width: 3, height: 4 } }
  const readImage = async (meta: unknown): Promise<unknown> => {
    const shared = { get: async () => pack({ meta, parts: parts.slice(1) }), set() {} }
    return await sharedConversions(shared).get('image')
  }
  t.strictSame(await readImage(image), { ...image, bytes: parts[1] })
  for (const wrong of [
    { ...image, width: 0 },
    { ...image, height: '2' },
    { ...image, tag: undefined },
    { ...image, type: '' },
    { ...image, source: { kind: 'png' } }
  ])
    t.equal(await readImage(wrong), undefined, JSON.stringify(wrong))
})
