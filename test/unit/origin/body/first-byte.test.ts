import { PassThrough, Readable } from 'node:stream'
import { setImmediate as turn } from 'node:timers/promises'
import t from 'tap'
import { peekFirst } from '../../../../src/origin/body/first-byte.js'

const whole = async (body: Readable): Promise<string> => Buffer.concat(await body.toArray()).toString()

t.test('the first bytes of a body are seen, and stay in it', async t => {
  const body = new PassThrough()
  const first = peekFirst(body)
  let seen = false
  void first.then(() => {
    seen = true
  })
  await turn()
  t.notOk(seen, 'nothing has come')
  body.write('one ')
  t.equal((await first).toString(), 'one ')
  body.end('two')
  t.equal(await whole(body), 'one two')
})

t.test('a body that is all there', async t => {
  const body = Readable.from([Buffer.from('all')], { objectMode: false })
  t.equal((await peekFirst(body)).toString(), 'all')
  await turn()
  t.equal(await whole(body), 'all')
})

t.test('a body that is empty', async t => {
  const body = Readable.from([], { objectMode: false })
  t.equal((await peekFirst(body)).length, 0)
})

t.test('a body that breaks: before its first byte at once, later when it is read', async t => {
  const body = new PassThrough()
  const first = peekFirst(body)
  body.destroy(new Error('broken'))
  await t.rejects(first, { message: 'broken' })
  const later = new PassThrough()
  later.write('one')
  t.equal((await peekFirst(later)).toString(), 'one')
  later.destroy(new Error('broken later'))
  await t.rejects(whole(later), { message: 'broken later' })
})
