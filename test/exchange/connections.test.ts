import { once } from 'node:events'
import net from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'
import { createConnections, type ClosedFor, type Connections } from '../../src/guard/connections.js'
import { createClosedLog } from '../../src/watch/closed-log.js'
import { cheapHash } from '../helpers/cheap-hash.js'
import { ask, get } from '../helpers/client.js'
import { cpuMilliseconds } from '../helpers/context.js'
import { startProxy } from '../helpers/proxy.js'

/** Connections as numbers, and what was closed of them. */
function counted(
  most: number,
  mostOfClient: number
): { connections: Connections<number>; closed: number[]; reasons: ClosedFor[] } {
  const closed: number[] = []
  const reasons: ClosedFor[] = []
  return {
    connections: createConnections<number>({
      most,
      mostOfClient,
      mostPerSecond: 1000,
      close: at => void closed.push(at),
      report: reason => void reasons.push(reason)
    }),
    closed,
    reasons
  }
}

const stranger = (at: number): string => `198.51.${at >> 8}.${at & 255}`

t.test('one client has a share of connections', async t => {
  const { connections, closed, reasons } = counted(10, 3)
  for (const at of [1, 2, 3]) t.ok(connections.enter(at, '10.0.0.1'))
  connections.work(1, 1)
  t.ok(connections.enter(4, '10.0.0.1'))
  t.strictSame([closed, reasons], [[2], ['client']], 'its own that was idle longest')
  for (const at of [3, 4]) connections.work(at, 1)
  t.notOk(connections.enter(5, '10.0.0.1'), 'none of them is idle')
  t.ok(connections.enter(6, '10.0.0.2'), 'others have theirs')
  connections.work(1, 1)
  connections.work(1, -1)
  t.notOk(connections.enter(7, '10.0.0.1'), 'one of two requests is over')
  connections.leave(1)
  t.ok(connections.enter(8, '10.0.0.1'))
  for (const at of [20, 21, 22]) connections.enter(at, `2001:db8:1:2::${at}`)
  t.ok(connections.enter(23, '2001:db8:1:2:3::1') && closed.at(-1) === 20, 'a /64 is one client')
  connections.leave(20)
})

t.test('a thousand strangers leave room', async t => {
  const { connections, closed } = counted(1000, 200)
  connections.welcome('192.168.1.5')
  t.ok(connections.enter(-1, '192.168.1.5'))
  t.ok(connections.enter(-2, '192.168.1.6'), 'of the house, but new')
  const before = cpuMilliseconds()
  for (let at = 0; at < 5000; at++) connections.enter(at, stranger(at))
  const each = (cpuMilliseconds() - before) / 5000
  t.ok(each < 1, `${each} ms each`)
  t.notOk(closed.includes(-1) || closed.includes(-2), 'nothing of the house is closed')
  t.equal(closed.length, 4501, 'half of all are kept')
  t.equal(new Set(closed).has(4999), false, 'and the newest of them')
  for (let at = 0; at < 300; at++) t.ok(connections.enter(10_000 + at, '192.168.1.5'))

  const full = counted(4, 4)
  for (const at of [1, 2, 3, 4]) {
    full.connections.welcome(`10.0.0.${at}`)
    t.ok(full.connections.enter(at, `10.0.0.${at}`))
  }
  for (const at of [1, 2, 3]) full.connections.work(at, 1)
  t.ok(full.connections.enter(5, '10.0.0.1'))
  t.strictSame([full.closed, full.reasons], [[4], ['full']])
  full.connections.work(5, 1)
  t.notOk(full.connections.enter(6, '10.0.0.9'), 'something is answered on all')
  full.connections.work(5, -1)
  t.ok(full.connections.enter(6, '10.0.0.9'))
})

t.test('one client opens so many in a second', async t => {
  const proxy = await startProxy(t, { conversions: 1, 'max-connections-per-second': 1 })
  const said = await Promise.all(
    Array.from({ length: 30 }, () => get(proxy.port, 'http://retrograde/healthz', { from: '127.0.0.7' }))
  )
  const answered = said.filter(({ status }) => status === 200).length
  t.ok(answered >= 3 && answered < 30, `${answered} of 30`)
  t.ok(
    said.every(({ status, raw }) => status === 200 || raw === ''),
    'the others are closed'
  )
  t.equal(
    (await get(proxy.port, 'http://retrograde/healthz', { from: '127.0.0.8' })).status,
    200,
    'another has its own'
  )
  const figures = await get(proxy.port, 'http://retrograde/metrics')
  t.match(figures.text, new RegExp(`connections_closed_total\\{reason="rate"\\} ${30 - answered}\\n`))
  t.match(proxy.lines.join('\n'), /127\.0\.0\.7: their client opened too many in a second \(maxConnectionsPerSecond\)/)
  const usual = await startProxy(t, { conversions: 1 })
  for (let round = 0; round < 3; round++) {
    const page = await Promise.all(
      Array.from({ length: 100 }, () =>
        get(usual.port, 'http://retrograde/healthz', { from: '127.0.0.7', timeoutSeconds: 60 })
      )
    )
    t.ok(
      page.every(({ status }) => status === 200),
      'a page with a hundred images, again and again'
    )
  }
})

t.test('who is sent away with a page reads it as any other', async t => {
  const proxy = await startProxy(t, { conversions: 1, users: `ada:${cheapHash('red fish')}` })
  const password = `Proxy-Authorization: Basic ${Buffer.from('ada:red fish').toString('base64')}`
  const asked = await Promise.all(Array.from({ length: 20 }, () => get(proxy.port, 'http://site.test/')))
  const ids = asked.map(({ text }) => /PROXY_PASSWORD #([0-9a-f]{8})/.exec(text)?.[1] ?? '')
  t.equal(new Set(ids).size, 20, 'each has its id')
  for (const id of ids)
    t.ok(
      proxy.lines.some(line => line.includes(` ${id} 127.0.0.1 GET http://site.test/ error 407 PROXY_PASSWORD`)),
      id
    )
  t.match(asked[0], {
    status: 407,
    headers: { 'proxy-authenticate': 'Basic realm="Retrograde"', 'content-length': String(asked[0]!.body.length) }
  })
  const head = await ask(proxy.port, 'HEAD http://site.test/ HTTP/1.0\r\n\r\n')
  t.strictSame([head.status, head.body.length], [407, 0])
  const simple = await ask(proxy.port, 'GET http://site.test/\r\n')
  t.match(simple.raw, /^<[^]*PROXY_PASSWORD/)
  const own = await get(proxy.port, '/settings', { headers: [`Host: 127.0.0.1:${proxy.port}`] })
  t.match(own, { status: 401, text: new RegExp(`HREF="http://127.0.0.1:${proxy.port}/"`, 'i') })
  const kept = await ask(
    proxy.port,
    `GET http://retrograde/settings HTTP/1.1\r\n\r\nPOST http://retrograde/settings HTTP/1.1\r\nContent-Length: 3\r\n\r\na=bGET http://retrograde/proxy.pac HTTP/1.1\r\nConnection: close\r\n${password}\r\n\r\n`
  )
  t.match(
    kept.raw,
    /^HTTP\/1\.1 407 [^]*HTTP\/1\.1 407 [^]*HTTP\/1\.1 200 [^]*FindProxyForURL/,
    'the connection goes on'
  )
})

t.test('lines about connections that were closed are few', async t => {
  const lines: string[] = []
  const log = createClosedLog(line => void lines.push(line))
  for (let at = 0; at < 1000; at++) log('refused', stranger(at))
  t.equal(lines.length, 1)
  t.match(lines[0], /1, the last of 198\.51\.0\.0: their addresses may not/)
})

/** Opens connections that say so much and wait. */
const open = (port: number, addresses: readonly string[], says: string): net.Socket[] =>
  addresses.map(localAddress =>
    net
      .connect({ port, host: '127.0.0.1', localAddress }, function (this: net.Socket) {
        this.write(says)
      })
      .on('error', () => {})
  )

t.test('who may not use the proxy is sent away before a byte is read', async t => {
  const proxy = await startProxy(t, { conversions: 1, 'deny-clients': '127.66.0.0/16' })
  const [silent] = open(proxy.port, ['127.66.0.1'], '')
  const said: Buffer[] = []
  silent!.on('data', data => void said.push(data))
  await once(silent!, 'close')
  t.match(Buffer.concat(said).toString(), /^HTTP\/1\.0 403 [^]*CLIENT_REFUSED/)
  t.match(await get(proxy.port, 'http://retrograde/', { from: '127.66.0.2' }), {
    status: 403,
    text: /does not serve your address/
  })
  const many = open(
    proxy.port,
    Array.from({ length: 200 }, (_, at) => `127.66.1.${at + 1}`),
    'GET'
  )
  await Promise.all(many.map(socket => once(socket.resume(), 'close')))
  t.equal((await get(proxy.port, 'http://retrograde/healthz')).status, 200)
  t.ok(proxy.lines.filter(line => line.includes('Connections closed')).length <= 2, 'in few lines')
  const watched = await startProxy(t, { conversions: 1, 'allow-clients': '127.0.0.1', 'metrics-from': '127.0.0.0/8' })
  const [idle] = open(watched.port, ['127.0.0.5'], 'GET /metr')
  const started = Date.now()
  await once(idle!.resume(), 'close')
  t.ok(Date.now() - started < 10_000, 'who may read the figures alone must ask at once')
  t.equal((await get(watched.port, 'http://retrograde/metrics', { from: '127.0.0.5' })).status, 200)
  const figures = await get(proxy.port, 'http://retrograde/metrics')
  t.match(figures.text, /connections_closed_total\{reason="refused"\} 202/)
})

t.test('strangers without a password leave room for who has one', async t => {
  const proxy = await startProxy(t, {
    conversions: 1,
    'max-connections': 40,
    'max-connections-per-client': 20,
    users: `ada:${cheapHash('red fish')}`
  })
  const password = `Proxy-Authorization: Basic ${Buffer.from('ada:red fish').toString('base64')}`
  const addresses = Array.from({ length: 120 }, (_, at) => `127.7.${at % 7}.${at + 1}`)
  for (const says of [
    '',
    'GET http://x.test/ HTTP/1.0\r\nUser-',
    'GET http://x.test/ HTTP/1.1\r\n\r\n',
    'CONNECT x.test:443 HTTP/1.0\r\n\r\n'
  ]) {
    const sockets = open(proxy.port, addresses, says)
    await sleep(200)
    t.match(
      await get(proxy.port, 'http://retrograde/', { headers: [password], from: '127.0.0.9' }),
      { status: 200 },
      JSON.stringify(says)
    )
    for (const socket of sockets) socket.destroy()
  }
  const own = open(proxy.port, Array(30).fill('127.0.0.9'), 'GET')
  t.match(
    await ask(proxy.port, `GET http://retrograde/ HTTP/1.0\r\n${password}\r\n\r\n`, { from: '127.0.0.9' }),
    { status: 200 },
    'nor does one keep itself out'
  )
  for (const socket of own) socket.destroy()
})
