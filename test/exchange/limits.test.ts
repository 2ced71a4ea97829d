import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import net, { type Socket } from 'node:net'
import { Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import t, { type Test } from 'tap'
import sharp from 'sharp'
import { OWN_RULES } from '../../src/clients/rules.js'
import { SETTINGS } from '../../src/config/settings.js'
import { BLANK_GIF } from '../../src/image/blank.js'
import { createAttempts } from '../../src/origin/attempts.js'
import type { Door } from '../../src/origin/door.js'
import { createTraffic } from '../../src/origin/traffic.js'
import { createFeedFetcher } from '../../src/origin/fetchers/feed-fetcher.js'
import { createMemoryBudget } from '../../src/guard/memory-budget.js'
import { createSheetFetcher } from '../../src/origin/fetchers/sheet-fetcher.js'
import { createInlineImages } from '../../src/memory/inline-images.js'
import { createKeptParts, type KeptPage } from '../../src/memory/kept-parts.js'
import { openMemory } from '../../src/store/memory.js'
import { createShortAddresses } from '../../src/request/short-addresses.js'
import { placeOf } from '../../src/watch/report.js'
import { createWorkers } from '../../src/workers/pool.js'
import { checkPage } from '../helpers/check-page.js'
import { ask, get, type Answer } from '../helpers/client.js'
import { jobFor, profileOf } from '../helpers/context.js'
import { startProxy } from '../helpers/proxy.js'
import { ROOT } from '../helpers/root.js'
import { startRawOrigin, whole } from '../helpers/raw-origin.js'

const read = (path: string): string => readFileSync(ROOT + path, 'utf8')

const HEAD = 4096
const UPLOAD = 2000
const PAGE = 5000
const ELEMENTS = 200
const IMAGE = 3000
const PIXELS = 10_000
const HEADER = 65_536
const ROOM = 1_048_576
const ADDRESS = 8192
const INLINE_ENTRY = 300

const origin = await startRawOrigin(t)
const { at, says } = origin
const proxy = await startProxy(t, {
  'allow-hosts': '127.0.0.1',
  conversions: 1,
  'connect-timeout-seconds': 1,
  'response-timeout-seconds': 1,
  'body-timeout-seconds': 1,
  'read-timeout-seconds': 3,
  'head-timeout-seconds': 1,
  'keep-alive-timeout-seconds': 1,
  'max-head-bytes': HEAD,
  'max-upload-bytes': UPLOAD,
  'max-page-bytes': PAGE,
  'max-elements': ELEMENTS,
  'max-image-bytes': IMAGE,
  'max-image-pixels': PIXELS,
  'max-redirects': 2
})
// The first page waits for its thread to start.
says('/warm', whole('<p>warm'))
await get(proxy.port, at('/warm'))

const visit = (path: string): Promise<Answer> => get(proxy.port, at(path), { timeoutSeconds: 30 })

/** A page in the client's profile that names the failure. */
function refuses(t: Test, answer: Answer, code: string, status: number): void {
  t.equal(answer.status, status, code)
  t.match(answer.text, new RegExp(`<P>[A-Z][^<]{20,}\\.[^]*Retrograde [\\d.]+: ${code}`), 'a sentence and the code')
  t.strictSame(checkPage(answer.body, profileOf('mosaic')).problems, [])
}

const shows = (t: Test, answer: Answer, words: RegExp): void => void t.match(answer, { status: 200, text: words })
const isBlank = (t: Test, answer: Answer): void =>
  void t.ok(answer.status === 200 && answer.body.equals(BLANK_GIF), 'a blank GIF')
const isDrawn = (t: Test, answer: Answer): void =>
  void t.ok(answer.status === 200 && /^GIF8/.test(answer.text) && !answer.body.equals(BLANK_GIF), 'an image')

async function png(width: number, height: number, bytes?: number): Promise<Buffer> {
  const image = await sharp({ create: { width, height, channels: 3, background: 'red' } })
    .png()
    .toBuffer()
  return bytes === undefined ? image : Buffer.concat([image, Buffer.alloc(bytes - image.length)])
}

/** Sends so many bytes, then waits, then the rest. */
async function inTwo(first: string, then: string, milliseconds: number, port = proxy.port): Promise<string> {
  const socket = net.connect(port, '127.0.0.1', () => socket.write(first))
  let text = ''
  socket
    .on('error', () => {})
    .on('data', chunk => {
      text += chunk.toString('latin1')
    })
  const timer = setTimeout(() => socket.write(then), milliseconds)
  await once(socket, 'close')
  clearTimeout(timer)
  return text
}

const later =
  (milliseconds: number, bytes: string | Buffer) =>
  (socket: Socket): void =>
    void setTimeout(() => socket.destroyed || socket.end(bytes), milliseconds)

/** A door to a site that sends as many spaces as the path says. */
const doorTo = (type: string): Door => ({
  fetch: async ({ url }) => ({
    status: 200,
    headers: { 'content-type': type },
    body: Readable.from([Buffer.alloc(Number(url.pathname.slice(1)), ' ')]),
    url,
    attempts: createAttempts(100, ''),
    traffic: createTraffic()
  }),
  destroy: async () => {}
})

/** A case at the limit and one past it; or the file and the title of the test that has them. */
const cases: Readonly<Record<string, string | ((t: Test) => Promise<void>)>> = {
  async maxHeadBytes(t) {
    says('/head', whole('<p>words'))
    const head = (bytes: number): string => {
      const first = `GET ${at('/head')} HTTP/1.0\r\nX: `
      return `${first}${'x'.repeat(bytes - first.length - 4)}\r\n\r\n`
    }
    shows(t, await ask(proxy.port, head(HEAD)), /words/)
    refuses(t, await ask(proxy.port, head(HEAD + 1)), 'HEAD_TOO_LARGE', 431)
  },
  CLIENT_FIELD_BYTES: 'exchange/strangers-text.test.ts: what a client says of itself is cut',
  async headTimeoutSeconds(t) {
    t.match(await inTwo('GET http://retrograde/healthz HTTP/1.0\r\n', '\r\n', 400), /200 OK[^]*ok/)
    t.match(
      await inTwo('GET http://retrograde/healthz HTTP/1.0\r\n', '\r\n', 3000),
      / 408 [^]*did not finish it in time/
    )
  },
  async maxUploadBytes(t) {
    says('/upload', whole('<p>thanks'))
    const send = (bytes: number): Promise<Answer> =>
      get(proxy.port, at('/upload'), {
        method: 'POST',
        headers: ['Content-Type: application/octet-stream'],
        body: Buffer.alloc(bytes)
      })
    shows(t, await send(UPLOAD), /thanks/)
    // This origin answers before it has all of it: what it says then does not count.
    says('/upload', '', () => {})
    refuses(t, await send(UPLOAD + 1), 'REQUEST_TOO_LARGE', 413)
  },
  async uploadPauseSeconds(t) {
    const brief = await startProxy(t, { 'allow-hosts': '127.0.0.1', conversions: 1, 'upload-pause-seconds': 1 })
    const send = async (
      path: string,
      type: string,
      first: string,
      then: string,
      milliseconds: number
    ): Promise<string> =>
      await inTwo(
        `POST ${at(path)} HTTP/1.0\r\nContent-Type: ${type}\r\nContent-Length: 200\r\n\r\n${first}`,
        then,
        milliseconds,
        brief.port
      )
    const marked = '~charset=utf-8.koi8-r&q='
    const kinds: ReadonlyArray<readonly [string, string]> = [
      ['application/x-www-form-urlencoded', marked],
      ['application/x-www-form-urlencoded', 'q='],
      ['application/x-www-form-urlencoded', ''],
      ['application/octet-stream', 'bytes'],
      ['multipart/form-data; boundary=b', '--b']
    ]
    says('/taken', '', () => {})
    await Promise.all(
      kinds.map(async ([type, first]) =>
        t.match(
          await send('/taken', type, first, 'x'.repeat(200 - first.length), 5000),
          / 408 [^]*REQUEST_TIMEOUT/,
          `${type} ${first}`
        )
      )
    )
    says('/thanks', '', later(1500, whole('<p>thanks')))
    t.match(
      await send('/thanks', 'application/x-www-form-urlencoded', marked, 'x'.repeat(200 - marked.length), 400),
      /200 OK[^]*thanks/,
      'a shorter one; how long the site takes does not count'
    )
  },
  async maxFormBytes(t) {
    const small = await startProxy(t, {
      'allow-hosts': '127.0.0.1',
      conversions: 1,
      'max-form-bytes': 1024,
      'max-upload-bytes': 20_000
    })
    says('/form', whole('<p>thanks'))
    const send = (body: string, type: string): Promise<Answer> =>
      get(small.port, at('/form'), { method: 'POST', headers: [`Content-Type: ${type}`], body, timeoutSeconds: 30 })
    const plain = (bytes: number): string => '~charset=utf-8.koi8-r&q='.padEnd(bytes, 'x')
    const parts = (text: number, file: number): string =>
      `--b\r\nContent-Disposition: form-data; name="~charset"\r\n\r\nutf-8.koi8-r\r\n--b\r\nContent-Disposition: form-data; name="q"\r\n\r\n${'x'.repeat(text)}\r\n--b\r\nContent-Disposition: form-data; name="f"; filename="a"\r\n\r\n${'x'.repeat(file)}\r\n--b--\r\n`
    shows(t, await send(plain(1024), 'application/x-www-form-urlencoded'), /thanks/)
    refuses(t, await send(plain(1025), 'application/x-www-form-urlencoded'), 'REQUEST_TOO_LARGE', 413)
    shows(t, await send('q='.padEnd(10_000, 'x'), 'application/x-www-form-urlencoded'), /thanks/)
    shows(t, await send(parts(500, 10_000), 'multipart/form-data; boundary=b'), /thanks/)
    refuses(t, await send(parts(1025, 10), 'multipart/form-data; boundary=b'), 'REQUEST_TOO_LARGE', 413)
  },
  async maxConnections(t) {
    const small = await startProxy(t, { conversions: 1, 'max-connections': 2, 'allow-hosts': '127.0.0.1' })
    const first = net.connect(small.port, '127.0.0.1').on('error', () => {})
    const closed = once(first.resume(), 'close')
    await once(first, 'connect')
    t.match(await get(small.port, 'http://retrograde/healthz'), { status: 200 })
    const second = net.connect(small.port, '127.0.0.1').on('error', () => {})
    await once(second, 'connect')
    t.match(await get(small.port, 'http://retrograde/healthz'), { status: 200 }, 'what is idle is closed for it')
    await closed
    second.destroy()
    t.equal((await get(small.port, 'http://retrograde/')).status, 200, 'no stranger from here on')
    says('/held', '', () => {})
    const held = Array.from({ length: 2 }, () =>
      net
        .connect(small.port, '127.0.0.1', function (this: net.Socket) {
          this.write(`GET ${at('/held')} HTTP/1.0\r\n\r\n`)
        })
        .on('error', () => {})
    )
    await sleep(500)
    t.equal((await get(small.port, 'http://retrograde/healthz')).raw, '', 'what is answered is not')
    for (const socket of held) socket.resetAndDestroy()
    await sleep(500)
    t.match(await get(small.port, 'http://retrograde/healthz'), { status: 200 }, 'as soon as there is place')
  },
  maxConnectionsPerClient: 'exchange/connections.test.ts: one client has a share of connections',
  maxConnectionsPerSecond: 'exchange/connections.test.ts: one client opens so many in a second',
  BURST_SECONDS: 'exchange/connections.test.ts: one client opens so many in a second',
  MOST_AT_ONCE:
    'unit/guard/turnstile.test.ts: few heads are begun in a turn of the event loop, and fewer while connections come',
  STORM_MILLISECONDS:
    'unit/guard/turnstile.test.ts: few heads are begun in a turn of the event loop, and fewer while connections come',
  STORM_PAUSES:
    'unit/guard/turnstile.test.ts: few heads are begun in a turn of the event loop, and fewer while connections come',
  MOST_HEADER_BYTES: 'unit/front/sockets/proxy-header.test.ts: nothing waits for more than the longest header',
  HEADER_MILLISECONDS: 'exchange/balancers.test.ts: from a balancer nothing else is read',
  sharedStoreMilliseconds: 'scale/fail.test.ts: a store that hangs holds nobody up',
  MOST_SHARED_BYTES: 'unit/store/remote/link.test.ts: bytes that are too many stay here',
  STRANGERS_SHARE: 'exchange/connections.test.ts: a thousand strangers leave room',
  MOST_REFUSED: 'exchange/connections.test.ts: who may not use the proxy is sent away before a byte is read',
  maxVisitsPerClient: 'exchange/access.test.ts: what one client may take',
  maxVisits: 'exchange/access.test.ts: what one client may take',
  MODEST_SHARE: 'exchange/access.test.ts: a few greedy clients leave room for the others',
  FURTHER_OWN_VISITS: 'exchange/access.test.ts: a few greedy clients leave room for the others',
  maxRequestsPerMinute: 'exchange/access.test.ts: what one client may take',
  maxMegabytesPerDay: 'exchange/access.test.ts: what one client may take',
  MOST_WRONG: 'exchange/access.test.ts: checks of passwords',
  async connectTimeoutSeconds(t) {
    const silent = net.createServer(socket => void socket.on('error', () => {})).listen(0, '127.0.0.1')
    await once(silent, 'listening')
    const started = Date.now()
    refuses(
      t,
      await get(proxy.port, `https://127.0.0.1:${(silent.address() as net.AddressInfo).port}/`),
      'TIMED_OUT',
      504
    )
    t.ok(Date.now() - started < 5000, 'TLS that nobody speaks')
    silent.close()
  },
  async responseTimeoutSeconds(t) {
    says('/soon', '', later(300, whole('<p>words')))
    says('/late', '', later(10_000, whole('<p>words')))
    shows(t, await visit('/soon'), /words/)
    const late = await visit('/late')
    refuses(t, late, 'TIMED_OUT', 504)
    // More on a machine that has other work.
    t.match(late.text, /The proxy waited \d seconds? for the answer of the site to begin\./)
    says('/head', 'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n', later(10_000, '<p>words'))
    t.match((await visit('/head')).text, /The proxy waited \d seconds? for the rest of the answer\./)
  },
  async bodyTimeoutSeconds(t) {
    const half = 'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 20\r\n\r\n<p>begin '
    says('/pause', half, later(300, 'end........'))
    says('/stall', half, later(10_000, 'end........'))
    shows(t, await visit('/pause'), /begin end/)
    shows(t, await visit('/stall'), /begin[^]*The rest of the page did not come in time/)
    const upstream = net
      .createServer(socket => void socket.on('error', () => {}).once('data', () => socket.write(half)))
      .listen(0, '127.0.0.1')
    await once(upstream, 'listening')
    const through = await startProxy(t, {
      'upstream-proxy': `http://127.0.0.1:${(upstream.address() as net.AddressInfo).port}/`,
      conversions: 1,
      'body-timeout-seconds': 1,
      'read-timeout-seconds': 20
    })
    // By an upstream proxy too, long before the other limit.
    const started = Date.now()
    shows(t, await get(through.port, 'http://site.test/'), /begin[^]*The rest of the page did not come in time/)
    t.ok(Date.now() - started < 10_000)
    await through.close()
    upstream.close()
  },
  async readTimeoutSeconds(t) {
    const drip =
      (times: number) =>
      (socket: Socket): void => {
        let left = times
        const timer = setInterval(() => (left-- > 0 ? socket.write('drip ') : socket.end('over')), 300)
        socket.on('close', () => clearInterval(timer))
      }
    says('/few', 'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n', drip(3))
    says('/many', 'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n', drip(1000))
    shows(t, await visit('/few'), /drip over/)
    shows(t, await visit('/many'), /drip[^]*did not come in time/)
  },
  CLIENT_CONNECTIONS: 'exchange/shares.test.ts: who has many downloads from a site leaves it to others',
  async HEADER_BYTES(t) {
    const fields = (bytes: number): Buffer =>
      whole(
        '<p>words',
        'text/html',
        Array.from({ length: Math.floor(bytes / 1000) }, (_, n) => `X-${n}: ${'x'.repeat(990)}\r\n`).join('')
      )
    says('/fields', fields(HEADER - 3000))
    says('/more-fields', fields(HEADER + 3000))
    shows(t, await visit('/fields'), /words/)
    refuses(t, await visit('/more-fields'), 'BAD_ANSWER', 502)
  },
  async MOST_HINTS(t) {
    const hints = (many: number): Buffer =>
      Buffer.concat([Buffer.from('HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n'.repeat(many)), whole('<p>words')])
    says('/hints', hints(10))
    says('/more-hints', hints(11))
    shows(t, await visit('/hints'), /words/)
    refuses(t, await visit('/more-hints'), 'BAD_ANSWER', 502)
  },
  async MOST_CODINGS(t) {
    const packed = (times: number): Buffer =>
      whole(
        Array.from({ length: times }).reduce<Buffer>(bytes => gzipSync(bytes), Buffer.from('<p>words')),
        'text/html',
        `Content-Encoding: ${Array(times).fill('gzip').join(', ')}\r\n`
      )
    says('/codings', packed(3))
    says('/more-codings', packed(4))
    shows(t, await visit('/codings'), /words/)
    refuses(t, await visit('/more-codings'), 'BAD_ANSWER', 502)
  },
  maxConnectionsPerRequest: 'exchange/upstream.test.ts: one request makes no more connections than are allowed',
  MOST_ADDRESSES: 'exchange/upstream.test.ts: a name with many addresses',
  LOOK_UP_THREADS_SHARE: 'unit/guard/look-ups.test.ts: places are those that libuv has',
  'guard/look-ups.ts CLIENT_SHARE': 'unit/guard/look-ups.test.ts: silent names of one client keep no other from a name',
  MOST_WAITING: 'unit/guard/look-ups.test.ts: too many that wait are refused',
  LOOK_UP_MILLISECONDS: 'unit/guard/look-ups.test.ts: a silent name is not asked for again for a while',
  SILENT_MILLISECONDS: 'unit/guard/look-ups.test.ts: a silent name is not asked for again for a while',
  MOST_SILENT: 'unit/guard/look-ups.test.ts: only so many silent names are remembered',
  maxRedirects: 'exchange/visits.test.ts: redirects without end become a page',
  async MOST_ADDRESS_CHARACTERS(t) {
    const to = (characters: number): string => at('/to?').padEnd(characters, 'x')
    says('/within', Buffer.from(`HTTP/1.1 302 Found\r\nLocation: ${to(ADDRESS)}\r\nContent-Length: 0\r\n\r\n`))
    t.match(await visit('/within'), { status: 302, headers: { location: /./ } })
    says('/beyond', Buffer.from(`HTTP/1.1 302 Found\r\nLocation: ${to(ADDRESS + 1)}\r\nContent-Length: 0\r\n\r\n`))
    refuses(t, await visit('/beyond'), 'BAD_REDIRECT', 502)
  },
  async maxPageBytes(t) {
    const page = (bytes: number): Buffer =>
      whole(`<p>${'words '.repeat(1000)}`.slice(0, bytes - 4).padEnd(bytes - 4, '.') + 'last')
    says('/page', page(PAGE))
    says('/longer', page(PAGE + 1))
    const exact = await visit('/page')
    shows(t, exact, /last/)
    t.notMatch(exact.text, /stops here/)
    shows(t, await visit('/longer'), /this proxy stops here/)
    says('/bomb', whole(gzipSync(Buffer.alloc(30_000_000, 'words ')), 'text/html', 'Content-Encoding: gzip\r\n'))
    shows(t, await visit('/bomb'), /words[^]*this proxy stops here/)
  },
  async maxElements(t) {
    // html, head and body are implied.
    says('/elements', whole(`<p>words${'<b>x</b>'.repeat(ELEMENTS - 4)}`))
    says('/more-elements', whole(`<p>words${'<b>x</b>'.repeat(ELEMENTS)}`))
    shows(t, await visit('/elements'), /words/)
    refuses(t, await visit('/more-elements'), 'TOO_LARGE', 502)
  },
  'page/tree/bounded-parser.ts MOST_DEPTH': 'cost/nested.test.ts: no tree is deep, and nothing that lies deep is lost',
  MOST_MARKS: 'cost/encoders.test.ts: encoders and normalization',
  'page/write/blocks.ts MOST_DEPTH': 'cost/hostile-pages.test.ts: hostile pages end, and are right',
  'page/write/inlines.ts MOST_DEPTH': 'cost/hostile-pages.test.ts: hostile pages end, and are right',
  async maxImageBytes(t) {
    says('/a.png', whole(await png(10, 10, IMAGE), 'image/png'))
    says('/b.png', whole(await png(10, 10, IMAGE + 1), 'image/png'))
    isDrawn(t, await visit('/a.png'))
    isBlank(t, await visit('/b.png'))
  },
  async maxImagePixels(t) {
    says('/c.png', whole(await png(100, 100), 'image/png'))
    says('/d.png', whole(await png(100, 101), 'image/png'))
    isDrawn(t, await visit('/c.png'))
    isBlank(t, await visit('/d.png'))
  },
  maxImageSide: 'unit/workers.test.ts: each side of an image is bounded',
  maxImageMemoryBytes: 'unit/workers.test.ts: an image that takes too much memory',
  SVG_LIMITS: 'unit/workers.test.ts: what a drawing may have in it',
  maxImageFrames: 'unit/image.test.ts: animation',
  async maxBodiesBytes(t) {
    const room = createMemoryBudget(10, 10)
    const [first, second] = [new AbortController(), new AbortController()]
    t.ok(room.forVisit('a', first.signal)(10), 'all of it')
    const take = room.forVisit('b', second.signal)
    t.notOk(take(1), 'one more')
    first.abort()
    t.ok(take(10), 'when the other is over')
    t.notOk(room.forVisit('a', first.signal)(0), 'nobody is there to give it back')

    const small = await startProxy(t, {
      'allow-hosts': '127.0.0.1',
      conversions: 1,
      'max-bodies-bytes': ROOM,
      'max-page-bytes': 2 * ROOM,
      'read-timeout-seconds': 20,
      'body-timeout-seconds': 20
    })
    const head = `HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>${'words '.repeat(150_000)}`
    let end = (): void => {}
    says('/wide', head, socket => {
      end = () => void socket.end()
    })
    says('/too-wide', head + head)
    says('/too-wide.gif', whole(Buffer.alloc(ROOM + 1), 'image/gif'))
    refuses(t, await get(small.port, at('/too-wide')), 'BUSY', 503)
    isBlank(t, await get(small.port, at('/too-wide.gif')))
    const waiting = get(small.port, at('/wide'))
    await sleep(500)
    refuses(t, await get(small.port, at('/too-wide')), 'BUSY', 503)
    end()
    shows(t, await waiting, /words/)
    await sleep(100)
    says('/wide', head)
    shows(t, await get(small.port, at('/wide')), /words/)
    await small.close()
  },
  'guard/memory-budget.ts CLIENT_SHARE': 'exchange/shares.test.ts: one client has a share of the memory for bodies',
  conversions: 'unit/workers.test.ts: turns by client',
  'workers/pool.ts CLIENT_SHARE': 'unit/workers.test.ts: one client does not keep the pages of all others',
  maxWaitingConversions: 'unit/workers.test.ts: turns by client',
  conversionWaitSeconds: 'unit/workers.test.ts: turns by client',
  async conversionTimeoutSeconds(t) {
    const options = { places: 1, mostWaiting: 1, waitSeconds: 60, maxImageMemoryBytes: 1e8, rulesFolder: OWN_RULES }
    const me = { client: 'me', signal: new AbortController().signal }
    const job = jobFor(Buffer.from('<p>words'.repeat(20_000)), profileOf('nav3'))
    const patient = createWorkers({ ...options, timeoutSeconds: 60 })
    const hasty = createWorkers({ ...options, timeoutSeconds: 0.001 })
    t.match(Buffer.from((await patient.page(job, me)).body).toString('latin1'), /words/)
    await t.rejects(hasty.page(job, me), { code: 'CONVERSION_FAILED' })
    await Promise.all([patient.close(), hasty.close()])
  },
  maxImageCacheBytes: 'exchange/image-delivery.test.ts: the memory of the cache has an end',
  maxPageCacheBytes:
    'exchange/page-cache.test.ts: what was made by other rules is made again, and there is an end to the memory',
  imagesAhead: 'exchange/images-ahead.test.ts: the first images of a page are there when the browser asks for them',
  async maxInlineBytes(t) {
    const images = createInlineImages(10 + INLINE_ENTRY)
    images.add([{ path: '/inline/a.gif', bytes: Buffer.alloc(10) }])
    t.equal((await images.get('/inline/a.gif'))?.length, 10)
    images.add([{ path: '/inline/b.gif', bytes: Buffer.alloc(11) }])
    t.equal(await images.get('/inline/b.gif'), undefined)
    images.add([{ path: '/inline/c.gif', bytes: Buffer.alloc(1) }])
    t.equal(await images.get('/inline/a.gif'), undefined, 'the older makes room')
    isBlank(t, await get(proxy.port, 'http://retrograde/inline/gone.gif'))
  },
  async maxPartBytes(t) {
    const parts = createKeptParts(11)
    const page = (bytes: number): KeptPage => ({
      status: 200,
      keeping: {},
      contentType: 'text/html',
      parts: [Buffer.alloc(bytes)]
    })
    parts.keep('one', 'a', page(10))
    t.ok(parts.get('one', 'a'))
    parts.keep('one', 'b', page(11))
    t.notOk(parts.get('one', 'b'))
    refuses(t, await visit('/page?~part=2-k3abcdefgh'), 'PART_GONE', 404)
  },
  async maxShortAddresses(t) {
    const addresses = createShortAddresses(openMemory(), 2)
    const add = (key: string): void => addresses.add('me', [{ key, address: `http://site.test/${key}` }])
    for (const key of ['a', 'b']) add(key)
    t.ok(addresses.find('a'))
    add('c')
    t.notOk(addresses.find('a'))
    t.ok(addresses.find('c'))
    refuses(t, await get(proxy.port, 'http://retrograde/~0123456789'), 'SHORT_ADDRESS_GONE', 404)
  },
  maxStoreBytes: 'unit/store.test.ts: a file of bounded size',
  MOST_WAITING_BYTES: 'unit/store.test.ts: a database that is full',
  MOST_KEPT: 'unit/store.test.ts: damaged files that are kept, and what the doctor says',
  maxCookieBytes: 'exchange/personal.test.ts: nobody loses cookies to machines that come after',
  COOKIES_PER_SITE: 'exchange/personal.test.ts: jars have limits',
  CLIENT_BYTES: 'exchange/personal.test.ts: jars have limits',
  MOST_CLIENTS: 'exchange/personal.test.ts: settings of many machines',
  MOST_OF_ALL: 'exchange/shares.test.ts: last errors and kept parts of a client stay when others come',
  async maxSheetBytes(t) {
    const fetchSheet = createSheetFetcher({ door: doorTo('text/css'), maxBytes: 100, maxKeptBytes: 1e6 })
    t.equal((await fetchSheet(new URL('http://site.test/100'), AbortSignal.timeout(5000), {}))?.bytes.length, 100)
    t.equal(await fetchSheet(new URL('http://site.test/101'), AbortSignal.timeout(5000), {}), undefined)
  },
  async maxSheetCacheBytes(t) {
    const door = doorTo('text/css')
    let asked = 0
    const fetchSheet = createSheetFetcher({
      door: { fetch: request => (asked++, door.fetch(request)) },
      maxBytes: 1000,
      maxKeptBytes: 1200
    })
    const fetchOne = (bytes: number): Promise<unknown> =>
      fetchSheet(new URL(`http://site.test/${bytes}`), AbortSignal.timeout(5000), {})
    for (const bytes of [100, 100]) t.ok(await fetchOne(bytes))
    t.equal(asked, 1, 'it is kept')
    for (const bytes of [101, 102, 100]) t.ok(await fetchOne(bytes))
    t.equal(asked, 4, 'the one used longest ago has made room')
  },
  async maxFeedBytes(t) {
    const fetchFeed = createFeedFetcher({ door: doorTo('text/xml'), maxBytes: 100, timeoutSeconds: 5, maxRedirects: 0 })
    t.match(await fetchFeed(new URL('http://site.test/100'), undefined, AbortSignal.timeout(5000)), {
      bytes: Buffer.alloc(100, ' ')
    })
    await t.rejects(fetchFeed(new URL('http://site.test/101'), undefined, AbortSignal.timeout(5000)), {
      code: 'TOO_LARGE'
    })
  },
  maxTlsHandshakes: 'exchange/tls.test.ts: noise, silence and hang-ups instead of a handshake end',
  maxCertificatesPerSecond: 'exchange/tls.test.ts: certificates are made at a rate',
  'tls/secure-end.ts CLIENT_SHARE': 'exchange/tls.test.ts: certificates are made at a rate',
  tlsHandshakeSeconds: 'exchange/tls.test.ts: noise, silence and hang-ups instead of a handshake end',
  maxTunnels: 'exchange/tls.test.ts: a tunnel',
  'async/concurrency-limit.ts CLIENT_SHARE':
    'exchange/shares.test.ts: one client has a share of handshakes and tunnels',
  tunnelIdleSeconds: 'exchange/tls.test.ts: a tunnel',
  tunnelSeconds: 'exchange/tls.test.ts: a tunnel',
  async HOST_CHARACTERS(t) {
    const host = (characters: number): string =>
      placeOf({ kind: 'bad', code: 'BAD_REQUEST', portal: '' }, 'h'.repeat(characters)).host
    t.equal(host(300).length, 300)
    t.equal(host(301).length, 300)
  },
  async MOST_CHARACTERS(t) {
    const place = (characters: number): ReturnType<typeof placeOf> =>
      placeOf(
        {
          kind: 'origin',
          url: new URL(`http://site.test/${'p'.repeat(characters - 1)}?${'q'.repeat(characters)}`),
          portal: '',
          gateway: ''
        },
        ''
      )
    for (const characters of [2000, 2001]) t.match(place(characters), { path: /^\/p{1999}$/, query: /^q{2000}$/ })
  }
}

interface Row {
  readonly limit: string
  readonly file: string
  readonly key: string
}

const table = read('docs/security.md').split('## Limits')[1]!.split('\n## ')[0]!
const rows: readonly Row[] = [...table.matchAll(/^\| [^|]+ \| `(\w+)` \| `([\w/.-]+)` \| [^|]+ \|$/gm)].map(
  ([, limit, file]) => ({
    limit: limit!,
    file: file!,
    key: limit === 'MOST_DEPTH' || limit === 'CLIENT_SHARE' ? `${file} ${limit}` : limit!
  })
)

t.test('the table of limits is that of the code', async t => {
  t.equal(rows.length, table.split('\n').filter(line => /^\| /.test(line)).length - 2, 'every row can be read')
  t.strictSame(
    rows.map(({ key }) => key),
    Object.keys(cases),
    'every row has a case, in its order'
  )
  for (const { limit, file } of rows) {
    if (file === 'config/settings.ts') t.ok(limit in SETTINGS, `${limit} is a setting`)
    else t.match(read(`src/${file}`), new RegExp(`const ${limit} = `), `${file} has ${limit}`)
  }
  for (const [limit, elsewhere] of Object.entries(cases)) {
    if (typeof elsewhere !== 'string') continue
    const [file, title] = elsewhere.split(': ') as [string, string]
    t.ok(read(`test/${file}`).includes(`t.test('${title}`), `${limit}: ${elsewhere}`)
  }
  t.notMatch(table.replaceAll(/\| [^|]*$|, \d{3}(?=[ ;|])/gm, ''), /\d{4}/, 'no figure is said twice')
})

for (const [limit, run] of Object.entries(cases)) if (typeof run !== 'string') t.test(`at and past ${limit}`, run)
t.test('after all of it', async t => t.match(await get(proxy.port, 'http://retrograde/healthz'), { status: 200 }))
