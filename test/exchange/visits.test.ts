import type { ServerResponse } from 'node:http'
import { randomBytes } from 'node:crypto'
import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { once } from 'node:events'
import net from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib'
import sharp from 'sharp'
import t, { type Test } from 'tap'
import { OWN_RULES } from '../../src/clients/rules.js'
import { BLANK_GIF } from '../../src/image/blank.js'
import { checkPage } from '../helpers/check-page.js'
import { ask, get, type Answer, type Browser, type GetOptions } from '../helpers/client.js'
import { profileOf } from '../helpers/context.js'
import { answers, makeCertificates, redirects, startOrigin, type SeenRequest } from '../helpers/origin.js'
import { startProxy } from '../helpers/proxy.js'

const certificates = makeCertificates(t.testdir())
const origin = await startOrigin(t, certificates)
const withCertificates = certificates === undefined ? {} : { 'extra-ca': certificates.authority }
const noTls = certificates === undefined ? { skip: 'openssl is not there to make certificates' } : {}

/** Everything through an upstream proxy, which is the origin: any made-up name works. */
const proxy = await startProxy(t, {
  'upstream-proxy': `http://127.0.0.1:${origin.port}/`,
  conversions: 2,
  'max-redirects': 4,
  ...withCertificates
})
/** Straight to ports of this machine, with small limits. */
const near = await startProxy(t, {
  'allow-hosts': '127.0.0.1,localhost',
  conversions: 1,
  'connect-timeout-seconds': 1,
  'response-timeout-seconds': 1,
  'body-timeout-seconds': 1,
  'read-timeout-seconds': 2,
  'max-redirects': 3,
  'max-page-bytes': 4000,
  'max-image-bytes': 4000,
  'max-upload-bytes': 2000,
  'max-head-bytes': 4096,
  'head-timeout-seconds': 1,
  ...withCertificates
})
/** Nothing is opened, and only one machine may come. */
const strict = await startProxy(t, {
  conversions: 1,
  'allow-clients': '127.0.0.1',
  'connect-timeout-seconds': 2,
  'response-timeout-seconds': 2
})

const html = (body: string, title = 'A page'): string =>
  `<!doctype html><html><head><title>${title}</title></head><body>${body}</body></html>`
const visit = (address: string, options: GetOptions = {}): Promise<Answer> => get(proxy.port, address, options)
const nearby = (path: string): string => `http://127.0.0.1:${origin.port}${path}`

/** Of a name that is not there, as a machine with or without a name server says it. */
const NO_NAME = /NAME_(NOT_FOUND|SERVER_SILENT)/

/** What every answer to an HTTP/1.0 client must be. */
function wellFormed(t: Test, answer: Answer, name: string): void {
  const problems: string[] = []
  if (answer.end !== 'closed') problems.push(`the connection was ${answer.end}`)
  if (answer.version !== '1.0' || answer.reason === '')
    problems.push(`status line HTTP/${answer.version} ${answer.status} ${answer.reason}`)
  if (answer.headers['content-length'] !== undefined && Number(answer.headers['content-length']) !== answer.body.length)
    problems.push(`length ${answer.headers['content-length']}, body ${answer.body.length}`)
  for (const name of [
    'transfer-encoding',
    'content-encoding',
    'keep-alive',
    'upgrade',
    'trailer',
    'vary',
    'strict-transport-security'
  ])
    if (answer.headers[name] !== undefined) problems.push(`${name}: ${answer.headers[name]}`)
  if (!/^close$/i.test(answer.headers.connection ?? '')) problems.push(`Connection: ${answer.headers.connection}`)
  if (answer.status === 200 && answer.body.length === 0) problems.push('200 without a body')
  t.strictSame(problems, [], `${name}: well-formed`)
}

/** A page that a browser of the profile can show, with these words in it. */
function isPage(t: Test, answer: Answer, status: number, words: RegExp, browser = 'mosaic'): void {
  wellFormed(t, answer, String(words))
  t.equal(answer.status, status, `${String(words)}: status`)
  t.match(answer.headers['content-type'], /^text\/html(; charset=[\w-]+)?$/, 'is HTML')
  const { problems, text, title } = checkPage(answer.body, profileOf(browser === 'unknown' ? 'mosaic' : browser))
  t.strictSame(problems, [], `${String(words)}: valid`)
  t.match(`${title} ${text}`, words)
}

const png = async (width: number, height: number): Promise<Buffer> =>
  await sharp({ create: { width, height, channels: 3, background: '#cc3300' } })
    .png()
    .toBuffer()
const gifSize = (gif: Buffer): readonly number[] => [gif.readUInt16LE(6), gif.readUInt16LE(8)]
const isGif = (answer: Answer): boolean =>
  answer.body.toString('latin1', 0, 4) === 'GIF8' && answer.headers['content-type'] === 'image/gif'

async function until(fact: () => boolean, seconds = 30): Promise<boolean> {
  for (let waited = 0; waited < seconds * 1000; waited += 20) {
    if (fact()) return true
    await sleep(20)
  }
  return fact()
}

t.test('a page', async t => {
  origin.on(
    'http://site.test/',
    answers(
      html('<script>x()</script><h1>Caf\u00e9</h1><p>Read <a href="https://other.test/more">more</a></p>'),
      'text/html; charset=utf-8'
    )
  )
  for (const browser of ['mosaic', 'nav3', 'html4', 'text', 'tiny', 'unknown'] as const)
    isPage(t, await visit('http://site.test/', { browser }), 200, /Caf(\u00e9|e)/, browser)
  const page = await visit('http://site.test/')
  t.equal(page.headers['content-type'], 'text/html', 'no charset parameter for Mosaic')
  t.match(page.text, /Caf&#233;/)
  t.match(page.text, /HREF="http:\/\/other\.test\/more"/, 'links lead to http')
  t.equal(
    (await visit('http://site.test/', { browser: 'html4' })).headers['content-type'],
    'text/html; charset=ISO-8859-1'
  )
})

t.test('links to the host of a page are its paths, where the browser completes them as we mean it', async t => {
  origin.on('http://paths.test/', answers(html('<p>Paths <a href="/x">x</a> <a href="//other.test/y">y</a>')))
  const of = async (browser: Browser, address = 'http://paths.test/'): Promise<string[]> => {
    const { text } = await visit(address, { browser })
    return [...text.matchAll(/HREF="([^"]*)">[xy]</g)].map(([, href]) => href!)
  }
  const [path, whole] = [
    ['/x', 'http://other.test/y'],
    ['http://paths.test/x', 'http://other.test/y']
  ]
  t.strictSame(await of('nav3'), path)
  t.strictSame(await of('html4'), path)
  t.strictSame(await of('mosaic'), whole, 'Mosaic gets them in full')
  const secret = await of('nav3', 'http://me:you@paths.test/')
  t.strictSame(secret, ['http://me:you@paths.test/x', 'http://other.test/y'], 'a password stands where it goes on')
})

t.test('addresses without references for browsers that never decode them', async t => {
  origin.on('http://signed.test/', answers(html('<p><a href="/file?a=1&amp;copy=2&amp;sig=x">the file</a>')))
  origin.on('http://signed.test/file', answers(html('<p>signed words')))
  const page = await visit('http://signed.test/', { browser: 'tiny' })
  const address = 'http://signed.test/file?a=1&%63opy=2&%73ig=x'
  t.ok(page.text.includes(`<A HREF="${address}">`), 'no reference stands in it')
  isPage(t, await visit(address, { browser: 'tiny' }), 200, /signed words/, 'tiny')
  t.equal(origin.asked('http://signed.test/file?a=1&copy=2&sig=x').length, 1, 'the site gets it letter by letter')
  isPage(t, await visit('http://signed.test/file?q=a+b&~=OK', { browser: 'tiny' }), 200, /signed words/, 'tiny')
  t.equal(
    origin.asked('http://signed.test/file?q=a+b').length,
    1,
    'a button that has no name on the page sends nothing'
  )
  await visit(address, { browser: 'nav3' })
  t.equal(origin.asked(address).length, 1, 'of others it stays as it is')
})

t.test('secure sites', noTls, async t => {
  origin.on('http://secure.test/page', redirects('https://secure.test/page?x=1', 301))
  origin.on('https://secure.test/page', answers(html('secure words')))
  isPage(t, await visit('http://secure.test/page?x=1'), 200, /secure words/)
  isPage(t, await visit('http://secure.test/page?x=1'), 200, /secure words/)
  t.strictSame(
    [origin.asked('http://secure.test/page?x=1').length, origin.asked('https://secure.test/page?x=1').length],
    [1, 2],
    'https was remembered'
  )
  isPage(t, await visit('https://secure.test/page?x=1'), 200, /secure words/)
  origin.on('https://secure.test/paths', answers(html('<a href="/x">x</a>')))
  const asked = (address: string): Promise<Answer> => visit(address, { browser: 'nav3' })
  t.match((await asked('http://secure.test/paths')).text, /HREF="\/x"/)
  t.match(
    (await asked('https://secure.test/paths')).text,
    /HREF="http:\/\/secure\.test\/x"/,
    'a path would stay with https'
  )
  const page = await visit('http://secure.test/page')
  t.notMatch(page.text, /https:/, 'the client never sees https')

  origin.on('https://bad.test/', answers(html('secrets')))
  isPage(t, await visit('https://bad.test/'), 502, /signed by nobody.*BAD_CERTIFICATE/s)
  origin.on('http://bad.test/', redirects('https://bad.test/'))
  isPage(t, await visit('http://bad.test/'), 502, /BAD_CERTIFICATE/)
  t.equal(origin.asked('https://bad.test/').length, 0, 'nothing was said to it')
  t.match((await get(strict.port, 'https://secure.test/')).text, NO_NAME)

  origin.on('http://plain.test/', answers(html('only http')))
  isPage(t, await visit('http://plain.test/'), 200, /only http/)
  isPage(t, await visit('https://plain.test/'), 502, /UPSTREAM_PROXY|CONNECTION/)

  origin.on(`https://127.0.0.1:${origin.securePort}/tls`, answers(html('tls at a port')))
  isPage(t, await get(near.port, `http://127.0.0.1:${origin.securePort}/tls`), 200, /tls at a port/)
  isPage(t, await get(near.port, `https://127.0.0.1:${origin.securePort}/tls`), 200, /tls at a port/)

  origin.on('https://secure.test/form', ({ request, answer, seen }) =>
    request.on('end', () =>
      answer.writeHead(200, { 'content-type': 'text/html' }).end(html(`got ${seen.body.toString()}`))
    )
  )
  isPage(
    t,
    await visit('http://secure.test/form', {
      method: 'POST',
      body: 'a=1',
      headers: ['Content-type: application/x-www-form-urlencoded']
    }),
    200,
    /got a=1/
  )
  t.equal(
    origin.asked('http://secure.test/form').length,
    0,
    'a form is not sent in the clear to a host that speaks https'
  )
})

t.test('redirects that the client sees', async t => {
  const rows: ReadonlyArray<readonly [string, number, string, string]> = [
    ['/r301', 301, 'https://www.site.test/a?b=c', 'http://www.site.test/a?b=c'],
    ['/r302', 302, 'http://other.test', 'http://other.test/'],
    ['/r303', 303, '/there', 'http://site.test/there'],
    ['/dir/r307', 307, 'there', 'http://site.test/dir/there'],
    ['/r308', 308, '//other.test/x y', 'http://other.test/x%20y'],
    ['/utf8', 302, '/caf\u00c3\u00a9', 'http://site.test/caf%C3%A9']
  ]
  for (const [path, status, location, expected] of rows) {
    origin.on(`http://site.test${path}`, redirects(location, status))
    const answer = await visit(`http://site.test${path}`)
    isPage(t, answer, 302, /Moved/)
    t.equal(answer.headers.location, expected, `${status} ${location}`)
    t.ok(answer.text.includes(`HREF="${expected}"`), 'and the body says so')
  }
  origin.on('http://site.test/r303', redirects('/there', 303))
  const posted = await visit('http://site.test/r303', { method: 'POST', body: 'a=1' })
  t.strictSame([posted.status, posted.headers.location], [302, 'http://site.test/there'], 'after a POST')
  origin.on(
    'http://site.test/cookie',
    answers('', 'text/html', { location: '/there', 'set-cookie': 'sid=1; Secure; HttpOnly' }, 302)
  )
  t.equal(
    (await visit('http://site.test/cookie', { browser: 'nav3' })).headers['set-cookie'],
    'sid=1; path=/',
    'a cookie comes with a redirect'
  )
  for (const location of ['ftp://site.test/x', 'javascript:alert(1)', 'http://[', '']) {
    origin.on('http://site.test/nowhere', redirects(location))
    isPage(t, await visit('http://site.test/nowhere'), 502, /BAD_REDIRECT/)
  }
})

t.test('a redirect keeps the view and the size', async t => {
  origin.on('http://site.test/pic.png', redirects('/moved.png'))
  t.match(await visit('http://site.test/pic.png?~30x20'), { status: 200, headers: { 'content-type': 'image/gif' } })
  t.equal(origin.asked('http://site.test/moved.png').length, 1, 'an image is followed inside')
  t.equal(origin.asked('http://site.test/pic.png?~30x20').length, 0, 'the origin never sees the size')
  origin.on('http://site.test/story', redirects('/story2?id=1'))
  for (const path of ['/read', '/menu'])
    t.equal(
      (await visit(`http://retrograde${path}?url=site.test/story`)).headers.location,
      `http://retrograde${path}?url=http://site.test/story2?id=1`
    )
})

t.test('redirects without end become a page', async t => {
  const follow = async (port: number, start: string): Promise<{ answer: Answer; hops: number }> => {
    let address = start
    for (let hops = 0; hops < 30; hops++) {
      const answer = await get(port, address)
      if (answer.status !== 302) return { answer, hops }
      address = answer.headers.location!
    }
    throw new Error('no end')
  }
  origin.on('http://site.test/a', redirects('/b'))
  origin.on('http://site.test/b', redirects('/a'))
  const loop = await follow(proxy.port, 'http://site.test/a')
  isPage(t, loop.answer, 502, /REDIRECT_LOOP/)
  t.ok(loop.hops >= 2 && loop.hops <= 5, `${loop.hops} hops`)
  origin.on('http://site.test/self', redirects('/self'))
  isPage(t, await visit('http://site.test/self'), 502, /REDIRECT_LOOP/)
  origin.on('http://site.test/refresh', answers('<meta http-equiv=refresh content="0;url=/refresh2">'))
  origin.on('http://site.test/refresh2', answers('<meta http-equiv=refresh content="0;url=/refresh">'))
  isPage(t, (await follow(proxy.port, 'http://site.test/refresh')).answer, 502, /REDIRECT_LOOP/)
  if (certificates === undefined) return
  origin.on('http://other.test/both', redirects('https://other.test/both'))
  origin.on('https://other.test/both', redirects('http://other.test/both'))
  isPage(t, await visit('http://other.test/both'), 502, /REDIRECT_LOOP/)
})

t.test('meta refresh', async t => {
  origin.on('http://site.test/soon', answers('<meta http-equiv=refresh content="3; url=https://site.test/next">'))
  const soon = await visit('http://site.test/soon')
  t.strictSame([soon.status, soon.headers.location], [302, 'http://site.test/next'])
  origin.on('http://site.test/late', answers('<meta http-equiv=refresh content="30; url=/next"><p>Wait'))
  isPage(t, await visit('http://site.test/late'), 200, /Wait.*goes on to site\.test/s)
  origin.on('http://site.test/again', answers('<meta http-equiv=refresh content="0"><p>Again'))
  isPage(t, await visit('http://site.test/again'), 200, /Again/)
})

t.test('origins that fail', async t => {
  t.match((await get(strict.port, 'http://no-such-name.invalid/')).text, NO_NAME)
  const closed = net.createServer().listen(0, '127.0.0.1')
  await once(closed, 'listening')
  const { port } = closed.address() as net.AddressInfo
  await new Promise(resolve => closed.close(resolve))
  isPage(t, await get(near.port, `http://127.0.0.1:${port}/`), 502, /CONNECTION_REFUSED/)
  for (const browser of ['nav3', 'text', 'html4'] as const)
    isPage(t, await get(near.port, `http://127.0.0.1:${port}/`, { browser }), 502, /CONNECTION_REFUSED/, browser)
  isPage(t, await get(near.port, `http://127.0.0.1:${port}/`, { browser: 'tiny' }), 200, /CONNECTION_REFUSED/, 'tiny')

  const faults: Readonly<Record<string, readonly [(socket: net.Socket) => void, RegExp]>> = {
    reset: [socket => void socket.resetAndDestroy(), /CONNECTION_LOST/],
    'hanging up': [socket => void socket.end(), /CONNECTION_LOST/],
    silence: [() => {}, /TIMED_OUT/],
    garbage: [socket => void socket.end('SSH-2.0-OpenSSH_9.2\r\n'), /BAD_ANSWER/],
    'a broken head': [socket => void socket.end('HTTP/1.1 200 OK\r\nContent-Len'), /CONNECTION_LOST|BAD_ANSWER/],
    'two lengths': [
      socket => void socket.end('HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab'),
      /BAD_ANSWER/
    ],
    'an endless head': [
      socket => void socket.write(`HTTP/1.1 200 OK\r\n${`X: ${'y'.repeat(1000)}\r\n`.repeat(100)}`),
      /BAD_ANSWER/
    ],
    'a status of no kind': [
      socket => void socket.end('HTTP/1.1 999 Odd\r\nContent-Type: text/html\r\nContent-Length: 3\r\n\r\nodd'),
      /odd|BAD_ANSWER/
    ]
  }
  for (const [name, [act, words]] of Object.entries(faults)) {
    const server = net
      .createServer(socket => socket.on('error', () => {}).once('data', () => act(socket)))
      .listen(0, '127.0.0.1')
    await once(server, 'listening')
    const answer = await get(near.port, `http://127.0.0.1:${(server.address() as net.AddressInfo).port}/`)
    t.comment(name)
    isPage(t, answer, name.startsWith('a status') ? answer.status : name === 'silence' ? 504 : 502, words)
    server.close()
  }
})

t.test('pages that break off are shown as far as they came', async t => {
  origin.on(nearby('/long'), answers(html(`<p>begin ${'word '.repeat(2000)}</p>`)))
  const long = await get(near.port, nearby('/long'))
  isPage(t, long, 200, /begin word.*this proxy stops here/s)
  origin.on(nearby('/lost'), ({ answer }) => {
    answer.writeHead(200, { 'content-type': 'text/html', 'content-length': 1000 }).write('<p>the beginning')
    setTimeout(() => answer.socket?.destroy(), 100)
  })
  isPage(t, await get(near.port, nearby('/lost')), 200, /the beginning.*the end of the page is missing/s)
  origin.on(
    nearby('/stall'),
    ({ answer }) => void answer.writeHead(200, { 'content-type': 'text/html' }).write('<p>the beginning')
  )
  isPage(t, await get(near.port, nearby('/stall')), 200, /the beginning.*missing/s)
  origin.on(nearby('/drip'), ({ answer }) => {
    answer.writeHead(200, { 'content-type': 'text/html' })
    const timer = setInterval(() => answer.write('drip '), 200)
    answer.on('close', () => clearInterval(timer))
  })
  const started = Date.now()
  isPage(t, await get(near.port, nearby('/drip')), 200, /drip drip.*did not come in time/s)
  t.ok(Date.now() - started < 15_000, 'within the limit of time')
})

t.test('content codings', async t => {
  const text = html(`<p>packed words ${'and more '.repeat(200)}</p>`)
  const rows: ReadonlyArray<readonly [string, string, Buffer]> = [
    ['gzip', 'gzip', gzipSync(text)],
    ['x-gzip', 'x-gzip', gzipSync(text)],
    ['deflate', 'deflate', deflateSync(text)],
    ['raw deflate', 'deflate', deflateRawSync(text)],
    ['br', 'br', brotliCompressSync(text)],
    ['gzip twice', 'gzip, gzip', gzipSync(gzipSync(text))],
    ['truncated gzip', 'gzip', gzipSync(text).subarray(0, -12)],
    ['identity', 'identity', Buffer.from(text)]
  ]
  for (const [name, coding, bytes] of rows) {
    t.comment(name)
    origin.on('http://site.test/coded', answers(bytes, 'text/html', { 'content-encoding': coding }))
    isPage(t, await visit('http://site.test/coded'), 200, /packed words/)
  }
  for (const none of ['gzip', 'utf-8', 'none', 'zstd']) {
    origin.on('http://site.test/coded', answers(text, 'text/html', { 'content-encoding': none }))
    isPage(t, await visit('http://site.test/coded'), 200, /packed words/)
  }
  origin.on('http://site.test/coded', answers(randomBytes(900), 'text/html', { 'content-encoding': 'zstd' }))
  isPage(t, await visit('http://site.test/coded'), 502, /BAD_ANSWER.*zstd/)
  origin.on(
    'http://site.test/coded',
    answers(Buffer.concat([gzipSync(text).subarray(0, 12), randomBytes(99)]), 'text/html', {
      'content-encoding': 'gzip'
    })
  )
  isPage(t, await visit('http://site.test/coded'), 502, /BAD_ANSWER|CONNECTION_LOST/)
  const zip = randomBytes(3000)
  origin.on('http://site.test/coded.zip', answers(gzipSync(zip), 'application/zip', { 'content-encoding': 'gzip' }))
  const file = await visit('http://site.test/coded.zip')
  wellFormed(t, file, 'a packed file')
  t.ok(file.body.equals(zip), 'a file is unpacked for a browser that did not ask for packing')
})

t.test('files that are packed themselves', async t => {
  const packed = gzipSync(randomBytes(3000))
  const rows: ReadonlyArray<readonly [string, string, string]> = [
    ['a.tar.gz', 'application/x-tar', 'gzip'],
    ['b.tgz', 'application/octet-stream', 'x-gzip'],
    ['c.tar.gz', 'text/plain', 'gzip'],
    ['d.gz', 'application/x-gzip', 'gzip'],
    ['get.cgi', 'application/x-gzip', 'x-gzip'],
    ['e.ps.Z', 'application/postscript', 'x-compress'],
    ['f.tar.bz2', 'application/x-tar', 'bzip2'],
    ['g.ps.gz', 'application/postscript', 'gzip'],
    ['i.gz', 'text/plain', 'x-gzip'],
    ['j-1.2.gz', 'text/plain', 'gzip']
  ]
  for (const [name, type, coding] of rows) {
    origin.on(`http://site.test/${name}`, answers(packed, type, { 'content-encoding': coding }))
    const file = await visit(`http://site.test/${name}`)
    wellFormed(t, file, name)
    t.ok(file.body.equals(packed), `${name} arrives as it is`)
    t.equal(file.headers['content-length'], String(packed.length), 'with its length')
  }
  const text = answers(gzipSync('words to read'), 'text/plain', { 'content-encoding': 'gzip' })
  origin.on('http://site.test/h.txt.gz', text)
  t.equal(String((await visit('http://site.test/h.txt.gz')).body), 'words to read', 'a text is there to be read')
})

t.test('a redirect that leads nowhere', async t => {
  const nowhere =
    (body: string, type: string, status = 302) =>
    ({ answer }: { answer: ServerResponse }) =>
      void answer.writeHead(status, { 'content-type': type, 'content-length': body.length }).end(body)
  origin.on('http://site.test/moved', nowhere(html('<p>This page has moved to our new house.</p>'), 'text/html'))
  isPage(t, await visit('http://site.test/moved'), 200, /our new house/)
  origin.on('http://site.test/moved', nowhere('', 'text/html', 301))
  isPage(t, await visit('http://site.test/moved'), 502, /BAD_REDIRECT/)
  origin.on('http://site.test/moved', nowhere('what', 'application/zip'))
  isPage(t, await visit('http://site.test/moved'), 502, /BAD_REDIRECT/)
})

t.test('names of files in raw UTF-8', async t => {
  const disposition = Buffer.from('attachment; filename="Größe 大.zip"').toString('latin1')
  // Node refuses such a name where it knows the length.
  origin.on('http://site.test/named', ({ answer }) =>
    answer.writeHead(200, { 'content-type': 'application/zip', 'content-disposition': disposition }).end('PK')
  )
  const file = await visit('http://site.test/named')
  t.match(file.headers['content-disposition'], /^attachment; filename="Grosse Da\.zip"$/)
})

t.test('a body that breaks before its first byte', async t => {
  origin.on('http://site.test/dies.zip', ({ answer }) => {
    answer.writeHead(200, { 'content-type': 'application/zip', 'content-length': '5000' })
    answer.flushHeaders()
    setImmediate(() => answer.destroy())
  })
  isPage(t, await visit('http://site.test/dies.zip'), 502, /CONNECTION_LOST/)
})

t.test('answers without a body', async t => {
  origin.on('http://site.test/204', ({ answer }) => void answer.writeHead(204).end())
  const nothing = await visit('http://site.test/204')
  t.strictSame([nothing.status, nothing.body.length, nothing.headers['content-length']], [204, 0, undefined])
  origin.on('http://site.test/304', ({ answer }) => void answer.writeHead(304, { etag: '"x"' }).end())
  const same = await visit('http://site.test/304', {
    headers: ['If-Modified-Since: Mon, 19 Aug 1996 12:00:00 GMT; length=1234']
  })
  t.strictSame([same.status, same.body.length], [304, 0])
  t.equal(origin.asked('http://site.test/304').at(-1)?.headers['if-modified-since'], 'Mon, 19 Aug 1996 12:00:00 GMT')
  origin.on('http://site.test/empty.bin', answers('', 'application/octet-stream'))
  t.equal((await visit('http://site.test/empty.bin')).status, 204, 'an empty 200 is an error to Netscape')
  origin.on('http://site.test/empty', answers('', 'text/html'))
  isPage(t, await visit('http://site.test/empty'), 200, /there is nothing on this page.*Original source/s)
  origin.on('http://site.test/empty.txt', answers('', 'text/plain'))
  const text = await visit('http://site.test/empty.txt')
  isPage(t, text, 200, /there is nothing on this page/)
  t.notMatch(text.text, /Download/)
  origin.on('http://site.test/gone', ({ answer }) => void answer.writeHead(404).end())
  isPage(t, await visit('http://site.test/gone'), 404, /It said "404 Not Found", and nothing else/)
  origin.on('http://site.test/reset', ({ answer }) => void answer.writeHead(205).end())
  t.equal((await visit('http://site.test/reset')).status, 204, 'HTTP/1.0 has no 205')
  isPage(t, await visit('http://site.test/304'), 502, /BAD_ANSWER/)
  origin.on(
    'http://site.test/chunked-empty',
    ({ answer }) => void answer.writeHead(200, { 'content-type': 'application/zip' }).end()
  )
  const chunked = await visit('http://site.test/chunked-empty')
  t.notOk(chunked.status === 200 && chunked.body.length === 0 && chunked.headers['content-length'] === '0')
})

t.test('HEAD', async t => {
  origin.on(
    'http://site.test/file.zip',
    answers(randomBytes(500), 'application/zip', { 'last-modified': 'Mon, 19 Aug 1996 12:00:00 GMT' })
  )
  const head = await visit('http://site.test/file.zip', { method: 'HEAD' })
  t.match(head, {
    status: 200,
    end: 'closed',
    headers: {
      'content-length': '500',
      'content-type': 'application/zip',
      'last-modified': 'Mon, 19 Aug 1996 12:00:00 GMT'
    }
  })
  t.equal(head.body.length, 0)
  origin.on('http://site.test/page', answers(html('x')))
  const page = await visit('http://site.test/page', { method: 'HEAD' })
  t.match(
    page,
    { status: 200, headers: { 'content-type': 'text/html', 'content-length': undefined } },
    'the length of what is converted is not known'
  )
  t.equal(page.body.length, 0)
  origin.on('http://site.test/stream.zip', ({ answer }) => {
    answer.writeHead(200, { 'content-type': 'application/zip', 'transfer-encoding': 'chunked' }).end()
  })
  t.match(
    await visit('http://site.test/stream.zip', { method: 'HEAD' }),
    { status: 200, end: 'closed', text: '', headers: { 'content-length': undefined } },
    'a file whose site names no length is not said to be empty'
  )
  t.match(await visit('http://retrograde/', { method: 'HEAD' }), { status: 200, text: '' })
  t.match(await visit('http://site.test/nothing', { method: 'HEAD' }), { status: 404, text: '' })
})

t.test('files pass as they are', async t => {
  const bytes = randomBytes(5_000_000)
  origin.on('http://site.test/big.sit', ({ request, answer }) => {
    const [, from, to] = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '') ?? []
    if (from === undefined)
      return void answer
        .writeHead(200, {
          'content-type': 'application/x-stuffit',
          'content-length': bytes.length,
          'accept-ranges': 'bytes',
          etag: '"1"'
        })
        .end(bytes)
    const end = to === '' ? bytes.length - 1 : Number(to)
    const part = bytes.subarray(Number(from), end + 1)
    answer
      .writeHead(206, {
        'content-type': 'application/x-stuffit',
        'content-length': part.length,
        'content-range': `bytes ${from}-${end}/${bytes.length}`
      })
      .end(part)
  })
  const whole = await visit('http://site.test/big.sit', { browser: 'nav3' })
  wellFormed(t, whole, 'a file of 5 MB')
  t.match(whole.headers, {
    'content-length': '5000000',
    'content-type': 'application/x-stuffit',
    'accept-ranges': 'bytes'
  })
  t.ok(whole.body.equals(bytes), 'byte for byte')
  for (const [range, from, to] of [
    ['bytes=100-199', 100, 200],
    ['bytes=4999000-', 4_999_000, 5_000_000]
  ] as const) {
    const part = await visit('http://site.test/big.sit', { headers: [`Range: ${range}`, 'If-Range: "1"'] })
    wellFormed(t, part, range)
    t.match(part, {
      status: 206,
      headers: { 'content-range': `bytes ${from}-${to - 1}/5000000`, 'content-length': String(to - from) }
    })
    t.ok(part.body.equals(bytes.subarray(from, to)))
    t.match(origin.asked('http://site.test/big.sit').at(-1)?.headers, {
      range,
      'if-range': '"1"',
      'accept-encoding': 'identity'
    })
  }
  origin.on('http://site.test/stream.mod', ({ answer }) => {
    answer.writeHead(200, { 'content-type': 'audio/x-mod' })
    for (let at = 0; at < bytes.length; at += 100_000) answer.write(bytes.subarray(at, at + 100_000))
    answer.end()
  })
  const stream = await visit('http://site.test/stream.mod')
  wellFormed(t, stream, 'without a length')
  t.ok(stream.body.equals(bytes), 'a file without a length')
  origin.on('http://site.test/text', answers('a <b>& plain', 'text/plain; charset=utf-8'))
  t.match(await visit('http://site.test/text?~view=raw'), {
    text: 'a <b>& plain',
    headers: { 'content-type': 'text/plain' }
  })
  origin.on('http://site.test/bytes', answers(bytes.subarray(0, 3000), ''))
  t.ok((await visit('http://site.test/bytes')).body.equals(bytes.subarray(0, 3000)), 'bytes without a type')
  origin.on('http://site.test/short.zip', ({ answer }) => {
    answer.writeHead(200, { 'content-type': 'application/zip', 'content-length': 1000 }).write('only this')
    setTimeout(() => answer.socket?.destroy(), 50)
  })
  const short = await visit('http://site.test/short.zip', { timeoutSeconds: 10 })
  t.not(short.end, 'hung', 'a file that breaks off ends the connection')
})

t.test('a client that leaves ends what is done for it', async t => {
  const isLeft = (address: string): Promise<boolean> => until(() => origin.asked(address)[0]?.aborted === true, 10)
  const beforeTheHead = async (): Promise<void> => {
    origin.on('http://site.test/never', () => {})
    await visit('http://site.test/never', { timeoutSeconds: 0.5 })
    t.ok(await isLeft('http://site.test/never'), 'before the head')
  }
  const inAFile = async (): Promise<void> => {
    origin.on('http://site.test/endless.zip', ({ answer }) => {
      answer.writeHead(200, { 'content-type': 'application/zip' })
      const timer = setInterval(() => answer.write(Buffer.alloc(1000)), 20)
      answer.on('close', () => clearInterval(timer))
    })
    t.equal((await visit('http://site.test/endless.zip', { leaveAt: /\r\n\r\n\0/ })).end, 'left')
    t.ok(await isLeft('http://site.test/endless.zip'), 'in the middle of a file')
  }
  const inAPage = async (): Promise<void> => {
    origin.on('http://site.test/endless', ({ answer }) => {
      answer.writeHead(200, { 'content-type': 'text/html' })
      const timer = setInterval(() => answer.write('<p>word'), 20)
      answer.on('close', () => clearInterval(timer))
    })
    await visit('http://site.test/endless', { timeoutSeconds: 0.5 })
    t.ok(await isLeft('http://site.test/endless'), 'in the middle of a page')
  }
  const patiently = async (): Promise<void> => {
    origin.on(
      'http://site.test/patient',
      ({ answer }) =>
        void setTimeout(() => answer.writeHead(200, { 'content-type': 'application/zip' }).end('waited'), 1500)
    )
    const patient = net.connect(proxy.port, '127.0.0.1', () =>
      patient.end('GET http://site.test/patient HTTP/1.0\r\n\r\n')
    )
    t.match(
      String(Buffer.concat((await patient.toArray()) as Buffer[])),
      /waited$/,
      'one that has only ended its side gets its answer'
    )
  }
  // That somebody has left is known for sure after some seconds: all are waited for together.
  await Promise.all([beforeTheHead(), inAFile(), inAPage(), patiently()])
})

t.test('forms and uploads', async t => {
  origin.on('http://site.test/form', ({ request, answer, seen }) =>
    request.on('end', () =>
      answer.writeHead(200, { 'content-type': 'text/html' }).end(html(`got ${seen.body.length} bytes`))
    )
  )
  const boundary = '---------------------------7cc1d2b3'
  const file = randomBytes(200_000)
  const body = Buffer.concat([
    Buffer.from(
      `--${boundary}\r\nContent-Disposition: form-data; name="f"; filename="a.bin"\r\nContent-Type: application/octet-stream\r\n\r\n`
    ),
    file,
    Buffer.from(`\r\n--${boundary}--\r\n`)
  ])
  isPage(
    t,
    await visit('http://site.test/form', {
      browser: 'nav3',
      method: 'POST',
      body,
      headers: [`Content-type: multipart/form-data; boundary=${boundary}`]
    }),
    200,
    new RegExp(`got ${body.length} bytes`),
    'nav3'
  )
  const sent = origin.asked('http://site.test/form').at(-1)!
  t.ok(sent.body.equals(body), 'byte for byte')
  t.match(sent.headers, {
    'content-type': `multipart/form-data; boundary=${boundary}`,
    'content-length': String(body.length)
  })

  origin.on('http://site.test/slow-form', ({ request, answer, seen }) =>
    request.on('end', () =>
      answer.writeHead(200, { 'content-type': 'text/html' }).end(html(`got ${seen.body.toString()}`))
    )
  )
  const socket = net.connect(proxy.port, '127.0.0.1')
  const reply = (async () => {
    let text = ''
    for await (const chunk of socket) text += String(chunk)
    return text
  })()
  socket.write(
    'POST http://site.test/slow-form HTTP/1.0\r\nContent-type: application/x-www-form-urlencoded\r\nContent-length: 7\r\n\r\na=1'
  )
  t.ok(
    await until(() => origin.asked('http://site.test/slow-form').length === 1),
    'the origin is asked before all is sent'
  )
  socket.write('&b=2\r\n')
  t.match(await reply, /got a=1&amp;b=2/, 'and gets the rest, without the CRLF behind it')

  for (const type of ['form', 'text/plain; charset=x', 'application/json', 'x/y; ;'])
    isPage(
      t,
      await visit('http://site.test/form', { method: 'POST', body: '{a', headers: [`Content-type: ${type}`] }),
      200,
      /got 2 bytes/
    )
  isPage(t, await visit('http://site.test/form', { method: 'POST', body: 'abc' }), 200, /got 3 bytes/)
  isPage(
    t,
    await visit('http://site.test/form', { method: 'POST', headers: ['Content-Length: 0'] }),
    200,
    /got 0 bytes/
  )
  origin.on(nearby('/form'), ({ request, answer, seen }) =>
    request.on('end', () =>
      answer.writeHead(200, { 'content-type': 'text/html' }).end(html(`got ${seen.body.length} bytes`))
    )
  )
  isPage(t, await get(near.port, nearby('/form'), { method: 'POST', body: 'x'.repeat(2000) }), 200, /got 2000 bytes/)
  isPage(t, await get(near.port, nearby('/form'), { method: 'POST', body: 'x'.repeat(2001) }), 413, /REQUEST_TOO_LARGE/)
  isPage(
    t,
    await get(near.port, nearby('/form'), { method: 'POST', body: 'x'.repeat(300_000) }),
    413,
    /REQUEST_TOO_LARGE/
  )
})

t.test('what the origin sees', async t => {
  origin.on('http://site.test/seen', answers(html('seen')))
  await visit('http://site.test/seen?q=caf%E9+a%2Bb', {
    headers: [
      'Host: wrong.test',
      'Proxy-Connection: close',
      'Connection: x-private',
      'X-Private: 1',
      'Proxy-Authorization: Basic eDp5',
      'UA-pixels: 640x480',
      'UA-color: color8',
      'UA-OS: Windows',
      'UA-CPU: x86',
      'From: me@home',
      'Keep-Alive: 300',
      'TE: trailers',
      'Via: 1.0 x',
      'X-Forwarded-For: 10.0.0.1',
      'Cookie: sid=abc',
      'Authorization: Basic dTpw',
      'Accept-Language: fr',
      'Pragma: no-cache',
      'Referer: http://site.test/from'
    ]
  })
  const seen = origin.asked('http://site.test/seen?q=caf%E9+a%2Bb')[0] as SeenRequest
  t.ok(seen, 'the address goes as it came')
  for (const name of Object.keys(seen.headers))
    t.notMatch(name, /^(proxy-|ua-|extension|from|keep-alive|te|x-|upgrade|forwarded)/, `${name} may go`)
  t.match(
    seen.headers,
    { 'cdn-loop': /^retrograde-\w{12}$/, via: /^1\.1 retrograde-\w{12}$/ },
    'marked as ours, for an upstream proxy too'
  )
  t.match(seen.headers, {
    host: 'site.test',
    'user-agent': /^Mozilla\/5\.0 .*Firefox/,
    accept: /text\/html/,
    'accept-language': 'fr',
    'accept-encoding': 'gzip, deflate, br',
    cookie: undefined,
    authorization: 'Basic dTpw',
    'cache-control': 'no-cache'
  })
  t.notMatch(JSON.stringify(seen.headers), /Mosaic|eDp5|wrong\.test|10\.0\.0\.1/)
  for (const path of ['/caf%E9', '/%2e%2e/x', '//double', '/a%2Fb', '/..%2f..%2fetc', '/a;b=c', '/%7Euser', '/|{}^']) {
    await visit(`http://site.test${path}`)
    const asked = origin.seen.at(-1)!.address
    t.equal(asked, new URL(`http://site.test${path}`).href, `path ${path}`)
  }
  await ask(proxy.port, 'GET http://site.test/caf\xe9 au lait HTTP/1.0\r\n\r\n')
  t.match(origin.seen.at(-1)!.address, /\/caf%E9%20au%20lait$/, '8-bit bytes and blanks')
})

t.test('what an origin says of persons', async t => {
  origin.on(
    'http://site.test/set',
    answers(html('set'), 'text/html', {
      'set-cookie': ['a=1; Domain=site.test; Secure; HttpOnly; SameSite=None; Path=/', 'b=2; Max-Age=3600'],
      server: 'x',
      'strict-transport-security': 'max-age=1',
      link: '</x>; rel=preload'
    })
  )
  const { headers } = await visit('http://site.test/set', { browser: 'nav3' })
  t.match(
    headers['set-cookie'],
    /^a=1; path=\/; domain=\.site\.test\nb=2; path=\/; expires=\w{3}, \d\d-\w{3}-\d\d \d\d:\d\d:\d\d GMT$/
  )
  t.strictSame([headers.server, headers.link, headers['strict-transport-security']], [undefined, undefined, undefined])
  origin.on(
    'http://site.test/members',
    answers(html('Members only'), 'text/html', { 'www-authenticate': 'Basic realm="Members", charset="UTF-8"' }, 401)
  )
  const members = await visit('http://site.test/members')
  isPage(t, members, 401, /Members only/)
  t.equal(members.headers['www-authenticate'], 'Basic realm="Members"')
})

t.test('a log-in that is not passed on is told of', async t => {
  const asks = (type: string, ...questions: string[]): void =>
    origin.on(
      'http://site.test/office',
      answers('<p>Unauthorized', type, { 'www-authenticate': questions as never }, 401)
    )
  asks('text/html', 'Digest realm="Office", qop="auth", nonce="x"')
  const digest = await visit('http://site.test/office')
  isPage(t, digest, 403, /LOGIN_UNKNOWN \(digest\)/)
  t.equal(digest.headers['www-authenticate'], undefined)
  asks('text/html', 'Negotiate', 'NTLM')
  isPage(t, await visit('http://site.test/office'), 403, /negotiate, ntlm/)
  asks('text/html', 'Negotiate', 'NTLM', 'Basic realm="Büro"')
  const basic = await visit('http://site.test/office')
  isPage(t, basic, 401, /Unauthorized/)
  t.equal(
    basic.headers['www-authenticate'],
    'Basic realm="Buro"',
    'one that it knows among others, in letters it knows'
  )
  asks('application/json', 'Bearer realm="api"')
  isPage(t, await visit('http://site.test/office'), 403, /bearer/)
  asks('text/html', 'Bearer realm="api"')
  isPage(t, await visit('http://site.test/office'), 401, /Unauthorized/) // its own words, as browsers show them
})

t.test('the private network stays private', async t => {
  const hosts = [
    '127.0.0.1',
    '127.1',
    '2130706433',
    '0x7f000001',
    '0177.0.0.1',
    '127.0.0.1.',
    '%31%32%37.0.0.1',
    '[::1]',
    '[::ffff:127.0.0.1]',
    '[::7f00:1]',
    '[64:ff9b::7f00:1]',
    '[2002:7f00:1::]',
    '0.0.0.0',
    '0',
    '10.0.0.1',
    '192.168.0.1',
    '172.16.0.1',
    '169.254.169.254',
    '100.64.0.1',
    '224.0.0.1',
    '[fe80::1]',
    '[fd00::1]',
    'localhost',
    'LOCALHOST',
    'localhost.',
    'x.localhost',
    'printer.local',
    'wiki.internal'
  ]
  const seen = origin.seen.length
  for (const host of hosts) {
    for (const { port } of [strict, proxy]) {
      const answer = await get(port, `http://${host}:${origin.port}/`)
      t.match(answer, { status: 403, text: /ADDRESS_REFUSED/ }, host)
    }
  }
  isPage(t, await get(strict.port, `http://127.0.0.1:${origin.port}/`), 403, /ADDRESS_REFUSED/)
  t.equal(
    (await get(strict.port, `http://127.0.0.1:${origin.port}/x.gif?~10x10`)).status,
    200,
    'in the place of an image a blank one'
  )
  t.equal(origin.seen.length, seen, 'and nobody was asked')
  origin.on(nearby('/to-metadata'), redirects('http://169.254.169.254/latest'))
  const sent = await get(near.port, nearby('/to-metadata'))
  t.equal(sent.status, 302)
  isPage(t, await get(near.port, sent.headers.location!), 403, /ADDRESS_REFUSED/)
  origin.on('http://site.test/to-local', redirects(`https://127.0.0.1:${origin.securePort}/`))
  isPage(t, await visit((await visit('http://site.test/to-local')).headers.location!), 403, /ADDRESS_REFUSED/)
  isPage(t, await visit('http://retrograde/read?url=127.0.0.1:1/'), 403, /ADDRESS_REFUSED/)
})

t.test('machines that may not use the proxy', async t => {
  t.match(await get(strict.port, 'http://site.test/', { from: '127.0.0.2' }), { status: 403, text: /CLIENT_REFUSED/ })
  t.match(await get(strict.port, 'http://retrograde/settings', { from: '127.0.0.2' }), {
    status: 403,
    text: /CLIENT_REFUSED/
  })
  isPage(t, await get(strict.port, 'http://retrograde/'), 200, /Retrograde/)
})

t.test('gateway', async t => {
  origin.on(
    'http://site.test/gate',
    answers(
      html(
        '<h1>Gate</h1><p><a href="/x?a=1">x</a> <a href="https://other.test/y">y</a> <a href="#f">f</a> <a href="mailto:a@b.test">m</a><img src="/i.png" alt="pic" width=10 height=10><form action="/f" method=post><input name=q></form>'
      )
    )
  )
  const base = `http://127.0.0.1:${proxy.port}`
  const gate = (path: string, headers: readonly string[] = []): Promise<Answer> =>
    ask(
      proxy.port,
      `GET ${path} HTTP/1.0\r\nHost: 127.0.0.1:${proxy.port}\r\nUser-Agent: Mozilla/3.04 (Win95; I)\r\n${headers.map(line => `${line}\r\n`).join('')}\r\n`
    )
  for (const path of ['/http://site.test/gate', '/http:/site.test/gate']) {
    const page = await gate(path)
    isPage(t, page, 200, /Gate/, 'nav3')
    const addresses = [...page.text.matchAll(/(?:HREF|SRC|ACTION)="([^"]*)"/g)].map(([, address]) => address!)
    t.ok(addresses.length >= 6)
    for (const address of addresses) t.match(address, new RegExp(`^(${base}/|#|mailto:)`), address)
    t.ok(addresses.includes(`${base}/http://other.test/y`))
    t.ok(addresses.includes(`${base}/http://site.test/f`))
  }
  origin.on('http://site.test/gate-away', redirects('https://other.test/z'))
  const away = await gate('/http://site.test/gate-away')
  t.equal(away.headers.location, `${base}/http://other.test/z`)
  t.ok(away.text.includes(`HREF="${base}/http://other.test/z"`))
  t.equal((await gate('/go?url=site.test/gate')).headers.location, `${base}/http://site.test/gate`, 'the address box')
  isPage(t, await gate('/read?url=http://site.test/gate'), 200, /Gate/, 'nav3')
  isPage(t, await gate('/'), 200, /Retrograde/, 'nav3')
  isPage(t, await gate('/http://127.0.0.1/'), 403, /ADDRESS_REFUSED/, 'nav3')
  isPage(t, await gate('/nothing'), 404, /NOT_FOUND_HERE/, 'nav3')
  await gate('/http://site.test/gate', [`Referer: ${base}/http://site.test/from`])
  t.equal(origin.asked('http://site.test/gate').at(-1)?.headers.referer, 'http://site.test/from')
})

t.test('led here unasked: origin-form with a foreign Host', async t => {
  origin.on('http://site.test/transparent', answers(html('<a href="/x">led here</a>')))
  const page = await ask(proxy.port, 'GET /transparent HTTP/1.0\r\nHost: site.test\r\n\r\n')
  isPage(t, page, 200, /led here/)
  t.match(page.text, /HREF="http:\/\/site\.test\/x"/)
})

t.test('a request that comes round to the proxy itself', async t => {
  const own = await get(near.port, `http://127.0.0.1:${near.port}/`)
  isPage(t, own, 200, /Retrograde/)
  isPage(
    t,
    await ask(near.port, `GET /nothing HTTP/1.0\r\nHost: 127.0.0.1:${near.port}\r\n\r\n`),
    404,
    /NOT_FOUND_HERE/
  )
  isPage(t, await get(near.port, `http://localhost:${near.port}/nothing`), 404, /NOT_FOUND_HERE/)
})

t.test('our own pages', async t => {
  for (const browser of ['mosaic', 'nav3', 'html4', 'text', 'tiny'] as const) {
    isPage(t, await visit('http://retrograde/', { browser }), 200, /Today's web/, browser)
    isPage(t, await visit('http://retrograde/settings', { browser }), 200, /Settings/, browser)
  }
  const home = await visit('http://retrograde/', { browser: 'nav3' })
  t.match(home.text, new RegExp(`127\\.0\\.0\\.1:${proxy.port}`), 'the address to type')
  t.match(home.text, /Mozilla\/3\.04/, 'why this profile')
  isPage(
    t,
    await ask(proxy.port, 'GET / HTTP/1.0\r\nUser-Agent: <script>alert(1)</script>\r\n\r\n'),
    200,
    /<script>alert\(1\)<\/script>/
  )
  t.equal((await visit('http://retrograde/go?url=site.test/a?b=c')).headers.location, 'http://site.test/a?b=c')
  t.equal((await visit('http://retrograde/go?url=https%3A%2F%2Fsite.test%2Fa')).headers.location, 'http://site.test/a')
  for (const typed of ['', '+', 'ftp%3A%2F%2Fx', 'javascript%3Aalert(1)', 'http%3A%2F%2F'])
    t.equal((await visit(`http://retrograde/go?url=${typed}`)).status, 400, `typed ${typed}`)
  t.match(await visit('http://retrograde/proxy.pac'), {
    status: 200,
    headers: { 'content-type': 'application/x-ns-proxy-autoconfig' },
    text: new RegExp(`PROXY 127\\.0\\.0\\.1:${proxy.port}"`)
  })
  t.match(await visit('http://retrograde/healthz'), {
    status: 200,
    headers: { 'content-type': 'text/plain' },
    text: 'ok\n'
  })
  isPage(t, await visit('http://retrograde/nothing'), 404, /NOT_FOUND_HERE/)
  for (const path of ['/constructor', '/__proto__', '/toString', '/hasOwnProperty'])
    isPage(t, await visit(`http://retrograde${path}`), 404, /NOT_FOUND_HERE/)
  t.match(
    await visit('http://retrograde/inline/0123456789.gif'),
    { status: 200 },
    'an image that is gone is a blank one'
  )
  isPage(t, await visit('ftp://site.test/file'), 400, /UNKNOWN_SCHEME/)
  t.match((await visit('gopher://site.test/')).body.toString(), /your browser can fetch by itself/)
  isPage(t, await visit('news:comp.infosystems'), 400, /UNKNOWN_SCHEME/)
})

t.test('what a person chooses holds for their machine alone', async t => {
  const tokenOf = (page: Answer): string => /NAME="?token"? VALUE="?([0-9a-f]{16})/.exec(page.text)?.[1] ?? ''
  const mine = tokenOf(await visit('http://retrograde/settings', { browser: 'nav3' }))
  t.match(mine, /^[0-9a-f]{16}$/)
  isPage(
    t,
    await visit('http://retrograde/settings?token=0000000000000000&profile=tiny', { browser: 'nav3' }),
    200,
    /Not saved/,
    'nav3'
  )
  isPage(t, await visit('http://retrograde/settings?profile=tiny', { browser: 'nav3' }), 200, /Settings/, 'nav3')
  isPage(t, await visit('http://retrograde/', { browser: 'nav3' }), 200, /Netscape 3/, 'nav3')
  isPage(
    t,
    await visit(`http://retrograde/settings?token=${mine}&profile=mosaic&images=off&line=off`, {
      browser: 'nav3',
      from: '127.0.0.2'
    }),
    200,
    /Not saved/,
    'nav3'
  )
  isPage(
    t,
    await visit(`http://retrograde/settings?token=${mine}&profile=html4&images=links&line=top&display=nonsense`, {
      browser: 'nav3'
    }),
    200,
    /Saved\./,
    'nav3'
  )
  isPage(t, await visit('http://retrograde/', { browser: 'nav3' }), 200, /it was chosen in the settings/, 'html4')
  isPage(
    t,
    await visit('http://retrograde/', { browser: 'nav3', from: '127.0.0.2' }),
    200,
    /Netscape 3 and its/,
    'nav3'
  )
  isPage(
    t,
    await visit(`http://retrograde/settings?token=${mine}&profile=`, { browser: 'nav3' }),
    200,
    /Saved\./,
    'html4'
  )
  isPage(t, await visit('http://retrograde/', { browser: 'nav3' }), 200, /Netscape 3 and its/, 'nav3')
})

t.test('CONNECT', async t => {
  for (const raw of [
    'CONNECT secure.test:443 HTTP/1.0\r\nUser-Agent: Mozilla/3.04 (Win95; I)\r\n\r\n',
    'CONNECT secure.test:443 HTTP/1.0\nUser-Agent: Mozilla/3.04 (Win95; I)\n\n',
    'CONNECT secure.test:443 HTTP/1.1\r\nHost: secure.test:443\r\nUser-Agent: NetSurf/3.10\r\n\r\n'
  ]) {
    const answer = await ask(proxy.port, raw)
    t.match(answer, {
      status: 502,
      version: '1.0',
      headers: { 'content-type': /^text\/html/, 'content-length': String(answer.body.length) },
      text: /http:\/\/secure\.test\//
    })
    t.match(answer.text, /Use http:\/\/ here/)
  }
})

t.test('HTTP/0.9', async t => {
  const simple = await ask(proxy.port, 'GET http://site.test/\r\n')
  t.match(simple.raw, /^<HTML>/i, 'the body alone')
  t.strictSame(checkPage(Buffer.from(simple.raw, 'latin1'), profileOf('cern')).problems, [])
  t.match((await ask(proxy.port, 'GET /\r\n')).raw, /^<HTML>[^]*Retrograde/i)
})

t.test('requests that are none', async t => {
  const rows: ReadonlyArray<readonly [string, string, number, RegExp]> = [
    ['noise', '\x05\x01\x00', 400, /BAD_REQUEST/],
    ['an unknown method', 'BREW http://site.test/ HTTP/1.0\r\n\r\n', 501, /METHOD_NOT_ALLOWED/],
    [
      'two lengths',
      'POST http://site.test/form HTTP/1.0\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab',
      400,
      /BAD_REQUEST/
    ],
    [
      'smuggling',
      'POST http://site.test/form HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
      400,
      /BAD_REQUEST/
    ],
    ['a long head', `GET http://site.test/${'x'.repeat(5000)} HTTP/1.0\r\n\r\n`, 431, /HEAD_TOO_LARGE/],
    ['half a head', 'GET http://site.test/ HTTP/1.0\r\nUser-Agent: x', 408, /REQUEST_TIMEOUT/],
    ['no host', 'GET http:/// HTTP/1.0\r\n\r\n', 400, /BAD_REQUEST/]
  ]
  for (const [name, raw, status, words] of rows) {
    t.comment(name)
    isPage(t, await ask(near.port, raw, { timeoutSeconds: 10 }), status, words)
  }
  for (const method of ['TRACE', 'PROPFIND', 'SUBSCRIBE'])
    isPage(t, await visit('http://site.test/', { method, timeoutSeconds: 10 }), 501, /METHOD_NOT_ALLOWED/)
  isPage(t, await visit('http://site.test/', { method: 'DELETE', timeoutSeconds: 10 }), 200, /Caf/)
})

t.test('images', async t => {
  origin.on('http://site.test/wide.png', answers(await png(1000, 500), 'image/png'))
  const wide = await visit('http://site.test/wide.png')
  wellFormed(t, wide, 'an image')
  t.ok(isGif(wide), 'a GIF')
  t.strictSame(gifSize(wide.body), [574, 287], 'no wider than the profile')
  t.strictSame(gifSize((await visit('http://site.test/wide.png?~37x21')).body), [37, 21], 'exactly as the page says')
  t.equal(origin.seen.at(-1)!.address, 'http://site.test/wide.png')
  origin.on(
    'http://site.test/jpeg',
    answers(
      await sharp(await png(300, 200))
        .jpeg()
        .toBuffer(),
      'image/jpeg',
      { 'set-cookie': 'seen=1' }
    )
  )
  const jpeg = await visit('http://site.test/jpeg')
  t.ok(isGif(jpeg))
  t.equal((await visit('http://site.test/jpeg', { browser: 'nav3' })).headers['set-cookie'], 'seen=1; path=/')
  origin.on(
    'http://site.test/svg',
    answers(
      '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30"><rect width="40" height="30" fill="red"/></svg>',
      'image/svg+xml'
    )
  )
  t.strictSame(gifSize((await visit('http://site.test/svg')).body), [40, 30])
  origin.on('http://site.test/untyped', answers(await png(20, 20), 'application/octet-stream'))
  t.ok(isGif(await visit('http://site.test/untyped')), 'by its first bytes')

  const blanks: Readonly<Record<string, Parameters<typeof origin.on>[1]>> = {
    broken: answers((await png(50, 50)).subarray(0, 40), 'image/png'),
    'no image': answers(randomBytes(100), 'image/webp'),
    empty: answers('', 'image/png'),
    gone: answers(html('no such image'), 'text/html', {}, 404),
    'gone without a page': answers('gone', 'text/plain', {}, 410),
    failing: answers('', 'image/png', {}, 500)
  }
  for (const [name, handler] of Object.entries(blanks)) {
    origin.on('http://site.test/blank.png', handler)
    const answer = await visit('http://site.test/blank.png')
    wellFormed(t, answer, name)
    t.ok(
      answer.status === 200 && isGif(answer) && answer.body.length === BLANK_GIF.length,
      `${name}: a GIF of 43 bytes`
    )
  }
  origin.on('http://site.test/reset.png', ({ answer }) => void answer.socket?.destroy())
  t.equal((await visit('http://site.test/reset.png')).body.length, 43, 'a connection that is lost')
  origin.on(
    nearby('/large.png'),
    answers(
      await sharp(randomBytes(200 * 200 * 3), { raw: { width: 200, height: 200, channels: 3 } })
        .png()
        .toBuffer(),
      'image/png'
    )
  )
  t.equal((await get(near.port, nearby('/large.png'))).body.length, 43, 'one that is too large')
})

t.test('images that come inside pages', async t => {
  const data = `data:image/png;base64,${(await png(30, 20)).toString('base64')}`
  origin.on(
    'http://site.test/inlined',
    answers(
      html(
        `<p>Two</p><img src="${data}" alt="data" width=30 height=20><svg width="240" height="130"><rect width="200" height="100" fill="red"/><text x="9" y="50">Chart</text></svg>`
      )
    )
  )
  const page = await visit('http://site.test/inlined', { browser: 'nav3' })
  isPage(t, page, 200, /Two/, 'nav3')
  const sources = [...page.text.matchAll(/SRC="([^"]*)"/g)].map(([, address]) => address!)
  t.equal(sources.length, 2, page.text)
  for (const address of sources) {
    t.match(address, /^http:\/\/retrograde\/inline\/[0-9a-f]{20}\.gif/)
    const image = await visit(address, { browser: 'nav3' })
    wellFormed(t, image, address)
    t.ok(isGif(image) || image.headers['content-type'] === 'image/jpeg', 'and of a type that it says')
    t.ok(image.body.length > 43, `${image.body.length} bytes`)
  }
})

t.test('other views of a page', async t => {
  const story = Array.from(
    { length: 12 },
    (_, at) =>
      `<p>Paragraph ${at} of the story, which is long enough, with commas, to be taken for an article by anyone who reads.</p>`
  ).join('')
  origin.on(
    'http://site.test/article',
    answers(
      html(
        `<nav><ul>${Array.from({ length: 12 }, (_, at) => `<li><a href="/s${at}">Section ${at}</a></li>`).join('')}</ul></nav><article><h1>The story</h1>${story}</article><footer>Imprint</footer>`,
        'The story'
      )
    )
  )
  const reader = await visit('http://retrograde/read?url=site.test/article', { browser: 'nav3' })
  isPage(t, reader, 200, /Paragraph 11/, 'nav3')
  t.notMatch(reader.text, /Section 3/, 'the article alone')
  isPage(t, await visit('http://retrograde/menu?url=site.test/article', { browser: 'nav3' }), 200, /Section 3/, 'nav3')
  isPage(
    t,
    await visit('http://retrograde/read?url=http%3A%2F%2Fsite.test%2Farticle', { browser: 'nav3' }),
    200,
    /Paragraph 11/,
    'nav3'
  )
  for (const query of ['', '?url=', '?url=ftp://x'])
    isPage(t, await visit(`http://retrograde/read${query}`), 400, /BAD_REQUEST/)
  const page = await visit('http://site.test/article', { browser: 'nav3' })
  t.match(page.text, /HREF="http:\/\/retrograde\/read\?url=site\.test\/article"/)
  t.match(page.text, /HREF="\/article"[^>]*>Original source/)
})

t.test('linked style sheets', async t => {
  const linking = (...sheets: string[]): string =>
    `<!doctype html><html><head><title>Styled</title>${sheets.map(sheet => `<link rel=stylesheet href="${sheet}">`).join('')}</head><body><p>Words</p><p class=gone>Loading</p><p>and <span class=bold>more</span></p></body></html>`
  const css = { 'content-encoding': 'gzip' }
  origin.on('http://styles.test/a.css', answers(gzipSync('.gone{display:none}'), 'text/css', css))
  origin.on('http://cdn.test/b.css', answers('@charset "utf-8";.bold{font-weight:700}', 'text/css; charset=utf-8'))
  origin.on('http://styles.test/', answers(linking('a.css?v=1&amp;w=2', '//cdn.test/b.css')))
  const page = await visit('http://styles.test/', { browser: 'nav3', headers: ['Cookie: sid=secret'] })
  isPage(t, page, 200, /Words and more/, 'nav3')
  t.match(page.text, /<B>more<\/B>/)
  t.notMatch(page.text, /Loading/)
  const asked = [...origin.asked('http://styles.test/a.css?v=1&w=2'), ...origin.asked('http://cdn.test/b.css')]
  t.equal(asked.length, 2)
  for (const { method, headers } of asked)
    t.strictSame([method, headers.cookie, headers.referer], ['GET', undefined, undefined], 'asked for as anybody')
  t.notMatch((await visit('http://retrograde/read?url=styles.test/')).text, /Loading/)
  t.equal(origin.asked('http://cdn.test/b.css').length, 1, 'a sheet is kept')
  origin.on('http://styles.test/menus', answers(linking('menus.css')))
  await visit('http://retrograde/menu?url=styles.test/menus')
  t.equal(origin.asked('http://styles.test/menus.css').length, 0, 'the menu of a page shows what sheets hide')

  const bad: ReadonlyArray<readonly [string, (exchange: Parameters<ReturnType<typeof answers>>[0]) => void]> = [
    ['/404.css', answers('.gone{display:none}', 'text/css', {}, 404)],
    ['/page.css', answers('.gone{display:none}', 'text/html')],
    ['/coding.css', answers('x', 'text/css', { 'content-encoding': 'zstd' })],
    ['/large.css', answers(`.gone{display:none}${' '.repeat(400 * 1024)}`, 'text/css')],
    ['/broken.css', ({ request }) => request.socket.destroy()],
    ['/moved.css', redirects('http://other.test/x.css')]
  ]
  for (const [path, handler] of bad) {
    origin.on(`http://styles.test${path}`, handler)
    origin.on(
      'http://styles.test/bad',
      answers(linking(path, 'http://nowhere.invalid:1/x.css', 'ftp://styles.test/x.css'))
    )
    isPage(t, await visit('http://styles.test/bad'), 200, /Words Loading and more/)
  }
  origin.on('http://styles.test/never.css', () => {})
  origin.on('http://styles.test/slow', answers(linking('never.css', 'a.css')))
  const started = performance.now()
  const slow = await visit('http://styles.test/slow')
  isPage(t, slow, 200, /Words and more/)
  const took = performance.now() - started
  t.ok(took >= 1400 && took < 6000, `a sheet that never comes is waited for 1.5 s: ${Math.round(took)} ms`)
  origin.on('http://styles.test/many', answers(linking(...[1, 2, 3, 4, 5, 6].map(at => `${at}.css`))))
  await visit('http://styles.test/many')
  t.equal(origin.seen.filter(({ address }) => /\/\d\.css$/.test(address)).length, 4, 'no more than four')

  const without = await startProxy(t, {
    'upstream-proxy': `http://127.0.0.1:${origin.port}/`,
    conversions: 1,
    'max-sheets': 0
  })
  const before = origin.seen.length
  t.match((await get(without.port, 'http://styles.test/')).text, /Loading/)
  t.equal(origin.seen.length, before + 1, 'none is fetched where the settings say so')
})

t.test('style sheets are fetched while the rest of their page is on its way', async t => {
  const head = '<!doctype html><head><title>Slow</title><link rel=stylesheet href=ahead.css></head><body><p>Words'
  // The site ends the page when the sheet is asked for: who asks for that at the end gets neither.
  origin.on('http://ahead.test/', ({ answer }) => {
    answer.writeHead(200, { 'content-type': 'text/html' }).write(head)
    origin.on('http://ahead.test/ahead.css', exchange => {
      answers('.gone{display:none}', 'text/css')(exchange)
      answer.end('<p class=gone>Loading</p><p>The end')
    })
  })
  isPage(t, await visit('http://ahead.test/'), 200, /Words The end/)
  t.equal(origin.asked('http://ahead.test/ahead.css').length, 1, 'and not again at its end')
})

t.test('a style sheet of the private network stays there', async t => {
  origin.on(
    `http://localhost:${origin.port}/linking`,
    answers(`<head><link rel=stylesheet href="http://127.0.0.2:${origin.port}/private.css"></head><p>Words`)
  )
  isPage(t, await get(near.port, `http://localhost:${origin.port}/linking`), 200, /Words/)
  t.equal(origin.seen.filter(({ address }) => address.endsWith('/private.css')).length, 0)
})

t.test('failures of pages of the site itself', async t => {
  origin.on('http://site.test/404', answers(html('<h1>Nothing here</h1>'), 'text/html', {}, 404))
  isPage(t, await visit('http://site.test/404'), 404, /Nothing here/)
  isPage(t, await visit('http://site.test/404', { browser: 'tiny' }), 200, /Nothing here/, 'tiny')
  origin.on('http://site.test/503', answers(html('<h1>Later</h1>'), 'text/html', { 'retry-after': '10' }, 503))
  isPage(t, await visit('http://site.test/503'), 503, /Later/)
  t.equal(origin.asked('http://site.test/503').length, 1, 'asked once')
})

t.test('many at once', async t => {
  origin.on('http://site.test/many', ({ request, answer }) => {
    const id = /id=(\d+)/.exec(request.url ?? '')?.[1] ?? ''
    setTimeout(
      () =>
        answer
          .writeHead(200, { 'content-type': 'text/html', 'set-cookie': `id=${id}` })
          .end(
            html(
              `<table border=1><tr><td>visit <b>number ${id} of many</b></td><td>two</td></tr><tr><td>3</td><td>4</td></tr></table>`
            )
          ),
      (Number(id) % 7) * 10
    )
  })
  const browsers: readonly Browser[] = ['mosaic', 'nav3', 'html4', 'text']
  const all = await Promise.all(
    Array.from({ length: 40 }, async (_, id) => {
      const browser = browsers[id % 4]!
      const answer = await visit(`http://site.test/many?id=${id}`, { browser, headers: [`Cookie: me=${id}`] })
      const problems = checkPage(answer.body, profileOf(browser)).problems
      const seen = origin.asked(`http://site.test/many?id=${id}`)
      return {
        id,
        problems,
        own: answer.text.includes(`number ${id} of many`),
        cookie: answer.headers['set-cookie'] === (browser === 'mosaic' ? undefined : `id=${id}; path=/`),
        sent:
          seen.length === 1 &&
          (browser === 'mosaic' ? !/me=/.test(seen[0]?.headers.cookie ?? '') : seen[0]?.headers.cookie === `me=${id}`),
        doctype: /^<!DOCTYPE HTML PUBLIC "([^"]*)"/.exec(answer.text)?.[1] ?? ''
      }
    })
  )
  const doctypes = [
    '-//IETF//DTD HTML 2.0//EN',
    '-//W3C//DTD HTML 3.2 Final//EN',
    '-//W3C//DTD HTML 4.01 Transitional//EN',
    ''
  ]
  for (const { id, ...found } of all)
    t.strictSame(found, { problems: [], own: true, cookie: true, sent: true, doctype: doctypes[id % 4] }, `visit ${id}`)
})

t.test('connections that are kept', async t => {
  const socket = net.connect(proxy.port, '127.0.0.1')
  let text = ''
  socket.on('data', chunk => {
    text += chunk.toString('latin1')
  })
  const warnings: Error[] = []
  const warn = (warning: Error): void => void warnings.push(warning)
  process.on('warning', warn)
  for (let round = 1; round <= 15; round++) {
    socket.write(
      'GET http://site.test/ HTTP/1.0\r\nProxy-Connection: Keep-Alive\r\nUser-Agent: Mozilla/3.04 (Win95; I)\r\n\r\n'
    )
    t.ok(await until(() => text.split('</HTML>').length > round), `answer ${round}`)
  }
  t.equal(text.match(/Proxy-Connection: Keep-Alive/gi)?.length, 15, 'keeping was confirmed')
  t.equal(text.match(/^HTTP\/1\.0 200 OK/gm)?.length, 15)
  const lengths = [...text.matchAll(/Content-Length: (\d+)/gi)]
  t.equal(lengths.length, 15)
  socket.destroy()
  process.off('warning', warn)
  t.strictSame(warnings, [], 'and nothing piles up on the socket')
})

t.test('rules of a folder of one’s own', async t => {
  const folder = t.testdir()
  cpSync(OWN_RULES, folder, { recursive: true })
  const fallbacks = join(folder, 'charsets', 'fallbacks.yaml')
  writeFileSync(fallbacks, `${readFileSync(fallbacks, 'utf8')}\n"\u2624": "(staff)"\n`)
  const own = await startProxy(t, {
    rules: folder,
    conversions: 1,
    profile: 'nav1',
    'upstream-proxy': `http://127.0.0.1:${origin.port}/`
  })
  origin.on('http://site.test/sign', answers(html('A sign: \u2624'), 'text/html; charset=utf-8'))
  isPage(t, await get(own.port, 'http://site.test/sign', { browser: 'nav3' }), 200, /A sign: \(staff\)/, 'nav1')
  await own.close()
})

t.test('the log', async t => {
  await visit('http://me:password@site.test/seen?secret=word', {
    headers: ['Authorization: Basic c2VjcmV0', 'Cookie: secret=cookie']
  })
  await visit('http://retrograde/settings?token=secret-token')
  await visit('http://retrograde/read?url=site.test/seen?secret=word')
  await ask(
    proxy.port,
    `GET /http://me:password@site.test/seen?secret=word HTTP/1.0\r\nHost: 127.0.0.1:${proxy.port}\r\n\r\n`
  )
  t.ok(await until(() => proxy.lines.some(line => line.includes('/read?...'))))
  t.match(
    proxy.lines.at(-1),
    /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d [0-9a-f]{8} 127\.0\.0\.1 GET \S+ \w+ \d{3} .*\d+ ms \w+$/
  )
  t.notMatch(proxy.lines.join('\n'), /secret|password|c2VjcmV0/, 'no query, no credentials')
  t.notMatch(proxy.lines.join('\n'), /[^\n -~]/, 'nothing that a terminal would obey')
})

t.test('the end', async t => {
  origin.on('http://site.test/hanging', () => {})
  const hanging = visit('http://site.test/hanging', { timeoutSeconds: 20 })
  const idle = net.connect(proxy.port, '127.0.0.1')
  idle.on('error', () => {})
  t.ok(await until(() => origin.asked('http://site.test/hanging').length === 1))
  const started = Date.now()
  const closing = proxy.close()
  const left = await Promise.race([closing.then(() => 'closed'), sleep(15_000, 'open', { ref: false })])
  t.equal(left, 'closed', `closed after ${Date.now() - started} ms with a visit under way`)
  t.not((await hanging).end, 'hung')
  idle.destroy()
  const again = await startProxy(t, { conversions: 1 })
  await again.close()
  t.pass('a proxy that did nothing closes')
})
