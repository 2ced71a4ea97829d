import { randomBytes } from 'node:crypto'
import { Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { brotliCompressSync, constants, deflateRawSync, deflateSync, gzipSync } from 'node:zlib'
import t from 'tap'
import type { Dispatcher } from 'undici'
import { decide, needsStart, type Kind, type ResponseFacts } from '../../src/decide/decide.js'
import { Failure, FAILURES, type FailureCode } from '../../src/failures.js'
import { locate, type Located } from '../../src/front/locate.js'
import { BLANK_GIF } from '../../src/image/blank.js'
import { passedHeaders, personalHeaders } from '../../src/origin/headers/answer-headers.js'
import { readAuthorities } from '../../src/origin/connect/authorities.js'
import { decodeBody, peekBody, readBody } from '../../src/origin/body/body.js'
import { NO_COOKIES } from '../../src/origin/cookies/cookie-keeper.js'
import { oldCookie } from '../../src/origin/cookies/cookies.js'
import { createDoor } from '../../src/origin/door.js'
import { asFailure } from '../../src/origin/connect/failure.js'
import { locationOf } from '../../src/origin/headers/location.js'
import { createRedirectHistory } from '../../src/memory/redirect-history.js'
import { requestHeaders, USER_AGENT } from '../../src/origin/headers/request-headers.js'
import { createSecureHosts } from '../../src/origin/secure-hosts.js'
import { addHints } from '../../src/page/addresses/address-hints.js'
import { createPaths } from '../../src/page/addresses/path-on-host.js'
import { addSizeHint, takeSizeHint, withSizeHint } from '../../src/page/addresses/size-hint.js'
import { createInlineImages } from '../../src/memory/inline-images.js'
import { openMemory } from '../../src/store/memory.js'
import { createShortAddresses, type ShortAddresses } from '../../src/request/short-addresses.js'
import { openStore } from '../../src/store/open.js'

const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52])
const TEXT = Buffer.from('Some words of text.\n')
const NOTHING_SEEN: ResponseFacts = {
  method: 'GET',
  status: 200,
  contentType: '',
  disposition: '',
  name: '',
  raw: false,
  fetches: false,
  tooLong: false,
  start: undefined
}
const whole = async (body: Readable): Promise<Buffer> => Buffer.concat((await body.toArray()) as Buffer[])

t.test('page, image or pass', async t => {
  const rows: ReadonlyArray<readonly [Partial<ResponseFacts>, Kind]> = [
    [{ contentType: 'text/html' }, 'page'],
    [{ contentType: 'Text/HTML; charset=utf-8' }, 'page'],
    [{ contentType: 'application/xhtml+xml' }, 'page'],
    [{ contentType: 'text/html-sandboxed' }, 'passthrough'],
    [{ contentType: 'text/html', status: 404 }, 'page'],
    [{ contentType: 'text/html', method: 'POST' }, 'page'],
    [{ contentType: 'text/html', method: 'HEAD' }, 'passthrough'],
    [{ contentType: 'text/html', status: 204 }, 'passthrough'],
    [{ contentType: 'text/html', status: 206 }, 'passthrough'],
    [{ contentType: 'text/html', status: 304 }, 'passthrough'],
    [{ contentType: 'text/html', disposition: 'attachment; filename=a.html' }, 'passthrough'],
    [{ contentType: 'text/html', disposition: 'inline' }, 'page'],
    [{ contentType: 'text/html', start: PNG }, 'image'],
    [{ contentType: 'image/webp' }, 'image'],
    [{ contentType: 'image/svg+xml; charset=utf-8' }, 'image'],
    [{ contentType: 'image/png', status: 206 }, 'passthrough'],
    [{ contentType: 'image/png', start: Buffer.from('<!DOCTYPE html><title>Log in</title>') }, 'page'],
    [{ contentType: '', start: PNG }, 'image'],
    [{ contentType: 'application/octet-stream', start: PNG }, 'image'],
    [{ contentType: 'application/octet-stream', start: Buffer.from('MZ\x90\0') }, 'passthrough'],
    [{ contentType: '', start: Buffer.from('  <!-- x --> <!doctype html>') }, 'page'],
    [{ contentType: '', start: Buffer.from('\xEF\xBB\xBF<html>', 'latin1') }, 'page'],
    [{ contentType: '', start: Buffer.from('hello') }, 'passthrough'],
    [{ contentType: '', start: Buffer.alloc(0) }, 'page'],
    [{ contentType: '', start: Buffer.alloc(0), fetches: true }, 'passthrough'],
    [{ contentType: '', start: Buffer.alloc(0), status: 205 }, 'passthrough'],
    [{ contentType: 'text/plain', start: Buffer.alloc(0) }, 'page'],
    [{ contentType: 'application/octet-stream', start: Buffer.alloc(0) }, 'passthrough'],
    [{ contentType: 'application/octet-stream', start: Buffer.alloc(0), status: 404 }, 'page'],
    [{ contentType: 'text/plain', start: Buffer.from('<html><body>source</body>') }, 'page'],
    [{ contentType: 'text/plain', start: PNG }, 'passthrough'],
    [{ contentType: 'application/zip' }, 'passthrough'],
    [{ contentType: 'application/x-stuffit' }, 'passthrough'],
    [{ contentType: 'audio/x-mod' }, 'passthrough'],
    [{ contentType: 'text/css' }, 'passthrough'],
    [{ contentType: 'text/css', start: TEXT }, 'page'],
    [{ contentType: 'text/plain; charset=utf-8', start: TEXT }, 'page'],
    [{ contentType: 'text/plain', start: Buffer.from('\xFF\xFEh\0i\0', 'latin1') }, 'page'],
    [{ contentType: 'text/plain', start: Buffer.from('MZ\x90\0\x03') }, 'passthrough'],
    [{ contentType: 'text/plain', start: Buffer.from('\x01\x02\x03\x04abc\x05') }, 'passthrough'],
    [{ contentType: 'text/plain', name: 'Game.HQX', start: TEXT }, 'passthrough'],
    [{ contentType: 'text/plain', name: 'photo.uue', start: TEXT }, 'passthrough'],
    [{ contentType: 'text/plain', name: 'hunt.bas', start: TEXT }, 'page'],
    [{ contentType: 'text/plain', name: 'main.c', start: TEXT }, 'page'],
    [{ contentType: 'text/plain', start: TEXT, raw: true }, 'passthrough'],
    [{ contentType: 'text/html', start: TEXT, raw: true }, 'passthrough'],
    [{ contentType: 'image/png', raw: true }, 'passthrough'],
    [{ contentType: 'text/plain', start: TEXT, fetches: true }, 'passthrough'],
    [{ contentType: 'text/html', start: TEXT, fetches: true }, 'page'],
    [{ contentType: 'text/plain', start: TEXT, tooLong: true }, 'passthrough'],
    [{ contentType: 'text/xml', start: Buffer.from('<?xml version="1.0"?><data>'), tooLong: true }, 'passthrough'],
    [{ contentType: 'text/xml', start: Buffer.from('<?xml version="1.0"?><rss>'), tooLong: true }, 'page'],
    [{ contentType: 'application/atom+xml', start: Buffer.from('<feed xmlns='), tooLong: true }, 'page'],
    [{ contentType: 'text/plain', start: TEXT, disposition: 'attachment' }, 'passthrough'],
    [{ contentType: 'text/plain', start: TEXT, status: 206 }, 'passthrough'],
    [{ contentType: 'text/plain', start: TEXT, method: 'POST' }, 'passthrough'],
    [{ contentType: 'text/plain', start: TEXT, method: 'HEAD' }, 'passthrough'],
    [{ contentType: 'text/event-stream', start: TEXT }, 'passthrough'],
    [{ contentType: 'audio/x-mpegurl', start: TEXT }, 'playlist'],
    [{ contentType: 'video/x-ms-asf', start: TEXT, disposition: 'attachment' }, 'playlist'],
    [{ contentType: 'video/x-ms-asf', start: Buffer.from('\x30\x26\xb2\x75\0', 'latin1') }, 'passthrough'],
    [{ contentType: 'audio/x-mpegurl', start: TEXT, raw: true }, 'passthrough'],
    [{ contentType: 'audio/x-mpegurl', start: TEXT, status: 404 }, 'passthrough'],
    [{ contentType: 'audio/x-mpegurl', start: TEXT, tooLong: true }, 'passthrough'],
    [{ contentType: 'text/plain', name: 'a.pls', start: TEXT }, 'playlist'],
    [{ contentType: 'text/plain', name: 'a.pls', start: PNG }, 'passthrough'],
    [{ contentType: 'application/vnd.apple.mpegurl', start: Buffer.from('#EXT-X-TARGETDURATION:9') }, 'unsupported'],
    [{ contentType: 'text/rtf', start: TEXT }, 'passthrough'],
    [{ contentType: 'application/x-ns-proxy-autoconfig', start: TEXT }, 'passthrough'],
    [{ contentType: 'text/markdown', start: TEXT }, 'page'],
    [{ contentType: 'application/json', start: TEXT }, 'page'],
    [{ contentType: 'application/ld+json', start: TEXT }, 'page'],
    [{ contentType: 'application/rss+xml', start: TEXT }, 'page'],
    [
      { contentType: 'text/xml', start: Buffer.from('<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>') },
      'image'
    ],
    [{ contentType: 'application/javascript', start: TEXT }, 'page'],
    [{ contentType: 'application/pdf' }, 'unsupported'],
    [{ contentType: 'application/pdf', status: 404 }, 'passthrough'],
    [{ contentType: 'application/pdf', method: 'POST' }, 'passthrough'],
    [{ contentType: 'application/pdf', method: 'HEAD' }, 'passthrough'],
    [{ contentType: 'application/pdf', status: 206 }, 'passthrough'],
    [{ contentType: 'application/pdf', disposition: 'attachment; filename=a.pdf' }, 'passthrough'],
    [{ contentType: 'application/pdf', disposition: 'inline; filename=a.pdf' }, 'unsupported'],
    [{ contentType: 'application/pdf', raw: true }, 'passthrough'],
    [{ contentType: 'application/pdf', fetches: true }, 'passthrough'],
    [{ contentType: 'video/mp4' }, 'unsupported'],
    [{ contentType: 'video/webm; codecs="vp9"' }, 'unsupported'],
    [{ contentType: 'audio/aac' }, 'unsupported'],
    [{ contentType: 'audio/x-m4a' }, 'unsupported'],
    [{ contentType: 'audio/flac' }, 'unsupported'],
    [{ contentType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document' }, 'unsupported'],
    [{ contentType: 'application/vnd.oasis.opendocument.text' }, 'unsupported'],
    [{ contentType: 'application/epub+zip' }, 'unsupported'],
    [{ contentType: 'font/woff2' }, 'unsupported'],
    [{ contentType: 'application/wasm' }, 'unsupported'],
    ...[
      'audio/mpeg',
      'audio/x-wav',
      'audio/basic',
      'audio/x-aiff',
      'audio/midi',
      'audio/x-mod',
      'video/quicktime',
      'video/mpeg',
      'video/x-msvideo',
      'application/msword',
      'application/vnd.ms-excel',
      'application/postscript',
      'application/mac-binhex40',
      'application/x-gzip',
      'application/vnd.rn-realmedia',
      'application/x-shockwave-flash',
      'text/vnd.wap.wmlscript'
    ].map((contentType): [Partial<ResponseFacts>, Kind] => [{ contentType, start: TEXT }, 'passthrough'])
  ]
  for (const [seen, expected] of rows)
    t.equal(
      decide({ ...NOTHING_SEEN, ...seen }),
      expected,
      `${JSON.stringify({ ...seen, start: seen.start?.toString('latin1') })} is ${expected}`
    )
  const needs = (seen: Partial<ResponseFacts>): boolean => needsStart({ ...NOTHING_SEEN, ...seen })
  t.equal(needs({}), true, 'without a type the first bytes decide')
  t.equal(needs({ contentType: 'application/octet-stream' }), true)
  t.equal(needs({ contentType: 'application/zip' }), false)
  t.equal(
    needs({ contentType: 'application/octet-stream', status: 206 }),
    false,
    'the first bytes of a part are not those of the file'
  )
  t.equal(needs({ contentType: 'application/octet-stream', disposition: 'attachment' }), false)
})

t.test('what a target means', async t => {
  const LONG: Readonly<Record<string, string>> = {
    '/~0123456789': 'http://site.test/long?a=b',
    '/~abcdefghjk': 'http://site.test/long',
    '/~0000000000': 'http://retrograde/settings',
    '/~1111111111': 'http://retrograde/~0123456789',
    '/~2222222222': 'mailto:somebody@site.test'
  }
  const names = {
    name: 'retrograde',
    port: 8080,
    isOwn: (hostname: string) => ['192.168.1.2', 'localhost'].includes(hostname),
    longAddress: (path: string) => LONG[path]
  }
  const told = (target: string, host?: string): string => {
    const located: Located = locate(target, host, names)
    if (located.kind === 'bad') return `bad ${located.code}`
    return located.kind === 'portal'
      ? `own ${located.path}?${located.query} ${located.portal} [${located.gateway}]`
      : `origin ${located.url.href} [${located.gateway}]`
  }
  const rows: ReadonlyArray<readonly [string, string | undefined, string]> = [
    ['http://site.test/a?b#c', 'other.test', 'origin http://site.test/a?b []'],
    ['HTTP://SITE.test', undefined, 'origin http://site.test/ []'],
    ['https://site.test/a', undefined, 'origin https://site.test/a []'],
    ['http://site.test:8080/a', undefined, 'origin http://site.test:8080/a []'],
    ['http://retrograde/', undefined, 'own /? http://retrograde []'],
    ['http://retrograde/settings?token=1', 'retrograde', 'own /settings?token=1 http://retrograde []'],
    ['http://192.168.1.2:8080/go?url=x', undefined, 'own /go?url=x http://192.168.1.2:8080 []'],
    ['http://192.168.1.2/', undefined, 'origin http://192.168.1.2/ []'],
    ['ftp://site.test/file', undefined, 'bad UNKNOWN_SCHEME'],
    ['gopher://site.test/', undefined, 'bad UNKNOWN_SCHEME'],
    ['http://a b/', undefined, 'bad BAD_REQUEST'],
    ['http://[::1/', undefined, 'bad BAD_REQUEST'],
    ['/', undefined, 'own /? http://retrograde [http://retrograde/]'],
    ['/', '192.168.1.2:8080', 'own /? http://192.168.1.2:8080 [http://192.168.1.2:8080/]'],
    ['/', 'retrograde', 'own /? http://retrograde []'],
    ['/http://site.test/a?b', '192.168.1.2:8080', 'origin http://site.test/a?b [http://192.168.1.2:8080/]'],
    ['/https://site.test/a', '192.168.1.2:8080', 'origin https://site.test/a [http://192.168.1.2:8080/]'],
    ['/http:/site.test/a', 'localhost:8080', 'origin http://site.test/a [http://localhost:8080/]'],
    ['/http://', 'localhost:8080', 'bad BAD_REQUEST'],
    ['/a?b', 'site.test', 'origin http://site.test/a?b []'],
    ['/a', 'site.test:81', 'origin http://site.test:81/a []'],
    ['/http://inner.test/', 'site.test', 'origin http://site.test/http://inner.test/ []'],
    ['http://retrograde/~0123456789', undefined, 'origin http://site.test/long?a=b []'],
    ['http://retrograde/~0123456789?q=1&r', undefined, 'origin http://site.test/long?a=b&q=1&r []'],
    ['/~abcdefghjk?q=1', '192.168.1.2:8080', 'origin http://site.test/long?q=1 [http://192.168.1.2:8080/]'],
    ['http://retrograde/~zzzzzzzzzz', undefined, 'bad SHORT_ADDRESS_GONE'],
    ['http://retrograde/~2222222222', undefined, 'bad UNKNOWN_SCHEME'],
    ['http://retrograde/~1111111111', undefined, 'own /~0123456789? http://retrograde []'],
    ['http://retrograde/~short', undefined, 'own /~short? http://retrograde []'],
    ['http://site.test/~0123456789', undefined, 'origin http://site.test/~0123456789 []']
  ]
  for (const [target, host, expected] of rows)
    t.equal(told(target, host), expected, `${target} with Host ${host ?? '-'}`)
})

t.test('cookies as Netscape takes them', async t => {
  const now = Date.UTC(1996, 7, 19, 12, 0, 0)
  const rows: ReadonlyArray<readonly [string, string | undefined]> = [
    ['a=b', 'a=b; path=/'],
    ['a=b; Path=/shop', 'a=b; path=/shop'],
    ['a=b; Secure; HttpOnly; SameSite=Lax; Priority=High; Partitioned', 'a=b; path=/'],
    ['a=b; Domain=example.com', 'a=b; path=/; domain=.example.com'],
    ['a=b; Domain=.Example.com', 'a=b; path=/; domain=.example.com'],
    ['a=b; Domain=other.com', undefined],
    ['a=b; Domain=com', undefined],
    ['a=b; Domain=shop.www.example.com', undefined],
    ['a=b; Max-Age=3600', 'a=b; path=/; expires=Mon, 19-Aug-96 13:00:00 GMT'],
    ['a=b; Max-Age=0', 'a=b; path=/; expires=Mon, 19-Aug-96 12:00:00 GMT'],
    ['a=b; Expires=Wed, 09 Jun 2027 10:18:14 GMT', 'a=b; path=/; expires=Wed, 09-Jun-27 10:18:14 GMT'],
    ['a=b; Expires=Wed, 09 Jun 2027 10:18:14 GMT; Max-Age=3600', 'a=b; path=/; expires=Mon, 19-Aug-96 13:00:00 GMT'],
    ['a=b; Path=/secure', 'a=b; path=/'],
    ['a=b; Path=/caf\xe9', 'a=b; path=/'],
    ['a=', 'a=; path=/'],
    ['a=b=c=d', 'a=b=c=d; path=/'],
    ['a=caf\xc3\xa9', undefined],
    [`a=${'x'.repeat(4100)}`, undefined],
    ['', undefined]
  ]
  for (const [cookie, expected] of rows)
    t.equal(oldCookie(cookie, { host: 'www.example.com', now }), expected, cookie.slice(0, 80))
  t.notMatch(
    oldCookie('a=b; Max-Age=99999999999999999', { host: 'a.test', now }) ?? '',
    /Invalid|NaN/,
    'an age beyond all dates'
  )
})

t.test('the request to the origin', async t => {
  const url = new URL('https://site.test/page')
  const sent = requestHeaders(
    {
      'user-agent': 'NCSA_Mosaic/2.7',
      connection: 'keep-alive',
      'proxy-connection': 'Keep-Alive',
      'keep-alive': '300',
      te: 'trailers',
      trailer: 'x',
      upgrade: 'h2c',
      'transfer-encoding': 'chunked',
      'proxy-authorization': 'Basic eDp5',
      extension: 'Notify-Domain-Restriction',
      'ua-pixels': '640x480',
      'ua-color': 'color8',
      'ua-os': 'Windows',
      'ua-cpu': 'x86',
      from: 'person@home.test',
      via: '1.0 x',
      'x-forwarded-for': '10.0.0.1',
      host: 'other.test',
      accept: 'image/gif',
      'accept-encoding': 'x-gzip',
      'accept-charset': 'iso-8859-1',
      cookie: 'a=b',
      authorization: 'Basic dTpw',
      'accept-language': 'de',
      'if-modified-since': 'Mon, 19 Aug 1996 12:00:00 GMT; length=1234',
      pragma: 'no-cache',
      'content-type': 'text/plain',
      'content-length': '3'
    },
    { method: 'POST', target: url }
  )
  t.strictSame(
    Object.keys(sent).sort(),
    [
      'accept',
      'accept-encoding',
      'accept-language',
      'authorization',
      'cache-control',
      'content-length',
      'content-type',
      'if-modified-since',
      'user-agent'
    ],
    'nothing else goes'
  )
  t.equal(sent['user-agent'], USER_AGENT)
  t.match(sent.accept, /image\/avif/)
  t.equal(sent['accept-encoding'], 'gzip, deflate, br')
  t.equal(sent['accept-language'], 'de')
  t.equal(sent['if-modified-since'], 'Mon, 19 Aug 1996 12:00:00 GMT')
  t.equal(sent['cache-control'], 'no-cache')
  t.equal(
    requestHeaders({ range: 'bytes=0-' }, { method: 'GET', target: url })['accept-encoding'],
    'identity',
    'a range counts the bytes of the file'
  )

  const referers: ReadonlyArray<readonly [string, string, string | undefined]> = [
    ['http://site.test/from?x#y', '', 'https://site.test/from?x'],
    ['http://other.test/from?x', '', 'http://other.test/'],
    ['http://proxy:8080/http://site.test/from', 'http://proxy:8080/', 'https://site.test/from'],
    ['http://retrograde/settings', '', undefined],
    ['nonsense', '', undefined],
    ['file:///C|/page.htm', '', undefined]
  ]
  for (const [referer, gateway, expected] of referers)
    t.equal(
      requestHeaders({ referer }, { method: 'GET', target: url, gateway }).referer,
      expected,
      `Referer ${referer}`
    )
  for (const own of [
    'http://192.168.1.5:8080/',
    'http://proxy.home.test/settings?token=1',
    'http://192.168.1.5:8080/http://other.test/'
  ])
    t.equal(
      requestHeaders(
        { referer: own },
        {
          method: 'GET',
          target: url,
          isOwn: host => /^(192\.168\.1\.5|proxy\.home\.test)$/.test(host)
        }
      ).referer,
      undefined,
      `our own page: ${own}`
    )
  t.equal(
    requestHeaders({ referer: 'http://site.test/form' }, { method: 'POST', target: url }).origin,
    'https://site.test'
  )
  t.equal(
    requestHeaders({ referer: 'http://other.test/form' }, { method: 'POST', target: url }).origin,
    undefined,
    'a foreign form is not called the site’s own'
  )
  t.notMatch(
    requestHeaders({ referer: 'http://user:secret@site.test/form' }, { method: 'GET', target: url }).referer ?? '',
    /secret/,
    'no credentials in the Referer'
  )
})

t.test('fields of an answer', async t => {
  const headers = {
    'content-type': 'application/zip; name=x',
    'content-length': '10',
    etag: '"x"',
    'last-modified': 'Mon, 19 Aug 1996 12:00:00 GMT',
    'content-range': 'bytes 0-9/100',
    'accept-ranges': 'bytes',
    connection: 'keep-alive',
    'keep-alive': 'timeout=5',
    'transfer-encoding': 'chunked',
    'content-encoding': 'gzip',
    vary: '*',
    'strict-transport-security': 'x',
    'content-disposition': 'attachment; filename=x',
    'alt-svc': 'h3',
    expires: 'caf\xe9'
  }
  t.strictSame(Object.keys(passedHeaders(headers, false)).sort(), [
    'accept-ranges',
    'content-disposition',
    'content-length',
    'content-range',
    'content-type',
    'etag',
    'expires',
    'last-modified'
  ])
  t.equal(passedHeaders(headers, false).expires, '0', 'what is no date is over: RFC 1945 10.7')
  t.equal(passedHeaders(headers, true)['content-length'], undefined, 'the length of what was decoded is not known')
  t.equal(passedHeaders(headers, false)['content-type'], 'application/zip')
  t.strictSame(
    personalHeaders(
      { 'set-cookie': ['a=b; Secure', 'c=caf\xe9'], 'www-authenticate': 'Basic realm="Members", charset="UTF-8"' },
      { host: 'a.test', now: 0 },
      true
    ),
    { 'set-cookie': ['a=b; path=/'], 'www-authenticate': 'Basic realm="Members"' }
  )
  t.strictSame(
    personalHeaders({ 'set-cookie': 'a=b; Secure' as never }, { host: 'a.test', now: 0 }, true),
    { 'set-cookie': ['a=b; path=/'] },
    'a cookie that came alone is a text'
  )
  t.strictSame(
    personalHeaders({ 'set-cookie': ['a=b'] }, { host: 'a.test', now: 0 }, false),
    {},
    'none for a client whose cookies are kept here'
  )
  t.strictSame(
    personalHeaders({ 'www-authenticate': 'Digest realm="x", nonce="y"' }, { host: 'a.test', now: 0 }, true),
    {},
    'no old browser knows Digest'
  )
  t.strictSame(
    personalHeaders({ 'www-authenticate': 'Negotiate, Basic realm="x"' }, { host: 'a.test', now: 0 }, true),
    {
      'www-authenticate': 'Basic realm="x"'
    }
  )
})

t.test('what an error means', async t => {
  const coded = (code: string, message = 'x'): Error => Object.assign(new Error(message), { code })
  const rows: Readonly<Record<string, FailureCode>> = {
    ENOTFOUND: 'NAME_NOT_FOUND',
    EAI_AGAIN: 'NAME_SERVER_SILENT',
    EAI_FAIL: 'NAME_SERVER_SILENT',
    ESERVFAIL: 'NAME_SERVER_SILENT',
    ECONNREFUSED: 'CONNECTION_REFUSED',
    EHOSTUNREACH: 'CONNECTION_REFUSED',
    ENETUNREACH: 'CONNECTION_REFUSED',
    ETIMEDOUT: 'TIMED_OUT',
    UND_ERR_CONNECT_TIMEOUT: 'TIMED_OUT',
    UND_ERR_HEADERS_TIMEOUT: 'TIMED_OUT',
    UND_ERR_BODY_TIMEOUT: 'TIMED_OUT',
    CERT_HAS_EXPIRED: 'BAD_CERTIFICATE',
    DEPTH_ZERO_SELF_SIGNED_CERT: 'BAD_CERTIFICATE',
    SELF_SIGNED_CERT_IN_CHAIN: 'BAD_CERTIFICATE',
    UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'BAD_CERTIFICATE',
    UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'BAD_CERTIFICATE',
    ERR_TLS_CERT_ALTNAME_INVALID: 'BAD_CERTIFICATE',
    EPROTO: 'SECURE_FAILED',
    ERR_SSL_WRONG_VERSION_NUMBER: 'SECURE_FAILED',
    HPE_INVALID_CONSTANT: 'BAD_ANSWER',
    UND_ERR_HEADERS_OVERFLOW: 'BAD_ANSWER',
    UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'BAD_ANSWER',
    ECONNRESET: 'CONNECTION_LOST',
    EPIPE: 'CONNECTION_LOST',
    UND_ERR_SOCKET: 'CONNECTION_LOST',
    UND_ERR_RES_EXCEEDED_MAX_SIZE: 'TOO_LARGE',
    SOMETHING_ELSE: 'CONNECTION_LOST'
  }
  for (const [code, expected] of Object.entries(rows)) t.equal(asFailure(coded(code)).code, expected, code)
  t.equal(
    asFailure(new TypeError('fetch failed', { cause: coded('ENOTFOUND') })).code,
    'NAME_NOT_FOUND',
    'the cause counts'
  )
  t.equal(
    asFailure(new AggregateError([coded('ECONNREFUSED'), coded('ENETUNREACH')])).code,
    'CONNECTION_REFUSED',
    'happy eyeballs'
  )
  t.equal(asFailure(Object.assign(new AggregateError([coded('ETIMEDOUT')]), { code: 'ETIMEDOUT' })).code, 'TIMED_OUT')
  t.equal(asFailure(new Error('wrapped', { cause: new Failure('ADDRESS_REFUSED', 'x') })).code, 'ADDRESS_REFUSED')
  t.equal(asFailure(new Error('Proxy response (502) !== 200 when HTTP Tunneling')).code, 'UPSTREAM_PROXY')
  t.equal(asFailure('a string').code, 'CONNECTION_LOST')
  for (const [code, { status, title, sentence, advice }] of Object.entries(FAILURES)) {
    t.ok(status >= 400 && status < 600, `${code} has a status`)
    for (const text of [title, sentence, advice]) t.match(text, /^[A-Z][ -~]+$/, `${code} speaks ASCII`)
  }
})

t.test('Location', async t => {
  const from = new URL('https://site.test/dir/page?q')
  const rows: ReadonlyArray<readonly [number, string | undefined, string | undefined]> = [
    [302, 'http://a.test/', 'http://a.test/'],
    [301, '/x', 'https://site.test/x'],
    [303, 'x', 'https://site.test/dir/x'],
    [307, '?z', 'https://site.test/dir/page?z'],
    [308, '//b.test', 'https://b.test/'],
    [302, ' /blank ', 'https://site.test/blank'],
    [302, '/caf\xc3\xa9', 'https://site.test/caf%C3%A9'],
    [302, '', undefined],
    [302, undefined, undefined],
    [302, 'http://[', undefined],
    [200, '/x', undefined],
    [304, '/x', undefined],
    [300, '/x', undefined]
  ]
  for (const [status, location, expected] of rows)
    t.equal(locationOf(status, location, from)?.href, expected, `${status} ${location}`)
})

t.test('size hints', async t => {
  t.equal(addSizeHint('http://a.test/i.png', 30, 20), 'http://a.test/i.png?~30x20')
  t.equal(addSizeHint('http://a.test/i.png?v=1#x', 30, 20), 'http://a.test/i.png?v=1&~30x20')
  t.equal(
    addSizeHint('http://a.test/i.png?~1x1', 30, 20),
    'http://a.test/i.png?~30x20',
    'a second one takes the place of the first'
  )
  t.strictSame(takeSizeHint('http://a.test/i.png?v=1&~30x20'), {
    address: 'http://a.test/i.png?v=1',
    size: { width: 30, height: 20 }
  })
  const most = { width: 150, height: 150, atMost: true } as const
  t.equal(withSizeHint('http://a.test/i.png?v=1', most), 'http://a.test/i.png?v=1&~m150', 'no side of it is longer')
  t.strictSame(takeSizeHint('http://a.test/i.png?~m150'), { address: 'http://a.test/i.png', size: most })
  t.equal(addHints('http://a.test/i.png?~m150', { zoom: '2' }), 'http://a.test/i.png?~zoom=2&~m150')
  for (const address of [
    'http://a.test/~user/',
    'http://a.test/?~30',
    'http://a.test/?~m',
    'http://a.test/?~30x20&more',
    'http://a.test/?~30000x1'
  ])
    t.strictSame(takeSizeHint(address), { address, size: undefined }, address)
})

t.test('addresses on the host of the page as paths', async t => {
  const path = createPaths('a.test:8000')
  for (const [address, written] of [
    ['http://a.test:8000/', '/'],
    ['http://a.test:8000/x?y=//z#w', '/x?y=//z#w'],
    ['http://a.test:8000//b.test/', 'http://a.test:8000//b.test/'],
    ['http://a.test:80/', 'http://a.test:80/'],
    ['http://me:you@a.test:8000/', 'http://me:you@a.test:8000/'],
    ['http://a.test:8000.b.test/', 'http://a.test:8000.b.test/'],
    ['#w', '#w'],
    ['mailto:me@a.test', 'mailto:me@a.test']
  ] as const)
    t.equal(path(address), written, address)
  t.equal(createPaths(undefined)('http://a.test/x'), 'http://a.test/x')
})

t.test('content codings', async t => {
  const text = Buffer.from('A page. '.repeat(500))
  const decoded = async (bytes: Buffer, coding: string): Promise<string> => {
    const body = decodeBody(Readable.from([bytes.subarray(0, 7), bytes.subarray(7)]), coding)
    return body === undefined ? 'unknown' : (await whole(body)).toString('latin1')
  }
  const rows: ReadonlyArray<readonly [string, Buffer, string]> = [
    ['', text, 'none'],
    ['identity', text, 'identity'],
    ['gzip', gzipSync(text), 'gzip'],
    ['X-GZIP', gzipSync(text), 'x-gzip'],
    ['br', brotliCompressSync(text), 'brotli'],
    ['deflate', deflateSync(text), 'zlib'],
    ['deflate', deflateRawSync(text), 'deflate without zlib'],
    ['gzip, gzip', gzipSync(gzipSync(text)), 'gzip twice'],
    ['deflate, br', brotliCompressSync(deflateSync(text)), 'two codings']
  ]
  for (const [coding, bytes, name] of rows) t.equal(await decoded(bytes, coding), text.toString(), name)
  for (const none of ['utf-8', 'none', '8bit', 'x-compress'])
    t.equal(await decoded(text, none), text.toString(), `${none} is no coding`)
  t.equal(await decoded(gzipSync(text), 'utf-8, gzip'), text.toString(), 'beside one')
  t.equal(await decoded(text, 'gzip, gzip, gzip, gzip'), 'unknown', 'more than three')
  const noise = randomBytes(60_000).toString('hex')
  for (const [name, bytes, coding] of [
    ['gzip', gzipSync(noise), 'gzip'],
    ['brotli', brotliCompressSync(noise), 'br'],
    ['deflate', deflateSync(noise), 'deflate']
  ] as const) {
    const read = await readBody(decodeBody(Readable.from([bytes.subarray(0, bytes.length - 9)]), coding)!, {
      maxBytes: 1e6,
      timeoutSeconds: 5
    })
    t.ok(read.bytes.length > 0 && noise.startsWith(read.bytes.toString()), `a cut ${name} gives what it holds`)
    t.equal(read.cut, 'broken', 'and it is known that its end is missing')
  }
  for (const coding of ['gzip', 'br', 'deflate']) {
    const raw = new Readable({ read() {} })
    const given = decodeBody(raw, coding)!
    raw.on('error', () => {}).destroy(new Error('nobody reads this'))
    await new Promise(resolve => given.once('close', resolve))
    t.ok(given.destroyed, `${coding}: a body that is given up before it is read ends nothing but itself`)
  }
  const packed = gzipSync(noise)
  const named = Buffer.concat([
    Buffer.from([0x1f, 0x8b, 8, 2 | 4 | 8 | 16, 0, 0, 0, 0, 0, 3, 2, 0, 7, 7]),
    Buffer.from('name\0comment\0xx', 'latin1'),
    packed.subarray(10)
  ])
  const gzips: ReadonlyArray<readonly [string, Buffer, number, 'broken' | undefined]> = [
    ['trailing bytes', Buffer.concat([packed, Buffer.from('PHP Warning: oops')]), noise.length, undefined],
    ['a wrong check sum', Buffer.concat([packed.subarray(0, -8), Buffer.alloc(8, 1)]), noise.length, undefined],
    ['no trailer', packed.subarray(0, -8), noise.length, undefined],
    ['a header with everything', named, noise.length, undefined],
    ['broken in the middle', Buffer.concat([packed.subarray(0, 40_000), Buffer.alloc(9000, 0xff)]), 60_000, 'broken'],
    ['a header alone', packed.subarray(0, 10), 0, 'broken'],
    ['half a header', packed.subarray(0, 5), 0, 'broken'],
    ['nothing', Buffer.alloc(0), 0, undefined]
  ]
  for (const [name, bytes, least, cut] of gzips) {
    const bytewise = [...bytes.subarray(0, 40)].map(byte => Buffer.from([byte]))
    for (const chunks of [[bytes], [...bytewise, bytes.subarray(40)]]) {
      const read = await readBody(decodeBody(Readable.from(chunks), 'gzip')!, { maxBytes: 1e6, timeoutSeconds: 5 })
      t.ok(
        noise.startsWith(read.bytes.toString('latin1', 0, least)) && read.bytes.length >= least,
        `${name}: ${read.bytes.length} bytes`
      )
      t.equal(read.cut, cut, name)
    }
  }
  const sleeper = decodeBody(
    Readable.from([brotliCompressSync(Buffer.alloc(100e6), { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } })]),
    'br'
  )!
  sleeper.pause()
  await new Promise(resolve => setTimeout(resolve, 300))
  t.ok(sleeper.readableLength < 1e6, 'who does not read is not given all of a bomb')
  sleeper.destroy()
  t.equal(await decoded(text, 'gzip'), text.toString(), 'what does not begin as gzip is none')
  const bomb = await readBody(decodeBody(Readable.from([gzipSync(Buffer.alloc(50e6))]), 'gzip')!, {
    maxBytes: 10_000,
    timeoutSeconds: 20
  })
  t.strictSame([bomb.cut, bomb.bytes.length], ['size', 10_000], 'a bomb is stopped')
})

t.test('reading bodies', async t => {
  const limits = { maxBytes: 10, timeoutSeconds: 5 }
  t.match(await readBody(Readable.from([Buffer.from('12345')]), limits), {
    cut: undefined,
    bytes: Buffer.from('12345')
  })
  t.match(
    await readBody(Readable.from([Buffer.from('1234567890')]), limits),
    { cut: undefined, bytes: Buffer.from('1234567890') },
    'exactly as long as allowed'
  )
  t.match(await readBody(Readable.from([Buffer.from('12345678'), Buffer.from('9abcdef')]), limits), {
    cut: 'size',
    bytes: Buffer.from('123456789a')
  })
  const slow = new Readable({ read() {} })
  slow.push('early')
  t.match(await readBody(slow, { maxBytes: 10, timeoutSeconds: 0.05 }), { cut: 'time', bytes: Buffer.from('early') })
  t.equal(slow.destroyed, true, 'and let go')
  const beginnings: string[] = []
  const onBeginning = (beginning: Buffer): void => void beginnings.push(beginning.toString())
  const late = new Readable({ read() {} })
  late.push('the beginning')
  setTimeout(() => late.push(' and the end'), 300)
  setTimeout(() => late.push(null), 600)
  const lateBody = await readBody(late, { maxBytes: 100, timeoutSeconds: 5, onBeginning })
  t.equal(lateBody.bytes.toString(), 'the beginning and the end')
  t.strictSame(beginnings, ['the beginning'], 'told once of what has come of a body that takes its time')
  await readBody(Readable.from([Buffer.from('12345')]), { ...limits, onBeginning })
  const empty = new Readable({ read() {} })
  setTimeout(() => empty.push(null), 100)
  await readBody(empty, { ...limits, onBeginning })
  t.equal(beginnings.length, 1, 'not of one that is whole, nor of one of which nothing has come')
  const broken = new Readable({ read() {} })
  broken.push('part')
  setImmediate(() => broken.destroy(Object.assign(new Error('x'), { code: 'ECONNRESET' })))
  t.match(await readBody(broken, limits), { cut: 'broken', bytes: Buffer.from('part'), error: { code: 'ECONNRESET' } })

  for (const parts of [['ab'], ['abc', 'def', 'ghi'], ['abcdefghi'], []]) {
    const { start, body } = await peekBody(Readable.from(parts.map(part => Buffer.from(part))), 4)
    t.ok(parts.join('').startsWith(start.toString()), 'the first bytes')
    t.equal((await whole(body)).toString(), parts.join(''), 'are still in the body')
  }
  const breaks = (...parts: string[]): Readable =>
    Readable.from(
      (function* () {
        yield* parts.map(part => Buffer.from(part))
        throw new Error('gone')
      })()
    )
  await t.rejects(peekBody(breaks(), 4), { message: 'gone' }, 'a body that breaks before its first byte')
  const { start, body } = await peekBody(breaks('ab'), 4)
  t.match(await readBody(body, limits), { cut: 'broken', bytes: start, error: { message: 'gone' } }, 'and after it')
})

t.test('secure hosts and redirect trails', async t => {
  const hosts = createSecureHosts(openMemory())
  t.equal(hosts.knows('a.test'), false)
  hosts.learn('a.test')
  t.equal(hosts.knows('a.test'), true)
  t.equal(hosts.knows('b.test'), false)

  const redirectHistory = createRedirectHistory()
  t.strictSame(
    [
      redirectHistory.step('one', { from: 'a', to: 'b' }),
      redirectHistory.step('one', { from: 'b', to: 'a' }),
      redirectHistory.step('one', { from: 'a', to: 'b' })
    ],
    [1, 2, 3],
    'a chain is counted'
  )
  t.equal(redirectHistory.step('two', { from: 'b', to: 'a' }), 1, 'each client has its own')
  redirectHistory.end('one', 'b')
  t.equal(redirectHistory.step('one', { from: 'b', to: 'a' }), 1, 'a page ends it')
})

t.test('images that came inside pages', async t => {
  const images = createInlineImages(400)
  images.add([{ path: '/a', bytes: Buffer.alloc(60) }])
  t.equal((await images.get('/a'))?.length, 60)
  images.add([{ path: '/b', bytes: Buffer.alloc(60) }])
  t.equal(await images.get('/a'), undefined, 'the oldest goes when memory is full')
  t.equal((await images.get('/b'))?.length, 60)
  images.add([{ path: '/c', bytes: Buffer.alloc(101) }])
  t.equal(await images.get('/c'), undefined, 'one that is too large is not kept')
  t.equal((await images.get('/b'))?.length, 60, 'and drives out nothing')
  images.add([{ path: '/d', bytes: Buffer.alloc(0) }])
  t.equal((await images.get('/d'))?.length, 0)
  t.equal(BLANK_GIF.length, 43)
})

t.test('one client does not push out the short addresses of all', t => {
  const most = 5000
  const short = createShortAddresses(openMemory(), most)
  const many = (client: string, count: number): Array<{ key: string; address: string }> =>
    Array.from({ length: count }, (_, at) => ({ key: `${client}-${at}`, address: `http://a.test/${client}/${at}` }))
  const kept = (client: string, count: number): number =>
    many(client, count).filter(({ key }) => short.find(key) !== undefined).length
  short.add('192.168.1.9', many('192.168.1.9', 300))
  short.add('@ada', many('@ada', 50))
  for (let at = 0; at < 400; at++) short.add(`10.0.${at >> 8}.${at & 255}`, many(`10.0.${at >> 8}.${at & 255}`, 50))
  t.equal(kept('192.168.1.9', 300) + kept('@ada', 50), 350, '20,000 of 400 other machines push out none')
  short.add('10.0.0.1', many('more', 6000))
  t.equal(kept('192.168.1.9', 300), 300)
  t.ok(short.find('more-5999') !== undefined && kept('more', 6000) < 1000, 'one that has too many loses its own')
  t.not(short.secretFor('10.0.0.1'), short.secretFor('10.0.0.2'), 'keys of one client say nothing of another')
  t.equal(
    createShortAddresses(openMemory(), most).secretFor('a') === short.secretFor('a'),
    false,
    'and each store has its own'
  )
  t.end()
})

t.test('short addresses', async t => {
  const found = (short: ShortAddresses, most: number): Array<string | undefined> =>
    Array.from({ length: most }, (_, at) => short.find(`key-${at}`))
  for (const [name, open] of [
    ['memory', openMemory],
    ['lmdb', () => openStore(t.testdir(), message => t.fail(message))]
  ] as const) {
    const store = open()
    const written = async (): Promise<void> => {
      await sleep(50)
    }
    const short = createShortAddresses(store, 3)
    short.add('me', [
      { key: 'key-0', address: 'http://a.test/0' },
      { key: 'key-1', address: 'http://a.test/1' },
      { key: 'key-2', address: 'http://a.test/2' }
    ])
    await written()
    short.add('me', [{ key: 'key-1', address: 'http://a.test/other' }])
    await written()
    t.strictSame(
      found(short, 3),
      ['http://a.test/0', 'http://a.test/1', 'http://a.test/2'],
      `${name}: a key that is taken stays`
    )
    short.add('me', [
      { key: 'key-3', address: 'http://a.test/3' },
      { key: 'key-4', address: `http://a.test/${'x'.repeat(9000)}` }
    ])
    await written()
    t.strictSame(
      found(short, 5),
      [undefined, 'http://a.test/1', 'http://a.test/2', 'http://a.test/3', undefined],
      `${name}: the oldest goes, and none is longer than servers take`
    )
    // One that was last used on another day is used again: it is the newest now.
    store.set('long key-1', { address: 'http://a.test/1', client: 'me', slot: 1, day: 1 }, 3600)
    await written()
    const again = createShortAddresses(store, 3)
    t.equal(again.find('key-1'), 'http://a.test/1', `${name}: another start`)
    await written()
    again.add('me', [{ key: 'key-5', address: 'http://a.test/5' }])
    await written()
    t.strictSame(
      found(again, 6),
      [undefined, 'http://a.test/1', undefined, 'http://a.test/3', undefined, 'http://a.test/5'],
      `${name}: what is used lasts longer`
    )
    await store.close()
  }
})

t.test('stores', async t => {
  const folder = t.testdir()
  for (const [name, store] of [
    ['memory', openMemory()],
    ['lmdb', openStore(folder, message => t.fail(message))]
  ] as const) {
    t.equal(store.get('nothing'), undefined, name)
    store.set('text', 'one')
    store.set('text', 'two')
    store.set('object', { profile: 'nav3', list: [1, 2] })
    store.set('short', true, 1)
    t.equal(store.get('short'), true, `${name}: before its end`)
    store.set('long', true, 3600)
    await sleep(20)
    t.equal(store.get('text'), 'two', name)
    t.strictSame(store.get('object'), { profile: 'nav3', list: [1, 2] }, name)
    await sleep(1100)
    t.equal(store.get('short'), undefined, `${name}: after its end`)
    t.equal(store.get('long'), true, name)
    await store.close()
  }
  const again = openStore(folder, message => t.fail(message))
  t.equal(again.get('text'), 'two', 'what was written survives')
  t.equal(again.get('short'), undefined)
  t.equal(again.get('long'), true)
  await again.close()

  const warnings: string[] = []
  const fallback = openStore(`${folder}/retrograde.lmdb/inside-a-file`, message => warnings.push(message))
  fallback.set('a', 1)
  t.equal(fallback.get('a'), 1, 'a folder that cannot be made leaves a memory')
  t.match(warnings, [/The store cannot be written \(.*inside-a-file/])
  t.throws(() => readAuthorities(`${folder}/missing.pem`), /ENOENT/)
  t.equal(readAuthorities(''), undefined)
})

t.test('the door', async t => {
  type Script = Readonly<Record<string, { status?: number; location?: string; error?: string }>>
  const refused = { error: 'ECONNREFUSED' }

  /** A door over a dispatcher that answers from a table; resolves to what came of one request, and what was asked. */
  async function ask(
    script: Script,
    address: string,
    { method = 'GET', hosts = createSecureHosts(openMemory()), maxRedirects = 3, maxConnectionsPerRequest = 100 } = {}
  ): Promise<{ came: string; asked: string[]; hosts: typeof hosts }> {
    const asked: string[] = []
    const dispatcher = {
      async request({ origin, path, method: how }: { origin: string; path: string; method: string }) {
        asked.push(`${how} ${origin}${path}`)
        const { status = 200, location, error } = script[`${origin}${path}`] ?? {}
        if (error !== undefined) throw Object.assign(new Error(error), { code: error })
        return {
          statusCode: status,
          headers: location === undefined ? {} : { location },
          body: { dump: async () => {}, once() {} }
        }
      }
    } as unknown as Dispatcher
    const url = new URL(address)
    const door = createDoor({
      askLeniently: () => Promise.reject(new Error('not asked')),
      dispatcher,
      secureHosts: hosts,
      maxRedirects,
      responseTimeoutSeconds: 30,
      maxConnectionsPerRequest
    })
    const came = await door
      .fetch({ url, method, headers: {}, signal: new AbortController().signal, cookies: NO_COOKIES })
      .then(
        ({ status, url: from }) => `${status} ${from.href}`,
        (error: unknown) => (error as Failure).code
      )
    return { came, asked, hosts }
  }

  const secureOnly: Script = { 'http://a.test/x?y': { status: 301, location: 'https://a.test/x?y' } }
  const first = await ask(secureOnly, 'http://a.test/x?y')
  t.equal(first.came, '200 https://a.test/x?y', 'the same address by https is followed inside')
  t.strictSame(first.asked, ['GET http://a.test/x?y', 'GET https://a.test/x?y'])
  t.strictSame(
    (await ask(secureOnly, 'http://a.test/x?y', { hosts: first.hosts })).asked,
    ['GET https://a.test/x?y'],
    'and remembered'
  )
  t.strictSame(
    (await ask({}, 'http://a.test:8080/', { hosts: first.hosts })).asked,
    ['GET http://a.test:8080/'],
    'not for another port'
  )

  t.equal(
    (await ask({ 'http://a.test/': refused }, 'http://a.test/')).came,
    '200 https://a.test/',
    'nobody at port 80: https'
  )
  t.equal(
    (await ask({ 'http://a.test/': { error: 'ETIMEDOUT' } }, 'http://a.test/')).came,
    '200 https://a.test/',
    'silence at port 80: https'
  )
  t.equal(
    (await ask({ 'http://a.test/': refused, 'https://a.test/': { error: 'ETIMEDOUT' } }, 'http://a.test/')).came,
    'CONNECTION_REFUSED',
    'the first error is the one that is told'
  )
  t.strictSame(
    await ask({ 'http://a.test/': { error: 'ENOTFOUND' } }, 'http://a.test/').then(({ came, asked }) => [
      came,
      asked.length
    ]),
    ['NAME_NOT_FOUND', 1],
    'a name that is not there is not asked twice'
  )
  t.equal((await ask({ 'https://a.test/': { error: 'CERT_HAS_EXPIRED' } }, 'https://a.test/')).came, 'BAD_CERTIFICATE')

  t.equal(
    (await ask({ 'https://a.test/': { status: 301, location: 'http://a.test/' } }, 'https://a.test/')).came,
    '200 http://a.test/',
    'http-only sites'
  )
  t.equal(
    (await ask({ 'http://a.test/': { status: 302, location: '/' } }, 'http://a.test/')).came,
    'REDIRECT_LOOP',
    'to itself'
  )
  t.equal(
    (
      await ask(
        {
          'http://a.test/': { status: 302, location: 'https://a.test/' },
          'https://a.test/': { status: 302, location: 'http://a.test/' }
        },
        'http://a.test/'
      )
    ).came,
    'REDIRECT_LOOP',
    'to and fro'
  )
  t.equal(
    (await ask({ 'http://a.test/': { status: 302, location: '/b' } }, 'http://a.test/')).came,
    '302 http://a.test/',
    'elsewhere is the client’s'
  )
  t.equal(
    (await ask({ 'http://a.test/': { status: 302, location: 'https://www.a.test/' } }, 'http://a.test/')).came,
    '302 http://a.test/',
    'so is another host'
  )
  t.equal(
    (await ask({ 'http://a.test/': { status: 302, location: 'ftp://a.test/' } }, 'http://a.test/')).came,
    '302 http://a.test/'
  )

  const posted = await ask({ 'https://a.test/form': { status: 303, location: '/form' } }, 'http://a.test/form', {
    method: 'POST'
  })
  t.strictSame(
    posted.asked,
    ['HEAD https://a.test/', 'POST https://a.test/form'],
    'a form is sent once, by the scheme that the host speaks'
  )
  t.equal(posted.came, '303 https://a.test/form', 'its redirect to itself is the client’s')
  t.strictSame((await ask({ 'https://a.test/': refused }, 'http://a.test/form', { method: 'POST' })).asked, [
    'HEAD https://a.test/',
    'POST http://a.test/form'
  ])
  t.strictSame(
    (await ask({}, 'http://a.test/form', { method: 'POST', hosts: first.hosts })).asked,
    ['POST https://a.test/form'],
    'without a question where it is known'
  )
  t.equal(
    (await ask({ 'https://a.test/form': { error: 'ECONNRESET' } }, 'http://a.test/form', { method: 'POST' })).came,
    'CONNECTION_LOST',
    'and never sent twice'
  )
})
