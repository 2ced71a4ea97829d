import { PassThrough, Readable } from 'node:stream'
import { setImmediate as turn } from 'node:timers/promises'
import t from 'tap'
import { peekFirst } from '../../../../src/origin/body/first-byte.js'

const whole = async (body: Readable): Promise<string> => Buffer.concat(await body.toArray()).toString()

t.test('the first bytes of a body are seen, and stay in it', async t => {
  const body = new PassThrough()
  const first = Promise.resolve(peekFirst(body, NaN))
  let seen = false
  void first.then(() => {
    seen = true
  })
  await turn()
  t.notOk(seen, 'nothing has come')
  body.write('one ')
  t.equal((await first).start.toString(), 'one ')
  body.end('two')
  t.equal(await whole(body), 'one two')
})

t.test('a body that is all there', async t => {
  const body = Readable.from([Buffer.from('all')], { objectMode: false })
  t.equal((await peekFirst(body, NaN)).start.toString(), 'all')
  await turn()
  t.equal(await whole(body), 'all')
})

t.test('all of a body, if it is there and known to be all: then nothing is left to be read', async t => {
  const body = Readable.from([Buffer.from('all')], { objectMode: false })
  const closed = new Promise(resolve => body.once('close', resolve))
  t.strictSame(await peekFirst(body, 3), { start: Buffer.from('all'), isWhole: true })
  await closed
  t.ok(body.readableEnded, 'its connection is free again')
  const half = new PassThrough()
  half.write('on')
  t.strictSame(await peekFirst(half, 3), { start: Buffer.from('on'), isWhole: false })
  half.end('e')
  t.equal(await whole(half), 'one')
  const broken = new PassThrough()
  broken.write('one')
  t.ok((await peekFirst(broken, 3)).isWhole)
  broken.destroy(new Error('after its end'))
  await turn()
})

t.test('a body that is empty', async t => {
  const body = Readable.from([], { objectMode: false })
  t.strictSame(await peekFirst(body, NaN), { start: Buffer.alloc(0), isWhole: true })
  t.ok(body.readableEnded, 'who reads on must not wait for its end')
})

t.test('a body that breaks: before its first byte at once, later when it is read', async t => {
  const body = new PassThrough()
  const first = Promise.resolve(peekFirst(body, NaN))
  body.destroy(new Error('broken'))
  await t.rejects(first, { message: 'broken' })
  const later = new PassThrough()
  later.write('one')
  t.equal((await peekFirst(later, NaN)).start.toString(), 'one')
  later.destroy(new Error('broken later'))
  await t.rejects(whole(later), { message: 'broken later' })
})
