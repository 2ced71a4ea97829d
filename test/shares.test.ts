import { PassThrough } from 'node:stream'
import t from 'tap'
import { boundedKey } from '../src/bounded-key.js'
import { createGathered } from '../src/gather.js'
import { BLANK_GIF } from '../src/image/blank.js'
import { readBody } from '../src/origin/body.js'
import type { Door } from '../src/origin/door.js'
import { fetchBytes } from '../src/origin/fetch-bytes.js'
import { createLastErrors } from '../src/portal/last-errors.js'
import { get, type Answer } from './helpers/client.js'
import { startProxy } from './helpers/proxy.js'
import { startRawOrigin, whole } from './helpers/raw-origin.js'

const origin = await startRawOrigin(t)
const { at, says } = origin

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

t.test('addresses without end are not remembered, nor asked for', async t => {
  const long = 'x'.repeat(1_000_000)
  t.ok(boundedKey(long).length < 100)
  t.not(boundedKey(long), boundedKey(`${long}y`))
  t.equal(boundedKey('short'), 'short')

  const errors = createLastErrors()
  for (const address of ['http://site.test/', `http://site.test/${long}`]) errors.add('one', { address, title: 'Busy' })
  t.strictSame(errors.of('one').map(({ address }) => address), ['http://site.test/'])

  const proxy = await startProxy(t, { 'allow-hosts': '127.0.0.1', conversions: 1 })
  says('/refresh', whole(`<meta http-equiv=refresh content="0;url=${at('/to')}?${long.slice(0, 10_000)}">`))
  t.match(await get(proxy.port, at('/refresh')), { status: 502, text: /BAD_REDIRECT/ })
  const nobody: Door = { request: () => t.fail('asked'), destroy: async () => {} }
  await t.rejects(fetchBytes(nobody, new URL(`http://site.test/?${long}`), { fields: {}, maxBytes: 1, timeoutSeconds: 1, signal: new AbortController().signal }), { code: 'BAD_REDIRECT' })
})

t.test('a page in the place of an image is not made', async t => {
  const proxy = await startProxy(t, { 'allow-hosts': '127.0.0.1', conversions: 1 })
  const asked: string[] = []
  const note = (path: string, bytes: Buffer): void => says(path, bytes, socket => { asked.push(path); socket.end() })
  const long = `http://site.test/${'x'.repeat(1500)}`
  for (const path of ['/sheet.css', '/probe.gif']) note(path, whole('x', 'text/css'))
  note('/i.gif', whole(`<title>Words</title><link rel=stylesheet href=/sheet.css><p>words<img src=/probe.gif><a href="${long}">long</a>`))
  note('/named.gif', whole(Buffer.from('R0lGODlhAgABAIAAAAAAAP///yH5BAAAAAAALAAAAAACAAEAAAICBAoAOw==', 'base64'), 'text/html'))
  const isBlank = ({ body, headers }: Answer): boolean => body.equals(BLANK_GIF) && headers['content-type'] === 'image/gif'
  t.ok(isBlank(await get(proxy.port, at('/i.gif?~10x10'), { browser: 'nav3' })), 'a page gave it a size')
  t.ok(isBlank(await get(proxy.port, at('/i.gif'), { headers: ['Accept: image/gif, image/jpeg'] })), 'nothing else is taken')
  t.strictSame(asked.splice(0), ['/i.gif', '/i.gif'], 'nothing is fetched for it')
  const typed = await get(proxy.port, at('/i.gif'), { browser: 'nav3' })
  t.match(typed, { status: 200, text: /words[^]*retrograde\/~/ }, 'who types the address gets the page')
  t.strictSame(asked.splice(0).sort(), ['/i.gif', '/probe.gif', '/sheet.css'])
  const named = await get(proxy.port, at('/named.gif?~10x10'), { browser: 'nav3' })
  t.ok(/^GIF8/.test(named.text) && !isBlank(named), 'an image that is called a page is one')
})
