import { readFileSync } from 'node:fs'
import http from 'node:http'
import net, { type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import t, { type Test } from 'tap'
import { badRequestStatus, type BadRequestReason } from '../../src/front/head/bad-request.js'
import { connectionHeaders, keepAliveAsked } from '../../src/front/head/keep-alive.js'
import type { FrontLimits } from '../../src/front/limits.js'
import { mendHead, normaliseHead } from '../../src/front/head/normalise.js'
import { createFrontServer } from '../../src/front/server.js'
import { isSimple } from '../../src/front/head/simple.js'
import { random } from '../helpers/context.js'
import { GOLDEN, goldenFiles } from '../helpers/golden.js'

/** A request as the handler of the node server saw it. */
interface ResponseFacts {
  method: string
  target: string
  version: string
  headers: http.IncomingHttpHeaders
  body: string
  simple: boolean
}

interface Front {
  port: number
  server: http.Server
  seen: ResponseFacts[]
  /** Why bytes were closed upon without an answer */
  dropped: string[]
  connections: () => Promise<number>
}

type Handler = (request: http.IncomingMessage, answer: http.ServerResponse) => void

const quick: Partial<FrontLimits> = { headTimeoutSeconds: 0.3, keepAliveTimeoutSeconds: 0.3, lingerSeconds: 0.3 }

/** A front on a free port, closed at the end of the test; the test fails if a socket is left then. */
async function startFront(test: Test, handler: Handler = echo, limits: Partial<FrontLimits> = {}): Promise<Front> {
  const seen: ResponseFacts[] = []
  const dropped: string[] = []
  const server = createFrontServer({
    limits: { lingerSeconds: 0.5, ...limits },
    onConnect: request => {
      seen.push(describe(request, ''))
      return { kind: 'refused', answer: Buffer.from('HTTP/1.0 405 No Tunnels\r\nContent-Length: 2\r\n\r\nno') }
    },
    onBadRequest: (reason: BadRequestReason) =>
      Buffer.from(`HTTP/1.0 ${badRequestStatus(reason)} Bad\r\n\r\n${reason}`),
    onDropped: reason => dropped.push(reason),
    handler: (request, answer) => {
      let body = ''
      request.setEncoding('latin1').on('data', (part: string) => {
        body += part
      })
      request.on('end', () => {
        seen.push(describe(request, body))
        handler(request, answer)
      })
    }
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const connections = () => new Promise<number>(resolve => server.getConnections((_error, count) => resolve(count)))
  test.teardown(async () => {
    for (let waited = 0; waited < 3000 && (await connections()) > 0; waited += 20) await sleep(20)
    const left = await connections()
    server.closeAllConnections()
    await new Promise(resolve => server.close(resolve))
    if (left > 0) throw new Error(`${left} sockets are left`)
  })
  return { port: (server.address() as AddressInfo).port, server, seen, dropped, connections }
}

function describe(request: http.IncomingMessage, body: string): ResponseFacts {
  const { method = '', url: target = '', httpVersion: version, headers } = request
  return { method, target, version, headers, body, simple: isSimple(request) }
}

function echo(request: http.IncomingMessage, answer: http.ServerResponse): void {
  const body = `<${request.method} ${request.url}>`
  answer.setHeader('Content-Length', body.length)
  answer.end(body)
}

interface ClientOptions {
  /** Ends the client's side after the request. */
  halfClose?: boolean
  /** Hangs up when the answer matches; otherwise the server has to. */
  until?: RegExp
  timeoutSeconds?: number
}

interface Exchange {
  text: string
  /** How it ended: the server closed, the server reset, the client had enough, nothing happened. */
  end: 'closed' | 'reset' | 'enough' | 'hung'
}

/** Sends bytes (the parts with a pause between them) and collects what comes back. */
function exchange(port: number, raw: string | string[], options: ClientOptions = {}): Promise<Exchange> {
  return new Promise(resolve => {
    let text = ''
    let end: Exchange['end'] = 'closed'
    const socket = net.connect({ port, host: '127.0.0.1', allowHalfOpen: true }, () => void sendAll())
    const hangUp = (how: Exchange['end']) => {
      end = how
      socket.destroy()
    }
    const timer = setTimeout(() => hangUp('hung'), (options.timeoutSeconds ?? 4) * 1000)
    socket.setEncoding('latin1')
    socket.on('data', (part: string) => {
      text += part
      if (options.until?.test(text)) hangUp('enough')
    })
    socket.on('end', () => socket.end())
    socket.on('error', () => {
      end = 'reset'
    })
    socket.on('close', () => {
      clearTimeout(timer)
      resolve({ text, end })
    })
    async function sendAll(): Promise<void> {
      for (const [index, part] of [raw].flat().entries()) {
        if (index > 0) await sleep(40)
        if (!socket.writable) return
        socket.write(Buffer.from(part, 'latin1'))
      }
      if (options.halfClose) socket.end()
    }
  })
}

const statusOf = (text: string): number => Number(/^HTTP\/1\.[01] (\d{3}) \S/.exec(text)?.[1] ?? 0)
const headOf = (text: string): string => text.slice(0, text.indexOf('\r\n\r\n'))
const bodyOf = (text: string): string => text.slice(text.indexOf('\r\n\r\n') + 4)

// Recorded requests

interface Golden {
  raw: string
  expected: { request: string; simple: boolean; body: string | undefined; headers: [string, string][] }[]
}

function readGolden(name: string): Golden {
  const [request = '', expected = ''] = readFileSync(join(GOLDEN, 'requests', name), 'latin1').split(/^@@@\n/m)
  return { raw: unescapeRaw(request.replace(/^#.*\n/gm, '')), expected: expected.split(/^---\n/m).map(readExpected) }
}

/** In a golden file a byte is what is written, a line end is only the `\r\n` or `\n` that is spelled out. */
function unescapeRaw(text: string): string {
  return text
    .replaceAll('\n', '')
    .replace(/\\(r|n|x[0-9A-F]{2})/g, (_all, code: string) =>
      code === 'r' ? '\r' : code === 'n' ? '\n' : String.fromCharCode(parseInt(code.slice(1), 16))
    )
}

function readExpected(text: string): Golden['expected'][number] {
  const lines = text
    .split('\n')
    .filter(Boolean)
    .map(line => [line.split(':', 1)[0] ?? '', line.replace(/^[^:]*: ?/, '')] as const)
  const find = (name: string) => lines.find(([key]) => key === name)?.[1]
  const headers = lines
    .filter(([key]) => key.startsWith('header '))
    .map(([key, value]) => [key.slice(7), value] as [string, string])
  return { request: find('request') ?? '', simple: find('simple') === 'yes', body: find('body'), headers }
}

t.test('recorded requests of real browsers', async t => {
  for (const name of goldenFiles('requests')) {
    const { raw, expected } = readGolden(name)
    // Whole, split at every 7th byte, and byte by byte: it must make no difference.
    for (const size of [raw.length, 7, 1]) {
      await t.test(`${name} in pieces of ${size}`, async t => {
        const front = await startFront(t)
        const answers = await sendInPieces(front.port, raw, size, () => front.seen.length >= expected.length)
        t.equal(front.seen.length, expected.length, 'number of requests')
        expected.forEach((want, index) => {
          const got = front.seen[index]
          if (!got) return
          t.equal(`${got.method} ${got.target} ${got.version}`, want.request)
          t.equal(got.simple, want.simple, 'simple')
          if (want.body !== undefined) t.equal(got.body, want.body, 'body')
          for (const [field, value] of want.headers) t.equal(got.headers[field], value, field)
        })
        if (expected[0]?.simple) t.equal(answers, '<GET http://old.test/page>', 'the body alone')
        else
          t.match(
            answers,
            expected[0]?.request.endsWith('1.1') && !raw.startsWith('CONNECT')
              ? /^HTTP\/1\.1 200 OK\r\n/
              : /^HTTP\/1\.0 (200 OK|405 No)/
          )
      })
    }
  }
})

function sendInPieces(port: number, raw: string, size: number, isDone: () => boolean): Promise<string> {
  return new Promise(resolve => {
    let text = ''
    const send = async (): Promise<void> => {
      for (let at = 0; at < raw.length && socket.writable; at += size) {
        socket.write(Buffer.from(raw.slice(at, at + size), 'latin1'))
        if (size < raw.length) await new Promise(setImmediate)
      }
      for (let waited = 0; waited < 2000 && !isDone(); waited += 5) await sleep(5)
      await sleep(30)
      socket.end()
    }
    const socket = net.connect({ port, host: '127.0.0.1', noDelay: true }, () => void send())
    socket.setEncoding('latin1').on('data', (part: string) => {
      text += part
    })
    socket.on('error', () => {})
    socket.on('close', () => resolve(text))
  })
}

// What Node's parser alone refuses, hangs on, or takes

/** Name, raw request, status (0 = the body alone), target as the handler sees it. */
type RawCase = [name: string, raw: string, status: number, target?: string]

const host = 'Host: h\r\n'
const rawCases: RawCase[] = [
  ['1.0 without Host', 'GET http://h/p HTTP/1.0\r\n\r\n', 200, 'http://h/p'],
  ['1.0 with Proxy-Connection', 'GET http://h/p HTTP/1.0\r\nProxy-Connection: Keep-Alive\r\n\r\n', 200, 'http://h/p'],
  ['0.9', 'GET http://h/p\r\n', 0, 'http://h/p'],
  ['0.9, bare LF', 'GET http://h/p\n', 0, 'http://h/p'],
  ['0.9, blank line', 'GET http://h/p\r\n\r\n', 0, 'http://h/p'],
  ['0.9, lower case', 'get /p\r\n', 0, '/p'],
  ['0.9, blank in path', 'GET http://h/a b\r\n', 0, 'http://h/a%20b'],
  ['0.9, header lines after it', 'GET http://h/p\r\nAccept: */*\r\n\r\n', 0, 'http://h/p'],
  ['bare LF with header', 'GET http://h/p HTTP/1.0\nA: b\n\n', 200, 'http://h/p'],
  ['bare LF without header', 'GET http://h/p HTTP/1.0\n\n', 200, 'http://h/p'],
  ['LF and CRLF mixed', 'GET http://h/p HTTP/1.0\nA: b\r\n\n', 200, 'http://h/p'],
  ['CRLF and LF mixed', 'GET http://h/p HTTP/1.0\r\nA: b\n\r\n', 200, 'http://h/p'],
  ['CR CR LF', 'GET http://h/p HTTP/1.0\r\r\nA: b\r\r\n\r\r\n', 200, 'http://h/p'],
  ['bare CR', 'GET http://h/p HTTP/1.0\rA: b\r\r', 200, 'http://h/p'],
  ['lower-case version', 'GET http://h/p http/1.0\r\n\r\n', 200, 'http://h/p'],
  ['lower-case method', 'get http://h/p HTTP/1.0\r\n\r\n', 200, 'http://h/p'],
  ['mixed-case method', 'Get http://h/p HTTP/1.0\r\n\r\n', 200, 'http://h/p'],
  ['HTTP/1', 'GET http://h/p HTTP/1\r\n\r\n', 200, 'http://h/p'],
  ['HTTP/1.2', `GET http://h/p HTTP/1.2\r\n${host}Connection: close\r\n\r\n`, 200, 'http://h/p'],
  ['HTTP/2.0', `GET http://h/p HTTP/2.0\r\n${host}Connection: close\r\n\r\n`, 200, 'http://h/p'],
  ['HTTP/0.9 spelled out', 'GET http://h/p HTTP/0.9\r\n\r\n', 200, 'http://h/p'],
  ['blank after version', 'GET http://h/p HTTP/1.0 \r\n\r\n', 200, 'http://h/p'],
  ['blank in path', 'GET http://h/a b c HTTP/1.0\r\n\r\n', 200, 'http://h/a%20b%20c'],
  ['two blanks and tabs', 'GET  http://h/p\t HTTP/1.0\r\n\r\n', 200, 'http://h/p'],
  ['leading blank', ' GET http://h/p HTTP/1.0\r\n\r\n', 200, 'http://h/p'],
  ['1.1 without Host', 'GET http://h/p HTTP/1.1\r\nConnection: close\r\n\r\n', 200, 'http://h/p'],
  ['blank in field name', 'GET http://h/p HTTP/1.0\r\nFoo Bar: x\r\n\r\n', 200, 'http://h/p'],
  ['blank before colon', 'GET http://h/p HTTP/1.0\r\nUser-Agent : x\r\n\r\n', 200, 'http://h/p'],
  ['no colon', 'GET http://h/p HTTP/1.0\r\nnonsense\r\n\r\n', 200, 'http://h/p'],
  ['empty field name', 'GET http://h/p HTTP/1.0\r\n: x\r\n\r\n', 200, 'http://h/p'],
  ['folded line', 'GET http://h/p HTTP/1.0\r\nA: b\r\n c\r\n\r\n', 200, 'http://h/p'],
  ['folded first line', 'GET http://h/p HTTP/1.0\r\n c\r\nA: b\r\n\r\n', 200, 'http://h/p'],
  ['control bytes in value', 'GET http://h/p HTTP/1.0\r\nA: b\x00\x01\x7fc\r\n\r\n', 200, 'http://h/p'],
  ['Latin-1 in path', 'GET http://h/caf\xe9 HTTP/1.0\r\n\r\n', 200, 'http://h/caf%E9'],
  ['Shift_JIS in path', 'GET http://h/\x93\xfa\x96\xa0 HTTP/1.0\r\n\r\n', 200, 'http://h/%93%FA%96%A0'],
  ['control byte in path', 'GET http://h/a\x01b HTTP/1.0\r\n\r\n', 200, 'http://h/a%01b'],
  ['Latin-1 in host', 'GET http://caf\xe9.test/ HTTP/1.0\r\n\r\n', 200, 'http://caf%E9.test/'],
  ['odd bytes in path', 'GET http://h/\\|{}^"<>` HTTP/1.0\r\n\r\n', 200, 'http://h/\\|{}^"<>`'],
  ['fragment', 'GET http://h/p#f HTTP/1.0\r\n\r\n', 200, 'http://h/p#f'],
  ['path starts with //', 'GET //h/p HTTP/1.0\r\n\r\n', 200, '//h/p'],
  ['leading CRLFs', '\r\n\n\r\nGET http://h/p HTTP/1.0\r\n\r\n', 200, 'http://h/p'],
  ['8-bit header value', 'GET http://h/p HTTP/1.0\r\nA: caf\xe9\r\n\r\n', 200, 'http://h/p'],
  ['ftp', 'GET ftp://h/p HTTP/1.0\r\n\r\n', 200, 'ftp://h/p'],
  ['gopher', 'GET gopher://h/1p HTTP/1.0\r\n\r\n', 200, 'gopher://h/1p'],
  ['https in the clear', 'GET https://h/p HTTP/1.0\r\n\r\n', 200, 'https://h/p'],
  ['upper-case scheme', 'GET HTTP://h/p HTTP/1.0\r\n\r\n', 200, 'HTTP://h/p'],
  ['no path', 'GET http://h HTTP/1.0\r\n\r\n', 200, 'http://h'],
  ['query without path', 'GET http://h?x HTTP/1.0\r\n\r\n', 200, 'http://h?x'],
  ['userinfo', 'GET http://u:p@h/ HTTP/1.0\r\n\r\n', 200, 'http://u:p@h/'],
  ['underscore in host', 'GET http://a_b/ HTTP/1.0\r\n\r\n', 200, 'http://a_b/'],
  ['no host', 'GET http:///p HTTP/1.0\r\n\r\n', 200, 'http:///p'],
  ['news:', 'GET news:comp.infosystems HTTP/1.0\r\n\r\n', 200, '/.bad-target?news%3Acomp.infosystems'],
  ['about:', 'GET about:mozilla HTTP/1.0\r\n\r\n', 200, '/.bad-target?about%3Amozilla'],
  ['host without scheme', 'GET h/p HTTP/1.0\r\n\r\n', 200, '/.bad-target?h%2Fp'],
  ['fragment after host', 'GET http://h#f HTTP/1.0\r\n\r\n', 200, '/.bad-target?http%3A%2F%2Fh%23f'],
  ['odd byte in host', 'GET http://a|b/ HTTP/1.0\r\n\r\n', 200, '/.bad-target?http%3A%2F%2Fa%7Cb%2F'],
  ['odd scheme', 'GET x+y://h/ HTTP/1.0\r\n\r\n', 200, '/.bad-target?x%2By%3A%2F%2Fh%2F'],
  ['no target', 'GET HTTP/1.0\r\n\r\n', 200, '/'],
  ['star', 'OPTIONS * HTTP/1.0\r\n\r\n', 200, '*'],
  ['extra CRLF after POST', 'POST http://h/p HTTP/1.0\r\nContent-Length: 1\r\n\r\nx\r\n', 200, 'http://h/p'],
  ['noise after POST', 'POST http://h/p HTTP/1.0\r\nContent-Length: 1\r\n\r\nxyz \x00\xff', 200, 'http://h/p'],
  ['POST without length', 'POST http://h/p HTTP/1.0\r\n\r\nx=y', 200, 'http://h/p'],
  ['POST without version', 'POST http://h/p\r\nContent-Length: 1\r\n\r\nx', 200, 'http://h/p'],
  ['20 kB head', `GET http://h/p HTTP/1.0\r\nA: ${'x'.repeat(20_000)}\r\n\r\n`, 200, 'http://h/p'],
  ['60 kB of 8-bit path', `GET http://h/${'\xe9'.repeat(60_000)} HTTP/1.0\r\n\r\n`, 200],
  ['equal lengths', 'POST http://h/p HTTP/1.0\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\nx', 200, 'http://h/p'],
  ['length as a list', 'POST http://h/p HTTP/1.0\r\nContent-Length: 1, 1\r\n\r\nx', 200, 'http://h/p'],
  [
    'chunks',
    `POST http://h/p HTTP/1.1\r\n${host}Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n1\r\nx\r\n0\r\n\r\n`,
    200,
    'http://h/p'
  ],
  ['CONNECT', 'CONNECT h:443 HTTP/1.0\r\n\r\n', 405, 'h:443'],
  ['CONNECT, bare LF', 'CONNECT h:443 HTTP/1.0\nUser-Agent: x\n\n', 405, 'h:443'],
  ['CONNECT 1.1', 'CONNECT h:443 HTTP/1.1\r\nHost: h:443\r\n\r\n\x16\x03\x01', 405, 'h:443'],
  ['unknown method', 'BREW http://h/p HTTP/1.0\r\n\r\n', 501],
  ['two lengths', 'POST http://h/p HTTP/1.0\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nxy', 400],
  [
    'length and chunks',
    `POST http://h/p HTTP/1.1\r\n${host}Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
    400
  ],
  ['chunks in 1.0', 'POST http://h/p HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n', 400],
  ['chunks of unknown coding', `POST http://h/p HTTP/1.1\r\n${host}Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n`, 400],
  ['blank before colon of a length', 'POST http://h/p HTTP/1.0\r\nContent-Length : 1\r\n\r\nx', 400],
  ['NUL in the name of a length', 'POST http://h/p HTTP/1.0\r\nContent-Length\x00: 1\r\n\r\nx', 400],
  ['folded length', 'POST http://h/p HTTP/1.0\r\nContent-Length: 1\r\n 2\r\n\r\nx', 400],
  ['length with a sign', 'POST http://h/p HTTP/1.0\r\nContent-Length: +1\r\n\r\nx', 400],
  ['empty length', 'POST http://h/p HTTP/1.0\r\nContent-Length:\r\n\r\nx', 400],
  ['one word', 'hello\r\n\r\n', 400],
  ['noise', '\x00\xff\x01\x02', 400],
  ['noise in letters', 'ab\xff cd\r\nxx\r\n\r\n', 400],
  ['HTTP/2 preface', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 400],
  ['head above the limit', `GET http://h/p HTTP/1.0\r\nA: ${'x'.repeat(70_000)}\r\n\r\n`, 431],
  ['line above the limit', `GET http://h/${'x'.repeat(70_000)}`, 431]
]

t.test('every raw request gets an answer and a clean close', async t => {
  const front = await startFront(t)
  for (const [name, raw, status, target] of rawCases) {
    const isKept = raw.includes('Keep-Alive')
    const { text, end } = await exchange(front.port, raw, isKept ? { until: /<.*>$/ } : {})
    const seen = front.seen.pop()
    t.equal(end, isKept ? 'enough' : 'closed', `${name}: ${end}`)
    t.equal(statusOf(text), status, `${name}: status`)
    if (target !== undefined) t.equal(seen?.target, target, `${name}: target`)
    if (status === 0) t.equal(text, `<GET ${target}>`, `${name}: body alone`)
    if (status >= 400 && status !== 405) t.notOk(seen, `${name}: not seen by the handler`)
  }
})

t.test('header fields as the handler sees them', async t => {
  const front = await startFront(t)
  await exchange(
    front.port,
    'GET / HTTP/1.0\r\nFoo Bar: x\r\n dropped with it\r\nUser-Agent : a\x00b\r\n c\r\n\td \r\nX: \r\n y\rContent-Length: 5\r\nEmpty:\r\n\r\n'
  )
  t.same(front.seen[0]?.headers, { 'user-agent': 'a b c d', x: 'y Content-Length: 5', empty: '' })
})

// Connections

t.test('kept connections', async t => {
  const ask = (path: string, version: string, ...fields: string[]) =>
    `GET http://h/${path} HTTP/${version}\r\n${fields.map(field => `${field}\r\n`).join('')}\r\n`
  const keep = 'Proxy-Connection: Keep-Alive'

  await t.test('Netscape 3: kept, both names, 8-bit path second, until it stops asking', async t => {
    const front = await startFront(t)
    const { text, end } = await exchange(front.port, [
      ask('1', '1.0', keep),
      ask('\xe9', '1.0', keep),
      '\r\n',
      ask('3', '1.0')
    ])
    t.equal(end, 'closed')
    t.same(
      front.seen.map(({ target }) => target),
      ['http://h/1', 'http://h/%E9', 'http://h/3']
    )
    const heads = text.split(/(?=HTTP\/1\.0 )/).map(headOf)
    t.equal(heads.length, 3)
    t.match(heads[0], /\r\nConnection: Keep-Alive\r\nProxy-Connection: Keep-Alive\r\n/)
    t.match(heads[1], /\r\nConnection: Keep-Alive\r\nProxy-Connection: Keep-Alive\r\n/)
    t.match(heads[2], /\r\nConnection: close\r\n/)
    t.notMatch(text, /Keep-Alive: timeout/i)
  })
  await t.test('all three in one packet', async t => {
    const front = await startFront(t)
    const { text } = await exchange(
      front.port,
      ask('1', '1.0', keep) + '\r\n' + ask('2 2', '1.0', keep) + ask('3', '1.0')
    )
    t.equal(text.match(/HTTP\/1\.0 200 OK/g)?.length, 3)
    t.match(text, /<GET http:\/\/h\/1>[^]*<GET http:\/\/h\/2%202>[^]*<GET http:\/\/h\/3>$/)
  })
  await t.test('HTTP/1.1 pipelining, answers slower than requests', async t => {
    let delay = 60
    const front = await startFront(t, (request, answer) => setTimeout(echo, (delay -= 20), request, answer))
    const { text } = await exchange(
      front.port,
      ask('1', '1.1', 'Host: h') + ask('2', '1.1', 'Host: h') + ask('3', '1.1', 'Connection: close')
    )
    t.match(
      text,
      /^HTTP\/1\.1 200 OK[^]*<GET http:\/\/h\/1>[^]*<GET http:\/\/h\/2>[^]*Connection: close[^]*<GET http:\/\/h\/3>$/
    )
  })
  await t.test('a thousand requests in one write are answered one after the other', async t => {
    let underWay = 0
    let most = 0
    const later: Handler = (request, answer) => {
      most = Math.max(most, ++underWay)
      answer.on('close', () => {
        underWay--
      })
      setImmediate(echo, request, answer)
    }
    const front = await startFront(t, later)
    const paths = Array.from({ length: 1000 }, (_, index) => `/${index}`)
    const raw = paths.map(path => `GET ${path} HTTP/1.1\n\n`).join('')
    const { text, end } = await exchange(front.port, raw, { halfClose: true, timeoutSeconds: 20 })
    t.equal(end, 'closed', 'the end of what the client sends is seen after the last answer')
    t.same(
      text.match(/<GET [^>]*>/g),
      paths.map(path => `<GET ${path}>`),
      'all, in order'
    )
    t.equal(most, 1, 'never two under way')
  })
  await t.test('what waits for its turn is not read without end, and comes whole', async t => {
    let release = (): void => {}
    const held = new Promise<void>(resolve => {
      release = resolve
    })
    const front = await startFront(t, (request, answer) => void held.then(() => echo(request, answer)), {
      maxHeadBytes: 2048
    })
    let accepted: net.Socket | undefined
    front.server.prependListener('connection', (socket: net.Socket) => {
      accepted = socket
    })
    const body = 'x'.repeat(300_000)
    const post = (path: string) => `POST ${path} HTTP/1.1\r\nContent-Length: ${body.length}\r\n\r\n${body}`
    const raw = [post('/a'), ...Array.from({ length: 20 }, () => post('/b')), 'GET /c HTTP/1.1\r\n\r\n']
    const done = exchange(front.port, raw.join(''), { halfClose: true, timeoutSeconds: 20 })
    await sleep(200)
    t.equal(front.seen.length, 1)
    t.ok((accepted?.bytesRead ?? Infinity) < 600_000, `${accepted?.bytesRead} bytes were read`)
    release()
    const { text, end } = await done
    t.equal(end, 'closed')
    t.equal(text.match(/<POST \/b>/g)?.length, 20)
    t.match(text, /<GET \/c>$/)
    t.ok(front.seen.every(({ method, body: { length } }) => length === (method === 'POST' ? body.length : 0)))
  })
  await t.test('nothing is answered after chunks, after CONNECT, or twice at once after an answer of Node', async t => {
    const front = await startFront(t, (request, answer) => setTimeout(echo, 20, request, answer))
    const next = 'GET /2 HTTP/1.1\r\n\r\n'
    const chunks = await exchange(
      front.port,
      `POST /1 HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n\r\n${next}${next}`
    )
    t.match(chunks, { end: 'closed', text: /^HTTP\/1\.1 200 OK[^]*Connection: close[^]*<POST \/1>$/ })
    const connect = await exchange(front.port, `GET /1 HTTP/1.1\r\n\r\nCONNECT h:443 HTTP/1.1\r\n\r\n${next}`)
    t.match(connect, { end: 'closed', text: /^HTTP\/1\.1 200 OK[^]*<GET \/1>HTTP\/1\.0 405 [^]*\r\n\r\nno$/ })
    const expect = await exchange(front.port, `GET /1 HTTP/1.1\r\nExpect: x\r\n\r\n${next}`, { halfClose: true })
    t.match(expect, { end: 'closed', text: /^HTTP\/1\.1 417 [^]*<GET \/2>$/ })
  })
  await t.test('HTTP/1.0 without a length is closed, HTTP/1.1 without a length is chunked and kept', async t => {
    const front = await startFront(t, (_request, answer) => {
      answer.writeHead(200, 'OK', { 'transfer-encoding': 'chunked', 'keep-alive': 'timeout=9' })
      answer.write('part,')
      setTimeout(() => answer.end('part'), 20)
    })
    const old = await exchange(front.port, ask('1', '1.0', keep))
    t.equal(old.end, 'closed')
    t.match(headOf(old.text), /\r\nConnection: close\r\nProxy-Connection: close/)
    t.notMatch(old.text, /chunked|timeout=/)
    t.equal(bodyOf(old.text), 'part,part')
    const mixed = await startFront(t, (_request, answer) => {
      answer.writeHead(200, 'OK', { 'content-type': 'text/plain' })
      answer.write('part,')
      setTimeout(() => answer.end('part'), 20)
    })
    const confused = await exchange(mixed.port, ask('1', '1.0', 'TE: chunked'))
    t.notMatch(headOf(confused.text), /chunked/i)
    t.equal(bodyOf(confused.text), 'part,part', 'one that says that it knows chunks gets what its version has')
    const young = await exchange(front.port, ask('1', '1.1', 'Host: h'), { until: /\r\n0\r\n\r\n$/ })
    t.match(young.text, /\r\nConnection: Keep-Alive\r\n/)
    t.match(young.text, /\r\nTransfer-Encoding: chunked\r\n/i)
    t.match(young.text, /\r\n\r\n5\r\npart,\r\n4\r\npart\r\n0\r\n\r\n$/)
  })
  await t.test('an idle one is closed silently', async t => {
    const front = await startFront(t, echo, quick)
    const { text, end } = await exchange(front.port, ask('1', '1.0', keep))
    t.equal(end, 'closed')
    t.match(text, /<GET http:\/\/h\/1>$/)
  })
  await t.test('noise after a POST body does not break its answer', async t => {
    const front = await startFront(t, (request, answer) => setTimeout(echo, 50, request, answer))
    const post = `POST http://h/p HTTP/1.0\r\n${keep}\r\nContent-Length: 1\r\n\r\nx`
    for (const noise of ['\x00\x01', 'yz\r\n\r\n', '\r\n\r\n', 'y']) {
      const { text, end } = await exchange(front.port, post + noise, {
        until: /<POST http:\/\/h\/p>./s,
        timeoutSeconds: 0.4
      })
      t.equal(statusOf(text), 200)
      t.match(text, /<POST http:\/\/h\/p>$/)
      t.notMatch(end, /reset|enough/)
    }
  })
  await t.test('a bad second request on an idle connection is told so', async t => {
    const front = await startFront(t)
    const bad = 'POST / HTTP/1.0\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n'
    const { text, end } = await exchange(front.port, [ask('1', '1.0', keep), bad])
    t.equal(end, 'closed')
    t.match(text, /<GET http:\/\/h\/1>HTTP\/1\.0 400 Bad\r\n\r\nambiguous-length$/)
  })
  await t.test('a half second request is ended in time, even one that drips', async t => {
    const front = await startFront(t, echo, { ...quick, keepAliveTimeoutSeconds: 5 })
    const { text } = await exchange(front.port, [ask('1', '1.0', keep), ...'GET http://h/2 HTTP/1.0'])
    t.match(text, /<GET http:\/\/h\/1>HTTP\/1\.0 408 Bad\r\n\r\ntoo-slow$/)
  })
  await t.test('the app may close', async t => {
    const front = await startFront(t, (request, answer) => {
      answer.setHeader('connection', 'close')
      echo(request, answer)
    })
    const { text, end } = await exchange(front.port, ask('1', '1.0', keep))
    t.equal(end, 'closed')
    t.match(text, /\r\nConnection: close\r\n/)
    t.match(text, /\r\nProxy-Connection: close\r\n/)
  })
})

t.test('Expect: 100-continue', async t => {
  const front = await startFront(t)
  const head =
    'POST http://h/p HTTP/1.1\r\nHost: h\r\nConnection: close\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n'
  const { text } = await exchange(front.port, [head, 'ab'])
  t.match(text, /^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 200 OK\r\n/)
  t.equal(front.seen[0]?.body, 'ab')
})

t.test('slow and silent clients', async t => {
  const front = await startFront(t, echo, quick)
  const half = await exchange(front.port, 'GET http://h/p HTTP/1.0\r\nA: b\r\n')
  t.match(half, { end: 'closed', text: /^HTTP\/1\.0 408 Bad/ })
  const dripping = await exchange(front.port, [...'GET http://h/p HTTP/1.0'])
  t.match(dripping, { end: 'closed', text: /^HTTP\/1\.0 408 Bad/ })
  const silent = await exchange(front.port, '')
  t.same(silent, { end: 'closed', text: '' }, 'no 408 on a connection opened in advance')
  const blank = await exchange(front.port, '\r\n\r\n')
  t.same(blank, { end: 'closed', text: '' })
  t.equal(front.seen.length, 0)
})

t.test('a body that does not come', async t => {
  const front = await startFront(t, echo, { ...quick, requestTimeoutSeconds: 0.4 })
  const slow = await exchange(front.port, 'POST http://h/p HTTP/1.0\r\nContent-Length: 9\r\n\r\nx')
  t.match(slow, { end: 'closed', text: /^HTTP\/1\.0 408 Bad/ })
  const cut = await exchange(front.port, 'POST http://h/p HTTP/1.0\r\nContent-Length: 9\r\n\r\nx', { halfClose: true })
  t.match(cut, { end: 'closed', text: /^HTTP\/1\.0 400 Bad\r\n\r\ncut-short/ })
  t.equal(front.seen.length, 0)
})

t.test('clients that end their side', async t => {
  const front = await startFront(t, (request, answer) => setTimeout(echo, 50, request, answer))
  const rows: [string, RegExp][] = [
    ['GET http://h/p HTTP/1.0\r\n\r\n', /^HTTP\/1\.0 200 OK[^]*<GET http:\/\/h\/p>$/],
    ['GET http://h/p HTTP/1.1\r\nHost: h\r\n\r\n', /^HTTP\/1\.1 200 OK[^]*<GET http:\/\/h\/p>$/],
    ['GET http://h/p HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n', /^HTTP\/1\.0 200 OK[^]*<GET http:\/\/h\/p>$/],
    ['GET http://h/p\r\n', /^<GET http:\/\/h\/p>$/],
    ['GET http://h/p HTTP/1.0\r\n', /^HTTP\/1\.0 200 OK/],
    ['GET http://h/p HTTP/1.0', /^HTTP\/1\.0 400 Bad\r\n\r\ncut-short$/],
    ['GET http://h/half', /^HTTP\/1\.0 400 Bad\r\n\r\ncut-short$/],
    ['', /^$/]
  ]
  for (const [raw, expected] of rows) {
    const { text, end } = await exchange(front.port, raw, { halfClose: true })
    t.equal(end, 'closed', raw)
    t.match(text, expected, raw)
  }
})

t.test('TLS without CONNECT', async t => {
  const front = await startFront(t)
  t.same(await exchange(front.port, '\x16\x03\x01\x00\x05hello'), { end: 'closed', text: '' })
  t.same(await exchange(front.port, '\x80\x2e\x01\x00\x02'), { end: 'closed', text: '' }, 'SSL 2')
  t.strictSame(front.dropped, ['tls-without-connect', 'tls-without-connect'], 'and somebody is told')
})

t.test('abrupt resets', async t => {
  const closed: string[] = []
  const front = await startFront(t, (request, answer) => {
    answer.on('close', () => closed.push(request.url ?? ''))
    answer.write('x') // and never ends
  })
  front.server.on('connect', () => closed.push('/connect'))
  const reset = (raw: string) =>
    new Promise<void>(resolve => {
      const socket = net.connect(front.port, '127.0.0.1', () => socket.write(raw))
      socket.on('error', () => {})
      socket.on('close', () => resolve())
      setTimeout(() => socket.resetAndDestroy(), 60)
    })
  await reset('GET /half')
  await reset('GET /native HTTP/1.0\r\n\r\n')
  await reset('GET /loose HTTP/1.0\n\n')
  await reset('GET /simple\r\n')
  await reset('CONNECT h:443 HTTP/1.0\n\n')
  await sleep(60)
  t.same(closed.sort(), ['/connect', '/loose', '/native', '/simple'], 'the app sees that the client went away')
})

t.test('CRLF that comes after the answer does not reset the connection', async t => {
  const size = 300_000 // more than a client with a small window has read when our side is closed
  const front = await startFront(t, (_request, answer) => answer.end(Buffer.alloc(size, 'x')))
  const raw = 'POST http://h/p HTTP/1.0\r\nContent-Length: 1\r\n\r\nx'
  let bytes = 0
  let error: Error | undefined
  const socket = net.connect({ port: front.port, host: '127.0.0.1', allowHalfOpen: true }, () => socket.write(raw))
  socket.pause()
  await sleep(60)
  socket.write('\r\n')
  await sleep(60)
  socket.on('error', reset => {
    error = reset
  })
  socket
    .on('data', chunk => {
      bytes += chunk.length
    })
    .on('end', () => socket.end())
    .resume()
  await new Promise(resolve => socket.on('close', resolve))
  t.equal(error, undefined)
  t.ok(bytes > size)
})

t.test('big answers', async t => {
  const megabyte = Buffer.alloc(1_048_576, 'x')
  let needsDrain = 0
  let written = 0
  const front = await startFront(t, (_request, answer) => {
    written = 0
    const more = (): void => {
      while (written < 10) {
        written++
        if (!answer.write(megabyte)) {
          needsDrain++
          answer.once('drain', more)
          return
        }
      }
      answer.end()
    }
    more()
  })
  const readSlowly = (raw: string) =>
    new Promise<{ bytes: number; writtenMeanwhile: number }>(resolve => {
      let bytes = 0
      let writtenMeanwhile = 0
      const socket = net.connect(front.port, '127.0.0.1', () => {
        socket.write(raw)
        socket.pause()
        setTimeout(() => {
          writtenMeanwhile = written
          socket
            .on('data', chunk => {
              bytes += chunk.length
            })
            .resume()
        }, 200)
      })
      socket.on('close', () => resolve({ bytes, writtenMeanwhile }))
    })
  for (const raw of ['GET / HTTP/1.0\r\n\r\n', 'GET / HTTP/1.0\n\n', 'GET /\r\n']) {
    const { bytes, writtenMeanwhile } = await readSlowly(raw)
    if (raw === 'GET /\r\n') t.equal(bytes, 10 * megabyte.length, 'body alone')
    else t.ok(bytes > 10 * megabyte.length, 'head and body')
    t.ok(writtenMeanwhile < 10, `the writer waited for the reader (${writtenMeanwhile} MB written)`)
  }
  t.ok(needsDrain > 10)
})

t.test('what http and Fastify use of a socket', async t => {
  const front = await startFront(t, (request, answer) => {
    const socket = request.socket
    socket.setKeepAlive(true).setNoDelay(true).unref().ref().setTimeout(1000)
    answer.end(
      JSON.stringify([
        socket.remoteAddress,
        typeof socket.remotePort,
        socket.localAddress,
        socket.localPort,
        socket.remoteFamily,
        (socket as { encrypted?: boolean }).encrypted ?? 'plain'
      ])
    )
  })
  const wanted = JSON.stringify(['127.0.0.1', 'number', '127.0.0.1', front.port, 'IPv4', 'plain'])
  for (const raw of ['GET / HTTP/1.0\r\n\r\n', 'GET / HTTP/1.0\n\n']) {
    const { text } = await exchange(front.port, raw)
    t.equal(bodyOf(text), wanted)
  }
})

t.test('status line and reason phrase', async t => {
  const front = await startFront(t, (request, answer) => {
    if (request.url === '/array')
      answer.writeHead(299, ['Set-Cookie', 'a=1', 'Set-Cookie', 'b=2', 'Content-Length', '0'])
    else if (request.url === '/pairs') answer.writeHead(404, '', [['X', 'y']] as never)
    else answer.writeHead(204)
    answer.end()
  })
  t.match(
    (await exchange(front.port, 'GET /array HTTP/1.0\r\n\r\n')).text,
    /^HTTP\/1\.0 299 Unknown\r\nSet-Cookie: a=1\r\nSet-Cookie: b=2\r\n/
  )
  t.match((await exchange(front.port, 'GET /pairs HTTP/1.0\r\n\r\n')).text, /^HTTP\/1\.0 404 Not Found\r\nX: y\r\n/)
  const kept = await exchange(front.port, 'GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n', { until: /\r\n\r\n/ })
  t.match(kept.text, /^HTTP\/1\.0 204 No Content\r\nConnection: Keep-Alive\r\n/)
})

t.test('a server that closes does not wait for sockets the front holds', async t => {
  const front = await startFront(t)
  const half = exchange(front.port, 'GET /half')
  const kept = exchange(front.port, 'GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n')
  await sleep(100)
  t.equal(await front.connections(), 2)
  const started = Date.now()
  await new Promise(resolve => front.server.close(resolve))
  t.ok(Date.now() - started < 500)
  await Promise.all([half, kept])
})

// Pure functions

t.test('a strict head comes out as it went in, and normalising twice changes nothing more', async t => {
  for (const [name, raw] of rawCases) {
    const once = normaliseHead(raw.split(/\r\n\r\n/)[0] ?? '')
    if (typeof once === 'string' || once.simple) continue
    const twice = normaliseHead(once.text.slice(0, -4))
    t.equal(typeof twice === 'string' ? twice : twice.text, once.text, name)
  }
})

t.test('a strict head is read as it would be mended', async t => {
  const parts = {
    line: [
      'GET / HTTP/1.0',
      'GET http://a.test:80/x?y#z HTTP/1.1',
      'get / HTTP/1.1',
      'GET  / HTTP/1.1',
      'POST http://a.test/ HTTP/1.0',
      'GET http://a.test HTTP/1.0',
      'GET news:x HTTP/1.0',
      'GET /\xe9 HTTP/1.0',
      'GET / HTTP/1.2',
      'GET / HTTP/1.0 ',
      'GET /',
      'CONNECT a.test:443 HTTP/1.0'
    ],
    field: [
      'Host: a.test',
      'Connection: Keep-Alive',
      'Connection: close',
      'PROXY-CONNECTION: keep-alive',
      'Content-Length: 3',
      'Content-Length : 3',
      'content-length: x',
      'Transfer-Encoding: chunked',
      'Transfer-Encoding\x0b: chunked',
      'Empty:',
      'Empty: ',
      'Blanks:  two ',
      'No-Blank:x',
      ' folded',
      'Bytes: \xe9\x00',
      'Tab:\tx\t',
      'Lone: a\rX: b',
      'no field'
    ],
    end: ['\r\n', '\r\n', '\r\n', '\n', '\r\r\n', '\r']
  }
  const next = random(7)
  const one = (list: readonly string[]): string => list[next(list.length)]!
  let strict = 0
  for (let round = 0; round < 20_000; round++) {
    const fields = Array.from({ length: next(4) }, () => one(parts.field))
    const head = [one(parts.line), ...fields, ''].map(line => `${line}${one(parts.end)}`).join('')
    const [read, mended] = [normaliseHead(head), mendHead(head)]
    if (typeof read === 'object' && read.text === head) strict++
    if (JSON.stringify(read) !== JSON.stringify(mended)) t.strictSame(read, mended, JSON.stringify(head))
  }
  t.ok(strict > 500, `${strict} were strict`)
})

t.test('keep or close', async t => {
  t.equal(keepAliveAsked('1.1'), true)
  t.equal(keepAliveAsked('1.1', 'Keep-Alive', 'CLOSE'), false)
  t.equal(keepAliveAsked('1.0'), false)
  t.equal(keepAliveAsked('1.0', '', 'Keep-Alive'), true)
  t.equal(keepAliveAsked('1.0', 'x, keep-alive'), true)
  t.equal(keepAliveAsked('0.9', 'keep-alive'), false)
  const of = (httpVersion: string, headers: http.IncomingHttpHeaders, hasLength: boolean) =>
    connectionHeaders({ httpVersion, headers }, hasLength)
  const both = { Connection: 'Keep-Alive', 'Proxy-Connection': 'Keep-Alive' }
  t.same(of('1.1', {}, false), { Connection: 'Keep-Alive' })
  t.same(of('1.1', { 'proxy-connection': 'keep-alive' }, false), both)
  t.same(of('1.1', { connection: 'close' }, true), { Connection: 'close' })
  t.same(of('1.0', { connection: 'keep-alive' }, true), both)
  t.same(of('1.0', { 'proxy-connection': 'Keep-Alive' }, false), { Connection: 'close', 'Proxy-Connection': 'close' })
  t.same(of('1.0', {}, true), { Connection: 'close' })
  t.same(of('0.9', {}, true), { Connection: 'close' })
})
