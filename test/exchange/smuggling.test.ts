import { once } from 'node:events'
import net, { type AddressInfo, type Socket } from 'node:net'
import t from 'tap'
import { ask } from '../helpers/client.js'
import { startProxy } from '../helpers/proxy.js'

/** An upstream proxy that reads each request to its end by the lengths that it says, and shows their heads. */
const heads: string[] = []
let says = 'HTTP/1.1 200 OK\r\nContent-Type: application/x-test\r\nContent-Length: 2\r\n\r\nok'
const upstream = net
  .createServer((socket: Socket) => {
    let text = ''
    socket
      .on('error', () => {})
      .on('data', (chunk: Buffer) => {
        text += chunk.toString('latin1')
        for (let end = text.indexOf('\r\n\r\n'); end >= 0; end = text.indexOf('\r\n\r\n')) {
          const head = text.slice(0, end)
          const chunked = /^transfer-encoding: *chunked/im.test(head)
          const last = chunked ? text.indexOf('0\r\n\r\n', end + 4) : 0
          if (last < 0) return
          const bodyEnd = chunked ? last + 5 : end + 4 + Number(/^content-length: *(\d+)/im.exec(head)?.[1] ?? 0)
          if (text.length < bodyEnd) return
          heads.push(head)
          text = text.slice(bodyEnd)
          if (head.startsWith('CONNECT')) return void socket.end('HTTP/1.1 502 No\r\nContent-Length: 0\r\n\r\n')
          socket.write(Buffer.from(says, 'latin1'))
        }
      })
  })
  .listen(0, '127.0.0.1')
await once(upstream, 'listening')
t.teardown(() => upstream.close())
const proxy = await startProxy(t, {
  'upstream-proxy': `http://127.0.0.1:${(upstream.address() as AddressInfo).port}/`,
  conversions: 1,
  'head-timeout-seconds': 1,
  'upload-pause-seconds': 1,
  'keep-alive-timeout-seconds': 1
})

/** Comes as a request of its own only where somebody takes the end of a body for another place. */
const HIDDEN = 'GET http://hidden.test/ HTTP/1.1\r\nHost: hidden.test\r\n\r\n'
const post = (fields: string, body = HIDDEN, version = '1.1'): string =>
  `POST http://site.test/ HTTP/${version}\r\nHost: site.test\r\nContent-Type: text/plain\r\n${fields}\r\n${body}`
const length = (value: string | number): string => `Content-Length: ${value}\r\n`
const CHUNKED = 'Transfer-Encoding: chunked\r\n'
const EMPTY = '0\r\n\r\n'
const whole = length(HIDDEN.length)

/** Requests whose end is in doubt, or whose body looks like a request. */
const VECTORS: Readonly<Record<string, string>> = {
  'a length, then chunks': post(length(EMPTY.length) + CHUNKED, EMPTY + HIDDEN),
  'chunks, then a length': post(CHUNKED + length(3), `${HIDDEN.length.toString(16)}\r\n${HIDDEN}\r\n${EMPTY}`),
  'two lengths': post(length(0) + whole),
  'two lengths, the other way': post(whole + length(0)),
  ...Object.fromEntries(
    [
      '0, 9',
      '+0',
      '-0',
      '-1',
      '0x0',
      '',
      '0e0',
      '0_0',
      '0.0',
      '0 0',
      '9'.repeat(20),
      '4294967296',
      '18446744073709551616'
    ].map(value => [`a length of ${value}`, post(length(value))])
  ),
  ...Object.fromEntries(
    [
      'Content-Length : 0',
      'Content -Length: 0',
      ' Content-Length: 0',
      'X: y\r\n\tContent-Length: 0',
      'Content-Length: 0\r\n 5',
      'Content-Length\0: 0',
      'Content_Length: 0',
      'X: y\rContent-Length: 0',
      '\x0bContent-Length: 0'
    ].map(field => [`${JSON.stringify(field)} and the right one`, post(`${field}\r\n${whole}`)])
  ),
  ...Object.fromEntries(
    [
      'xchunked',
      'x, chunked',
      'chunked, x',
      'identity',
      '"chunked"',
      'chunked;q=0',
      'Chunked\0',
      '\x0bchunked',
      'chun\rked',
      'gzip, chunked'
    ].map(coding => [`coding ${JSON.stringify(coding)} and a length`, post(`Transfer-Encoding: ${coding}\r\n${whole}`)])
  ),
  ...Object.fromEntries(
    [
      'Transfer-Encoding : chunked',
      ' Transfer-Encoding: chunked',
      'Transfer_Encoding: chunked',
      'Transfer-Encoding\r: chunked',
      'Transfer-\0Encoding: chunked',
      'X: y\rTransfer-Encoding: chunked'
    ].map(field => [`${JSON.stringify(field)} and a length`, post(`${field}\r\n${whole}`)])
  ),
  'chunks in 1.0': post(CHUNKED, EMPTY + HIDDEN, '1.0'),
  ...Object.fromEntries(
    [
      '-1\r\n\r\n',
      '10000000000000000\r\nab\r\n',
      '0x2\r\nab\r\n',
      '2\r\nabcd\r\n',
      'zz\r\nab\r\n',
      '2 \x0b\r\nab\r\n',
      '2;a\nb\r\nab\r\n'
    ].map(chunk => [`a chunk ${JSON.stringify(chunk)}`, post(CHUNKED, chunk + EMPTY + HIDDEN)])
  ),
  'a body of GET': `GET http://site.test/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n${whole}\r\n${HIDDEN}`,
  'a body of HEAD': `HEAD http://site.test/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n${whole}\r\n${HIDDEN}`,
  'a body of a refused request': `POST http://127.0.0.1/ HTTP/1.1\r\nHost: x\r\n${whole}\r\n${HIDDEN}`,
  'a body of a host that is none': `POST http://a$b.test/ HTTP/1.1\r\nHost: x\r\n${whole}\r\n${HIDDEN}`,
  'a body of a page of ours': `POST http://retrograde/settings HTTP/1.1\r\nHost: x\r\n${whole}\r\n${HIDDEN}`,
  'a body of an unknown method': `BREW http://site.test/ HTTP/1.1\r\nHost: x\r\n${whole}\r\n${HIDDEN}`,
  'an upgrade': post(`Upgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings\r\n${whole}`),
  'a web socket': `GET http://site.test/ HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n${whole}\r\n${HIDDEN}`,
  'behind HTTP/0.9': `GET http://site.test/\r\n${HIDDEN}`,
  'behind HTTP/1.0': `GET http://site.test/ HTTP/1.0\r\n\r\n${HIDDEN}`,
  'behind Connection: close': `GET http://site.test/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n${HIDDEN}`,
  'behind CONNECT': `CONNECT site.test:443 HTTP/1.1\r\n\r\n${HIDDEN}`,
  'behind the preface of HTTP/2': `PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n${HIDDEN}`
}

t.test('no body is taken for a request', async t => {
  heads.length = 0
  // Most of them wait for the end of a time: they do it together, each with a hidden host of its own, equally long.
  await Promise.all(
    Object.entries(VECTORS).map(async ([name, raw], at) => {
      const hidden = `h${String(at).padStart(5, '0')}.test`
      const answer = await ask(proxy.port, raw.replaceAll('hidden.test', hidden), { timeoutSeconds: 60 })
      const said = `${name}: ${/HTTP\S+ \d+/.exec(answer.raw)?.[0] ?? answer.end}`
      t.notOk(heads.join('\n\n').includes(hidden), said)
    })
  )
  t.notMatch(heads.join('\n\n'), /h\d{5}\.test/, 'nor later')
})

t.test('no field is made by what a client sends', async t => {
  const ends = [
    '%0d%0aX-Evil: 1',
    '%0AX-Evil:1',
    '\rX-Evil: 1',
    '\u0085X-Evil: 1',
    '%E5%98%8A%E5%98%8DX-Evil: 1',
    '\x0b\x0cX-Evil: 1',
    '\0X-Evil: 1'
  ]
  const places: ReadonlyArray<(text: string) => string> = [
    text => `GET http://site.test/${text} HTTP/1.0\r\n\r\n`,
    text => `GET http://site.test/?q=${text} HTTP/1.0\r\n\r\n`,
    text => `GET http://site.test${text}/ HTTP/1.0\r\n\r\n`,
    text => `GET / HTTP/1.0\r\nHost: site.test${text}\r\n\r\n`,
    text => `GET http://retrograde/go?url=http://site.test/${text} HTTP/1.0\r\n\r\n`,
    text => `GET http://retrograde/read?url=site.test/${text} HTTP/1.0\r\n\r\n`,
    text => `GET http://retrograde/search?q=http://site.test/${text} HTTP/1.0\r\n\r\n`,
    ...[
      'Referer: http://site.test/',
      'Accept-Language: en',
      'Cookie: a=',
      'User-Agent: Mozilla/3.04',
      'If-None-Match: "a"',
      'Range: bytes=0-',
      'Authorization: Basic eDp5'
    ].map(field => (text: string) => `GET http://site.test/ HTTP/1.0\r\n${field}${text}\r\n\r\n`),
    text =>
      `POST http://site.test/ HTTP/1.0\r\nContent-Type: application/x-www-form-urlencoded${text}\r\nContent-Length: 3\r\n\r\na=b`,
    text => `CONNECT site.test${text}:443 HTTP/1.0\r\n\r\n`
  ]
  for (const end of ends) {
    for (const place of places) {
      heads.length = 0
      const answer = await ask(proxy.port, place(end))
      t.notMatch(heads.join('\n'), /[\r\n]X-Evil/i, `upstream: ${JSON.stringify(place(end).slice(0, 80))}`)
      t.notMatch(answer.raw.split('\r\n\r\n')[0], /[\r\n]X-Evil|[\0\x0b\x0c]/i, 'to the client')
    }
  }
})

t.test('no field is made by what an origin sends', async t => {
  const evil = ['\rX-Evil: 1', '%0d%0aX-Evil: 1', '\x0bX-Evil: 1', '\x1bX-Evil: 1', '\u008dX-Evil: 1', '\x7fX-Evil: 1']
  for (const name of [
    'Location: http://site.test/',
    'Content-Type: application/x-test',
    'Content-Disposition: attachment; filename="a',
    'Set-Cookie: a=b',
    'WWW-Authenticate: Basic realm="a',
    'ETag: "a',
    'Last-Modified: x',
    'Refresh: 0;url=http://site.test/',
    'Expires: x',
    'Content-Range: bytes 0-1/2'
  ]) {
    for (const [at, end] of evil.entries()) {
      says = `HTTP/1.1 ${name.startsWith('Location') ? 302 : name.startsWith('WWW') ? 401 : 200} X\r\n${name}${end}\r\n${name.startsWith('Content-Type') ? '' : 'Content-Type: application/x-test\r\n'}Content-Length: 2\r\n\r\nok`
      const answer = await ask(
        proxy.port,
        `GET http://site.test/${at} HTTP/1.0\r\nUser-Agent: Mozilla/3.04 (Win95; I)\r\n\r\n`
      )
      t.notMatch(
        answer.raw.split('\r\n\r\n')[0]!.replaceAll('\r\n', '|'),
        /[\r\n]|[\0\x0b\x1b\x7f]/,
        `${name}${JSON.stringify(end)}`
      )
    }
  }
})

t.test('no answer within an answer reaches another request', async t => {
  const evil = 'HTTP/1.1 200 OK\r\nContent-Type: application/x-test\r\nContent-Length: 4\r\n\r\nEVIL'
  const type = 'Content-Type: application/x-test\r\n'
  const answersWithin = [
    `HTTP/1.1 200 OK\r\n${type}Content-Length: 2\r\n\r\nok${evil}`,
    `HTTP/1.1 204 No\r\n${type}\r\n${evil}`,
    `HTTP/1.1 304 No\r\nContent-Length: 4\r\n\r\n${evil}`,
    `HTTP/1.1 103 Hints\r\n\r\nHTTP/1.1 200 OK\r\n${type}Content-Length: 2\r\n\r\nok${evil}`,
    `HTTP/1.1 200 OK\r\n${type}Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n${evil}`,
    `HTTP/1.1 200 OK\r\n${type}Transfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n${evil}`,
    `HTTP/1.1 101 Switch\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n${evil}`
  ]
  for (const method of ['GET', 'HEAD']) {
    for (const bytes of answersWithin) {
      says = bytes
      await ask(proxy.port, `${method} http://site.test/first HTTP/1.0\r\n\r\n`)
      says = `HTTP/1.1 200 OK\r\n${type}Content-Length: 4\r\n\r\nGOOD`
      for (let at = 0; at < 2; at++)
        t.notMatch(
          (await ask(proxy.port, `GET http://site.test/next${at} HTTP/1.0\r\n\r\n`)).text,
          /EVIL/,
          JSON.stringify(bytes.slice(0, 60))
        )
    }
  }
})
