import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import iconv from 'iconv-lite'
import t, { type Test } from 'tap'
import { decodeText, decodeXml } from '../../src/charset/decode.js'
import { BLANK_GIF } from '../../src/image/blank.js'
import { rawAddress, takeHints } from '../../src/page/addresses/address-hints.js'
import { checkPage } from '../helpers/check-page.js'
import { get, type Answer, type Browser, type GetOptions } from '../helpers/client.js'
import { convertPage, jobFor, profileOf, shownBy } from '../helpers/context.js'
import { answers, redirects, startOrigin } from '../helpers/origin.js'
import { startProxy } from '../helpers/proxy.js'

const origin = await startOrigin(t, undefined)
const proxy = await startProxy(t, {
  'upstream-proxy': `http://127.0.0.1:${origin.port}/`,
  conversions: 1,
  'max-page-bytes': 20_000,
  'max-redirects': 4
})
const visit = (path: string, options: GetOptions = {}): Promise<Answer> =>
  get(proxy.port, `http://site.test${path}`, options)
const serves = (path: string, ...answer: Parameters<typeof answers>): void =>
  origin.on(`http://site.test${path}`, answers(...answer))

function isPage(t: Test, answer: Answer, words: readonly string[], browser: Browser = 'mosaic'): void {
  t.equal(answer.status, 200)
  t.match(answer.headers['content-type'], /^text\/html/)
  t.equal(Number(answer.headers['content-length']), answer.body.length)
  const { problems, text, title } = checkPage(answer.body, profileOf(browser === 'unknown' ? 'mosaic' : browser))
  t.strictSame(problems, [], 'valid')
  for (const word of words) t.ok(`${title} ${text}`.includes(word), word)
}

t.test('text is a page, and its bytes are one link away', async t => {
  const bytes = Buffer.from('Caf\u00e9 \u2013 <b> & \u0416\n')
  serves('/notes.txt', bytes, 'text/plain; charset=utf-8', { 'accept-ranges': 'bytes' })
  for (const browser of ['nav3', 'mosaic', 'html4', 'tiny', 'text'] as const) {
    isPage(
      t,
      await visit('/notes.txt', { browser }),
      [
        'notes.txt',
        shownBy(profileOf(browser))('Caf\u00e9 \u2013 <b> & \u0416'),
        'Download the file as it is',
        'Original source'
      ],
      browser
    )
  }
  t.match((await visit('/notes.txt')).text, 'HREF="http://site.test/notes.txt?~view=raw"')
  const raw = await visit('/notes.txt?~view=raw')
  t.match(raw, {
    status: 200,
    headers: { 'content-type': 'text/plain', 'content-length': String(bytes.length), 'accept-ranges': 'bytes' }
  })
  t.ok(raw.body.equals(bytes), 'byte for byte')
  t.ok(
    origin.seen.every(({ address }) => !address.includes('~view')),
    'the origin never sees the hint'
  )
  serves('/query', bytes, 'text/plain')
  t.match((await visit('/query?a=1&b')).text, 'query?a=1&amp;b&amp;~view=raw')
  t.ok((await visit('/query?a=1&b&~view=raw')).body.equals(bytes))
  t.equal(origin.seen.at(-1)?.address, 'http://site.test/query?a=1&b')
})

t.test('what is for a program stays as it is', async t => {
  const text = 'begin 644 photo.gif\nM1TE&.#EA\n'
  const rows: ReadonlyArray<readonly [string, GetOptions, Parameters<typeof answers>]> = [
    ['/game.hqx', {}, [text, 'text/plain']],
    ['/photo.uu', {}, [text, 'text/plain']],
    ['/saved.txt', {}, [text, 'text/plain', { 'content-disposition': 'attachment; filename="saved.txt"' }]],
    ['/part.txt', { headers: ['Range: bytes=0-'] }, [text, 'text/plain']],
    ['/fetched.c', { browser: 'unknown', headers: ['User-Agent: Wget/1.5.3'] }, [text, 'text/x-c']],
    ['/api', { headers: ['Accept: application/json'] }, ['{"a":1}', 'application/json']],
    ['/long.txt', {}, ['x '.repeat(15_000), 'text/plain']],
    ['/proxy.js', {}, [text, 'application/x-ns-proxy-autoconfig']],
    ['/song.mp3', { browser: 'nav3' }, [randomBytes(500), 'audio/mpeg']],
    ['/film.mov', { browser: 'nav3' }, [randomBytes(500), 'video/quicktime']],
    ['/letter.doc', {}, [randomBytes(500), 'application/msword']],
    ['/paper.pdf', { headers: ['Range: bytes=100-'] }, [randomBytes(500), 'application/pdf']],
    ['/paper2.pdf', {}, [randomBytes(500), 'application/pdf', { 'content-disposition': 'attachment' }]],
    [
      '/clip.mp4',
      { browser: 'unknown', headers: ['User-Agent: QuickTime/6.5 (qtver=6.5;os=Windows 98)'] },
      [randomBytes(500), 'video/mp4']
    ]
  ]
  for (const [path, options, answer] of rows) {
    serves(path, ...answer)
    const got = await visit(path, options)
    t.ok(got.body.equals(Buffer.from(answer[0])), `${path} passes byte for byte`)
    t.equal(got.headers['content-type'], answer[1], path)
  }
  for (const [name, type] of [
    ['unknown.dat', 'application/octet-stream'],
    ['archive.ZIP', 'application/zip'],
    ['disk.sit', 'application/x-stuffit']
  ] as const) {
    serves(`/${name}`, Buffer.from('MZ\x90\0\x03'), 'text/plain')
    const got = await visit(`/${name}`)
    t.match(got, { body: Buffer.from('MZ\x90\0\x03'), headers: { 'content-type': type } }, `${name} is no text`)
  }
  origin.on('http://site.test/echo', ({ request, answer, seen }) =>
    request.on('end', () => answer.writeHead(200, { 'content-type': 'text/plain' }).end(seen.body))
  )
  t.equal(
    (await visit('/echo', { method: 'POST', body: 'a=1' })).text,
    'a=1',
    'the answer to a form, which has no address to download from'
  )
})

t.test('a file that no old machine can use is described first', async t => {
  let sent = 0
  origin.on('http://site.test/docs/The%20plum.pdf', ({ request, answer }) => {
    const head = {
      'content-type': 'application/pdf',
      'last-modified': 'Tue, 14 May 2024 07:30:00 GMT',
      'accept-ranges': 'bytes'
    }
    const [, from] = /^bytes=(\d+)-$/.exec(request.headers.range ?? '') ?? []
    if (from !== undefined)
      return void answer
        .writeHead(206, { ...head, 'content-length': 4, 'content-range': 'bytes 319996-319999/320000' })
        .end('END\n')
    answer.writeHead(200, { ...head, 'content-length': 320_000, 'set-cookie': 'seen=1' })
    if (request.method === 'HEAD') return void answer.end()
    const more = (): void => {
      if (answer.destroyed || sent >= 320_000) return void answer.end()
      sent += 16_000
      answer.write(Buffer.alloc(16_000, 'x'), () => setTimeout(more, 100))
    }
    more()
  })
  for (const browser of ['nav3', 'mosaic', 'tiny'] as const) {
    sent = 0
    const page = await visit('/docs/The%20plum.pdf', { browser })
    isPage(
      t,
      page,
      [
        'The plum.pdf',
        'This is a PDF document (application/pdf), 313 KB.',
        'Last changed: Tue, 14 May 2024 07:30:00 GMT',
        'Download (313 KB)',
        'Original source',
        'Settings'
      ],
      browser
    )
    t.match(page.text, 'HREF="http://site.test/docs/The%20plum.pdf?~view=raw"')
    t.equal(
      page.headers['set-cookie'],
      profileOf(browser).cookies === 'own' ? 'seen=1; path=/' : undefined,
      'its cookies come along'
    )
    await sleep(300)
    t.ok(origin.seen.at(-1)?.aborted === true && sent < 200_000, `the rest was not fetched (${sent} bytes sent)`)
  }
  sent = 0
  const whole = await visit('/docs/The%20plum.pdf?~view=raw')
  t.match(whole, {
    status: 200,
    headers: { 'content-type': 'application/pdf', 'content-length': '320000', 'accept-ranges': 'bytes' }
  })
  t.equal(whole.body.length, 320_000)
  const rest = await visit('/docs/The%20plum.pdf?~view=raw', { headers: ['Range: bytes=319996-'] })
  t.match(rest, { status: 206, text: 'END\n', headers: { 'content-range': 'bytes 319996-319999/320000' } })
  const head = await visit('/docs/The%20plum.pdf', { method: 'HEAD' })
  t.match(head, { status: 200, text: '', headers: { 'content-type': 'application/pdf', 'content-length': '320000' } })
  serves('/notes.html', '<p>x', 'text/html')
  t.equal((await visit('/notes.html?~view=raw')).text, '<p>x', 'the source of a page')

  serves('/clip', gzipSync('x'.repeat(5000)), 'video/mp4; codecs="avc1"', {
    'content-disposition': 'inline; filename="Plum film.mp4"',
    'content-encoding': 'gzip'
  })
  isPage(t, await visit('/clip'), ['Plum film.mp4', 'This is a video (video/mp4), of unknown size.'])
  t.equal((await visit('/clip?~view=raw')).text, 'x'.repeat(5000))
  serves('/poster.gif', 'x', 'video/mp4')
  t.ok((await visit('/poster.gif')).body.equals(BLANK_GIF), 'in the place of an image nobody reads')
  origin.on('http://site.test/moved.pdf', redirects('/docs/there.pdf'))
  t.equal(
    (await visit('/moved.pdf?~view=raw')).headers.location,
    'http://site.test/docs/there.pdf?~view=raw',
    'a redirect keeps the hint'
  )
  const gateway = await get(proxy.port, '/http://site.test/clip', { headers: [`Host: 127.0.0.1:${proxy.port}`] })
  t.match(
    gateway.text,
    `HREF="http://127.0.0.1:${proxy.port}/http://site.test/clip?~view=raw"`,
    'behind our own address'
  )
})

t.test('kinds of text, each by its reader', async t => {
  serves('/README.md', '# Plums\n\nSome *fine* ones', 'text/plain')
  t.match((await visit('/README.md')).text, '<H1>Plums</H1>')
  serves('/data', '{"a":{"b":[1]}}', 'application/ld+json')
  t.match((await visit('/data')).text, '<PRE>{\n  "a": {\n    "b": [\n      1\n    ]\n  }\n}</PRE>')
  serves('/bad.json', '{"a":', 'application/json')
  t.match((await visit('/bad.json')).text, '<PRE>{"a":</PRE>', 'what is not valid is text')
  serves('/style.css', 'p > b { color: red }', 'text/css')
  t.match((await visit('/style.css')).text, '<PRE>p &gt; b { color: red }</PRE>')
  serves(
    '/drawing',
    '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" width="40" height="30"><rect width="40" height="30"/></svg>',
    'text/xml'
  )
  t.equal(
    (await visit('/drawing', { browser: 'nav3' })).headers['content-type'],
    'image/gif',
    'a drawing stays an image'
  )
  serves(
    '/feed',
    '<?xml version="1.0"?>\n<rss version="2.0"><channel><title>News</title><item><title>One</title><link>http://site.test/1</link></item></channel></rss>',
    'text/html'
  )
  t.match(
    (await visit('/feed')).text,
    '<H3><A HREF="http://site.test/1">One</A></H3>',
    'a feed that its server calls HTML'
  )
  serves('/broken.rss', '<rss version="2.0"><nothing', 'application/rss+xml')
  isPage(t, await visit('/broken.rss'), ['<nothing'])
  t.match(
    (await get(proxy.port, 'http://retrograde/read?url=site.test/README.md')).text,
    'Plums',
    'in another view too'
  )
  t.match(await visit('/README.md', { method: 'HEAD' }), { status: 200, text: '' })
})

t.test('charsets of XML and of plain text', async t => {
  const rows: ReadonlyArray<readonly [Buffer, string | undefined, string]> = [
    [iconv.encode('<?xml version="1.0" encoding="koi8-r"?><a>\u0416\u0443\u043a</a>', 'koi8-r'), undefined, 'KOI8-R'],
    [
      iconv.encode("<?xml version='1.0' encoding='Shift_JIS'?><a>\u65e5\u672c</a>", 'shift_jis'),
      'text/xml',
      'Shift_JIS'
    ],
    [
      iconv.encode('<?xml version="1.0" encoding="BIG5" standalone="yes"?><a>\u4e2d\u6587</a>', 'big5'),
      undefined,
      'Big5'
    ],
    [Buffer.from('<?xml version="1.0" encoding="koi8-r"?><a>\u0416</a>'), 'text/xml; charset=utf-8', 'UTF-8'],
    [Buffer.from('\uFEFF<?xml version="1.0" encoding="koi8-r"?><a>\u0416</a>'), undefined, 'UTF-8'],
    [Buffer.from('<?xml version="1.0" encoding="utf-16"?><a>\u0416</a>', 'utf16le'), undefined, 'UTF-16LE'],
    [Buffer.from('<a>\u0416 <meta charset="koi8-r"></a>'), undefined, 'UTF-8'],
    [Buffer.from('<?xml version="1.0" encoding="no-such"?><a>\u0416</a>'), undefined, 'UTF-8'],
    [Buffer.from('<a>\u00e9</a>', 'latin1'), undefined, 'windows-1252']
  ]
  for (const [bytes, type, charset] of rows) {
    const decoded = decodeXml(bytes, type)
    t.equal(decoded.charset, charset, bytes.toString('latin1').slice(0, 60))
    t.notMatch(decoded.text, /\uFFFD/)
  }
  t.equal(
    decodeText(Buffer.from('<meta charset=koi8-r> \u0416'), 'text/plain').text,
    '<meta charset=koi8-r> \u0416',
    'a META in a text means nothing'
  )
  const cut = Buffer.from('\u0416'.repeat(600)).subarray(0, 1199)
  t.equal(decodeText(cut, 'text/plain').charset, 'UTF-8', 'a text that is cut within a letter')
  const feed = iconv.encode(
    '<?xml version="1.0" encoding="koi8-r"?><rss version="2.0"><channel><title>\u041d\u043e\u0432\u043e\u0441\u0442\u0438</title><item><title>\u0416\u0443\u043a</title></item></channel></rss>',
    'koi8-r'
  )
  t.match(
    Buffer.from(convertPage(jobFor(feed, profileOf('lite'), { contentType: 'application/xml' })).body).toString(),
    '<H3>\u0416\u0443\u043a</H3>'
  )
})

t.test('the hint at the end of an address', async t => {
  for (const address of ['http://x/a.txt', 'http://x/a?b=c', 'http://x/?~view=rawer']) {
    const hinted = rawAddress(address)
    t.same(takeHints(hinted), { address, hints: { view: 'raw' } })
    t.equal(rawAddress(hinted), hinted, 'it is there once')
    t.same(takeHints(address), { address, hints: {} })
  }
  t.equal(rawAddress('http://x/a#b'), 'http://x/a?~view=raw')
})

t.test('refresh, by field and by META', async t => {
  const meta = (content: string): string => `<meta http-equiv=refresh content="${content}">`
  const rows: ReadonlyArray<readonly [string, string, string | undefined, RegExp | string]> = [
    ['the field Refresh', '<p>x', '0; url=/next', 'http://site.test/next'],
    ['a late field is a link', '<p>x', '60; url=/next', /HREF="http:\/\/site.test\/next">\[This page goes on/],
    ['the page itself', '<p>still here', '3', /still here/],
    [
      'the page itself by its address',
      `${meta('0;url=https://site.test/r#top')}<p>still here`,
      undefined,
      /still here/
    ],
    ['META in the body', `<body><p>x</p>${meta('0;url=/body')}`, undefined, 'http://site.test/body'],
    [
      'another number of the same page is a reload',
      `${meta('3;url=?n=2')}<p>camera`,
      undefined,
      /camera[^]*HREF="http:\/\/site.test\/r\?n=2"/
    ],
    ['at once, it is another form of the page', `${meta('0;url=?n=2')}<p>x`, undefined, 'http://site.test/r?n=2'],
    [
      'NOSCRIPT to an error page is a link',
      `<head><noscript>${meta('0;url=/enablejs')}</noscript></head><p>readable`,
      undefined,
      /readable[^]*HREF="http:\/\/site.test\/enablejs"/
    ],
    [
      'NOSCRIPT to another form of the page is followed',
      `<head><noscript>${meta('0;url=/r?_fb_noscript=1')}</noscript></head><p>x`,
      undefined,
      'http://site.test/r?_fb_noscript=1'
    ],
    [
      'one outside NOSCRIPT counts more',
      `<head><noscript>${meta('0;url=/no')}</noscript>${meta('0;url=/yes')}</head>`,
      undefined,
      'http://site.test/yes'
    ]
  ]
  for (const [name, body, refresh, expected] of rows) {
    serves('/r', `<!doctype html><title>T</title>${body}`, 'text/html', refresh === undefined ? {} : { refresh })
    const answer = await visit('/r')
    if (typeof expected === 'string') t.strictSame([answer.status, answer.headers.location], [302, expected], name)
    else {
      t.equal(answer.status, 200, name)
      t.match(answer.text, expected, name)
    }
  }
})
