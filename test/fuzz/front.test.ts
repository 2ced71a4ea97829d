import http from 'node:http'
import net, { type AddressInfo, type Socket } from 'node:net'
import fc from 'fast-check'
import t from 'tap'
import { fuzz } from './run.js'
import { readProxyHeader } from '../../src/front/sockets/proxy-header.js'
import { startProxy } from '../helpers/proxy.js'

/** What no request may bring to an origin or into the head of an answer. */
const MARK = 'X-Smuggled'

/** What came to the origin that must not. */
const wrong: string[] = []
const origin = http.createServer((request, answer) => {
  const lines = request.rawHeaders.map((value, at) => (at % 2 === 0 ? `${value}:` : value))
  if (
    lines.some(line => line.toLowerCase().startsWith(`${MARK.toLowerCase()}:`)) ||
    /[^!-~]/.test(request.url ?? '') ||
    (request.url ?? '').includes('/smuggled')
  )
    wrong.push(`${request.method} ${request.url} ${lines.join(' ')}`)
  if (lines.filter(line => /^(content-length|transfer-encoding):$/i.test(line)).length > 1)
    wrong.push(`two lengths: ${lines.join(' ')}`)
  request.resume()
  request.on('error', () => {})
  const path = request.url ?? ''
  if (path.includes('redirect')) return void answer.writeHead(302, { location: `/to?${path.slice(-30)}` }).end()
  const body = path.includes('image')
    ? Buffer.from('R0lGODlhAQABAIAAAAAAAP///ywAAAAAAQABAAACAUwAOw==', 'base64')
    : Buffer.from('<title>Page</title><p>words <a href=x>link</a><form action=/f method=post><input name=q></form>')
  answer
    .writeHead(200, {
      'content-type': path.includes('image') ? 'image/gif' : path.includes('file') ? 'application/zip' : 'text/html',
      'content-length': body.length
    })
    .end(body)
})
const sockets = new Set<Socket>()
origin.on('connection', socket => {
  sockets.add(socket)
  socket.on('close', () => sockets.delete(socket)).on('error', () => {})
})
origin.on('clientError', (error, socket) => {
  const code = (error as NodeJS.ErrnoException).code ?? ''
  // A request whose client went away in the middle of its body ends there too.
  if (code.startsWith('HPE_') && code !== 'HPE_INVALID_EOF_STATE') wrong.push(`not HTTP: ${error.message}`)
  socket.destroy()
})
await new Promise<void>(resolve => origin.listen(0, '127.0.0.1', resolve))
t.teardown(() => {
  for (const socket of sockets) socket.destroy()
  origin.close()
})
const at = `http://127.0.0.1:${(origin.address() as AddressInfo).port}`
const proxy = await startProxy(t, {
  'allow-hosts': '127.0.0.1',
  conversions: 1,
  'connect-timeout-seconds': 2,
  'response-timeout-seconds': 5,
  'head-timeout-seconds': 1,
  'keep-alive-timeout-seconds': 1,
  'max-head-bytes': 8192,
  log: 'off'
})

/**
 * From the last byte that is sent: head, lingering and a connection that is kept take a second or two each.
 * Milliseconds.
 */
const HANG = 60_000

interface Sent {
  readonly parts: readonly string[]
  readonly end: 'wait' | 'half-close' | 'reset'
}

/** Sends the parts one after another; what came back by the time the connection was over. */
async function exchange({ parts, end }: Sent): Promise<{ text: string; hung: boolean }> {
  return await new Promise(resolve => {
    let text = ''
    let hung = false
    const socket = net.connect({ port: proxy.port, host: '127.0.0.1', allowHalfOpen: true, noDelay: true }, () => {
      void (async () => {
        for (const part of parts) {
          if (socket.writable) socket.write(Buffer.from(part, 'latin1'))
          await new Promise(setImmediate)
        }
        if (end === 'reset') socket.resetAndDestroy()
        else if (end === 'half-close') socket.end()
      })()
    })
    const timer = setTimeout(() => {
      hung = true
      socket.destroy()
    }, HANG)
    socket.setEncoding('latin1')
    socket.on('data', (part: string) => {
      text += part
    })
    socket.on('end', () => socket.end())
    socket.on('error', () => {})
    socket.on('close', () => {
      clearTimeout(timer)
      resolve({ text, hung })
    })
  })
}

/** The heads that stand where heads stand: of each answer whose length is known, one after another. */
function headsOf(text: string): string[] {
  const heads: string[] = []
  for (let rest = text; rest.startsWith('HTTP/1.');) {
    const end = rest.indexOf('\r\n\r\n')
    if (end < 0) break
    const head = rest.slice(0, end)
    heads.push(head)
    const length = /^content-length: *(\d+)/im.exec(head)?.[1]
    if (length === undefined) break
    rest = rest.slice(end + 4 + Number(length))
  }
  return heads
}

const FIELD = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+: ?[\t\x20-\x7e\x80-\xff]*$/

/**
 * The exchange ends in time, its answers are well formed, nothing of the request is in a head, and the proxy goes on.
 */
async function isAnswered(sent: Sent): Promise<void> {
  wrong.length = 0
  const { text, hung } = await exchange(sent)
  if (hung) throw new Error('hung')
  if (wrong.length > 0) throw new Error(`the origin got ${wrong.join('\n')}`)
  for (const head of headsOf(text)) {
    const [first = '', ...fields] = head.split('\r\n')
    if (!/^HTTP\/1\.[01] \d{3} [ -~]*$/.test(first)) throw new Error(`a status line: ${JSON.stringify(first)}`)
    for (const field of fields) if (!FIELD.test(field)) throw new Error(`a field: ${JSON.stringify(field)}`)
    if (fields.some(field => field.toLowerCase().startsWith(MARK.toLowerCase())))
      throw new Error(`injected: ${JSON.stringify(head)}`)
  }
}

const pick = (...list: readonly string[]): fc.Arbitrary<string> => fc.constantFrom(...list)
const inject = `${MARK}: yes`
const LINE_ENDS = ['\r\n', '\r\n', '\r\n', '\n', '\r\r\n', '\r', '\n\r']

const path = fc
  .array(
    pick(
      '/',
      '/page',
      '/image.gif',
      '/file.zip',
      '/redirect',
      '?q=1',
      '&x=%0d%0aX-Smuggled:%20yes',
      '%0D%0A',
      '\r',
      '\0',
      '\t',
      ' ',
      'é',
      '#',
      '?~8x9',
      '?~view=raw',
      '?~profile=nav1',
      '?~part=2',
      '/..',
      '//',
      '\\',
      '%',
      '%zz',
      '"',
      '<script>',
      ';',
      '@',
      '?~charset=utf-8.koi8-r&q=%ff'
    ),
    { maxLength: 5 }
  )
  .map(parts => parts.join(''))
const target = fc.oneof(
  { weight: 4, arbitrary: path.map(path => `${at}${path.startsWith('/') ? '' : '/'}${path}`) },
  { weight: 2, arbitrary: path.map(path => `http://retrograde${path.startsWith('/') ? '' : '/'}${path}`) },
  {
    weight: 2,
    arbitrary: fc
      .tuple(
        pick(
          '/',
          '/settings',
          '/read?url=',
          '/image?url=',
          '/search?q=',
          '/menu?url=',
          '/go?',
          '/news',
          '/proxy.pac',
          '/setup',
          '/errors',
          '/healthz',
          '/~aaaaaaaaaa',
          '/inline/x.gif',
          `/${at}/`,
          `/read?url=${at.slice(7)}/`
        ),
        path
      )
      .map(parts => parts.join(''))
  },
  {
    weight: 2,
    arbitrary: fc
      .tuple(
        pick('http:', 'HTTP:', 'https:', 'ftp:', 'gopher:', 'javascript:', 'file:', 'x:', ''),
        pick(
          '//',
          '/',
          '',
          '///',
          '//127.0.0.1:1',
          '//[::1]',
          '//a b',
          '//%31',
          '//user:pass@127.0.0.1:1',
          '//999.1.1.1',
          '//:80',
          '//x:99999',
          '//\xe9',
          `//${'a'.repeat(300)}`
        ),
        path
      )
      .map(parts => parts.join(''))
  },
  { weight: 1, arbitrary: fc.string({ unit: 'binary-ascii', maxLength: 20 }) },
  {
    weight: 1,
    arbitrary: pick('*', '127.0.0.1:443', 'retrograde:443', '127.0.0.1:1', ':0', '[::1]:443', 'x'.repeat(9000))
  }
)
const method = pick(
  'GET',
  'GET',
  'GET',
  'GET',
  'POST',
  'POST',
  'HEAD',
  'OPTIONS',
  'CONNECT',
  'get',
  'PUT',
  'DELETE',
  'TRACE',
  'BREW',
  'PRI',
  '',
  'GET\0',
  'G E T'
)
const version = pick(
  ' HTTP/1.0',
  ' HTTP/1.0',
  ' HTTP/1.1',
  ' HTTP/1.1',
  '',
  ' HTTP/0.9',
  ' HTTP/2.0',
  ' http/1.0',
  ' HTTP/1.',
  ' HTTP/99999999999',
  '  HTTP/1.0 ',
  ' HTTP/1.0 x'
)
const field = fc.oneof(
  pick(
    'User-Agent: Mozilla/3.04 (Win95; I)',
    'User-Agent: NCSA_Mosaic/2.7b5',
    'Host: retrograde',
    'Host:',
    `Host: x\x00y`,
    'Connection: close',
    'Connection: Keep-Alive',
    'Proxy-Connection: Keep-Alive',
    'Connection: x-smuggled, close',
    'Accept: */*',
    'Cookie: a=b; c="d',
    'Authorization: Basic eDp5',
    'Proxy-Authorization: Basic !',
    'Referer: http://retrograde/~aaaaaaaaaa',
    'If-Modified-Since: never; length=x',
    'Range: bytes=0-1,5-',
    'Accept-Charset: koi8-r;q=9',
    'Expect: 100-continue',
    'Upgrade: h2c',
    'Content-Type: application/x-www-form-urlencoded',
    'Content-Type: multipart/form-data; boundary=x',
    'Content-Type: multipart/form-data',
    'Content-Encoding: gzip',
    'Via: 1.0 x',
    'Cdn-Loop: x',
    'Pragma: no-cache',
    'no colon here',
    ': empty',
    ' folded',
    '\tfolded',
    'A b: c',
    'Bad\x00: x',
    `A: \x00\x01\x7f${inject}`,
    `A: x\r${inject}`,
    'A: caf\xe9',
    'Te: trailers',
    'Trailer: x',
    'Max-Forwards: 0'
  ),
  pick(
    'Content-Length: 0',
    'Content-Length: 3',
    'Content-Length: 9',
    'Content-Length: 5, 5',
    'Content-Length: +3',
    'Content-Length: -1',
    'Content-Length : 3',
    'Content-Length:\t3',
    'Content-Length: 0x3',
    'Content-Length: 99999999999999999',
    'Transfer-Encoding: chunked',
    'Transfer-Encoding: identity',
    'Transfer-Encoding: chunked, chunked',
    'Transfer-Encoding: xchunked',
    'Transfer-Encoding : chunked',
    'Transfer-encoding:chunked',
    'Transfer-Encoding: \x0bchunked'
  ),
  fc
    .tuple(pick('X', 'Cookie', 'User-Agent', 'Referer'), fc.integer({ min: 0, max: 9000 }))
    .map(([name, length]) => `${name}: ${'v'.repeat(length)}`),
  fc.string({ unit: 'binary-ascii', maxLength: 20 })
)
const body = fc
  .array(
    pick(
      'abc',
      'q=1&~charset=utf-8.koi8-r',
      '~charset=utf-8.koi8-r&q=%ff',
      '0\r\n\r\n',
      '3\r\nabc\r\n',
      'ffffffffff\r\n',
      '3;ext="\n"\r\nabc\r\n',
      'ZZ\r\n',
      '-1\r\n',
      '--x\r\nContent-Disposition: form-data; name="a"\r\n\r\nv\r\n--x--\r\n',
      '--x\r\n\r\n',
      '\r\n',
      '\0',
      '\xff'
    ),
    { maxLength: 5 }
  )
  .map(parts => parts.join(''))
const request = fc
  .tuple(
    fc.tuple(method, pick(' ', ' ', '  ', '\t', ''), target, version).map(parts => parts.join('')),
    fc.array(field, { maxLength: 6 }),
    pick(...LINE_ENDS),
    body
  )
  .map(([line, fields, end, body]) => `${[line, ...fields].join(end)}${end}${end}${body}`)

const parts = fc
  .tuple(
    fc.array(
      fc.oneof(
        { weight: 6, arbitrary: request },
        { weight: 1, arbitrary: fc.string({ unit: 'binary-ascii', maxLength: 60 }) }
      ),
      { minLength: 1, maxLength: 3 }
    ),
    fc.option(fc.nat({ max: 400 }), { freq: 3 }),
    fc.array(fc.nat({ max: 300 }), { maxLength: 4 })
  )
  .map(([requests, cut, places]) => {
    const whole = requests.join('')
    const bytes = cut === null ? whole : whole.slice(0, cut)
    const ends = [...new Set([...places.filter(place => place < bytes.length), bytes.length])].sort((a, b) => a - b)
    return ends.map((end, index) => bytes.slice(index === 0 ? 0 : ends[index - 1], end))
  })
/** Many at once: most of them wait for a limit. */
const AT_ONCE = 24
const many: fc.Arbitrary<readonly Sent[]> = fc.array(
  fc.record({ parts, end: fc.constantFrom('wait', 'half-close', 'half-close', 'reset') }),
  { minLength: 1, maxLength: AT_ONCE, size: 'max' }
)

async function areAnswered(all: readonly Sent[]): Promise<void> {
  const results = await Promise.allSettled(all.map(async sent => await isAnswered(sent)))
  for (const result of results) if (result.status === 'rejected') throw result.reason
  const alive = await exchange({ parts: ['GET /healthz HTTP/1.0\r\n\r\n'], end: 'wait' })
  if (!alive.text.startsWith('HTTP/1.0 200')) throw new Error(`not alive: ${alive.text.slice(0, 100)}`)
}

/** Bytes that may be, or begin, a header of a balancer. */
const balancerHeader = fc.oneof(
  fc
    .tuple(
      fc.constantFrom(0x20, 0x21, 0x22, 0x31),
      fc.constantFrom(0, 0x11, 0x12, 0x21, 0x31),
      fc.uint8Array({ maxLength: 60 })
    )
    .map(([command, family, rest]) => {
      const length = Buffer.alloc(2)
      length.writeUInt16BE(rest.length)
      return Buffer.concat([
        Buffer.from('0d0a0d0a000d0a515549540a', 'hex'),
        Buffer.from([command, family]),
        length,
        rest
      ])
    }),
  fc
    .array(fc.oneof(fc.constantFrom('TCP4', 'TCP6', 'UNKNOWN'), fc.ipV4(), fc.ipV6(), fc.nat(70_000).map(String)), {
      maxLength: 6
    })
    .map(words => Buffer.from(`PROXY ${words.join(' ')}\r\n`, 'latin1')),
  fc.uint8Array({ maxLength: 600 }).map(bytes => Buffer.from(bytes))
)

/** What is read of a header says the same however its bytes come, and names nothing but addresses. */
function isReadAtOnce([header, rest]: readonly [Buffer, Uint8Array]): void {
  const whole = Buffer.concat([header, rest])
  const found = readProxyHeader(whole)
  for (let length = 0; length < whole.length; length++) {
    const early = readProxyHeader(whole.subarray(0, length))
    if (early !== 'more' && JSON.stringify(early) !== JSON.stringify(found))
      throw new Error(`${length} bytes are ${JSON.stringify(early)}, all of them ${JSON.stringify(found)}`)
  }
  if (typeof found === 'string') return
  for (const end of [found.ends?.source, found.ends?.destination])
    if (end !== undefined && net.isIP(end.address) === 0) throw new Error(`${end.address} is no address`)
}

t.test(
  'headers of balancers',
  async t => await fuzz(t, 'balancers', 0.1, fc.tuple(balancerHeader, fc.uint8Array({ maxLength: 20 })), isReadAtOnce)
)
t.test('requests of all kinds', async t => await fuzz(t, 'requests', 0.9, many, areAnswered))
