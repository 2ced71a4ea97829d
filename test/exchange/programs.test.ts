import t from 'tap'
import { ask, get, type GetOptions } from '../helpers/client.js'
import { answers, startOrigin } from '../helpers/origin.js'
import { startProxy } from '../helpers/proxy.js'
import { startRawOrigin } from '../helpers/raw-origin.js'

// Clients that are no browsers: programs that ask interfaces of sites, and players of radios.

const origin = await startOrigin(t, undefined)
const { port } = await startProxy(t, { 'upstream-proxy': `http://127.0.0.1:${origin.port}`, conversions: 1 })

const JSON_BYTES = '{"id":"1","content":"<p>Caf\u00e9</p>","url":"https://social.test/@a/1"}'
const FEED =
  '<?xml version="1.0"?><rss version="2.0"><channel><title>Feed</title><item><title>One</title></item></channel></rss>'
origin.on('http://social.test/api', answers(JSON_BYTES, 'application/json; charset=utf-8'))
origin.on('http://social.test/feed', answers(FEED, 'application/rss+xml'))
origin.on('http://social.test/', answers('<title>T</title><p>Words'))

const named = (agent: string, ...headers: string[]): GetOptions => ({
  browser: 'unknown',
  headers: [`User-Agent: ${agent}`, ...headers]
})

const PROGRAMS: Readonly<Record<string, GetOptions>> = {
  'a library, without Accept': named('Python-urllib/1.10'),
  'a library with the Accept of Java': named('Java/1.4.2', 'Accept: text/html, image/gif, *; q=.2, */*; q=.2'),
  'a library within a name': named('Mozilla/4.0 (compatible; Win32; WinHttp.WinHttpRequest.5)', 'Accept: */*'),
  'a name that nobody knows': named('Toottown/1.1.2', 'Accept: */*'),
  'a name that nobody knows, without Accept': named('Toottown/1.1.2'),
  'a key': named('Mozilla/3.04 (Win95; I)', 'Authorization: Bearer abc', 'Accept: */*'),
  'types that are no page': named('Mozilla/3.04 (Win95; I)', 'Accept: application/json, application/rss+xml')
}
const BROWSERS: Readonly<Record<string, GetOptions>> = {
  'Netscape without Accept': named('Mozilla/3.04 (Win95; I)'),
  'Netscape with Accept': { browser: 'nav3' },
  'nothing at all': { browser: 'unknown' },
  'a name that nobody knows and asks for text': named('Lamplight/0.3', 'Accept: text/html, */*'),
  'a password': named('Mozilla/3.04 (Win95; I)', 'Authorization: Basic YTpi'),
  Lynx: { browser: 'text' }
}

t.test('programs get the bytes, browsers a page', async t => {
  for (const [name, options] of Object.entries(PROGRAMS)) {
    t.equal((await get(port, 'http://social.test/api', options)).body.toString(), JSON_BYTES, `${name}: JSON`)
    t.equal((await get(port, 'http://social.test/feed', options)).text, FEED, `${name}: a feed`)
    t.match((await get(port, 'http://social.test/', options)).text, /^<!DOCTYPE HTML/, `${name}: a page`)
  }
  for (const [name, options] of Object.entries(BROWSERS)) {
    t.match((await get(port, 'http://social.test/api', options)).text, /<PRE>|<BODY/, `${name}: JSON`)
    t.match((await get(port, 'http://social.test/feed', options)).text, /<HTML>/, `${name}: a feed`)
  }
})

t.test('a radio', async t => {
  const sound = Buffer.alloc(2000, 0xff)
  origin.on(
    'http://radio.test:8000/',
    answers(sound, 'audio/aacp', { 'icy-name': 'Caf\u00c3\u00a9 FM', 'icy-br': '24', 'icy-metaint': '8192' })
  )
  const player = named('WinampMPEG/2.9', 'Icy-MetaData: 1', 'Accept: */*')
  const { status, headers, body } = await get(port, 'http://radio.test:8000/', player)
  t.match(
    { status, headers },
    { status: 200, headers: { 'icy-name': 'Cafe FM', 'icy-br': '24', 'icy-metaint': '8192' } }
  )
  t.ok(body.equals(sound), 'byte for byte')
  t.match(origin.asked('http://radio.test:8000/')[0]?.headers, {
    'user-agent': 'WinampMPEG/2.9',
    'icy-metadata': '1',
    accept: '*/*'
  })
  await get(port, 'http://radio.test:8000/', { browser: 'nav3' })
  t.match(origin.asked('http://radio.test:8000/')[1]?.headers, {
    'user-agent': /Firefox/,
    'icy-metadata': undefined
  })
})

t.test('a radio of SHOUTcast 1', async t => {
  const raw = await startRawOrigin(t)
  const proxy = await startProxy(t, { 'upstream-proxy': raw.at('/'), conversions: 1 })
  raw.says(
    'http://radio.test/',
    `ICY 200 OK\r\nicy-name:Test FM\r\nicy-br:24\r\ncontent-type:audio/mpeg\r\n\r\n${'a'.repeat(500)}`
  )
  const { status, headers, text } = await get(
    proxy.port,
    'http://radio.test/',
    named('WinampMPEG/2.9', 'Icy-MetaData: 1')
  )
  t.match(
    { status, headers },
    { status: 200, headers: { 'icy-name': 'Test FM', 'icy-br': '24', 'content-type': 'audio/mpeg' } }
  )
  t.equal(text, 'a'.repeat(500))
})

const ASX = '<asx version="3.0"><entry><ref HREF = "https://radio.test/live"/></entry></asx>'
const XSPF =
  '<playlist xmlns="http://xspf.org/ns/0/"><track><location>https://radio.test/live</location></track></playlist>'
const PLS =
  '[playlist]\nNumberOfEntries=2\nFile1=https://radio.test/live\nTitle1=At https://x.test\nFile2=http://b.test/c\n'
const LISTS: ReadonlyArray<readonly [path: string, type: string, body: string, sent: string]> = [
  ['a.pls', 'audio/x-scpls', PLS, 'audio/x-scpls'],
  ['b.pls', 'text/plain', PLS, 'audio/x-scpls'],
  ['a.m3u', 'audio/x-mpegurl', '#EXTM3U\r\n#EXTINF:-1,Test\r\nhttps://radio.test/live\r\n', 'audio/x-mpegurl'],
  ['a.m3u8', 'application/vnd.apple.mpegurl', '\ufeffhttps://radio.test/live\n', 'audio/x-mpegurl'],
  ['listen', 'application/x-mpegurl', 'https://radio.test/live', 'audio/x-mpegurl'],
  ['a.ram', 'audio/x-pn-realaudio', 'https://radio.test/live\n', 'audio/x-pn-realaudio'],
  ['a.asx', 'video/x-ms-asf', ASX, 'video/x-ms-asf'],
  ['b.asx', 'text/plain', '[Reference]\nRef1=https://radio.test/live\n', 'video/x-ms-asf'],
  ['a.xspf', 'application/xspf+xml', XSPF, 'application/xspf+xml']
]

t.test('playlists lead to http', async t => {
  for (const [path, type, body, sent] of LISTS) {
    origin.on(`http://lists.test/${path}`, answers(body, type, { 'content-disposition': 'attachment' }))
    for (const options of [named('WinampMPEG/2.9'), { browser: 'nav3' as const }]) {
      const { headers, text } = await get(port, `http://lists.test/${path}`, options)
      t.equal(text, Buffer.from(body.replace('https://radio', 'http://radio')).toString('latin1'), path)
      t.match(headers, { 'content-type': sent, 'content-length': String(text.length) }, path)
    }
  }
  const gateway = await get(port, '/http://lists.test/a.pls', { headers: [`Host: 127.0.0.1:${port}`] })
  t.match(gateway.text, `File1=http://127.0.0.1:${port}/http://radio.test/live\n`, 'behind our own address')
  t.match(gateway.text, `File2=http://127.0.0.1:${port}/http://b.test/c\n`)
  t.equal((await get(port, 'http://lists.test/a.pls?~view=raw')).text, PLS, 'as it is, for who wants that')
})

t.test('what is called a playlist and is none', async t => {
  const film = '#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\nhttps://film.test/1.m3u8\n'
  origin.on('http://lists.test/film.m3u8', answers(film, 'application/vnd.apple.mpegurl'))
  t.match((await get(port, 'http://lists.test/film.m3u8', { browser: 'nav3' })).text, /video or sound/)
  const song = Buffer.concat([Buffer.from('.ra\xfd\0\x04', 'latin1'), Buffer.from('https://a.test/'), Buffer.alloc(99)])
  origin.on('http://lists.test/song.ra', answers(song, 'audio/x-pn-realaudio'))
  t.ok((await get(port, 'http://lists.test/song.ra', { browser: 'nav3' })).body.equals(song))
})

t.test('chat and mail by CONNECT are told what to open', async t => {
  const wants = (at: number, target: string): Promise<{ status: number; text: string }> =>
    ask(at, `CONNECT ${target} HTTP/1.0\r\nUser-Agent: mIRC/5.9\r\n\r\n`)
  for (const tls of ['off', 'tunnel', 'on']) {
    const { port } = await startProxy(t, { tls, conversions: 1 })
    for (const [target, what] of [
      ['irc.chat.test:6667', 'chat \\(IRC\\), port 6667: tunnelPorts=6667'],
      ['pop.mail.test:995', 'mail \\(POP3\\), port 995: tunnelPorts=995']
    ] as const) {
      const { status, text } = await wants(port, target)
      t.equal(status, 403, `${tls}: ${target}`)
      t.match(text, new RegExp(`tunnelPorts.*Address: <B>${target}</B>.*TUNNEL_REFUSED\\s\\(${what}\\)`, 's'))
      t.notMatch(text, /http:\/\/irc|Use http/)
    }
  }
  t.match((await wants(port, 'shop.test:443')).text, /USE_HTTP/, 'a site is the web')
  t.match((await wants(port, 'shop.test:8443')).text, /USE_HTTP/, 'at another port too')
  const tunnel = await startProxy(t, { tls: 'tunnel', conversions: 1 })
  t.match((await wants(tunnel.port, 'shop.test:8443')).text, /TUNNEL_REFUSED \(port 8443: tunnelPorts=8443\)/)
})
