import { once } from 'node:events'
import net, { type AddressInfo, type Socket } from 'node:net'
import t, { type Test } from 'tap'
import { Failure } from '../../src/failures.js'
import { addressesToTry } from '../../src/guard/connect.js'
import { createHostGuard } from '../../src/guard/hosts.js'
import { createLookUps } from '../../src/guard/look-ups.js'
import { createTunnelOpener } from '../../src/origin/connect/open-tunnel.js'
import { cpuMilliseconds } from '../helpers/context.js'
import { answers, startOrigin } from '../helpers/origin.js'
import { get, type Answer, type GetOptions } from '../helpers/client.js'
import { startProxy } from '../helpers/proxy.js'

/** A server that does one thing with every connection, and counts them. */
async function startServer(act: (socket: Socket) => void): Promise<{ port: number; connections: () => number }> {
  let connections = 0
  const sockets = new Set<Socket>()
  const server = net
    .createServer({ allowHalfOpen: true }, socket => {
      connections++
      sockets.add(socket)
      socket.on('error', () => {})
      act(socket)
    })
    .listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.teardown(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  return { port: (server.address() as AddressInfo).port, connections: () => connections }
}

/** Does something once the head of a request is there. */
const afterHead =
  (act: (socket: Socket, head: string) => void) =>
  (socket: Socket): void => {
    let head = ''
    socket.on('data', (chunk: Buffer) => {
      head += chunk.toString('latin1')
      if (!head.includes('\r\n\r\n')) return
      act(socket, head)
      head = ''
    })
  }

const saying = (bytes: string) => afterHead(socket => socket.end(bytes))

/** A proxy that sends everybody on to https, and fails there. */
const atConnect = (act: (socket: Socket) => void) =>
  afterHead((socket, head) => {
    if (head.startsWith('CONNECT')) act(socket)
    else
      socket.end(
        `HTTP/1.1 301 Moved\r\nLocation: https://${/host: (\S+)/i.exec(head)![1]!}/\r\nContent-Length: 0\r\n\r\n`
      )
  })

const answering = (status: number): string => `HTTP/1.1 ${status} X\r\nContent-Length: 0\r\n\r\n`

/** Ways of an upstream proxy to fail. */
const FAULTS: Readonly<Record<string, (socket: Socket) => void>> = {
  'accepts and closes': socket => void socket.destroy(),
  'accepts and resets': socket => void socket.resetAndDestroy(),
  'ends its side': socket => void socket.end(),
  'ends its side and reads on': socket => void socket.resume().end(),
  'resets at the first byte': socket => void socket.once('data', () => socket.resetAndDestroy()),
  'hangs up after the head': afterHead(socket => socket.destroy()),
  'ends after the head': afterHead(socket => socket.end()),
  'is no proxy': saying('SSH-2.0-OpenSSH_9.2\r\n'),
  'speaks first': socket => void socket.end('220 mail ESMTP\r\n'),
  'breaks off its head': saying('HTTP/1.1 200 OK\r\nContent-Len'),
  'wants a password': saying(answering(407)),
  'resets CONNECT': atConnect(socket => socket.resetAndDestroy()),
  'hangs up on CONNECT': atConnect(socket => socket.destroy()),
  'ends at CONNECT': atConnect(socket => socket.end()),
  'answers CONNECT with noise': atConnect(socket => socket.end('+OK ready\r\n\r\n')),
  'answers CONNECT with 1xx': atConnect(socket => socket.end('HTTP/1.1 100 Continue\r\n\r\n'.repeat(20))),
  ...Object.fromEntries(
    [301, 403, 407, 500, 502].map(status => [
      `answers CONNECT with ${status}`,
      atConnect(socket => socket.end(answering(status)))
    ])
  ),
  'answers CONNECT and leaves the connection open': atConnect(socket => void socket.write(answering(407)))
}

const blames = (t: Test, answer: Answer, name: string): void =>
  void t.match(answer, { status: 502, text: /Upstream proxy failed.*UPSTREAM_PROXY/s }, name)

t.test('an upstream proxy that fails', async t => {
  let act: (socket: Socket) => void = () => {}
  const server = await startServer(socket => act(socket))
  const proxy = await startProxy(t, {
    'upstream-proxy': `http://127.0.0.1:${server.port}/`,
    conversions: 1,
    'tunnel-ports': 6667
  })
  const visit = async (address: string, options: GetOptions, most: number, name: string): Promise<Answer> => {
    const before = server.connections()
    const answer = await get(proxy.port, address, options)
    t.ok(server.connections() - before <= most, `${name}: ${server.connections() - before} connections`)
    return answer
  }
  for (const [name, fault] of Object.entries(FAULTS)) {
    act = fault
    const began = cpuMilliseconds()
    const lines = proxy.lines.length
    // What is no HTTP is asked for once more, and read leniently.
    const most = /noise|1xx/.test(name) ? 3 : 2
    blames(t, await visit('http://one.test/', {}, most, `${name}: a page`), `${name}: a page`)
    const posted = await visit('http://two.test/', { method: 'POST', body: 'a=b' }, 2, `${name}: a form`)
    // One that fails at CONNECT alone has answered the form by http.
    if (!name.includes('CONNECT')) blames(t, posted, `${name}: a form`)
    t.equal(posted.end, 'closed', `${name}: a form has an answer`)
    blames(t, await visit('irc.test:6667', { method: 'CONNECT' }, 1, `${name}: a tunnel`), `${name}: a tunnel`)
    t.ok(cpuMilliseconds() - began < 3000, `${name}: ${Math.round(cpuMilliseconds() - began)} ms of work`)
    t.equal(
      proxy.lines.slice(lines).filter(line => /UPSTREAM_PROXY/.test(line)).length,
      name.includes('CONNECT') ? 2 : 3,
      `${name}: the log`
    )
  }
  act = atConnect(socket => socket.end('HTTP/1.1 200 OK\r\n\r\n'))
  t.match(await visit('http://site.test/', {}, 2, 'a site that hangs up in its tunnel'), {
    status: 502,
    text: /CONNECTION_LOST/
  })
})

t.test('tunnels by an upstream proxy', async t => {
  let act: (socket: Socket) => void = socket => void socket.resume()
  const server = await startServer(socket => act(socket))
  const open = createTunnelOpener({
    guard: createHostGuard({ allowHosts: [], allowPorts: ['6667'] }),
    lookUps: createLookUps(),
    upstreamProxy: `http://127.0.0.1:${server.port}/`,
    connectTimeoutSeconds: 60
  })
  const left = new AbortController()
  const opened = open('irc.test', 6667, { client: 'one', signal: left.signal })
  left.abort(new Failure('BUSY'))
  await t.rejects(opened, { code: 'BUSY' }, 'a client that leaves waits for nobody')
  act = afterHead(socket => socket.write('HTTP/1.1 204 No Content\r\n\r\n'))
  const socket = await open('irc.test', 6667, { client: 'one', signal: new AbortController().signal })
  t.ok(socket.writable, 'any 2xx is a yes (RFC 9110 9.3.6)')
  socket.destroy()
})

t.test('who is silent: an upstream proxy, or a site behind it', async t => {
  /** What four visits come to, and how many connections they make, where a server does one thing with each. */
  const asked = async (act: (socket: Socket) => void, most = 4): Promise<{ said: string[]; connections: number }> => {
    const server = await startServer(act)
    const { port } = await startProxy(t, {
      'upstream-proxy': `http://127.0.0.1:${server.port}/`,
      conversions: 1,
      'tunnel-ports': 6667,
      'connect-timeout-seconds': 1,
      'response-timeout-seconds': 3
    })
    const visits = [
      () => get(port, 'http://one.test/'),
      () => get(port, 'https://two.test/'),
      () => get(port, 'http://three.test/', { method: 'POST', body: 'a=b' }),
      () => get(port, 'irc.test:6667', { method: 'CONNECT' })
    ]
    const answered = await Promise.all(visits.slice(0, most).map(visit => visit()))
    const said = answered.map(({ status, text }) => `${status} ${/Retrograde [\d.]+: (\w+)/.exec(text)?.[1]}`)
    return { said, connections: server.connections() }
  }
  const [silent, refusing, opening] = await Promise.all([
    asked(socket => void socket.resume()),
    asked(
      afterHead((socket, head) => {
        if (head.startsWith('CONNECT')) socket.write(answering(502))
      })
    ),
    asked(
      afterHead((socket, head) => {
        if (head.startsWith('CONNECT')) socket.write('HTTP/1.1 200 OK\r\n\r\n')
      }),
      3
    )
  ])
  t.strictSame(silent.said, [
    '504 UPSTREAM_SILENT',
    '504 UPSTREAM_SILENT',
    '504 UPSTREAM_SILENT',
    '504 UPSTREAM_SILENT'
  ])
  t.equal(silent.connections, 5, 'http is tried by https, and nothing else again')
  t.strictSame(
    refusing.said,
    ['504 TIMED_OUT', '502 UPSTREAM_PROXY', '504 TIMED_OUT', '502 UPSTREAM_PROXY'],
    'it reaches no site by CONNECT, and a site by http is silent'
  )
  t.strictSame(opening.said, ['504 TIMED_OUT', '504 TIMED_OUT', '504 TIMED_OUT'], 'sites are silent in their tunnels')
})

t.test('a site that hangs up', async t => {
  const proxy = await startProxy(t, { 'allow-hosts': '127.0.0.1', conversions: 1, 'connect-timeout-seconds': 1 })
  // Some are found out by the end of a time: they are waited for together, each at a port of its own.
  await Promise.all(
    Object.entries(FAULTS)
      .slice(0, 10)
      .map(async ([name, fault]) => {
        const server = await startServer(fault)
        t.match(
          await get(proxy.port, `http://127.0.0.1:${server.port}/`),
          { status: 502, text: /CONNECTION_LOST|BAD_ANSWER/ },
          name
        )
        // By https, by http, and leniently where something was said that is no HTTP.
        const most = /is no proxy|speaks first/.test(name) ? 3 : 2
        t.ok(server.connections() <= most, `${name}: ${server.connections()} connections`)
      })
  )
})

t.test('one request makes no more connections than are allowed', async t => {
  const images = Array.from({ length: 12 }, (_, at) => `<img src="http://images${at}.test/a.gif">`).join('')
  const sheets = Array.from(
    { length: 4 },
    (_, at) => `<link rel=stylesheet href="http://sheets${at}.test/a.css">`
  ).join('')
  const origin = await startOrigin(t, undefined)
  origin.on('http://site.test/', answers(`${sheets}<p>words ${images}`))
  const asked = async (most: number): Promise<number> => {
    const before = origin.seen.length
    const proxy = await startProxy(t, {
      'upstream-proxy': `http://127.0.0.1:${origin.port}/`,
      conversions: 1,
      'max-connections-per-request': most,
      'sheet-timeout-milliseconds': 10_000,
      'probe-timeout-milliseconds': 10_000
    })
    t.match(await get(proxy.port, 'http://site.test/', { browser: 'nav3' }), { status: 200, text: /words/ })
    await proxy.close()
    return origin.seen.length - before
  }
  t.equal(await asked(17), 17, 'all that the page needs')
  t.equal(await asked(16), 16, 'but one')
  t.equal(await asked(3), 3, 'the page comes without them')

  let hops = 0
  const circle = await startServer(
    afterHead(socket =>
      socket.end(`HTTP/1.1 302 Found\r\nLocation: /\r\nSet-Cookie: hop=${hops++}\r\nContent-Length: 0\r\n\r\n`)
    )
  )
  const proxy = await startProxy(t, {
    'allow-hosts': '127.0.0.1',
    conversions: 1,
    'max-redirects': 50,
    'max-connections-per-request': 5
  })
  t.match(await get(proxy.port, `http://127.0.0.1:${circle.port}/`, { browser: 'mosaic' }), {
    status: 502,
    text: /GIVEN_UP/
  })
  t.equal(circle.connections(), 5)
})

t.test('a name with many addresses', async t => {
  const four = Array.from({ length: 500 }, (_, at) => ({ address: `192.0.2.${at}`, family: 4 }))
  const six = Array.from({ length: 500 }, (_, at) => ({ address: `2001:db8::${at}`, family: 6 }))
  t.strictSame(addressesToTry(four.slice(0, 4)), four.slice(0, 4))
  t.strictSame(addressesToTry(four.slice(0, 5)), four.slice(0, 4))
  t.strictSame(addressesToTry([...six, ...four]), [...six.slice(0, 4), ...four.slice(0, 4)])
})
