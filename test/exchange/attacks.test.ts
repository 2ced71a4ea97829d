import { once } from 'node:events'
import net, { type AddressInfo, type Socket } from 'node:net'
import { gzipSync } from 'node:zlib'
import t, { type Test } from 'tap'
import { checkPage } from '../helpers/check-page.js'
import { ask, get, type Answer } from '../helpers/client.js'
import { profileOf } from '../helpers/context.js'
import { startProxy } from '../helpers/proxy.js'

/** What an origin of raw bytes does with each request head. */
type Act = (socket: Socket, head: string) => void
const acts = new Map<string, Act>()
const heads: string[] = []

/** An origin that says exactly what a test wants it to: no HTTP library mends it. */
const origin = net
  .createServer(socket => {
    let head = ''
    socket.on('error', () => {})
    socket.on('data', (chunk: Buffer) => {
      // A handshake of TLS is for others.
      if (head === '' && chunk[0] === 0x16) return void socket.destroy()
      head += chunk.toString('latin1')
      if (!head.includes('\r\n\r\n')) return
      heads.push(head)
      const path = / ([^? ]*)/.exec(head)?.[1] ?? ''
      const act =
        acts.get(path) ??
        (socket => socket.end('HTTP/1.1 404 No\r\nContent-Type: text/html\r\nContent-Length: 14\r\n\r\n<p>not here</p'))
      head = ''
      act(socket, heads.at(-1)!)
    })
  })
  .listen(0, '127.0.0.1')
await once(origin, 'listening')
const sockets = new Set<Socket>()
origin.on('connection', socket => {
  sockets.add(socket)
  socket.on('close', () => sockets.delete(socket))
})
t.teardown(() => {
  for (const socket of sockets) socket.destroy()
  origin.close()
})
const at = (path: string): string => `http://127.0.0.1:${(origin.address() as AddressInfo).port}${path}`

const proxy = await startProxy(t, {
  'allow-hosts': '127.0.0.1',
  conversions: 1,
  'connect-timeout-seconds': 1,
  'response-timeout-seconds': 1,
  'body-timeout-seconds': 1,
  'read-timeout-seconds': 2,
  'max-page-bytes': 100_000,
  'max-image-bytes': 100_000,
  'head-timeout-seconds': 1,
  'keep-alive-timeout-seconds': 1,
  'max-head-bytes': 8192
})

const page = (body: string, more = ''): string =>
  `HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n${more}Content-Length: ${Buffer.byteLength(body, 'latin1')}\r\n\r\n${body}`
const says = (path: string, bytes: string | Buffer, after: (socket: Socket) => void = socket => socket.end()): void => {
  acts.set(path, socket => {
    socket.write(typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes)
    after(socket)
  })
}

// The first page waits for its thread to start.
says('/warm', page('<p>warm'))
await get(proxy.port, at('/warm'))

/** The answer ends in time, with a page that the client can show. */
function ends(t: Test, answer: Answer, started: number, name: string): void {
  t.equal(answer.end, 'closed', `${name}: ends`)
  t.ok(Date.now() - started < 30_000, `${name}: in time`)
}

const alive = async (t: Test): Promise<void> =>
  void t.match(await get(proxy.port, 'http://retrograde/healthz'), { status: 200 }, 'the proxy goes on')

t.test('clients that stall, hang up and smuggle', async t => {
  says('/fine', page('<p>fine words'), () => {})
  const rows: ReadonlyArray<readonly [string, string, RegExp]> = [
    [
      'CL and TE',
      `POST ${at('/fine')} HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET ${at('/smuggled')} HTTP/1.1\r\n\r\n`,
      /^HTTP\/1\.0 400/
    ],
    [
      'TE in HTTP/1.0',
      `POST ${at('/fine')} HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
      /^HTTP\/1\.0 400/
    ],
    [
      'two lengths',
      `POST ${at('/fine')} HTTP/1.0\r\nContent-Length: 1\r\nContent-Length: 44\r\n\r\nx`,
      /^HTTP\/1\.0 400/
    ],
    ['a hidden length', `POST ${at('/fine')} HTTP/1.0\r\nContent-Length : 5\r\n\r\nhello`, /^HTTP\/1\.0 400/],
    ['a signed length', `POST ${at('/fine')} HTTP/1.0\r\nContent-Length: +5\r\n\r\nhello`, /^HTTP\/1\.0 400/],
    [
      'a folded coding',
      `POST ${at('/fine')} HTTP/1.1\r\nHost: x\r\nTransfer-Encoding:\r\n xchunked\r\nConnection: close\r\n\r\n0\r\n\r\n`,
      /^HTTP\/1\.[01] (400|501)/
    ],
    [
      'chunks that lie',
      `POST ${at('/fine')} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\nhello\r\n0\r\n\r\n`,
      /^HTTP\/1\.[01] 400/
    ],
    ['a field flood', `GET ${at('/fine')} HTTP/1.0\r\n${'a: b\r\n'.repeat(2000)}\r\n`, /^HTTP\/1\.0 431/],
    ['many fields', `GET ${at('/fine')} HTTP/1.0\r\n${'a:b\r\n'.repeat(1500)}\r\n`, /^HTTP\/1\.0 (200|431)/],
    ['half a request', `GET ${at('/fine')} HTTP/1.0\r\nUser-`, /^HTTP\/1\.0 408/],
    ['NUL in the address', `GET ${at('/fi\0ne')} HTTP/1.0\r\n\r\n`, /^HTTP\/1\.0 404/],
    ['NUL in a field', `GET ${at('/fine')} HTTP/1.0\r\nReferer: http://x/\0y\r\n\r\n`, /^HTTP\/1\.0 200/]
  ]
  await Promise.all(
    rows.map(async ([name, raw, expected]) => {
      const started = Date.now()
      const answer = await ask(proxy.port, raw, { timeoutSeconds: 40 })
      ends(t, answer, started, name)
      t.match(answer.raw, expected, name)
    })
  )
  t.notMatch(heads.join('\n'), /smuggled/, 'nothing was smuggled')
  const drip = net.connect(proxy.port, '127.0.0.1')
  drip.on('error', () => {})
  const timer = setInterval(() => drip.write('x'), 100)
  const started = Date.now()
  drip.write(`GET ${at('/')}`)
  drip.resume()
  await once(drip, 'close')
  clearInterval(timer)
  t.ok(Date.now() - started < 5000, 'a head that drips ends with the head timeout')
  for (const raw of [
    'GET ',
    `GET ${at('/fine')} HTTP/1.0\r\n\r\n`,
    `POST ${at('/fine')} HTTP/1.0\r\nContent-Length: 100\r\n\r\nx`
  ]) {
    const socket = net.connect(proxy.port, '127.0.0.1', () => socket.write(raw, () => socket.resetAndDestroy()))
    await once(
      socket.on('error', () => {}),
      'close'
    )
  }
  const two = `GET ${at('/fine')} HTTP/1.1\r\nHost: x\r\n\r\nGET ${at('/fine')} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`
  t.equal((await ask(proxy.port, two)).raw.match(/fine words/g)?.length, 2, 'pipelined')
  await alive(t)
})

t.test('line ends in addresses and fields go nowhere', async t => {
  says('/echo', page('<p>echo'), () => {})
  heads.length = 0
  for (const path of [
    '/echo?a=%0d%0aX-Evil:%20yes',
    '/echo?a=\rX-Evil:yes',
    '/echo?\x0bX-Evil:yes',
    '/echo?a=%E5%98%8A%E5%98%8DX-Evil:yes'
  ])
    await ask(proxy.port, `GET ${at(path)} HTTP/1.0\r\n\r\n`)
  for (const field of [
    'Referer: http://x/\rX-Evil: yes',
    'Cookie: a=b\rX-Evil: yes',
    'Accept-Language: en\x0b\x0cX-Evil: yes',
    'Authorization: Basic\n X-Evil: yes'
  ])
    await ask(proxy.port, `GET ${at('/echo')} HTTP/1.0\r\n${field}\r\n\r\n`)
  t.ok(heads.length >= 6)
  t.notMatch(heads.join('\n'), /^X-Evil/im, 'upstream')
  t.notMatch(heads.join(''), /[\0\x0b\x0c]|\r(?!\n)/, 'no control characters either')
  for (const [index, location] of [
    '/next%0d%0aSet-Cookie:%20evil=1',
    '/n\rSet-Cookie: evil=1',
    'http://x/\tSet-Cookie: evil=1',
    '/\xC4\x8D\xC4\x8ASet-Cookie: evil=1'
  ].entries()) {
    says(`/location${index}`, `HTTP/1.1 302 Found\r\nLocation: ${location}\r\nContent-Length: 0\r\n\r\n`)
    const answer = await get(proxy.port, at(`/location${index}`), { browser: 'nav3' })
    t.equal(answer.headers['set-cookie'], undefined, 'Location')
    t.notMatch(answer.headers.location ?? '', /[\0-\x20\x7f-\xff]/)
  }
  for (const path of [
    '/x%0d%0aSet-Cookie:evil=1',
    '/go?url=http://x/%0d%0aSet-Cookie:%20evil=1',
    '/read?url=http://127.0.0.1:1/%0d%0aSet-Cookie:evil=1'
  ]) {
    const answer = await get(proxy.port, `http://retrograde${path}`)
    t.equal(answer.headers['set-cookie'], undefined, path)
  }
})

/**
 * Each ends by a limit of time: they are waited for together, three at a time, for a client has few connections to a
 * site.
 */
const STALLS = ['/mid-head', '/mid-body', '/mid-chunk', '/nothing', '/drip', '/drip-head']

t.test('origins that lie and stall', async t => {
  const gzipped = gzipSync('<p>packed words')
  const bomb = gzipSync(Buffer.alloc(50_000_000, 'a'))
  says('/short', page('<p>some words').replace(/Length: \d+/, 'Length: 9999'))
  says('/long', page('<p>some words').replace(/Length: \d+/, 'Length: 5'))
  says('/two', 'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 3\r\nContent-Length: 30\r\n\r\n<p>')
  says(
    '/cl-te',
    'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n<p>ab\r\n0\r\n\r\n'
  )
  says('/negative', 'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: -1\r\n\r\n<p>')
  says(
    '/chunk',
    'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n<p>'
  )
  says('/mid-head', 'HTTP/1.1 200 OK\r\nContent-', () => {})
  says('/mid-body', 'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 100\r\n\r\n<p>some words', () => {})
  says(
    '/mid-chunk',
    'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n20\r\n<p>some words',
    () => {}
  )
  says('/nothing', '', () => {})
  says('/reset', 'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n', socket =>
    setTimeout(() => socket.resetAndDestroy(), 50)
  )
  says('/noise', Buffer.alloc(1000, 0xee))
  says('/fields', `HTTP/1.1 200 OK\r\n${'X-A: b\r\n'.repeat(20_000)}\r\n`)
  says(
    '/8bit',
    'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nX-A: \xFF\xFE\r\nETag: "\xE9"\r\nContent-Length: 13\r\n\r\n<p>some words'
  )
  says(
    '/8bit-name',
    'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nX-\xE9: x\r\nContent-Length: 13\r\n\r\n<p>some words'
  )
  says('/one-hint', `HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n${page('<p>some words')}`)
  for (const [path, line] of [
    ['/continue', '100 Continue'],
    ['/hints', '103 Early Hints']
  ] as const) {
    acts.set(path, socket => {
      const timer = setInterval(() => {
        if (!socket.destroyed) socket.write(`HTTP/1.1 ${line}\r\n\r\n`.repeat(100))
      }, 5)
      socket.on('close', () => clearInterval(timer))
    })
  }
  acts.set('/drip', socket => {
    socket.write('HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>some words')
    const timer = setInterval(() => socket.write('.'), 100)
    socket.on('close', () => clearInterval(timer))
  })
  acts.set('/drip-head', socket => {
    socket.write('HTTP/1.1 200 OK\r\nX-A: ')
    const timer = setInterval(() => socket.write('x'), 100)
    socket.on('close', () => clearInterval(timer))
  })
  says(
    '/gzip',
    Buffer.concat([
      Buffer.from(
        `HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\nContent-Length: ${gzipped.length}\r\n\r\n`
      ),
      gzipped
    ])
  )
  says(
    '/gzip-cut',
    Buffer.concat([
      Buffer.from('HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n'),
      gzipped.subarray(0, 15)
    ])
  )
  says('/gzip-false', 'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n<p>some words')
  for (const [path, type] of [
    ['/bomb', 'text/html'],
    ['/bomb.gif', 'image/gif']
  ] as const)
    says(
      path,
      Buffer.concat([Buffer.from(`HTTP/1.1 200 OK\r\nContent-Type: ${type}\r\nContent-Encoding: gzip\r\n\r\n`), bomb])
    )
  says(
    '/codings',
    'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip, gzip, gzip, gzip, gzip, gzip, gzip, gzip, gzip, gzip, gzip, gzip\r\n\r\nx'
  )
  says('/zstd', page('<p>some words', 'Content-Encoding: zstd\r\n'))
  says(
    '/bad-chunk',
    'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\nd\r\n<p>some words\r\nzz\r\nmore\r\n'
  )
  says('/endless', 'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n', socket => {
    const more = (): void => {
      while (!socket.destroyed && socket.write('<p>some words '.repeat(500)));
    }
    socket.on('drain', more)
    more()
  })
  const rss = process.memoryUsage().rss
  const paths = [
    '/short',
    '/long',
    '/two',
    '/cl-te',
    '/negative',
    '/chunk',
    '/mid-head',
    '/mid-body',
    '/mid-chunk',
    '/nothing',
    '/reset',
    '/noise',
    '/fields',
    '/8bit',
    '/8bit-name',
    '/one-hint',
    '/continue',
    '/hints',
    '/drip',
    '/drip-head',
    '/gzip',
    '/gzip-cut',
    '/gzip-false',
    '/bomb',
    '/bomb.gif',
    '/codings',
    '/zstd',
    '/bad-chunk',
    '/endless'
  ]
  const isRight = async (path: string): Promise<void> => {
    const started = Date.now()
    // Of a page in parts the last one says what is missing.
    const address = path === '/bomb' ? `${at(path)}?~part=99` : at(path)
    const answer = await get(proxy.port, address, { timeoutSeconds: 40 })
    ends(t, answer, started, path)
    if (!/^image/.test(answer.headers['content-type'] ?? ''))
      t.strictSame(checkPage(answer.body, profileOf('mosaic')).problems, [], `${path}: a page`)
    if (['/short', '/mid-body', '/mid-chunk', '/drip', '/8bit', '/one-hint', '/endless'].includes(path))
      t.match(answer.text, /some words/, `${path}: what came is shown`)
    if (['/short', '/mid-body', '/mid-chunk', '/bad-chunk', '/drip', '/gzip-cut', '/bomb'].includes(path))
      t.match(answer.text, /missing|stops here/, `${path}: and that its end is missing`)
    if (['/gzip-false', '/zstd', '/cl-te', '/8bit-name'].includes(path))
      t.match(answer, { status: 200, text: /<P>(some words|ab)/ }, `${path}: what was meant is shown`)
    if (path === '/codings') t.match(answer.text, /BAD_ANSWER/, path)
    if (['/two', '/noise', '/fields', '/continue', '/hints'].includes(path)) t.match(answer.status, 502, path)
    if (['/mid-head', '/nothing', '/drip-head'].includes(path)) t.match(answer.status, 504, path)
  }
  for (const path of paths.filter(path => !STALLS.includes(path))) await isRight(path)
  await Promise.all(STALLS.slice(0, 3).map(isRight))
  await Promise.all(STALLS.slice(3).map(isRight))
  t.ok(
    process.memoryUsage().rss - rss < 200_000_000,
    `memory grew by ${Math.round((process.memoryUsage().rss - rss) / 1e6)} MB`
  )
  await alive(t)
})

t.test('answers without a byte, however their end is told', async t => {
  const patient = await startProxy(t, { 'allow-hosts': '127.0.0.1', conversions: 1 })
  const framings: Readonly<Record<string, string>> = {
    chunks: 'Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    length: 'Content-Length: 0\r\n\r\n',
    close: 'Connection: close\r\n\r\n',
    gzip: 'Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n'
  }
  const kinds = {
    page: ['200 OK', 'text/html', 200],
    image: ['200 OK', 'image/gif', 200],
    file: ['200 OK', 'audio/basic', 204],
    none: ['404 Not Found', 'text/html', 404]
  } as const
  for (const [kind, [status, type, expected]] of Object.entries(kinds))
    for (const [name, framing] of Object.entries(framings)) {
      const path = `/empty-${kind}-${name}`
      says(path, `HTTP/1.1 ${status}\r\nContent-Type: ${type}\r\n${framing}`)
      const answer = await get(patient.port, at(path), { timeoutSeconds: 20 })
      t.match(answer, { end: 'closed', status: expected }, path)
    }
  says('/sheet', page('<link rel=stylesheet href=/empty-page-chunks><img src=/empty-image-chunks><p>some words'))
  t.match(await get(patient.port, at('/sheet')), { status: 200, text: /some words/ })
})

const EVIL = '"><script>alert(1)</script><b x="'

t.test('origin text in our own pages', async t => {
  const encoded = encodeURIComponent(EVIL)
  says(
    '/evil.pdf',
    `HTTP/1.1 200 OK\r\nContent-Type: application/pdf\r\nLast-Modified: ${EVIL}\r\nContent-Disposition: inline; filename="${EVIL.replaceAll('"', '\\"')}"\r\nContent-Length: 3\r\n\r\nPDF`
  )
  says('/type', `HTTP/1.1 200 OK\r\nContent-Type: video/mp4${EVIL}\r\nContent-Length: 3\r\n\r\nabc`)
  says('/title', page(`<title>${EVIL.replaceAll('<', '&lt;')}</title><p>words`))
  says('/to', `HTTP/1.1 302 Found\r\nLocation: http://x.test/${EVIL}\r\nContent-Length: 0\r\n\r\n`)
  const addresses = [
    at('/evil.pdf'),
    at(`/evil.pdf?${EVIL}`),
    at('/type'),
    at('/title'),
    at('/to'),
    `http://127.0.0.1:1/${EVIL}`,
    `http://nowhere.invalid/${encoded}`,
    `http://retrograde/${EVIL}`,
    `http://retrograde/nowhere?${EVIL}`,
    `http://retrograde/settings?profile=${encoded}&token=${encoded}`,
    `http://retrograde/go?url=${encoded}`,
    `http://retrograde/read?url=${EVIL}`,
    `http://retrograde/read?url=${at('/title')}`,
    `http://retrograde/menu?url=${at('/title')}`,
    `${EVIL}://x/`,
    `javascript:${EVIL}`
  ]
  for (const browser of ['mosaic', 'nav3'] as const) {
    for (const address of addresses) {
      const answer = await get(proxy.port, address, {
        browser,
        headers: [`Referer: http://x.test/${EVIL}`, 'Host: retrograde']
      })
      t.notMatch(answer.text, /<script|<b x=|javascript:alert/i, `${browser} ${address}`)
      if (/^text\/html/.test(answer.headers['content-type'] ?? ''))
        t.strictSame(checkPage(answer.body, profileOf(browser)).problems, [], address)
    }
  }
  const connect = await ask(proxy.port, `CONNECT ${EVIL}:443 HTTP/1.0\r\n\r\n`)
  t.notMatch(connect.text, /<script/i, 'CONNECT')
})

t.test('addresses that are programs', async t => {
  const schemes = [
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    ' javascript:alert(1)',
    '\x01javascript:alert(1)',
    'java\tscript:alert(1)',
    'java\nscript:alert(1)',
    'java&#10;script:alert(1)',
    '&#106;avascript:alert(1)',
    '&#x6A;avascript&colon;alert(1)',
    'javascript&#58;alert(1)',
    '&#1;javascript:alert(1)',
    'vbscript:msgbox(1)',
    'VBScript&#x3A;x',
    'livescript:x',
    'mocha:x',
    'data:text/html,<script>alert(1)</script>',
    'DATA:text/html;base64,PHNjcmlwdD4=',
    'about:blank',
    'view-source:javascript:x',
    'feed:javascript:x',
    'jar:http://x!/y',
    'file:///etc/passwd',
    'res://x',
    'ms-its:x',
    'wyciwyg://x',
    '&{alert(1)};'
  ]
  const body = schemes
    .map(
      scheme =>
        `<p><a href="${scheme}">a</a><img src="${scheme}" alt="i"><form action="${scheme}"><input type="image" src="${scheme}" alt="x" name="n"><button formaction="${scheme}">b</button></form><map name="m"><area href="${scheme}" shape="rect" coords="1,1,2,2" alt="z"></map><img usemap="#m" src="/p.gif" alt="m"><iframe src="${scheme}"></iframe><object data="${scheme}"></object><embed src="${scheme}"><body background="${scheme}"><link rel="next" href="${scheme}"><svg><a xlink:href="${scheme}">s</a></svg><q cite="${scheme}">q</q><video poster="${scheme}" src="${scheme}"></video>`
    )
    .join('\n')
  const bases = [
    '',
    '<base href="javascript:alert(1)//">',
    '<base href="data:text/html,x">',
    '<meta http-equiv="refresh" content="0; url=javascript:alert(1)">',
    '<meta http-equiv="refresh" content="0;url=data:text/html,x">'
  ]
  for (const [index, base] of bases.entries()) {
    says(`/programs${index}`, page(`<!doctype html><head>${base}</head>${body}`))
    for (const browser of ['mosaic', 'nav3', 'html4', 'text', 'tiny'] as const) {
      const answer = await get(proxy.port, at(`/programs${index}?~parts=off`), { browser })
      t.equal(answer.status, 200)
      t.strictSame(checkPage(answer.body, profileOf(browser)).problems, [], `${browser}, ${base}`)
      t.notMatch(
        answer.text.replace(/[\t\n\r]/g, ''),
        /(HREF|SRC|ACTION|BACKGROUND|CITE)="?\s*(j\s*a\s*v\s*a|vb|live)script|="?\s*(mocha|data|about|file|res|jar|view-source|feed):/i
      )
    }
  }
})

t.test('cookies of other hosts', async t => {
  says(
    '/cookies',
    page(
      '<p>cookies',
      [
        'evil=1; domain=bank.test',
        'evil=2; domain=.test',
        'evil=3; domain=com',
        'evil=4; path=/\x01; domain=other',
        'own=1; path=/',
        'inject=a\rSet-Cookie: evil=5'
      ]
        .map(cookie => `Set-Cookie: ${cookie}\r\n`)
        .join('')
    )
  )
  for (const browser of ['nav3', 'html4'] as const) {
    const { headers } = await get(proxy.port, at('/cookies'), { browser })
    for (const line of (headers['set-cookie'] ?? '').split('\n'))
      t.notMatch(line, /domain=(?!127\.0\.0\.1)|[\0-\x1f]/i, `${browser}: ${line}`)
  }
})

t.test('markup by other ways: feeds, JSON, text, names of files, types, names of cookies and fields', async t => {
  const feed = `<?xml version="1.0"?><rss version="2.0"><channel><title>A ${EVIL.replaceAll('<', '&lt;')}</title><link>javascript:alert(1)</link><item><title><![CDATA[${EVIL}]]></title><link>javascript:alert(2)</link><description><![CDATA[<p onclick="alert(3)">words ${EVIL}<a href="vbscript:x">x</a>]]></description></item><item><title>&lt;script&gt;alert(4)&lt;/script&gt;</title><link>http://x.test/${encodeURIComponent(EVIL)}</link></item></channel></rss>`
  const kinds: ReadonlyArray<readonly [string, string, string]> = [
    ['/feed', 'application/rss+xml', feed],
    [
      '/atom',
      'application/atom+xml',
      `<feed xmlns="http://www.w3.org/2005/Atom"><title type="html">&lt;script&gt;alert(1)&lt;/script&gt;</title><entry><title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><script>alert(1)</script>t</div></title><link href="javascript:alert(1)"/><content type="html">&lt;script&gt;alert(1)&lt;/script&gt;words</content></entry></feed>`
    ],
    ['/json', 'application/json', JSON.stringify({ [EVIL]: EVIL, link: 'javascript:alert(1)' })],
    ['/text', 'text/plain', `words ${EVIL} javascript:alert(1) <a href="javascript:alert(1)">`],
    [
      '/markdown',
      'text/markdown',
      `# ${EVIL}\n\n[a](javascript:alert(1)) ![b](javascript:alert(1)) <javascript:alert(1)> ${EVIL}`
    ],
    [
      '/opml',
      'text/x-opml',
      `<opml version="2.0"><body><outline text="${EVIL.replaceAll('"', '&quot;').replaceAll('<', '&lt;')}" xmlUrl="javascript:alert(1)" htmlUrl="javascript:alert(2)"/></body></opml>`
    ],
    [
      '/svg',
      'image/svg+xml',
      `<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script></svg>`
    ],
    ['/type', `text/html; charset="${EVIL}"`, '<p>words']
  ]
  for (const [path, type, body] of kinds) {
    says(
      path,
      `HTTP/1.1 200 OK\r\nContent-Type: ${type}\r\nX-${'Name'.repeat(20)}: ${EVIL}\r\nSet-Cookie: ${EVIL}=1\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`
    )
    for (const browser of ['mosaic', 'nav3', 'html4', 'tiny'] as const) {
      for (const address of [at(path), `http://retrograde/read?url=${at(path).slice('http://'.length)}`]) {
        const answer = await get(proxy.port, address, { browser })
        t.notMatch(
          answer.text,
          /<script|<b x=|<[^>]*\b(onclick|onload)=|<[^>]*\b(HREF|SRC|ACTION)="?(java|vb)script/i,
          `${browser} ${address}`
        )
        if (/^text\/html/.test(answer.headers['content-type'] ?? ''))
          t.strictSame(checkPage(answer.body, profileOf(browser)).problems, [], `${browser} ${address}`)
        t.notMatch(answer.headers['content-type'], /["<>]/, 'Content-Type is our own')
      }
    }
  }
  const shown = await get(proxy.port, `http://retrograde/test?${EVIL}=${EVIL}`, {
    browser: 'nav3',
    headers: [`X-Evil: ${EVIL}`, `Cookie: ${EVIL}`]
  })
  t.notMatch(shown.text, /<script|<b x=/i, 'what arrives')
})

t.test('fields of an origin do not end in the middle', async t => {
  const evil = [
    'a=1\rSet-Cookie: evil=1',
    'a=1;\r\n b=\rSet-Cookie: evil=1',
    'a=1\x0bSet-Cookie: evil=1',
    'a=\x85evil',
    'a\tb=1',
    '=nameless',
    'a=1; path=/\x01',
    `a=${'x'.repeat(5000)}`,
    '\xe9=\xe9'
  ]
  for (const [index, value] of evil.entries()) {
    says(
      `/field${index}`,
      page(
        '<p>words',
        `Set-Cookie: ${value}\r\nWWW-Authenticate: Basic realm="${value}"\r\nLast-Modified: ${value}\r\nETag: "${value}"\r\nContent-Disposition: attachment; filename="${value}"\r\nContent-Language: ${value}\r\n`
      ).replace('text/html', index % 2 === 0 ? 'text/html' : 'application/octet-stream')
    )
    const answers = await Promise.all(
      (['nav3', 'html4'] as const).map(browser => get(proxy.port, at(`/field${index}`), { browser }))
    )
    for (const [place, answer] of answers.entries()) {
      const head = answer.raw.slice(0, answer.raw.indexOf('\r\n\r\n'))
      t.notMatch(
        head.replaceAll('\r\n', '\n'),
        /[\0-\x08\x0b-\x1f\x7f-\xff]/,
        `${place === 0 ? 'nav3' : 'html4'}: ${JSON.stringify(value.slice(0, 30))}`
      )
      t.notMatch(head, /^Set-Cookie: evil/im)
    }
  }
})

t.test('who a request is for', async t => {
  says('/whose', page('<p>of the address'), () => {})
  heads.length = 0
  const { host } = new URL(at('/'))
  for (const field of [
    'Host: evil.test',
    `Host: ${host}, evil.test`,
    'Host: evil.test\r\nHost: other.test',
    'X-Forwarded-Host: evil.test',
    'Host:',
    'Forwarded: for=127.0.0.1;host=evil.test'
  ]) {
    await ask(proxy.port, `GET ${at('/whose')} HTTP/1.0\r\n${field}\r\n\r\n`)
  }
  t.ok(heads.length >= 4, 'the address counts')
  for (const head of heads)
    t.strictSame(
      /^host: .*$/gim.exec(head)?.map(line => line.toLowerCase()),
      [`host: ${host}`],
      'and is what the origin is told'
    )
  t.notMatch(heads.join('\n'), /evil\.test|x-forwarded|^forwarded/im)
  for (const scheme of [
    'file:///etc/passwd',
    'ftp://127.0.0.1/',
    `gopher://${host}/1`,
    'dict://127.0.0.1:11211/stats',
    'unix:/var/run/docker.sock',
    `http+unix://${host}/`,
    'jar:http://x/!/'
  ]) {
    says('/send-on', `HTTP/1.1 302 Found\r\nLocation: ${scheme}\r\nContent-Length: 0\r\n\r\n`)
    t.match((await get(proxy.port, at('/send-on'))).text, /BAD_REDIRECT/, `a redirect to ${scheme}`)
    t.match(
      (await ask(proxy.port, `GET ${scheme} HTTP/1.0\r\n\r\n`)).text,
      /UNKNOWN_SCHEME|BAD_REQUEST|NOT_FOUND_HERE/,
      scheme
    )
    t.match(
      (await get(proxy.port, `http://retrograde/read?url=${scheme}`)).text,
      /UNKNOWN_SCHEME|BAD_REQUEST|NOT_FOUND_HERE|No address|NAME_NOT_FOUND|ADDRESS_REFUSED|PORT_REFUSED/,
      `a view of ${scheme}`
    )
  }
  for (const literal of [
    '[fe80::1%25eth0]',
    '[fe80::1%eth0]',
    '[::ffff:7f00:1%25lo]',
    '0x7f.1',
    '127.1',
    '017700000001',
    '[::]',
    '0.0.0.0',
    '0'
  ]) {
    t.match(
      (await ask(proxy.port, `GET http://${literal}:${host.split(':')[1]}/whose HTTP/1.0\r\n\r\n`)).text,
      /of the address|ADDRESS_REFUSED|BAD_REQUEST|UNKNOWN_SCHEME|LOOP/,
      literal
    )
  }
  t.notMatch(proxy.lines.join('\n'), /[^ -~\n]/, 'nothing in the log that a terminal would obey')
})
