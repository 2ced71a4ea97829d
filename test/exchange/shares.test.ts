import { once } from 'node:events'
import net from 'node:net'
import { PassThrough } from 'node:stream'
import t from 'tap'
import type { Dispatcher } from 'undici'
import { boundedKey } from '../../src/bytes/bounded-key.js'
import { createFairCache } from '../../src/memory/fair-cache.js'
import { createChunkBuffer } from '../../src/bytes/chunk-buffer.js'
import { BLANK_GIF } from '../../src/image/blank.js'
import { readBody } from '../../src/origin/body/body.js'
import { NO_COOKIES } from '../../src/origin/cookies/cookie-keeper.js'
import { createDoor, type Door } from '../../src/origin/door.js'
import { fetchBytes } from '../../src/origin/fetchers/fetch-bytes.js'
import { createMemoryBudget } from '../../src/guard/memory-budget.js'
import { createSecureHosts } from '../../src/origin/secure-hosts.js'
import { createKeptParts } from '../../src/memory/kept-parts.js'
import { createLastErrors } from '../../src/memory/last-errors.js'
import { createShares } from '../../src/guard/shares.js'
import { openMemory } from '../../src/store/memory.js'
import { createConcurrencyLimit } from '../../src/async/concurrency-limit.js'
import { cpuMilliseconds } from '../helpers/context.js'
import { ask, get, type Answer } from '../helpers/client.js'
import { startProxy } from '../helpers/proxy.js'
import { startRawOrigin, whole } from '../helpers/raw-origin.js'

const origin = await startRawOrigin(t)
const { at, says } = origin

t.test('a body in pieces of one byte takes little more than its bytes', async t => {
  const chunks = createChunkBuffer()
  const large = Buffer.alloc(100_000, 'z')
  const pieces = [...Array.from({ length: 300_000 }, (_, n) => Buffer.from([n % 251])), large, Buffer.from('end')]
  for (const piece of pieces) chunks.add(piece)
  t.equal(chunks.length, 400_003)
  t.ok(chunks.blocks().length < 12, `${chunks.blocks().length} blocks`)
  t.ok(
    chunks.blocks().reduce((sum, { buffer }) => sum + buffer.byteLength, 0) < 1.5 * chunks.length,
    'memory behind them'
  )
  t.ok(Buffer.concat(chunks.blocks()).equals(Buffer.concat(pieces)), 'every byte in its place')
  t.strictSame(createChunkBuffer().blocks(), [])

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
  t.strictSame(
    errors.of('one').map(({ address }) => address),
    ['http://site.test/']
  )

  const proxy = await startProxy(t, { 'allow-hosts': '127.0.0.1', conversions: 1 })
  says('/refresh', whole(`<meta http-equiv=refresh content="0;url=${at('/to')}?${long.slice(0, 10_000)}">`))
  t.match(await get(proxy.port, at('/refresh')), { status: 502, text: /BAD_REDIRECT/ })
  const nobody: Door = {
    fetch: () => t.fail('asked') as never,
    destroy: async () => {}
  }
  await t.rejects(
    fetchBytes(nobody, new URL(`http://site.test/?${long}`), {
      fields: {},
      maxBytes: 1,
      timeoutSeconds: 1,
      signal: new AbortController().signal
    }),
    { code: 'BAD_REDIRECT' }
  )
})

t.test('a page in the place of an image is not made', async t => {
  const proxy = await startProxy(t, { 'allow-hosts': '127.0.0.1', conversions: 1 })
  const asked: string[] = []
  const note = (path: string, bytes: Buffer): void =>
    says(path, bytes, socket => {
      asked.push(path)
      socket.end()
    })
  const long = `http://site.test/${'x'.repeat(1500)}`
  for (const path of ['/sheet.css', '/probe.gif']) note(path, whole('x', 'text/css'))
  note(
    '/i.gif',
    whole(
      `<title>Words</title><link rel=stylesheet href=/sheet.css><p>words<img src=/probe.gif><a href="${long}">long</a>`
    )
  )
  note(
    '/named.gif',
    whole(Buffer.from('R0lGODlhAgABAIAAAAAAAP///yH5BAAAAAAALAAAAAACAAEAAAICBAoAOw==', 'base64'), 'text/html')
  )
  const isBlank = ({ body, headers }: Answer): boolean =>
    body.equals(BLANK_GIF) && headers['content-type'] === 'image/gif'
  t.ok(isBlank(await get(proxy.port, at('/i.gif?~10x10'), { browser: 'nav3' })), 'a page gave it a size')
  t.ok(
    isBlank(await get(proxy.port, at('/i.gif'), { headers: ['Accept: image/gif, image/jpeg'] })),
    'nothing else is taken'
  )
  t.strictSame(asked.splice(0), ['/i.gif', '/i.gif'], 'nothing is fetched for it')
  const typed = await get(proxy.port, at('/i.gif'), { browser: 'nav3' })
  t.match(typed, { status: 200, text: /words[^]*retrograde\/~/ }, 'who types the address gets the page')
  t.strictSame(asked.splice(0).sort(), ['/i.gif', '/probe.gif', '/sheet.css'])
  const named = await get(proxy.port, at('/named.gif?~10x10'), { browser: 'nav3' })
  t.ok(/^GIF8/.test(named.text) && !isBlank(named), 'an image that is called a page is one')
})

t.test('last errors and kept parts of a client stay when others come', async t => {
  const errors = createLastErrors()
  errors.add('127.0.0.9', { address: 'http://mine.test/', title: 'Busy' })
  for (let at = 0; at < 8000; at++)
    if (at !== 9) errors.add(`127.0.${at >> 8}.${at & 255}`, { address: `http://site.test/${at}`, title: 'Busy' })
  t.strictSame(
    errors.of('127.0.0.9').map(({ address }) => address),
    ['http://mine.test/']
  )
  t.equal(errors.of('127.0.31.63').length, 1, 'who came last has its own')

  const parts = createKeptParts(100_000)
  const page = { status: 200, keeping: {}, contentType: 'text/html', parts: [Buffer.alloc(500), Buffer.alloc(500)] }
  parts.keep('10.0.0.1', 'mine', page)
  for (let at = 0; at < 200; at++) parts.keep(`10.0.${at % 2}.${(at % 5) + 2}`, `other ${at}`, page)
  t.ok(parts.get('10.0.0.1', 'mine'), 'who has most gives')
  t.ok(parts.get('10.0.0.2', 'other 199'))
  t.notOk(parts.get('10.0.0.2', 'other 0'), 'what was used longest ago')

  let now = 0
  const cache = createFairCache<number>({
    most: 100,
    mostOfOwner: 25,
    gives: 'largest',
    milliseconds: 20,
    sizeOf: value => value,
    now: () => now
  })
  cache.set('a', 'too large', 26)
  t.equal(cache.get('too large'), undefined)
  for (const key of ['one', 'two', 'three']) cache.set('a', key, 10)
  t.strictSame(['one', 'two', 'three'].map(cache.get), [undefined, 10, 10], 'one owner has a share of its own')
  now += 21
  t.equal(cache.get('two'), undefined, 'for a time')
})

t.test('a look at who gives is quick', async t => {
  const shares = createShares({ most: 4096, gives: 'newest' })
  for (let at = 0; at < 4096; at++) shares.add(`2001:db8::${at.toString(16)}`, 1)
  const before = cpuMilliseconds()
  for (let at = 0; at < 1000; at++) shares.giver('10.0.0.1', 1)
  t.ok(cpuMilliseconds() - before < 1000, 'a thousand in a second')
  t.equal(shares.giver('10.0.0.1', 1), '2001:db8::fff', 'who came last')
})

/** Lets another person ask while one client has all that it may have. */
const OTHER = '127.0.0.2'

t.test('who has many downloads from a site leaves it to others', async t => {
  const proxy = await startProxy(t, { 'allow-hosts': '127.0.0.1', conversions: 1, 'response-timeout-seconds': 1 })
  says('/words', whole('<p>words'))
  const held: net.Socket[] = []
  says(
    '/big.zip',
    `HTTP/1.1 200 OK\r\nContent-Type: application/zip\r\nContent-Length: 100000000\r\n\r\n${'x'.repeat(1000)}`,
    socket => void held.push(socket)
  )
  const sockets = Array.from({ length: 6 }, () => net.connect(proxy.port, '127.0.0.1').on('error', () => {}))
  for (const socket of sockets) socket.write(`GET ${at('/big.zip')} HTTP/1.0\r\nUser-Agent: Wget/1.5\r\n\r\n`)
  await Promise.all(sockets.map(socket => once(socket, 'data')))
  t.match(await get(proxy.port, at('/words'), { from: OTHER }), { status: 200, text: /words/ })
  t.match(
    await get(proxy.port, at('/words')),
    { status: 429, text: /TOO_MANY_AT_ONCE/ },
    'an end, not a wait without end'
  )
  const waiting = get(proxy.port, at('/words'))
  setTimeout(() => held[0]!.destroy(), 300)
  t.match(await waiting, { status: 200, text: /words/ }, 'its turn comes')
  for (const socket of sockets) socket.destroy()
  await proxy.close()
})

t.test('the wait for a connection has an end', async t => {
  const never = { request: () => new Promise(() => {}) } as unknown as Dispatcher
  const door = createDoor({
    askLeniently: () => Promise.reject(new Error('not asked')),
    dispatcher: never,
    secureHosts: createSecureHosts(openMemory()),
    maxRedirects: 3,
    responseTimeoutSeconds: 0.1,
    maxConnectionsPerRequest: 1
  })
  const url = new URL('http://site.test:8000/')
  await t.rejects(door.fetch({ url, headers: {}, signal: new AbortController().signal, cookies: NO_COOKIES }), {
    code: 'TIMED_OUT'
  })
})

t.test('one client has a share of the memory for bodies', async t => {
  const room = createMemoryBudget(40, 1)
  const [one, two] = [new AbortController(), new AbortController()]
  const [first, second, other] = [
    room.forVisit('a', one.signal),
    room.forVisit('a', two.signal),
    room.forVisit('b', two.signal)
  ]
  t.ok(first(6) && second(4), 'a quarter, of all its visits together')
  t.notOk(second(1))
  t.ok(other(10), 'others have theirs')
  one.abort()
  t.ok(second(6), 'given back')
  t.ok(!createMemoryBudget(40, 30).forVisit('a', one.signal)(0), 'a visit that is over takes nothing')
  t.ok(createMemoryBudget(40, 30).forVisit('a', new AbortController().signal)(30), 'the largest page fits in any case')
  two.abort()
  const all = new AbortController()
  t.ok(
    ['a', 'b', 'c', 'd'].every(client => room.forVisit(client, all.signal)(10)),
    'it is all there again'
  )
  t.notOk(room.forVisit('e', all.signal)(1), 'and no more')
})

t.test('one client has a share of handshakes and tunnels', async t => {
  const gate = createConcurrencyLimit(20)
  const left = Array.from({ length: 5 }, () => gate.enter('one'))
  t.notOk(left.includes(undefined), 'a quarter')
  t.equal(gate.enter('one'), undefined)
  t.ok(gate.enter('two'))
  left[0]!()
  left[0]!()
  t.ok(gate.enter('one'))
  t.equal(gate.enter('one'), undefined, 'once left is left once')
  t.equal(gate.inside(), 6)

  const proxy = await startProxy(t, { tls: 'on', conversions: 1, 'max-requests-per-minute': 3 })
  const connect = (): Promise<Answer> =>
    ask(proxy.port, 'CONNECT site.test:443 HTTP/1.0\r\n\r\n', { leaveAt: /established|429/ })
  for (let n = 0; n < 3; n++) t.match((await connect()).raw, /established/)
  t.match((await connect()).raw, / 429 /, 'they are counted')
})
