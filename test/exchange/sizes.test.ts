import { gzipSync } from 'node:zlib'
import sharp, { type Sharp } from 'sharp'
import t, { type Test } from 'tap'
import { createImageSizes } from '../../src/memory/image-sizes.js'
import { decode } from '../../src/image/decode/decode.js'
import { readSize } from '../../src/image/sizes/read-size.js'
import { svgSize } from '../../src/image/sizes/svg-size.js'
import { createAttempts } from '../../src/origin/attempts.js'
import { NO_COOKIES } from '../../src/origin/cookies/cookie-keeper.js'
import { imageKey } from '../../src/page/images/known-sizes.js'
import { sizeInAddress } from '../../src/page/images/size-in-address.js'
import { unsizedImages } from '../../src/page/needs/unsized-images.js'
import { get, type Answer, type GetOptions } from '../helpers/client.js'
import { displayOf, profileOf } from '../helpers/context.js'
import { IMAGE_LOOK } from '../helpers/image-look.js'
import { answers, redirects, startOrigin, type Handler } from '../helpers/origin.js'
import { startProxy } from '../helpers/proxy.js'

const origin = await startOrigin(t, undefined)
const upstream = { 'upstream-proxy': `http://127.0.0.1:${origin.port}/`, conversions: 2 }
const proxy = await startProxy(t, upstream)

const visit = (address: string, options: GetOptions = { browser: 'nav3' }, port = proxy.port): Promise<Answer> =>
  get(port, address, options)
const asked = (address: string): typeof origin.seen => origin.asked(address)

/** Noise: no file of it is small. */
function noise(width: number, height: number): Sharp {
  const data = Buffer.alloc(width * height * 3)
  let state = 1
  for (let at = 0; at < data.length; at++) data[at] = (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) >>> 24
  return sharp(data, { raw: { width, height, channels: 3 } })
}

const photo = await noise(900, 600).jpeg({ quality: 90 }).toBuffer()
const dot = await sharp({ create: { width: 1, height: 1, channels: 3, background: '#fff' } })
  .gif()
  .toBuffer()

const START = 16 * 1024

/** Sends what is asked for of a file, and no more. RFC 9110 14. */
const inRanges =
  (body: Buffer, type = 'image/jpeg', headers: Record<string, string> = {}): Handler =>
  exchange => {
    const [, from, to] = /^bytes=(\d+)-(\d+)$/.exec(exchange.request.headers.range ?? '') ?? []
    if (from === undefined) return answers(body, type, headers)(exchange)
    const part = body.subarray(Number(from), Number(to) + 1)
    answers(
      part,
      type,
      { ...headers, 'content-range': `bytes ${from}-${Number(from) + part.length - 1}/${body.length}` },
      206
    )(exchange)
  }

const page = (...images: string[]): string =>
  `<!doctype html><html><head><title>Pictures</title></head><body><main><h1>Pictures</h1>${images.map(image => `<p>Words <img ${image}></p>`).join('')}</main></body></html>`

/** The images of a page as the client sees them, without quotes, which not all values need. */
const shown = ({ text }: Answer): string[] => (text.match(/<IMG [^>]*>/g) ?? []).map(tag => tag.replaceAll('"', ''))

async function pageWith(t: Test, address: string, ...images: string[]): Promise<string[]> {
  origin.on(address, answers(page(...images)))
  const answer = await visit(address)
  t.equal(answer.status, 200)
  return shown(answer)
}

t.test('sizes in the first bytes of files', async t => {
  const small = { width: 300, height: 200 }
  const files: ReadonlyArray<readonly [string, Buffer]> = [
    ['jpeg', await noise(300, 200).jpeg().toBuffer()],
    ['progressive jpeg', await noise(300, 200).jpeg({ progressive: true }).toBuffer()],
    ['turned jpeg', await noise(200, 300).jpeg().withMetadata({ orientation: 6 }).toBuffer()],
    ['jpeg upside down', await noise(300, 200).jpeg().withMetadata({ orientation: 3 }).toBuffer()],
    ['png', await noise(300, 200).png().toBuffer()],
    ['gif', await noise(300, 200).gif().toBuffer()],
    ['webp', await noise(300, 200).webp().toBuffer()],
    ['lossless webp', await noise(300, 200).webp({ lossless: true }).toBuffer()],
    ['webp with alpha', await noise(300, 200).ensureAlpha(0.5).webp().toBuffer()],
    ['avif', await noise(300, 200).avif({ effort: 0 }).toBuffer()]
  ]
  for (const [name, bytes] of files) {
    t.ok(bytes.length > 10_000, `${name} is long enough to be cut`)
    t.strictSame(readSize(bytes.subarray(0, 6000), 1_000_000), small, name)
    t.equal(readSize(bytes.subarray(0, 6000), 50_000), undefined, `${name} of too many pixels`)
    t.equal(readSize(bytes.subarray(0, 9), 1_000_000), undefined, `9 bytes of ${name}`)
  }
  const turned = await noise(200, 300).webp().withMetadata({ orientation: 6 }).toBuffer()
  t.equal(readSize(turned.subarray(0, 6000), 1_000_000), undefined, 'how a webp is turned stands at its end')
  for (const text of ['', 'GIF89a', '<html><p>not found', '\x89PNG\r\n\x1a\n', 'RIFF1234WEBPVP8X', 'x'.repeat(5000)])
    t.equal(readSize(Buffer.from(text, 'latin1'), 1e9), undefined, JSON.stringify(text.slice(0, 20)))
})

t.test('sizes of drawings are those of the converter', async t => {
  const drawings = [
    'width="120" height="80"',
    'width="120px" height=\'80.4px\'',
    'viewBox="0 0 64 32"',
    'width="100%" height="100%" viewBox="0,0,64,32"',
    'viewBox="0 0 64 32" width="10" height="9"',
    'data-width="5" stroke-width="7" width="20" height="10"',
    'width="8in" height="11in" viewBox="0 0 576 792.00001"',
    'width="10cm" height="5mm"',
    'width="10pt" height="3pc"',
    'width="50" viewBox="0 0 100 300"',
    'height="50" width="100%" viewBox="0 0 100 300"'
  ]
  for (const attributes of drawings) {
    const svg = Buffer.from(
      `<?xml version="1.0"?><!-- a drawing --><svg xmlns="http://www.w3.org/2000/svg" ${attributes}><rect width="5" height="5"/></svg>`
    )
    const { source } = await decode(svg, 'svg', { ...IMAGE_LOOK, limits: { ...IMAGE_LOOK.limits, maxPixels: 4e6 } })
    const { width, height } = source
    t.strictSame(readSize(svg.subarray(0, svg.indexOf('<rect')), 1e6), { width, height }, attributes)
  }
  for (const attributes of [
    '',
    'width="10em" height="5em"',
    'width="10"',
    'width="0.4" height="3"',
    'viewBox="0 0 0 0"',
    'viewBox="a b"',
    'height="50%" viewBox="0 0 9 9"'
  ])
    t.equal(svgSize(Buffer.from(`<svg ${attributes}>`)), undefined, attributes)
  t.equal(svgSize(Buffer.from(`<svg ${' '.repeat(100_000)}`)), undefined)
})

t.test('sizes in addresses', t => {
  for (const [address, size] of [
    ['http://x/wp-content/uploads/a-1024x683.jpg', '1024x683'],
    ['http://x/uploads/a-300x200.jpg.html', ''],
    ['http://x/blog/report-1914x1918.jpg', ''],
    ['http://x/uploads/a-00x200.jpg', ''],
    ['http://i2.wp.com/x/a.png?resize=640%2C360&ssl=1', '640x360'],
    ['http://evilwp.com.x/a.png?resize=640,360', ''],
    ['http://x/image/upload/w_400,c_thumb,h_300,g_face/a', '400x300'],
    ['http://x/image/upload/c_fit,h_90,w_120/a', ''],
    ['http://x/c_fill,w_400/h_300/a', ''],
    ['http://x/a?fit=crop&h=90&w=160', '160x90'],
    ['http://x/a?fit=max&h=90&w=160', '']
  ] as const) {
    const found = sizeInAddress(new URL(address))
    t.equal(found === undefined ? '' : `${found.width}x${found.height}`, size, address)
  }
  t.equal(imageKey(new URL("https://x.test/a b'.jpg?c=1#d")), 'http://x.test/a%20b%27.jpg?c=1', 'as clients ask for it')
  t.end()
})

t.test('images without a size are found without parsing', t => {
  const client = { profile: profileOf('nav3'), display: displayOf('col256') }
  const found = (markup: string | Buffer): string[] =>
    [...unsizedImages(Buffer.from(markup), new URL('https://x.test/a/page.html'), client).values()].map(({ href }) =>
      href.replace('https://x.test', '')
    )
  t.same(found('<img src=b.jpg><IMG alt="a > b" SRC = "c.jpg?x=1&amp;y=2"/><img\nsrc=\'d.jpg\'\n>'), [
    '/a/b.jpg',
    '/a/c.jpg?x=1&y=2',
    '/a/d.jpg'
  ])
  t.same(
    found(
      '<img src=b.jpg width=3 height=4><img src=c.jpg width=300><img src=d.jpg style="width:3px;height:4px"><img src=e.jpg width="50%" height=9>'
    ),
    ['/a/c.jpg', '/a/e.jpg']
  )
  t.same(
    found(
      '<base href="/z/"><base href=/no/><img src=b.jpg><img src=b.jpg><img data-src=late.jpg src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">'
    ),
    ['/z/b.jpg', '/z/late.jpg']
  )
  t.same(
    found(
      '<!-- <img src=b.jpg> --><script>"<img src=c.jpg>"</script><template><img src=d.jpg></template><style>/*<img src=e.jpg>*/</STYLE><noscript><img src=f.jpg></noscript>'
    ),
    ['/a/f.jpg']
  )
  t.same(
    found(
      '<picture><source srcset="s.jpg 300w, l.jpg 1600w"><source type="image/jxl" srcset=no.jxl><img src=b.jpg></picture><img src=c.jpg><source srcset=lost.webp>'
    ),
    ['/a/l.jpg', '/a/c.jpg']
  )
  t.same(
    found(
      '<img src=http://www.google-analytics.com/x><img src=/pixel.gif><img src=b.jpg hidden><img src=c.jpg style="display: none"><img src=d.jpg width=1 height=1><img src=data:,x><img src="about:x"><img>'
    ),
    []
  )
  t.same(
    found('<video poster=p.jpg></video><image src=i.jpg></image><amp-img src=m.jpg></amp-img><imgs src=no.jpg></imgs>'),
    ['/a/p.jpg', '/a/i.jpg', '/a/m.jpg']
  )
  t.same(
    found(Buffer.from('<img src="gr\xfc\xdfe.jpg"><img src="ok.jpg">', 'latin1')),
    ['/a/ok.jpg'],
    'an address in another charset'
  )
  t.same(found('<img src="grüße.jpg">'), ['/a/gr%C3%BC%C3%9Fe.jpg'])
  for (const hostile of [
    '<img "',
    '<img a=',
    `<img ${' '.repeat(9000)}`,
    '<!--',
    '<script>',
    '<script></script>',
    '<',
    '<source srcset="a b, ',
    '<img src=a.jpg?'
  ]) {
    const started = performance.now()
    t.ok(found(hostile.repeat(3_000_000 / hostile.length)).length <= 1000)
    t.ok(performance.now() - started < 3000, `${hostile.slice(0, 20)} ends`)
  }
  t.end()
})

t.test('a page waits for the first bytes of its images', async t => {
  origin.on('http://cdn.test/photo.jpg', inRanges(photo))
  const images = await pageWith(
    t,
    'http://probe.test/news/',
    'src="http://cdn.test/photo.jpg" alt=Harbour',
    'src="//cdn.test/photo.jpg" width=300'
  )
  t.same(
    images,
    [
      '<IMG SRC=http://cdn.test/photo.jpg?~600x400 ALT=Harbour WIDTH=600 HEIGHT=400>',
      '<IMG SRC=http://cdn.test/photo.jpg?~300x200 ALT= WIDTH=300 HEIGHT=200>'
    ],
    'as large as they will be sent'
  )
  const [probe, ...others] = asked('http://cdn.test/photo.jpg')
  t.same(others, [], 'asked once')
  t.strictSame(
    [probe!.headers.range, probe!.headers.referer, probe!.headers.cookie, probe!.headers['accept-encoding']],
    [`bytes=0-${START - 1}`, 'http://probe.test/', undefined, 'identity']
  )
  await pageWith(t, 'http://probe.test/again', 'src=http://cdn.test/photo.jpg')
  t.equal(asked('http://cdn.test/photo.jpg').length, 1, 'it is remembered')
  const sent = await visit('http://cdn.test/photo.jpg?~600x400')
  const { width, height } = await sharp(sent.body).metadata()
  t.equal(width / height, 600 / 400, 'in this shape; the browser stretches one that was too heavy')
  t.ok(width > 400, `${width} pixels wide`)
})

t.test('what is probed is turned upright', async t => {
  origin.on(
    'http://cdn.test/turned.jpg',
    inRanges(await noise(500, 300).jpeg().withMetadata({ orientation: 6 }).toBuffer())
  )
  t.match(
    (await pageWith(t, 'http://probe.test/turned', 'src=http://cdn.test/turned.jpg'))[0],
    /\?~300x500 ALT= WIDTH=300 HEIGHT=500/
  )
})

t.test('a site that knows no ranges is left after a few bytes', async t => {
  let sent = 0
  origin.on('http://cdn.test/endless.jpg', ({ answer }) => {
    answer.writeHead(200, { 'content-type': 'image/jpeg' })
    answer.write(photo.subarray(0, 8000))
    const more = (): void => {
      while (!answer.destroyed && sent < 1e9) {
        sent += 8000
        if (!answer.write(photo.subarray(8000, 16_000))) return void answer.once('drain', more)
      }
    }
    more()
  })
  t.match(
    (await pageWith(t, 'http://probe.test/endless', 'src=http://cdn.test/endless.jpg'))[0],
    /WIDTH=600 HEIGHT=400/
  )
  await new Promise(resolve => setTimeout(resolve, 100))
  t.ok(asked('http://cdn.test/endless.jpg')[0]!.aborted, 'the connection is closed')
  t.ok(sent < 20_000_000, `${sent} bytes are in buffers at most`)
})

t.test('what is no image changes nothing', async t => {
  const cases: Readonly<Record<string, Handler>> = {
    missing: answers('<p>not here', 'text/html', {}, 404),
    'missing-image': answers(photo, 'image/jpeg', {}, 404),
    page: answers('<p>not here', 'text/html'),
    text: answers('some words', 'image/jpeg'),
    bare: answers('', 'image/jpeg'),
    'other-part': answers(
      photo.subarray(100),
      'image/jpeg',
      { 'content-range': `bytes 100-${photo.length - 1}/${photo.length}` },
      206
    ),
    coding: answers(gzipSync(photo).subarray(0, 12), 'image/jpeg', { 'content-encoding': 'gzip' })
  }
  for (const [name, handler] of Object.entries(cases)) {
    const address = `http://bad.test/${name}.jpg`
    origin.on(address, handler)
    for (const time of ['first', 'second'])
      t.same(
        await pageWith(t, `http://probe.test/${name}`, `src=${address} alt=Boats`),
        [`<IMG SRC=${address} ALT=Boats>`],
        `${name}, ${time}`
      )
    t.equal(asked(address).length, 1, 'asked once')
  }
  origin.on('http://reset.test/a.jpg', ({ request }) => request.socket.destroy())
  t.same(await pageWith(t, 'http://probe.test/reset', 'src=http://reset.test/a.jpg'), [
    '<IMG SRC=http://reset.test/a.jpg ALT=>'
  ])
})

t.test('an image that does not answer', async t => {
  origin.on('http://stalls.test/a.jpg', () => {})
  origin.on('http://stalls.test/b.jpg', ({ answer }) =>
    answer.writeHead(200, { 'content-type': 'image/jpeg' }).write(photo.subarray(0, 50))
  )
  const started = performance.now()
  const images = await pageWith(
    t,
    'http://probe.test/stalls',
    'src=http://stalls.test/a.jpg',
    'src=http://stalls.test/b.jpg',
    'src=http://cdn.test/photo.jpg'
  )
  const took = performance.now() - started
  t.ok(took >= 1400 && took < 6000, `is waited for 1.5 s: ${Math.round(took)} ms`)
  t.same(
    images.map(image => /WIDTH/.test(image)),
    [false, false, true],
    'the others have their sizes'
  )
  await new Promise(resolve => setTimeout(resolve, 5200 - (performance.now() - started)))
  const again = performance.now()
  await pageWith(t, 'http://probe.test/stalls', 'src=http://stalls.test/a.jpg', 'src=http://stalls.test/c.jpg')
  t.ok(performance.now() - again < 1400, 'its host is not asked again for a while')
  t.equal(asked('http://stalls.test/c.jpg').length, 0)
})

t.test('images that were converted are known', async t => {
  origin.on('http://cdn.test/known.jpg', answers(photo, 'image/jpeg', { 'cache-control': 'max-age=3600' }))
  await visit('http://cdn.test/known.jpg', { browser: 'mosaic' })
  t.match(
    (await pageWith(t, 'http://probe.test/known', 'src=http://cdn.test/known.jpg'))[0],
    /\?~600x400 ALT= WIDTH=600 HEIGHT=400/
  )
  t.equal(asked('http://cdn.test/known.jpg').length, 1, 'nothing is asked for')
  const named = 'http://cdn.test/uploads/named-300x100.jpg'
  origin.on(named, answers(photo, 'image/jpeg', { 'cache-control': 'max-age=3600' }))
  t.match(
    (await pageWith(t, 'http://probe.test/named', `src=${named}`))[0],
    /WIDTH=300 HEIGHT=100/,
    'what an address says'
  )
  t.equal(asked(named).length, 0, 'is not asked for')
  await visit(named, { browser: 'mosaic' })
  t.match(
    (await pageWith(t, 'http://probe.test/named', `src=${named}`))[0],
    /WIDTH=600 HEIGHT=400/,
    'what is known is better'
  )
})

t.test('dots that count visits are dropped', async t => {
  origin.on('http://stats.example/visit', inRanges(dot, 'image/gif'))
  t.same(await pageWith(t, 'http://probe.test/counted', 'src=http://stats.example/visit?page=1 alt=x'), [])
})

t.test('who needs no sizes does not wait', async t => {
  origin.on('http://cdn.test/idle.jpg', inRanges(photo))
  origin.on('http://probe.test/idle', answers(page('src=http://cdn.test/idle.jpg')))
  for (const browser of ['mosaic', 'text', 'tiny'] as const)
    t.equal((await visit('http://probe.test/idle', { browser })).status, 200)
  for (const images of ['off', 'links']) t.equal((await visit(`http://probe.test/idle?~images=${images}`)).status, 200)
  await visit('http://retrograde/menu?url=probe.test/idle')
  origin.on('http://probe.test/idle.txt', answers(page('src=http://cdn.test/idle.jpg'), 'text/plain'))
  await visit('http://probe.test/idle.txt')
  origin.on('http://probe.test/gone', answers(page('src=http://cdn.test/idle.jpg'), 'text/html', {}, 404))
  await visit('http://probe.test/gone')
  const without = await startProxy(t, { ...upstream, 'max-probes': 0 })
  t.notMatch((await visit('http://probe.test/idle', { browser: 'nav3' }, without.port)).text, /WIDTH/)
  const asLinks = await startProxy(t, { ...upstream, images: 'links' })
  await visit('http://probe.test/idle', { browser: 'nav3' }, asLinks.port)
  t.equal(asked('http://cdn.test/idle.jpg').length, 0)
  await visit('http://retrograde/read?url=probe.test/idle')
  t.equal(asked('http://cdn.test/idle.jpg').length, 1, 'an article has images')
})

t.test('a page of many images', async t => {
  const names = Array.from({ length: 40 }, (_, at) => `http://cdn.test/many${at}.jpg`)
  let running = 0
  let most = 0
  for (const name of names) {
    origin.on(name, exchange => {
      most = Math.max(most, ++running)
      setTimeout(() => {
        running--
        inRanges(photo)(exchange)
      }, 20)
    })
  }
  await pageWith(t, 'http://probe.test/many', ...names.map(name => `src=${name}`))
  t.same(
    names.filter(name => asked(name).length === 1),
    names.slice(0, 16),
    'the first sixteen'
  )
  t.ok(most > 1 && most <= 8, `${most} at the same time`)
})

t.test('many who want the size of one image', async t => {
  const asker = {
    client: 'me',
    referer: 'http://probe.test/',
    language: undefined,
    attempts: createAttempts(100, ''),
    cookies: () => NO_COOKIES
  }
  const answer: Array<(bytes: Buffer) => void> = []
  const sizes = createImageSizes({
    fetchStart: () => new Promise(resolve => answer.push(resolve)),
    readSize: () => ({ width: 3, height: 2 })
  })
  const image = (at: number, personKey = ''): { url: URL; personKey: string } => ({
    url: new URL(`http://cdn.test/${at}.jpg`),
    personKey
  })
  const waiting = [image(0), image(0), image(0), image(0, 'me')].map(one => sizes.probe(one, asker))
  t.equal(answer.length, 2, 'ask once, and once for the one whose it is')
  for (let at = 1; at < 30; at++) waiting.push(sizes.probe(image(at), asker))
  t.equal(answer.length, 16, 'a client has a quarter of the 64 that are asked for')
  for (let at = 30; at < 100; at++) waiting.push(sizes.probe(image(at), { ...asker, client: `client ${at % 5}` }))
  t.equal(answer.length, 64, 'no more than 64 are asked for')
  for (const give of answer) give(Buffer.alloc(1))
  t.equal((await Promise.all(waiting)).filter(size => size?.width === 3).length, 66)
  t.strictSame(
    [sizes.known(image(1)), sizes.known(image(1, 'me')), sizes.known(image(99))],
    [{ width: 3, height: 2 }, { width: 3, height: 2 }, undefined]
  )
  sizes.learn(image(1, 'me'), { width: 5, height: 4 })
  t.same([sizes.known(image(1))?.width, sizes.known(image(1, 'me'))?.width], [3, 5], 'what one client sees is its own')
})

t.test('whose cookies a probe carries', async t => {
  origin.on(
    'http://jar.test/',
    answers(page('src=/own.jpg', 'src=http://foreign.test/a.jpg', 'src=/moved.jpg'), 'text/html', {
      'set-cookie': 'who=me'
    })
  )
  origin.on('http://foreign.test/set', answers(page(), 'text/html', { 'set-cookie': 'theirs=1' }))
  for (const address of ['http://jar.test/own.jpg', 'http://foreign.test/a.jpg', 'http://foreign.test/there.jpg'])
    origin.on(address, inRanges(photo, 'image/jpeg', { 'set-cookie': 'tracker=1' }))
  origin.on('http://jar.test/moved.jpg', redirects('http://foreign.test/there.jpg'))
  // A browser whose cookies are kept for it.
  const jar = await startProxy(t, { ...upstream, profile: 'nav1' })
  const settings = { browser: 'mosaic' } as const
  await visit('http://foreign.test/set', settings, jar.port)
  await visit('http://jar.test/', settings, jar.port)
  const before = origin.seen.length
  const second = await visit('http://jar.test/', settings, jar.port)
  t.equal(shown(second).filter(image => /WIDTH=\d/.test(image)).length, 3, second.text)
  const cookies = (address: string): Array<string | undefined> => asked(address).map(({ headers }) => headers.cookie)
  t.ok(
    origin.seen.slice(before).some(({ headers }) => headers.cookie === 'who=me'),
    'the page has its cookie'
  )
  t.same(cookies('http://foreign.test/a.jpg'), [undefined])
  t.same([...new Set(cookies('http://foreign.test/there.jpg'))], [undefined], 'nor behind a redirect')
  t.same(cookies('http://jar.test/own.jpg').at(-1), 'who=me', 'to its own site as for the image')
  t.notOk(
    origin.seen.some(({ headers }) => /tracker/.test(headers.cookie ?? '')),
    'a probe sets none'
  )
  const own = await visit('http://jar.test/?own', { browser: 'nav3', headers: ['Cookie: who=secret'] })
  t.equal(own.status, 200)
  t.notOk(
    origin.seen.some(({ address, headers }) => /jpg/.test(address) && headers.cookie === 'who=secret'),
    'cookies of the client’s own are for the page'
  )
})

t.test('images of the private network are not probed', async t => {
  const near = await startProxy(t, { 'allow-hosts': 'localhost' })
  origin.on(
    `http://localhost:${origin.port}/near`,
    answers(page(`src=http://127.0.0.2:${origin.port}/private.jpg`, `src=http://localhost:${origin.port}/near.jpg`))
  )
  origin.on(`http://localhost:${origin.port}/near.jpg`, inRanges(photo))
  const answer = await visit(`http://localhost:${origin.port}/near`, { browser: 'nav3' }, near.port)
  t.same(
    shown(answer).map(image => /WIDTH/.test(image)),
    [false, true],
    answer.text
  )
  t.equal(origin.seen.filter(({ address }) => address.endsWith('/private.jpg')).length, 0)
})
