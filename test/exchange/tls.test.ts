import { spawn, spawnSync } from 'node:child_process'
import { X509Certificate } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync, chmodSync } from 'node:fs'
import net, { type AddressInfo, type Socket } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import tls, { type ConnectionOptions, type TLSSocket } from 'node:tls'
import t from 'tap'
import { openAuthority } from '../../src/tls/authority-file.js'
import { createConcurrencyLimit } from '../../src/async/concurrency-limit.js'
import { createRate } from '../../src/guard/rate.js'
import { createLeafs } from '../../src/tls/leafs.js'
import { modeFor } from '../../src/config/tls-modes.js'
import { checkPage } from '../helpers/check-page.js'
import { ask, get } from '../helpers/client.js'
import { profileOf } from '../helpers/context.js'
import { answers, makeCertificates, startOrigin } from '../helpers/origin.js'
import { startProxy } from '../helpers/proxy.js'

const folder = t.testdir({ data: {}, kept: {}, two: {} })
const certificates = makeCertificates(folder)
const origin = await startOrigin(t, certificates)
const noTls = certificates === undefined ? { skip: 'openssl is not there to make certificates' } : {}
const throughOrigin = {
  'upstream-proxy': `http://127.0.0.1:${origin.port}/`,
  conversions: 1,
  ...(certificates === undefined ? {} : { 'extra-ca': certificates.authority })
}

const proxy = await startProxy(t, {
  ...throughOrigin,
  tls: 'on',
  'data-dir': join(folder, 'data'),
  'tls-handshake-seconds': 1,
  'max-tls-handshakes': 2,
  'keep-alive-timeout-seconds': 1,
  'head-timeout-seconds': 2,
  'tls-hosts': 'plain.test=off'
})

interface Opened {
  readonly status: number
  readonly text: string
  readonly socket: Socket
}

/** Sends CONNECT and reads the answer: its head if it is 200, all of it otherwise. */
function open(
  port: number,
  host: string,
  { head = `CONNECT ${host} HTTP/1.0\r\nUser-Agent: Mozilla/4.08 [en] (Win98; I)\r\n\r\n`, from = '127.0.0.1' } = {}
): Promise<Opened> {
  return new Promise(resolve => {
    let text = ''
    const socket = net.connect({ port, host: '127.0.0.1', localAddress: from, allowHalfOpen: true }, () =>
      socket.write(head)
    )
    const over = (): void => resolve({ status: Number(/^HTTP\/1\.0 (\d+)/.exec(text)?.[1] ?? 0), text, socket })
    const take = (chunk: Buffer): void => {
      text += chunk.toString('latin1')
      if (!/^HTTP\/1\.0 200 [^\r]+\r\n\r\n/.test(text)) return
      socket.off('data', take).off('close', over)
      socket.pause()
      over()
    }
    socket.on('error', () => {})
    socket.on('data', take)
    socket.on('end', () => socket.end())
    socket.on('close', over)
  })
}

const OLDEST = { minVersion: 'TLSv1', ciphers: 'ALL:@SECLEVEL=0', rejectUnauthorized: false } as const

/** A handshake through CONNECT. @throws when it fails */
async function handshake(port: number, host: string, options: ConnectionOptions = {}): Promise<TLSSocket> {
  const { socket, text, status } = await open(port, host)
  if (status !== 200) throw new Error(text)
  const secured = tls.connect({
    socket,
    servername: /^[\d.]+:|^\[/.test(host) ? undefined : host.replace(/:\d+$/, ''),
    ...OLDEST,
    ...options
  } as ConnectionOptions)
  await once(secured, 'secureConnect')
  secured.on('error', () => {})
  return secured
}

async function rest(socket: Socket, seconds = 10): Promise<string> {
  let text = ''
  socket
    .on('data', chunk => {
      text += chunk.toString('latin1')
    })
    .on('error', () => {})
    .on('end', () => socket.end())
  socket.resume()
  const timer = setTimeout(() => {
    text += '(hung)'
    socket.destroy()
  }, seconds * 1000)
  if (!socket.closed) await once(socket, 'close').catch(() => {})
  clearTimeout(timer)
  return text
}

/** What is answered to a request inside TLS. */
async function inside(port: number, host: string, request: string, options: ConnectionOptions = {}): Promise<string> {
  const secured = await handshake(port, host, options)
  secured.write(Buffer.from(request, 'latin1'))
  return await rest(secured)
}

const bodyOf = (text: string): Buffer => Buffer.from(text.slice(text.indexOf('\r\n\r\n') + 4), 'latin1')
const GET = (path: string): string => `GET ${path} HTTP/1.0\r\nUser-Agent: Mozilla/4.08 [en] (Win98; I)\r\n\r\n`

origin.on(
  'https://secure.test/page',
  answers(
    '<!doctype html><title>T</title><p>secret words <a href="https://secure.test/next">next</a><a href="/there">there</a>'
  )
)

t.test('which way a host goes', async t => {
  const settings = {
    tls: 'on',
    tlsHosts: ['example.com=tunnel', 'www.example.com=off', 'Else.test=on'],
    tunnelPorts: ['6667']
  } as const
  const rows = [
    ['example.com', 443, 'tunnel'],
    ['a.example.com', 443, 'tunnel'],
    ['www.example.com', 443, 'off'],
    ['notexample.com', 443, 'on'],
    ['example.com', 8443, 'refused'],
    ['else.test', 443, 'on'],
    ['x.test', 8443, 'on'],
    ['x.test', 6667, 'tunnel'],
    ['www.example.com', 6667, 'tunnel']
  ] as const
  for (const [host, port, mode] of rows) t.equal(modeFor(host, port, settings), mode, `${host}:${port}`)
  t.equal(modeFor('x.test', 443, { tls: 'off', tlsHosts: [], tunnelPorts: [] }), 'off')
  const gate = createConcurrencyLimit(1)
  const leave = gate.enter('one')
  t.equal(gate.enter('one'), undefined)
  leave!()
  leave!()
  t.type(gate.enter('one'), 'function')
  t.equal(gate.enter('one'), undefined, 'leaving twice counts once')
})

t.test('a page over https comes down like any other, from TLS 1.0 to 1.3', noTls, async t => {
  for (const version of ['TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'] as const) {
    const secured = await handshake(proxy.port, 'secure.test:443', { minVersion: version, maxVersion: version })
    t.equal(secured.getProtocol(), version)
    secured.write(GET('/page'))
    const text = await rest(secured)
    t.match(text, /^HTTP\/1\.0 200 OK\r\n/)
    const { problems, text: words } = checkPage(bodyOf(text), profileOf('html4'))
    t.strictSame(problems, [], 'valid')
    t.match(words, /secret words/)
    t.match(text, /HREF="http:\/\/secure\.test\/next"/, 'links lead to http:// as everywhere')
    t.match(text, /HREF="http:\/\/secure\.test\/there"/)
  }
  t.equal(origin.asked('https://secure.test/page').length, 4)
  t.equal(origin.seen.filter(({ address }) => address === 'http://secure.test/page').length, 0, 'never in the clear')
  t.ok(
    proxy.lines.some(line => /GET http:\/\/secure\.test\/page page 200/.test(line)),
    'the log says which site it was'
  )
  for (const cipher of ['AES128-SHA', 'AES256-SHA', 'DHE-RSA-AES128-SHA']) {
    t.match(
      await inside(proxy.port, 'secure.test:443', GET('/page'), {
        maxVersion: 'TLSv1',
        ciphers: `${cipher}:@SECLEVEL=0`
      }),
      /secret words/,
      cipher
    )
  }
})

t.test('requests inside TLS are as odd as outside', noTls, async t => {
  t.match(await inside(proxy.port, 'secure.test:443', 'GET /page\r\n'), /^<HTML>[^]*secret words/i, 'HTTP/0.9')
  t.match(
    await inside(proxy.port, 'secure.test:443', 'GET /page HTTP/1.0\nHost: secure.test\n\n'),
    /^HTTP\/1\.0 200[^]*secret words/,
    'bare LF'
  )
  t.match(
    await inside(proxy.port, 'secure.test:443', 'GET /page HTTP/1.0\r\nHost: other.test\r\n\r\n'),
    /secret words/,
    'what CONNECT named counts'
  )
  t.match(await inside(proxy.port, 'secure.test:443', 'GET https://secure.test/page HTTP/1.0\r\n\r\n'), /secret words/)
  t.match(
    await inside(proxy.port, 'secure.test:443', 'CONNECT secure.test:443 HTTP/1.0\r\n\r\n'),
    /^HTTP\/1\.0 400[^]*CONNECT within CONNECT/
  )
  t.match(await inside(proxy.port, 'secure.test:443', '\x16\x03\x01\x00\x05hello'), /^$/, 'TLS within TLS')
  t.match(await inside(proxy.port, 'secure.test:443', 'noise\r\n\r\n'), /^HTTP\/1\.0 400/)
  t.match(await inside(proxy.port, 'retrograde:443', GET('/ca')), /Certificate of this proxy/, 'our own pages')
  t.match(await inside(proxy.port, '127.0.0.1:443', GET('/')), /ADDRESS_REFUSED/, 'the guard holds')
  const kept = 'GET /page HTTP/1.0\r\nConnection: Keep-Alive\r\nUser-Agent: Mozilla/4.08 [en] (Win98; I)\r\n\r\n'
  t.equal(
    (await inside(proxy.port, 'secure.test:443', kept + kept)).match(/HTTP\/1\.0 200 OK/g)?.length,
    2,
    'kept and pipelined'
  )
  origin.on('https://secure.test/form', ({ request, answer, seen }) =>
    request.on('end', () =>
      answer.writeHead(200, { 'content-type': 'text/html' }).end(`<p>got ${seen.body.toString()}`)
    )
  )
  t.match(
    await inside(
      proxy.port,
      'secure.test:443',
      'POST /form HTTP/1.0\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 3\r\n\r\na=1'
    ),
    /got a=1/
  )
  const large = 'x'.repeat(3_000_000)
  origin.on('https://secure.test/large', answers(large, 'application/octet-stream'))
  t.equal(bodyOf(await inside(proxy.port, 'secure.test:443', GET('/large'))).length, large.length)
})

t.test('CONNECT as browsers write it', noTls, async t => {
  for (const head of [
    'CONNECT secure.test:443 HTTP/1.0\n\n',
    'CONNECT secure.test:443\r\n\r\n',
    'CONNECT SECURE.test HTTP/1.1\r\nHost: secure.test:443\r\n\r\n'
  ]) {
    const { socket, text } = await open(proxy.port, '', { head })
    t.match(text, /^HTTP\/1\.0 200 [^\r\n]+\r\n\r\n$/, head)
    const secured = tls.connect({ socket, ...OLDEST })
    await once(secured, 'secureConnect')
    secured.write(GET('/page'))
    t.match(await rest(secured), /secret words/)
  }
  for (const host of [
    '',
    'a b:443',
    'secure.test:99999',
    'user@secure.test:443',
    'secure.test/x:443',
    '%2e:443',
    'x:443:443',
    '[::1:443'
  ]) {
    const { status } = await open(proxy.port, host)
    t.equal(status, 400, host)
  }
  t.match(
    await open(proxy.port, 'plain.test:443'),
    { status: 502, text: /Use http:\/\/ here/ },
    'a host for which it is off'
  )
})

t.test('the chain', noTls, async t => {
  const pem = (await get(proxy.port, 'http://retrograde/ca.pem')).text
  const der = await get(proxy.port, 'http://retrograde/ca.crt')
  t.equal(der.headers['content-type'], 'application/x-x509-ca-cert')
  t.ok(new X509Certificate(pem).raw.equals(der.body), 'both files are the same certificate')
  const authority = new X509Certificate(pem)
  t.ok(authority.ca)
  t.ok(
    new Date(authority.validFrom) < new Date('1970-01-03') &&
      new Date(authority.validTo) > new Date('2037-12-30') &&
      new Date(authority.validTo) < new Date(2 ** 31 * 1000),
    'valid for clocks that stand still'
  )
  for (const host of ['secure.test', '192.0.2.7', `${'long-name-'.repeat(6)}x.example.com`]) {
    const secured = await handshake(proxy.port, `${host}:443`, {
      ca: pem,
      rejectUnauthorized: true,
      ...(net.isIP(host) === 0 ? {} : { host })
    })
    t.ok(secured.authorized, host)
    const leaf = secured.getPeerX509Certificate()!
    t.ok(leaf.verify(authority.publicKey) && leaf.checkIssued(authority) && !leaf.ca)
    t.equal(net.isIP(host) === 0 ? leaf.checkHost(host) : leaf.checkIP(host), host)
    if (host.length <= 64) t.match(leaf.subject, `CN=${host}`)
    secured.destroy()
  }
  const page = await get(proxy.port, 'http://retrograde/ca', { browser: 'nav3' })
  t.match(page.text, /HREF="http:\/\/retrograde\/ca\.crt"/)
  t.strictSame(checkPage(page.body, profileOf('nav3')).problems, [])
  for (const name of ['Netscape 3', 'Internet Explorer 3', 'iCab', 'Opera']) t.match(page.text, name)
})

t.test('where the key lies', async t => {
  const file = join(folder, 'data', 'authority.pem')
  t.equal(statSync(file).mode & 0o777, 0o600)
  t.strictSame(
    readdirSync(join(folder, 'data')).filter(name => name.startsWith('authority')),
    ['authority.pem'],
    'no draft is left'
  )
  t.notMatch(proxy.lines.join('\n'), /PRIVATE|BEGIN/)
  t.notMatch((await get(proxy.port, 'http://retrograde/ca.pem')).text, /PRIVATE/)

  const kept = join(folder, 'kept')
  const first = await openAuthority(kept, 'sha256')
  chmodSync(join(kept, 'authority.pem'), 0o644)
  const again = await openAuthority(kept, 'sha256')
  t.equal(again.certificate, first.certificate, 'a restart keeps it')
  t.equal(statSync(join(kept, 'authority.pem')).mode & 0o777, 0o600, 'a file that others could read is closed')
  const leafs = await createLeafs(again, 'sha256', async () => true)
  t.ok(await leafs.contextFor('x.test', 'me'), 'and it signs')
  const both = await Promise.all([
    openAuthority(join(folder, 'two'), 'sha1'),
    openAuthority(join(folder, 'two'), 'sha1')
  ])
  t.equal(both[0].certificate, both[1].certificate, 'of two that start at once one wins')
  const ends = readFileSync(join(kept, 'authority.pem'), 'utf8').replace(/MII/g, '!!!')
  writeFileSync(join(kept, 'authority.pem'), ends)
  const problem = await openAuthority(kept, 'sha256').then(
    () => 'none',
    (error: Error) => error.message
  )
  t.match(problem, /authority\.pem holds no RSA key with its certificate/)
  t.notMatch(problem, /!!!/)
  t.not(
    (await openAuthority('', 'sha1')).certificate,
    (await openAuthority('', 'sha1')).certificate,
    'without a folder each start has its own'
  )
})

t.test('two first visits at once make one certificate', async t => {
  const leafs = await createLeafs(await openAuthority('', 'sha1'), 'sha1', async () => true)
  const [one, two] = await Promise.all([leafs.contextFor('site.test', 'me'), leafs.contextFor('site.test', 'me')])
  t.equal(one, two)
  t.not(await leafs.contextFor('other.test', 'me'), one)
  const sockets = await Promise.all([1, 2].map(async () => await handshake(proxy.port, 'twice.test:443')))
  t.equal(sockets[0]!.getPeerX509Certificate()!.serialNumber, sockets[1]!.getPeerX509Certificate()!.serialNumber)
  for (const socket of sockets) socket.destroy()
})

t.test('certificates are made for names of hosts alone', noTls, async t => {
  const before = proxy.lines.length
  for (const host of [
    '*.test',
    'a$b.test',
    'a..test',
    '.test',
    'a,b.test',
    "a'b.test",
    'a*b.test',
    'a!.test',
    'a.test..',
    `${'x'.repeat(64)}.test`,
    `${'x.'.repeat(130)}test`,
    'a;b.test',
    '(a).test',
    'a{b}.test'
  ]) {
    t.match(
      await ask(proxy.port, `CONNECT ${host}:443 HTTP/1.0\r\n\r\n`),
      { status: 400, text: /BAD_HOST|BAD_REQUEST/ },
      host
    )
  }
  const told = (): string[] =>
    proxy.lines.slice(before).filter(line => / (connect|malformed) BAD_(HOST|REQUEST) /.test(line))
  // A line is written when its answer is over, of which the client may know sooner.
  for (let tries = 0; tries < 200 && told().length < 14; tries++) await sleep(20)
  t.equal(told().length, 14, 'each is told')
  const dotted = await handshake(proxy.port, 'dotted.test.:443')
  t.equal(dotted.getPeerX509Certificate()!.subjectAltName, 'DNS:dotted.test')
  dotted.destroy()
})

t.test('certificates are made at a rate', noTls, async t => {
  let free = true
  const asked: string[] = []
  const leafs = await createLeafs(
    await openAuthority('', 'sha1'),
    'sha1',
    async client => free && asked.push(client) > 0
  )
  const first = await leafs.contextFor('one.test', 'me')
  free = false
  await t.rejects(leafs.contextFor('two.test', 'me'), { code: 'TOO_MANY_CONNECTS' })
  t.equal(await leafs.contextFor('one.test', 'me'), first, 'what is there is free')
  free = true
  t.ok(await leafs.contextFor('two.test', 'you'), 'and nothing of a refusal stays')
  t.strictSame(asked, ['me', 'you'])

  const rate = createRate(2, 3)
  t.strictSame([await rate('me'), await rate('me'), await rate('me')], [true, true, false], 'of one client')
  t.strictSame([await rate('you'), await rate('you')], [true, false], 'of all')

  const slow = await startProxy(t, { tls: 'on', 'max-certificates-per-second': 2, conversions: 1 })
  const answers = await Promise.all(
    [1, 2, 3, 4].map(
      async at => await ask(slow.port, `CONNECT n${at}.test:443 HTTP/1.0\r\n\r\n`, { leaveAt: /established|<\/html>/i })
    )
  )
  t.ok(
    answers.some(({ status, text }) => status === 503 && /TOO_MANY_CONNECTS/.test(text)),
    'a page says so'
  )
  t.ok(answers.some(({ raw }) => /200 Connection established/.test(raw)))
})

/** A ClientHello of a version with RC4 and 3DES only, in a record of the same version. */
function clientHello(minor: number, ciphers = [0x0004, 0x0005, 0x000a]): Buffer {
  const suites = Buffer.alloc(ciphers.length * 2)
  ciphers.forEach((cipher, at) => suites.writeUInt16BE(cipher, at * 2))
  const body = Buffer.concat([
    Buffer.from([3, minor]),
    Buffer.alloc(32, 7),
    Buffer.from([0, 0, suites.length]),
    suites,
    Buffer.from([1, 0])
  ])
  const message = Buffer.concat([Buffer.from([1, 0, 0, body.length]), body])
  return Buffer.concat([Buffer.from([0x16, 3, minor, 0, message.length]), message])
}

/** The same in the form of SSL 2, as Netscape 4 and Internet Explorer 5 begin. */
function sslv2Hello(version: number): Buffer {
  const specs = Buffer.from([0, 0, 4, 0, 0, 0x0a, 1, 0, 0x80])
  const body = Buffer.concat([
    Buffer.from([1, version >> 8, version & 0xff, 0, specs.length, 0, 0, 0, 16]),
    specs,
    Buffer.alloc(16, 5)
  ])
  return Buffer.concat([Buffer.from([0x80, body.length]), body])
}

t.test('what is too old gets an alert, and a page the next time', async t => {
  const rows: ReadonlyArray<readonly [string, Buffer]> = [
    ['SSL 3', clientHello(0)],
    ['TLS 1.0 with RC4 and 3DES', clientHello(1)],
    ['SSL 3 in the form of SSL 2', sslv2Hello(0x300)],
    ['SSL 2', sslv2Hello(0x002)]
  ]
  for (const [name, hello] of rows) {
    const head = `CONNECT old.test:443 HTTP/1.0\r\nUser-Agent: ${name}\r\n\r\n`
    const { socket, status } = await open(proxy.port, '', { head })
    t.equal(status, 200)
    const started = Date.now()
    socket.write(hello)
    const text = await rest(socket, 5)
    t.match(
      text,
      /^\x15\x03[\x00-\x03]\x00\x02\x02[\x28\x46]$/,
      `${name}: a fatal alert (handshake_failure or protocol_version), then the end`
    )
    t.ok(Date.now() - started < 900, 'at once')
    t.match(
      await open(proxy.port, '', { head }),
      { status: 502, text: /Use http:\/\/ here/ },
      `${name}: a page at the next attempt`
    )
  }
  const other = await open(proxy.port, 'old.test:443')
  t.equal(other.status, 200, 'others are asked to speak TLS as before')
  other.socket.destroy()
})

t.test('noise, silence and hang-ups instead of a handshake end', async t => {
  for (const noise of ['GET / HTTP/1.0\r\n\r\n', '\0'.repeat(100), '\x16\x03\x01\xff\xff']) {
    const { socket } = await open(proxy.port, '', {
      head: `CONNECT noise.test:443 HTTP/1.0\r\nUser-Agent: Noise ${noise.length}\r\n\r\n`
    })
    socket.write(Buffer.from(noise, 'latin1'))
    t.notMatch(await rest(socket, 4), /hung/, JSON.stringify(noise.slice(0, 12)))
  }
  const started = Date.now()
  const silent = await Promise.all([open(proxy.port, 'slow.test:443'), open(proxy.port, 'slow.test:443')])
  t.match(
    await open(proxy.port, 'third.test:443'),
    { status: 503, text: /TOO_MANY_CONNECTS/ },
    'no more than the setting allows at a time'
  )
  t.strictSame(
    silent.map(({ status }) => status),
    [200, 200]
  )
  silent[1].socket.write(clientHello(1).subarray(0, 20))
  t.notMatch((await Promise.all(silent.map(async ({ socket }) => await rest(socket, 5)))).join(''), /hung/)
  t.ok(Date.now() - started < 3000, 'a handshake that is not finished ends')
  const gone = await open(proxy.port, 'gone.test:443')
  gone.socket.resetAndDestroy()
  await sleep(50)
  const after = await Promise.all([handshake(proxy.port, 'a.test:443'), handshake(proxy.port, 'b.test:443')])
  for (const socket of after) socket.destroy()
  const idle = await handshake(proxy.port, 'secure.test:443')
  t.notMatch(await rest(idle, 6), /hung/, 'silence inside TLS ends as well')
})

t.test('who may not use the proxy', async t => {
  const strict = await startProxy(t, { conversions: 1, tls: 'on', 'allow-clients': '127.0.0.1' })
  t.match(await open(strict.port, 'secure.test:443', { from: '127.0.0.2' }), { status: 403, text: /CLIENT_REFUSED/ })
  const mine = await open(strict.port, 'secure.test:443')
  t.equal(mine.status, 200)
  mine.socket.destroy()
})

t.test('off', async t => {
  const off = await startProxy(t, { conversions: 1, 'data-dir': join(mkdtempSync(join(folder, 'off-')), 'd') })
  t.match(await open(off.port, 'secure.test:443'), { status: 502, text: /Use http:\/\/ here/ })
  t.match(await get(off.port, 'http://retrograde/ca.crt'), { status: 404, text: /No certificate/ })
  t.match(await get(off.port, 'http://retrograde/ca'), {
    status: 200,
    text: /Type <B>http:\/\/<\/B> for every address/
  })
})

t.test('a tunnel', async t => {
  const bytes = Buffer.from(Array.from({ length: 300_000 }, (_, at) => (at * 7) & 0xff))
  const echo = net.createServer(socket => socket.on('error', () => {}).pipe(socket)).listen(0, '127.0.0.1')
  const sudden = net
    .createServer(socket => socket.on('error', () => {}).once('data', () => socket.resetAndDestroy()))
    .listen(0, '127.0.0.1')
  const talker = net
    .createServer(socket => {
      const timer = setInterval(() => socket.write('.'), 100)
      socket.on('error', () => {}).on('close', () => clearInterval(timer))
    })
    .listen(0, '127.0.0.1')
  for (const server of [echo, sudden, talker]) if (!server.listening) await once(server, 'listening')
  t.teardown(() => {
    for (const server of [echo, sudden, talker]) server.close()
  })
  const [port, suddenPort, talkerPort] = [echo, sudden, talker].map(
    server => (server.address() as AddressInfo).port
  ) as [number, number, number]
  const settings = {
    conversions: 1,
    tls: 'tunnel',
    'tunnel-ports': `${port},${suddenPort},${talkerPort}`,
    'tunnel-idle-seconds': 1,
    'tunnel-seconds': 2,
    'max-tunnels': 1,
    'connect-timeout-seconds': 2
  }
  const open1 = await startProxy(t, { ...settings, 'allow-hosts': '127.0.0.1' })

  const tunnelled = await open(open1.port, `127.0.0.1:${port}`)
  t.equal(tunnelled.status, 200)
  t.match(await open(open1.port, `127.0.0.1:${port}`), { status: 503 }, 'one at a time is allowed here')
  tunnelled.socket.end(bytes)
  t.ok(Buffer.from(await rest(tunnelled.socket), 'latin1').equals(bytes), 'bytes pass untouched, to the last')
  const started = Date.now()
  const idle = await open(open1.port, `127.0.0.1:${port}`)
  t.equal(idle.status, 200, 'the place is free again')
  t.equal(await rest(idle.socket, 5), '')
  t.ok(Date.now() - started < 1900, 'an idle one ends')
  t.notMatch(
    await rest((await open(open1.port, `127.0.0.1:${talkerPort}`)).socket, 5),
    /hung/,
    'one that talks for ever ends too'
  )
  const cut = await open(open1.port, `127.0.0.1:${suddenPort}`)
  cut.socket.write('x')
  t.equal(await rest(cut.socket, 5), '', 'a site that resets ends it')

  t.match(await open(open1.port, '127.0.0.1:25'), { status: 403, text: /TUNNEL_REFUSED/ }, 'other ports')
  t.match(await open(open1.port, `localhost:${port}`), { status: 403, text: /ADDRESS_REFUSED/ })
  const closed = await startProxy(t, settings)
  for (const host of [
    `127.0.0.1:${port}`,
    `127.1:${port}`,
    `2130706433:${port}`,
    `[::ffff:127.0.0.1]:${port}`,
    `localhost:${port}`,
    '10.0.0.1:443',
    '169.254.169.254:443',
    '[::1]:443'
  ]) {
    t.match(await open(closed.port, host), { status: 403, text: /ADDRESS_REFUSED/ }, host)
  }
  t.match((await open(closed.port, 'secure.test:443')).text, /NAME_(NOT_FOUND|SERVER_SILENT)/)
})

t.test('a tunnel through an upstream proxy', noTls, async t => {
  const through = await startProxy(t, { ...throughOrigin, tls: 'tunnel' })
  const secured = await handshake(through.port, 'secure.test:443', {
    ca: readFileSync(certificates!.authority),
    rejectUnauthorized: true
  })
  secured.write('GET /page HTTP/1.0\r\nHost: secure.test\r\nConnection: close\r\n\r\n')
  t.match(await rest(secured), /href="https:\/\/secure\.test\/next"/, 'the site itself speaks')
  t.match(await open(through.port, 'nowhere.test:443'), { status: 502, text: /UPSTREAM_PROXY/ })
  t.match(await open(through.port, '192.168.1.1:443'), { status: 403, text: /ADDRESS_REFUSED/ })
})

t.test('openssl s_client with TLS 1.0', noTls, async t => {
  const child = spawn(
    'openssl',
    [
      's_client',
      '-tls1',
      '-cipher',
      'ALL:@SECLEVEL=0',
      '-proxy',
      `127.0.0.1:${proxy.port}`,
      '-connect',
      'secure.test:443',
      '-quiet',
      '-ign_eof'
    ],
    { stdio: ['pipe', 'pipe', 'pipe'] }
  )
  let output = ''
  let said = ''
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString('latin1')
  })
  child.stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString('latin1')
  })
  child.stdin.on('error', () => {})
  child.stdin.write(GET('/page'))
  await once(child, 'close')
  if (
    /unknown option|no protocols available|unsupported protocol/i.test(said) &&
    spawnSync('openssl', ['ciphers', '-s', '-tls1', 'ALL:@SECLEVEL=0']).status !== 0
  )
    return void t.comment('this openssl has no TLS 1.0')
  t.match(output, /secret words/)
})

t.test('the end does not wait for anybody', noTls, async t => {
  const ending = await startProxy(t, {
    ...throughOrigin,
    tls: 'on',
    'tls-handshake-seconds': 60,
    'keep-alive-timeout-seconds': 60
  })
  await open(ending.port, 'half.test:443')
  const kept = await handshake(ending.port, 'secure.test:443')
  kept.write('GET /page HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n')
  await once(kept, 'data')
  const started = Date.now()
  await ending.close()
  t.ok(Date.now() - started < 2500, `it took ${Date.now() - started} ms`)
})

t.test('a settings mistake is told', async t => {
  const { readConfig } = await import('../../src/config/config.js')
  for (const [flags, words] of [
    [['--tls', 'yes'], /off, on, tunnel/],
    [['--tls-hosts', 'x'], /example\.com=tunnel/],
    [['--tunnel-ports', '0'], /ports and ranges/],
    [['--tunnel-ports', 'irc'], /ports and ranges/]
  ] as const) {
    t.throws(() => readConfig([...flags], {}), { message: words })
  }
  t.strictSame(readConfig(['--tunnel-ports', '6667,993', '--tls-hosts', 'a.test=on b.test=off'], {}).tunnelPorts, [
    '6667',
    '993'
  ])
})

t.test('a plain proxy on the same port goes on as before', async t => {
  t.match(await ask(proxy.port, 'GET http://retrograde/ HTTP/1.0\r\n\r\n'), { status: 200, text: /Retrograde/ })
})
