import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import t from 'tap'
import { ask, get } from '../helpers/client.js'
import { startProxy } from '../helpers/proxy.js'
import { startRawOrigin } from '../helpers/raw-origin.js'

// What browsers and curl take and a strict parser refuses: small servers of hobbyists, CGI scripts that write their own
// heads, radios, and servers of the 1990s.

const PAGE = '<html><head><title>T</title></head><body><p>HELLO HELLO</p></body></html>'
const LENGTH = `Content-Length: ${PAGE.length}\r\n`
const TYPE = 'Content-Type: text/html\r\n'
const SIZE = PAGE.length.toString(16)
const CHUNKS = `${SIZE}\r\n${PAGE}\r\n0\r\n\r\n`

const READ: Readonly<Record<string, string>> = {
  'bare LF': `HTTP/1.1 200 OK\nContent-Type: text/html\nContent-Length: ${PAGE.length}\n\n${PAGE}`,
  'LF and CR LF': `HTTP/1.1 200 OK\r\nServer: x\n${TYPE}${LENGTH}\r\n${PAGE}`,
  'padded sizes of chunks': `HTTP/1.1 200 OK\r\n${TYPE}Transfer-Encoding: chunked\r\n\r\n${SIZE}  \r\n${PAGE}\r\n0  \r\n\r\n`,
  'chunks with LF': `HTTP/1.1 200 OK\r\n${TYPE}Transfer-Encoding: chunked\r\n\r\n${SIZE}\n${PAGE}\n0\n\n`,
  'a last chunk without an empty line': `HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n${TYPE}\n${SIZE};a=b\n${PAGE}\n0\n`,
  'a length beside chunks': `HTTP/1.1 200 OK\r\n${TYPE}${LENGTH}Transfer-Encoding: chunked\r\n\r\n${CHUNKS}`,
  'the same length twice': `HTTP/1.1 200 OK\r\n${TYPE}${LENGTH}${LENGTH}\r\n${PAGE}`,
  'the same length in a list': `HTTP/1.1 200 OK\r\n${TYPE}Content-Length: ${PAGE.length}, ${PAGE.length}\r\n\r\n${PAGE}`,
  'a folded field': `HTTP/1.1 200 OK\r\n${TYPE}Set-Cookie: a=b;\r\n  path=/\r\n${LENGTH}\r\n${PAGE}`,
  'a blank before a colon': `HTTP/1.1 200 OK\r\nServer : x\r\n${TYPE}${LENGTH}\r\n${PAGE}`,
  'a name with blanks': `HTTP/1.1 200 OK\r\n${TYPE}Access Control (x): y\r\n${LENGTH}\r\n${PAGE}`,
  'a line without a colon': `HTTP/1.1 200 OK\r\n${TYPE}JunkLine\r\n${LENGTH}\r\n${PAGE}`,
  'an unasked 100': `HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n${TYPE}${LENGTH}\r\n${PAGE}`,
  'two blanks': `HTTP/1.1  200 OK\r\n${TYPE}${LENGTH}\r\n${PAGE}`,
  'a wrong version': `HTTP/2 200\r\n${TYPE}${LENGTH}\r\n${PAGE}`,
  'a radio': `ICY 200 OK\r\n${TYPE}\r\n${PAGE}`,
  'no length': `HTTP/1.1 200 OK\nContent-Type: text/html\n\n${PAGE}`,
  'a type twice': `HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n${TYPE}${LENGTH}\r\n${PAGE}`,
  'a coding twice': `HTTP/1.1 200 OK\r\n${TYPE}Content-Encoding: identity\r\nContent-Encoding: identity\r\n${LENGTH}\r\n${PAGE}`,
  'a type without a semicolon': `HTTP/1.1 200 OK\r\nContent-Type: text/html charset=utf-8\r\n${LENGTH}\r\n${PAGE}`,
  'half a type': `HTTP/1.1 200 OK\r\nContent-Type: html\r\n${LENGTH}\r\n${PAGE}`,
  'two types in one': `HTTP/1.1 200 OK\r\nContent-Type: text/html, text/html; charset=utf-8\r\n${LENGTH}\r\n${PAGE}`
}
/** Read as far as they came. */
const CUT: Readonly<Record<string, string>> = {
  'chunks that end in one': `HTTP/1.1 200 OK\n${TYPE}Transfer-Encoding: chunked\n\nfff\n${PAGE}`,
  'chunks without the last': `HTTP/1.1 200 OK\n${TYPE}Transfer-Encoding: chunked\n\n${SIZE}\n${PAGE}\n`,
  'chunks with something else behind': `HTTP/1.1 200 OK\n${TYPE}Transfer-Encoding: chunked\n\n${SIZE}\n${PAGE}\nhello\n`
}
const REFUSED: Readonly<Record<string, string>> = {
  'two lengths': `HTTP/1.1 200 OK\r\n${TYPE}Content-Length: 1\r\nContent-Length: 2\r\n\r\n${PAGE}`,
  'no HTTP': 'SSH-2.0-OpenSSH_9.2\r\n\r\n',
  'announcements without end': `${'HTTP/1.1 100 Continue\r\n\r\n'.repeat(50)}HTTP/1.1 200 OK\r\n\r\n${PAGE}`,
  'a head without end': `HTTP/1.1 200 OK\n${'X: y\n'.repeat(20_000)}`
}

const origin = await startRawOrigin(t)
origin.says('site.test:443', 'HTTP/1.1 502 No\r\nContent-Length: 0\r\n\r\n')
const straight = await startProxy(t, { 'allow-hosts': '127.0.0.1', conversions: 1 })
const byProxy = await startProxy(t, { 'upstream-proxy': origin.at('/'), conversions: 1 })
const ways = [
  { how: 'straight', port: straight.port, address: origin.at('/page'), asked: '/page' },
  { how: 'by an upstream proxy', port: byProxy.port, address: 'http://site.test/page', asked: 'http://site.test/page' }
]

for (const { how, port, address, asked } of ways) {
  t.test(`answers that are written in their own way, ${how}`, async t => {
    for (const [name, bytes] of Object.entries(READ)) {
      origin.says(asked, bytes)
      const { status, text } = await get(port, address)
      t.match({ status, text }, { status: 200, text: /HELLO HELLO/ }, name)
      t.notMatch(text, /end of the page is missing/, `${name}, to its end`)
    }
    for (const [name, bytes] of Object.entries(CUT)) {
      origin.says(asked, bytes)
      const { status, text } = await get(port, address)
      t.match({ status, text }, { status: 200, text: /HELLO HELLO[^]*end of the page is missing/ }, name)
    }
    origin.says(asked, `HTTP/1.1 999 Denied\r\n${TYPE}${LENGTH}\r\n${PAGE}`)
    const { status, text } = await get(port, address)
    t.match({ status, text }, { status: 500, text: /HELLO HELLO/ }, 'a status of no kind')
    for (const [name, bytes] of Object.entries(REFUSED)) {
      origin.says(asked, bytes)
      const { status, text } = await get(port, address)
      t.match({ status, text }, { status: 502, text: /BAD_ANSWER|CONNECTION_LOST|UPSTREAM_PROXY/ }, name)
    }
    for (let looks = 0; looks < 30 && origin.connections() > 0; looks++) await sleep(100)
    t.equal(origin.connections(), 0, 'no connection is left open')
  })
}

t.test('a file that was cut does not look whole', async t => {
  const half = randomBytes(100_000)
  const head = 'HTTP/1.1 200 OK\r\nContent-Type: application/x-thing\r\n'
  const size = (2 * half.length).toString(16)
  origin.says('/chunks', Buffer.concat([Buffer.from(`${head}Transfer-Encoding: chunked\r\n\r\n${size}\r\n`), half]))
  const packed = gzipSync(half).subarray(0, 50_000)
  const coded = `${head}Content-Encoding: gzip\r\nContent-Length: ${packed.length}\r\n\r\n`
  origin.says('/gzip', Buffer.concat([Buffer.from(coded), packed]))
  origin.says('/length', Buffer.concat([Buffer.from(`${head}Content-Length: ${2 * half.length}\r\n\r\n`), half]))
  for (const path of ['/chunks', '/gzip']) {
    t.equal((await get(straight.port, origin.at(path))).end, 'reset', `${path}: HTTP/1.0 has no other way`)
    const target = origin.at(path)
    const { raw } = await ask(straight.port, `GET ${target} HTTP/1.1\r\nHost: ${new URL(target).host}\r\n\r\n`)
    t.match(raw, /transfer-encoding: chunked/i)
    t.notMatch(raw, /\r\n0\r\n\r\n$/, `${path}: the last chunk of HTTP/1.1 is missing`)
    // No head, so that only the end of the connection tells.
    t.equal((await ask(straight.port, `GET ${target}\r\n`)).end, 'reset', `${path}: HTTP/0.9`)
  }
  const { headers, body, end } = await get(straight.port, origin.at('/length'))
  t.equal(end, 'closed', 'its length tells')
  t.match(headers, { 'content-length': String(2 * half.length) })
  t.ok(body.equals(half), 'what has come is sent')
})
