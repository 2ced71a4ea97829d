import { setTimeout as sleep } from 'node:timers/promises'
import sharp from 'sharp'
import t, { type Test } from 'tap'
import type { Asker } from '../../src/workers/pool.js'
import { Failure, type FailureCode } from '../../src/failures.js'
import { createImageCache } from '../../src/memory/image-cache.js'
import { createSingleFlight } from '../../src/async/single-flight.js'
import { isUnchanged } from '../../src/answers/image/unchanged.js'
import { convertImage } from '../../src/image/convert.js'
import { prepareSharp } from '../../src/image/decode/decode.js'
import type { ConversionResult, ImageOptions } from '../../src/image/options.js'
import { saveFormats } from '../../src/image/formats.js'
import { sniffImage } from '../../src/image/decode/sniff.js'
import { freshnessOf } from '../../src/origin/headers/freshness.js'
import { checkPage } from '../helpers/check-page.js'
import { get, type Answer, type Browser, type GetOptions } from '../helpers/client.js'
import { profileOf } from '../helpers/context.js'
import { answers, startOrigin } from '../helpers/origin.js'
import { startProxy } from '../helpers/proxy.js'
import { IMAGE_LOOK } from '../helpers/image-look.js'
import { abortSignalOf } from '../../src/async/signal.js'

prepareSharp()

const origin = await startOrigin(t, undefined)
/** Everything through an upstream proxy, which is the origin: any made-up name works. */
const proxy = await startProxy(t, { 'upstream-proxy': `http://127.0.0.1:${origin.port}/`, conversions: 2 })

const visit = (address: string, options: GetOptions = {}): Promise<Answer> => get(proxy.port, address, options)
const asked = (address: string): number => origin.asked(address).length

const png = async (width: number, height: number, background = '#cc3300'): Promise<Buffer> =>
  await sharp({ create: { width, height, channels: 3, background } })
    .png()
    .toBuffer()

/** Noise, of which JPEGs are as large as they get. */
async function photo(width: number, height: number, seed = 1, noise = 64): Promise<Buffer> {
  const data = Buffer.alloc(width * height * 3)
  let state = seed
  for (let i = 0; i < data.length; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    data[i] = 60 + 80 * Math.sin(i / 900) + ((state >>> 24) * noise) / 256
  }
  return await sharp(data, { raw: { width, height, channels: 3 } })
    .jpeg({ quality: 90 })
    .toBuffer()
}

const CHANGED = 'Mon, 06 Nov 2023 08:49:37 GMT'
const red = await png(40, 30)
const blue = await png(40, 30, '#0000cc')

t.test('an image that is fresh is not fetched again', async t => {
  const address = 'http://fresh.test/a.png'
  origin.on(address, answers(red, 'image/png', { 'cache-control': 'max-age=3600', 'last-modified': CHANGED }))
  const first = await visit(address)
  const second = await visit(address)
  t.ok(first.body.length > 43 && second.body.equals(first.body), 'the same image')
  t.equal(asked(address), 1)
  t.equal(first.headers['last-modified'], CHANGED, 'the date is the origin’s')
  t.match(first.headers.etag, /^"[\w-]{22}"$/)
  t.equal((await visit(`${address}?~20x15`)).body.readUInt16LE(6), 20, 'in another size')
  t.equal(asked(address), 1, 'is made of the bytes that are here')
  await visit(address, { headers: ['Pragma: no-cache'] })
  t.equal(asked(address), 2, 'a person who reloads wants it anew')
  t.equal((await visit(`${address}?~view=raw`)).body.length, red.length, 'the bytes as they are')
  t.equal(asked(address), 3, 'are fetched')
})

t.test('a client that has the image', async t => {
  const address = 'http://client.test/a.png'
  origin.on(
    address,
    answers(red, 'image/png', { 'cache-control': 'max-age=3600', 'last-modified': CHANGED, etag: '"of the origin"' })
  )
  const { headers, body } = await visit(address)
  const ask = (...fields: string[]): Promise<Answer> => visit(address, { headers: fields })
  for (const field of [
    `If-None-Match: ${headers.etag}`,
    `If-None-Match: "x", W/${headers.etag}`,
    `If-Modified-Since: ${CHANGED}`,
    'If-Modified-Since: Monday, 06-Nov-23 08:49:37 GMT',
    `If-Modified-Since: ${CHANGED}; length=${body.length}`
  ]) {
    const answer = await ask(field)
    t.equal(answer.status, 304, field)
    t.equal(answer.body.length, 0)
    t.equal(answer.end, 'closed')
    t.equal(answer.headers['content-length'], undefined, 'no length is claimed')
    t.equal(answer.headers.etag, headers.etag)
  }
  for (const field of [
    'If-None-Match: "of the origin"',
    'If-Modified-Since: Sun, 05 Nov 2023 08:49:37 GMT',
    'If-Modified-Since: never',
    `If-Modified-Since: ${CHANGED}; length=${body.length + 1}`
  ]) {
    const answer = await ask(field)
    t.equal(answer.status, 200, field)
    t.ok(answer.body.equals(body))
  }
  t.equal(asked(address), 1)
  t.equal(
    (await ask(`If-Modified-Since: ${CHANGED}; length=${body.length}`, 'Pragma: no-cache')).status,
    304,
    'a reload of the very same bytes'
  )
  t.equal(
    (await ask(`If-Modified-Since: ${CHANGED}`, 'Pragma: no-cache')).status,
    200,
    'a reload of what may be others'
  )
  t.equal(
    (await visit(`${address}?~images=mono`, { headers: [`If-None-Match: ${headers.etag}`] })).status,
    200,
    'another conversion has another name'
  )
})

t.test('an image that is stale is asked after', async t => {
  const address = 'http://stale.test/a.png'
  let now = red
  origin.on(address, exchange => {
    const tag = now === red ? '"red"' : '"blue"'
    const same = exchange.request.headers['if-none-match'] === tag
    answers(same ? '' : now, 'image/png', { etag: tag, 'cache-control': 'max-age=0' }, same ? 304 : 200)(exchange)
  })
  const first = await visit(address)
  const second = await visit(address, { headers: ['If-None-Match: "of the client"'] })
  t.strictSame(
    origin.asked(address).map(({ headers }) => headers['if-none-match']),
    [undefined, '"red"'],
    'by the tag of the origin, never by the client’s'
  )
  t.equal(second.status, 200)
  t.ok(second.body.equals(first.body), '304 gives what is here')
  now = blue
  const third = await visit(address)
  t.notOk(third.body.equals(first.body), 'what has changed is shown')
  t.ok((await visit(address)).body.equals(third.body))
  t.equal(origin.asked(address).at(-1)!.headers['if-none-match'], '"blue"')

  const dated = 'http://stale.test/dated.png'
  origin.on(dated, exchange =>
    answers(
      red,
      'image/png',
      { 'last-modified': CHANGED, 'cache-control': 'no-cache' },
      exchange.request.headers['if-modified-since'] === CHANGED ? 304 : 200
    )(exchange)
  )
  const image = await visit(dated)
  t.ok((await visit(dated)).body.equals(image.body))
  t.equal(origin.asked(dated).at(-1)!.headers['if-modified-since'], CHANGED)
})

t.test('what is one person’s reaches no other', async t => {
  const mine = '127.0.0.1'
  const other = '127.0.0.2'
  const cases: Readonly<Record<string, Parameters<typeof answers>[2]>> = {
    private: { 'cache-control': 'private, max-age=3600' },
    'Private in capitals': { 'cache-control': 'Private, Max-Age=3600' },
    'no-store': { 'cache-control': 'no-store' },
    'a cookie that is set': { 'cache-control': 'max-age=3600', 'set-cookie': 'who=1' },
    'nothing said': {}
  }
  for (const [at, [name, headers]] of Object.entries(cases).entries()) {
    const address = `http://person${at}.test/me.png`
    let count = 0
    origin.on(address, exchange => answers(count++ === 0 ? red : blue, 'image/png', headers)(exchange))
    const first = await visit(address, { from: mine })
    const second = await visit(address, { from: other })
    t.equal(asked(address), 2, `${name}: asked twice`)
    t.notOk(first.body.equals(second.body), name)
  }

  const account = 'http://account.test/me.png'
  origin.on(account, exchange =>
    answers(/who=blue/.test(exchange.request.headers.cookie ?? '') ? blue : red, 'image/png', {
      'cache-control': 'public, max-age=3600'
    })(exchange)
  )
  const plain = await visit(account, { browser: 'nav3' })
  const logged = await visit(account, { browser: 'nav3', headers: ['Cookie: who=blue'] })
  t.notOk(logged.body.equals(plain.body), 'with a cookie')
  t.ok((await visit(account, { browser: 'nav3' })).body.equals(plain.body), 'and without it again')
  t.equal(asked(account), 2)
  t.ok((await visit(account, { browser: 'nav3', headers: ['Cookie: who=blue'] })).body.equals(logged.body))
  t.equal(asked(account), 2, 'kept for the one whose it is')
  await visit(account, { browser: 'nav3', headers: ['Cookie: who=blue'], from: other })
  t.equal(asked(account), 3, 'not for another machine with the same cookie')

  const locked = 'http://locked.test/a.png'
  origin.on(locked, answers(red, 'image/png', { 'cache-control': 'public, max-age=3600' }))
  await visit(locked, { headers: ['Authorization: Basic eDp5'] })
  await visit(locked)
  await visit(locked, { headers: ['Authorization: Basic eDp5'] })
  t.equal(asked(locked), 3, 'with a password it is always asked for')

  const language = 'http://varies.test/a.png'
  origin.on(language, exchange =>
    answers(/^de/.test(exchange.request.headers['accept-language'] ?? '') ? blue : red, 'image/png', {
      'cache-control': 'max-age=3600',
      vary: 'Accept-Language'
    })(exchange)
  )
  const english = await visit(language)
  t.notOk((await visit(language, { headers: ['Accept-Language: de'] })).body.equals(english.body), 'Vary is followed')
})

t.test('what did not come whole is not kept', async t => {
  const address = 'http://half.test/a.jpg'
  const whole = await photo(300, 200)
  let count = 0
  origin.on(address, ({ answer }) => {
    answer.writeHead(200, {
      'content-type': 'image/jpeg',
      'content-length': whole.length,
      'cache-control': 'max-age=3600'
    })
    if (count++ > 0) return void answer.end(whole)
    answer.write(whole.subarray(0, whole.length / 2))
    setTimeout(() => answer.socket?.destroy(), 100)
  })
  const half = await visit(address)
  t.ok(half.body.length > 43, 'half an image is shown')
  const second = await visit(address)
  t.notOk(second.body.equals(half.body), 'the next time the whole one')
  await visit(address)
  t.equal(asked(address), 2)
})

t.test('many at once', async t => {
  const address = 'http://many.test/a.jpg'
  origin.on(address, answers(await photo(900, 600), 'image/jpeg', { 'cache-control': 'max-age=3600' }))
  const all = await Promise.all(Array.from({ length: 20 }, () => visit(address)))
  t.ok(all[0]!.body.length > 1000)
  t.ok(
    all.every(({ status, body }) => status === 200 && body.equals(all[0]!.body)),
    'all get the same image'
  )
})

const LOOK: ImageOptions = {
  ...IMAGE_LOOK,
  maxWidth: 300,
  maxHeight: 300,
  limits: { ...IMAGE_LOOK.limits, maxPixels: 1e7 }
}
const OPTIONS = { maxWidth: 10, maxHeight: 10 } as unknown as ImageOptions
const never = (): AbortSignal => new AbortController().signal
const me = (signal = never()): Asker => ({ client: 'me', signal })

/** Threads that count what they do. */
function counting(milliseconds = 0): {
  image: (bytes: Buffer, options: ImageOptions, asker: Asker) => Promise<ConversionResult>
  made: number
  aborted: number
} {
  const workers = {
    made: 0,
    aborted: 0,
    async image(bytes: Buffer, _options: ImageOptions, { signal }: Asker): Promise<ConversionResult> {
      workers.made++
      await sleep(milliseconds, undefined, { signal: abortSignalOf(signal) }).catch(error => {
        workers.aborted++
        throw error
      })
      return {
        bytes: Buffer.from(bytes),
        type: 'image/gif',
        width: 1,
        height: 1,
        source: { kind: 'gif', width: 1, height: 1 }
      }
    }
  }
  return workers
}

t.test('conversions are made once', async t => {
  const workers = counting(20)
  const cache = createImageCache(workers, 1_000_000)
  const images = await Promise.all(
    Array.from({ length: 20 }, () => cache.converted(Buffer.from('one image'), OPTIONS, me()))
  )
  t.equal(workers.made, 1, 'twenty at once')
  t.ok(images.every(({ bytes }) => bytes.toString() === 'one image'))
  await cache.converted(Buffer.from('one image'), OPTIONS, me())
  t.equal(workers.made, 1, 'and later')
  await cache.converted(Buffer.from('one image'), { ...OPTIONS, maxWidth: 20 }, me())
  t.equal(workers.made, 2, 'other options, another image')
  await cache.converted(Buffer.from('another image'), OPTIONS, me())
  t.equal(workers.made, 3)
  const same = Buffer.from('one image')
  t.equal(cache.known(same, OPTIONS), undefined, 'of bytes that are not named yet nothing is known at once')
  const kept = await cache.converted(same, OPTIONS, me())
  t.equal(cache.known(same, OPTIONS), kept)
  t.equal(cache.known(same, { ...OPTIONS, maxWidth: 30 }), undefined, 'nor with options that nobody had yet')
  t.equal(workers.made, 3)
  const both = ['me', 'you'].map(client =>
    cache.converted(Buffer.from('new to both'), OPTIONS, { client, signal: never() })
  )
  await Promise.all(both)
  t.equal(workers.made, 5, 'nobody waits for the turn of another client')
})

t.test('an image that cannot be converted is not tried again and again', async t => {
  let tried = 0
  const fails = (code: FailureCode): Parameters<typeof createImageCache>[0] => ({
    async image() {
      tried++
      throw new Failure(code)
    }
  })
  for (const [code, times] of [
    ['CONVERSION_FAILED', 1],
    ['TOO_LARGE', 1],
    ['BUSY', 3],
    ['TOO_MANY_AT_ONCE', 3]
  ] as const) {
    const cache = createImageCache(fails(code), 1_000_000)
    tried = 0
    for (let at = 0; at < 3; at++) await t.rejects(cache.converted(Buffer.from('bad'), OPTIONS, me()), { code })
    t.equal(tried, times, code)
  }
})

t.test('the memory of the cache has an end', async t => {
  const workers = counting()
  const cache = createImageCache(workers, 100_000)
  const bytesOf = (at: number): Buffer => Buffer.alloc(10_000, at)
  for (let at = 0; at < 30; at++) await cache.converted(bytesOf(at), OPTIONS, me())
  await cache.converted(bytesOf(29), OPTIONS, me())
  t.equal(workers.made, 30, 'the last one is there')
  await cache.converted(bytesOf(0), OPTIONS, me())
  t.equal(workers.made, 31, 'the first one is not')
  await cache.converted(Buffer.alloc(40_000), OPTIONS, me())
  await cache.converted(Buffer.alloc(40_000), OPTIONS, me())
  t.equal(workers.made, 33, 'one that would take most of it is not kept')
})

t.test('those who leave', async t => {
  const workers = counting(1000)
  const cache = createImageCache(workers, 1_000_000)
  /** Bytes are named by another thread before they are converted. */
  const begun = async (conversions: number): Promise<void> => {
    while (workers.made < conversions) await sleep(5)
    await sleep(100)
  }
  const first = new AbortController()
  const second = new AbortController()
  const both = [first, second].map(({ signal }) =>
    cache.converted(Buffer.from('x'), OPTIONS, me(signal)).then(
      () => 'image',
      () => 'left'
    )
  )
  await begun(1)
  first.abort()
  t.strictSame(await Promise.all(both), ['left', 'image'], 'one that leaves does not take the image from the other')
  t.equal(workers.aborted, 0)
  const alone = new AbortController()
  const image = cache.converted(Buffer.from('y'), OPTIONS, me(alone.signal)).then(
    () => 'image',
    () => 'left'
  )
  await begun(2)
  alone.abort()
  t.equal(await image, 'left')
  await sleep(10)
  t.equal(workers.aborted, 1, 'the last one ends the work')
  t.equal((await cache.converted(Buffer.from('y'), OPTIONS, me())).bytes.toString(), 'y', 'and it can begin anew')
  t.equal(
    await cache.converted(Buffer.from('z'), OPTIONS, me(AbortSignal.abort())).then(
      () => 'image',
      () => 'left'
    ),
    'left'
  )
  t.equal(workers.made, 3, 'who has left already begins nothing')

  const flight = createSingleFlight<number>()
  await t.rejects(
    Promise.all(
      [1, 2].map(() =>
        flight('key', never(), async () => {
          throw new Error('broken')
        })
      )
    ),
    /broken/,
    'all are told of a failure'
  )
  t.equal(await flight('key', never(), async () => 5), 5, 'which is not kept')
  await t.rejects(
    flight('key', AbortSignal.abort(new Error('gone')), async () => 5),
    /gone/
  )
})

/** Whether a response may be kept, and then used without asking. */
function kept(t: Test, headers: Readonly<Record<string, string | string[]>>, stored: boolean, fresh: boolean): void {
  const freshness = freshnessOf({}, { status: 200, headers: headers })
  t.equal(freshness !== undefined, stored, `${JSON.stringify(headers)}: kept`)
  t.equal(freshness?.answers({}) ?? false, fresh, `${JSON.stringify(headers)}: fresh`)
}

t.test('what may be kept', async t => {
  const soon = new Date(Date.now() + 60_000).toUTCString()
  const date = new Date().toUTCString()
  kept(t, { 'cache-control': 'max-age=60' }, true, true)
  kept(t, { 'cache-control': 'MAX-AGE=60' }, true, true)
  kept(t, { expires: soon, date }, true, true)
  kept(t, { expires: '0' }, false, false)
  kept(t, { expires: '0', etag: '"x"' }, true, false)
  kept(t, { 'cache-control': 'no-cache', etag: '"x"' }, true, false)
  kept(t, { 'cache-control': 'max-age=60, no-store' }, false, false)
  kept(t, { 'cache-control': 'max-age=60, PRIVATE' }, false, false)
  kept(t, { 'cache-control': 'private="set-cookie", max-age=60' }, false, false)
  kept(t, { 'cache-control': 'max-age=60', 'set-cookie': ['a=1'] }, false, false)
  kept(t, { 'cache-control': 'max-age=60', vary: '*' }, false, false)
  kept(t, { 'last-modified': CHANGED, date }, true, true)
  kept(t, {}, false, false)
  t.equal(
    freshnessOf({ authorization: 'Basic eDp5' }, { status: 200, headers: { 'cache-control': 'public, max-age=60' } }),
    undefined
  )
  t.equal(
    freshnessOf({}, { status: 200, headers: { 'cache-control': 'max-age=60' } })!.answers({ pragma: 'no-cache' }),
    false
  )
  const stale = freshnessOf({}, { status: 200, headers: { 'cache-control': 'max-age=0', etag: '"x"' } })!
  t.equal(
    stale.renewed({}, { 'cache-control': 'max-age=60', etag: '"x"' })!.answers({}),
    true,
    'a 304 may say that it is fresh again'
  )
  t.equal(stale.renewed({}, { 'cache-control': 'private' }), undefined, 'or that it is private from now on')
  t.equal(stale.renewed({}, { 'set-cookie': ['a=1'] }), undefined)
})

t.test('versions', async t => {
  const version = { tag: '"a"', length: 100, changed: Date.parse(CHANGED) }
  t.equal(isUnchanged({}, version), false)
  t.equal(
    isUnchanged({ 'if-none-match': '"b"', 'if-modified-since': CHANGED }, version),
    false,
    'a tag goes before a date'
  )
  t.equal(isUnchanged({ 'if-modified-since': CHANGED }, { ...version, changed: undefined }), false)
  t.equal(
    isUnchanged({ 'if-modified-since': `${CHANGED}; length=1e2` }, version),
    true,
    'a length that is none is passed over'
  )
})

const KB = /Full size, (\d+) KB/
const hrefs = (page: Answer): Map<string, string> =>
  new Map(
    [...page.text.matchAll(/<A HREF="([^"]*)">([^<]*)<\/A>/g)].map(([, address, text]) => [
      text!,
      address!.replaceAll('&amp;', '&')
    ])
  )

t.test('a link to an image leads to a page of its own', async t => {
  const large = await photo(700, 525)
  origin.on(
    'http://zoom.test/',
    answers(
      '<p>See <a href="heron.jpg">the heron</a>, <a href="/wiki/File:Heron.jpg">its page</a> and <a href="/x?i=y.jpg">more</a><p><a href="heron.jpg#top"><img src="small.jpg" width=300 height=200 alt=""></a>'
    )
  )
  origin.on('http://zoom.test/heron.jpg', answers(large, 'image/jpeg', { 'cache-control': 'max-age=3600' }))
  const page = await visit('http://zoom.test/', { browser: 'nav3' })
  t.equal([...page.text.matchAll(/HREF="http:\/\/retrograde\/image\?url=zoom\.test\/heron\.jpg"/g)].length, 2)
  t.match(page.text, /HREF="\/wiki\/File:Heron\.jpg"/, 'the page of a wiki about an image is a page')
  t.match(page.text, /HREF="\/x\?i=y\.jpg"/)
  t.match(page.text, /SRC="\/small\.jpg\?~300x200"/)

  for (const browser of ['mosaic', 'nav3', 'html4', 'tiny', 'text', 'unknown'] as const satisfies readonly Browser[]) {
    const answer = await visit('http://retrograde/image?url=zoom.test/heron.jpg', { browser })
    const profile = profileOf(browser === 'unknown' ? 'mosaic' : browser)
    t.equal(answer.status, 200)
    const { problems, text, title } = checkPage(answer.body, profile)
    t.strictSame(problems, [], `${browser}: valid`)
    t.equal(title, 'heron.jpg')
    t.match(text, /heron\.jpg: JPEG, 700 x 525 pixels/, browser)
    t.match(text, KB, browser)
    const links = hrefs(answer)
    t.equal(Math.round(large.length / 1024), Number(KB.exec(text)![1]))
    const whole = await visit(links.get(KB.exec(text)![0])!, { browser })
    t.ok(whole.body.equals(large), `${browser}: the bytes of the site`)
    const formats = ['GIF', 'JPEG', 'PNG'].filter(name => links.has(name))
    t.equal(
      formats.join(' '),
      { mosaic: 'GIF JPEG', nav3: 'GIF JPEG', html4: 'GIF JPEG PNG', tiny: 'GIF', text: 'GIF JPEG', unknown: 'GIF' }[
        browser
      ],
      `${browser}: what it takes`
    )
    for (const name of formats) {
      const image = await visit(links.get(name)!, { browser })
      t.equal(sniffImage(image.body), name.toLowerCase(), `${browser}: ${name}`)
      t.equal(image.headers['content-type'], `image/${name.toLowerCase()}`)
    }
    for (const { name, mediaType } of saveFormats) {
      const file = await visit(links.get(name.toUpperCase())!, { browser })
      t.equal(file.headers['content-type'], mediaType, `${browser}: to save as ${name}`)
    }
    t.equal(/<IMG/.test(answer.text), profile.images.show, `${browser}: shows it if it shows images`)
  }
})

t.test('larger, step by step', async t => {
  const wide = await photo(1400, 1050)
  origin.on('http://zoom.test/wide.jpg', answers(wide, 'image/jpeg', { 'cache-control': 'max-age=3600' }))
  const first = await visit('http://retrograde/image?url=zoom.test/wide.jpg&~display=col256', { browser: 'nav3' })
  const second = await visit(hrefs(first).get('Larger')!, { browser: 'nav3' })
  t.strictSame(checkPage(second.body, profileOf('nav3')).problems, [])
  const sources = [first, second].map(({ text }) => /SRC="([^"]*)"/.exec(text)![1]!.replaceAll('&amp;', '&'))
  const fetched = origin.asked('http://zoom.test/wide.jpg').length
  const images = await Promise.all(
    sources.map(async address => await sharp((await visit(address, { browser: 'nav3' })).body).metadata())
  )
  t.strictSame(
    images.map(({ width, height }) => [width, height]),
    [
      [600, 450],
      [1200, 900]
    ]
  )
  t.match(first.text, /WIDTH=600 HEIGHT=450/)
  t.equal(origin.asked('http://zoom.test/wide.jpg').length, fetched, 'the image of the page is here already')
  const third = await visit(hrefs(second).get('Larger')!, { browser: 'nav3' })
  t.equal(hrefs(third).get('Larger'), undefined, 'more than the whole there is not')
  t.equal(hrefs(third).get('Fitted to the screen'), 'http://retrograde/image?url=zoom.test/wide.jpg&~display=col256')
})

t.test('what only looks like an image', async t => {
  const zoom = (path: string, options: GetOptions = {}): Promise<Answer> =>
    visit(`http://retrograde/image?url=looks.test${path}`, { browser: 'nav3', ...options })
  origin.on('http://looks.test/page.jpg', answers('<p>A page about an image'))
  t.match((await zoom('/page.jpg')).text, /A page about an image/)
  origin.on('http://looks.test/gone.jpg', answers('<p>not here any more', 'text/html', {}, 404))
  const gone = await zoom('/gone.jpg')
  t.match(gone.text, /not here any more/, 'no blank image in the place of a page')
  t.equal(gone.status, 404)
  origin.on('http://looks.test/broken.jpg', answers(Buffer.from('\xff\xd8\xff no image', 'latin1'), 'image/jpeg'))
  const broken = await zoom('/broken.jpg')
  t.match(broken.text, /cannot be shown here/)
  t.match(broken.text, /HREF="http:\/\/looks\.test\/broken\.jpg\?~view=raw"/)
  origin.on('http://looks.test/moved.jpg', answers('', 'text/html', { location: '/page.jpg' }, 302))
  t.equal((await zoom('/moved.jpg')).headers.location, 'http://retrograde/image?url=http://looks.test/page.jpg')
  t.equal((await zoom('')).status, 404, 'a site without a path')
  t.match((await visit('http://retrograde/image')).text, /BAD_REQUEST/)
  origin.on('http://looks.test/small.gif', answers(await sharp(red).gif().toBuffer(), 'image/gif'))
  const small = await zoom('/small.gif')
  t.match(small.text, /GIF, 40 x 30 pixels, here 40 x 30/)
  t.equal(hrefs(small).get('Larger'), undefined)
  const behind = await get(proxy.port, '/image?url=looks.test/small.gif', {
    headers: [`Host: 127.0.0.1:${proxy.port}`],
    browser: 'nav3'
  })
  t.strictSame(checkPage(behind.body, profileOf('nav3')).problems, [])
  t.match(
    behind.text,
    new RegExp(`SRC="http://127\\.0\\.0\\.1:${proxy.port}/http://looks\\.test/small\\.gif\\?~zoom=1"`),
    'behind the gateway'
  )
  const linking = await get(proxy.port, '/http://zoom.test/', {
    headers: [`Host: 127.0.0.1:${proxy.port}`],
    browser: 'nav3'
  })
  t.match(linking.text, new RegExp(`HREF="http://127\\.0\\.0\\.1:${proxy.port}/image\\?url=zoom\\.test/heron\\.jpg"`))
})

t.test('an image is as small as its screen wants it', async t => {
  const busy = await photo(900, 700)
  const [narrow, wide] = [{ ...LOOK, budgetBytes: 9000 }, LOOK]
  const free = await convertImage(busy, wide)
  t.ok(free.bytes.length > 20_000, `${free.bytes.length} bytes without a budget`)
  for (const [name, look] of Object.entries({
    'chosen colours': { budgetBytes: 12_000, dither: 'floyd-steinberg' },
    'black and white': { budgetBytes: 4000, palette: { kind: 'fixed', name: 'mono' }, dither: 'atkinson' },
    JPEG: { budgetBytes: 4000, formats: ['gif', 'jpeg'] }
  } satisfies Record<string, Partial<ImageOptions>>)) {
    const image = await convertImage(busy, { ...LOOK, ...look })
    t.ok(image.bytes.length <= look.budgetBytes, `${name}: ${image.bytes.length} bytes`)
    t.ok(image.width >= 150 && image.width <= 300, `${name}: ${image.width} pixels, no less than half`)
    const { width, height } = await convertImage(busy, {
      ...LOOK,
      ...look,
      exact: { width: 200, height: 150 }
    })
    t.strictSame([width, height], [200, 150], `${name}: the size that the page has written stays`)
  }
  const tight = await convertImage(busy, { ...narrow, budgetBytes: 100 })
  t.strictSame([tight.width, tight.height], [150, 117], 'what cannot be done is done as far as it goes')
  const stretched = { ...LOOK, budgetBytes: 2000, stretches: true, exact: { width: 300, height: 234 } }
  t.equal((await convertImage(busy, stretched)).width, 210, 'a browser that stretches images gets fewer pixels of them')
  const fixed = { ...stretched, palette: { kind: 'fixed', name: 'mono' } } as const
  t.equal((await convertImage(busy, fixed)).width, 300, 'but no dots that imitate colours')
  const stamp = { ...LOOK, exact: { width: 160, height: 125 } }
  const [small, asked] = [await convertImage(busy, { ...stamp, budgetBytes: 50_000 }), await convertImage(busy, stamp)]
  t.ok(
    small.bytes.length < asked.bytes.length,
    `a small image has little: ${small.bytes.length} bytes of ${asked.bytes.length}`
  )
  const drawing = await sharp(await png(300, 200)).toBuffer()
  t.equal(
    (await convertImage(drawing, narrow)).bytes.length,
    (await convertImage(drawing, wide)).bytes.length,
    'what fits is left alone'
  )
})

t.test('the budget of a screen, through the proxy', async t => {
  const address = 'http://heavy.test/a.jpg'
  origin.on(address, answers(await photo(500, 280, 1, 200), 'image/jpeg', { 'cache-control': 'max-age=3600' }))
  const options = { browser: 'nav3' } as const
  const plain = await visit(`${address}?~display=mono512`, options)
  t.ok(plain.body.length <= 12_288, `${plain.body.length} bytes`)
  t.ok(
    (await visit(`${address}?~display=mono512&~zoom=1`, options)).body.length > plain.body.length,
    'who asks for this one image gets it larger'
  )
  origin.on(
    'http://heavy.test/',
    answers(
      `<!doctype html><section>${Array.from({ length: 20 }, (_, at) => `<p><img src="a${at}.jpg" width=480 height=280 alt="">`).join('')}</section>`
    )
  )
  const page = await visit('http://heavy.test/?~display=mono512', options)
  const { problems, text } = checkPage(page.body, profileOf('nav3'))
  t.strictSame(problems, [])
  t.equal([...page.text.matchAll(/<IMG /g)].length, 3)
  t.equal([...text.matchAll(/\[photo, 480x280\]/g)].length, 17, 'the others are links')
  t.equal(hrefs(page).get('[photo, 480x280]'), 'http://retrograde/image?url=heavy.test/a19.jpg&~display=mono512')
})

t.test('bitmaps of X Window', async t => {
  const xbm = '#define logo_width 10\n#define logo_height 2\nstatic char logo_bits[] = {\n 0x01, 0x02, 0xff, 0x03};\n'
  const address = 'http://icons.test/logo.xbm'
  origin.on(address, answers(xbm, 'image/x-xbitmap'))
  for (const browser of ['mosaic', 'nav3', 'html4'] as const)
    t.match(await visit(address, { browser }), { text: xbm, headers: { 'content-type': 'image/x-xbitmap' } }, browser)
  for (const agent of ['Mozilla/4.0 (compatible; MSIE 6.0; Windows NT 5.1)', 'Dillo/3.0.5', 'Nobody/1.0'])
    t.match(
      await visit(address, { browser: 'unknown', headers: [`User-Agent: ${agent}`] }),
      { headers: { 'content-type': 'image/gif' } },
      agent
    )
  const smaller = await visit(`${address}?~5x1`, { browser: 'nav3' })
  t.match(smaller, { headers: { 'content-type': 'image/gif' } }, 'in another size')
})
