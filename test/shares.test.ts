import { PassThrough } from 'node:stream'
import t from 'tap'
import { createGathered } from '../src/gather.js'
import { readBody } from '../src/origin/body.js'

t.test('a body in pieces of one byte takes little more than its bytes', async t => {
  const gathered = createGathered()
  const large = Buffer.alloc(100_000, 'z')
  const pieces = [...Array.from({ length: 300_000 }, (_, n) => Buffer.from([n % 251])), large, Buffer.from('end')]
  for (const piece of pieces) gathered.add(piece)
  t.equal(gathered.length, 400_003)
  t.ok(gathered.blocks().length < 12, `${gathered.blocks().length} blocks`)
  t.ok(gathered.blocks().reduce((sum, { buffer }) => sum + buffer.byteLength, 0) < 1.5 * gathered.length, 'memory behind them')
  t.ok(Buffer.concat(gathered.blocks()).equals(Buffer.concat(pieces)), 'every byte in its place')
  t.strictSame(createGathered().blocks(), [])

  const body = new PassThrough()
  const read = readBody(body, { maxBytes: 5, timeoutSeconds: 5 })
  for (const letter of 'letters') body.write(letter)
  t.match(await read, { bytes: Buffer.from('lette'), cut: 'size' })
})
