import type { Socket } from 'node:net'
import net from 'node:net'
import t from 'tap'
import { readConfig } from '../../src/config/config.js'
import { Failure, type FailureCode } from '../../src/failures.js'
import { isPublic, networkMatcher } from '../../src/guard/address.js'
import { createConnector } from '../../src/guard/connect.js'
import { createHostGuard } from '../../src/guard/hosts.js'
import { createLookUps } from '../../src/guard/look-ups.js'
import { createLoops } from '../../src/guard/loops.js'
import { get } from '../helpers/client.js'
import { startOrigin } from '../helpers/origin.js'
import { startProxy } from '../helpers/proxy.js'

const codeOf = (run: () => unknown): FailureCode | 'nothing' => {
  try {
    run()
  } catch (error) {
    if (error instanceof Failure) return error.code
    throw error
  }
  return 'nothing'
}

t.test('machines of the own network that have addresses of the open Internet', t => {
  const networks = ['2a01:4f8:1:2:aaaa:bbbb:cccc:1/64']
  const guard = createHostGuard({ allowHosts: ['2a01:4f8:1:2::5', 'nas.example'], localNetworks: () => networks })
  const refused = { code: 'ADDRESS_REFUSED' }
  t.throws(() => guard.checkHost('[2a01:4f8:1:2::7]'), refused, 'as a literal')
  t.throws(() => guard.checkAddress('printer.example', '2a01:4f8:1:2::7'), refused, 'by a name')
  t.doesNotThrow(() => guard.checkHost('[2a01:4f8:1:3::7]'), 'the network beside it')
  t.doesNotThrow(() => guard.checkAddress('site.example', '192.0.9.1'), 'IPv4')
  t.doesNotThrow(() => guard.checkHost('[2a01:4f8:1:2::5]'), 'what the settings open')
  t.doesNotThrow(() => guard.checkAddress('nas.example', '2a01:4f8:1:2::7'), 'by its name too')
  networks.pop()
  t.doesNotThrow(() => guard.checkHost('[2a01:4f8:1:2::7]'), 'somewhere else')
  t.end()
})

t.test('which addresses are on the open Internet', async t => {
  const open = [
    '1.1.1.1',
    '8.8.8.8',
    '93.184.216.34',
    '100.63.255.255',
    '100.128.0.1',
    '126.255.255.255',
    '128.0.0.1',
    '169.253.255.255',
    '172.15.255.255',
    '172.32.0.1',
    '192.167.255.255',
    '192.169.0.1',
    '198.17.255.255',
    '198.20.0.1',
    '223.255.255.254',
    '::ffff:8.8.8.8',
    '2606:4700:4700::1111',
    '2a00:1450:4001::200e',
    '[2400:cb00::1]'
  ]
  const closed: Record<string, readonly string[]> = {
    'this network': ['0.0.0.0', '0.1.2.3'],
    private: ['10.0.0.1', '10.255.255.255', '172.16.0.1', '172.31.255.255', '192.168.0.1', '192.168.255.255'],
    'carrier-grade NAT': ['100.64.0.1', '100.127.255.255'],
    loopback: ['127.0.0.1', '127.255.255.255', '::1', '[::1]', '0:0:0:0:0:0:0:1'],
    'link-local': ['169.254.0.1', '169.254.169.254', 'fe80::1', 'fe80::1%eth0'],
    protocols: ['192.0.0.1', '192.0.0.170', '192.88.99.1', '198.18.0.1', '198.19.255.255'],
    documentation: ['192.0.2.1', '198.51.100.1', '203.0.113.1', '2001:db8::1', '3fff::1'],
    multicast: ['224.0.0.1', '239.255.255.255', 'ff02::1', 'ff0e::1'],
    'reserved and broadcast': ['240.0.0.1', '255.255.255.255', '::', '100::1', '100:0:0:1::1', '4000::1', '5f00::1'],
    'unique local and site-local': ['fc00::1', 'fd12:3456:789a::1', 'fec0::1'],
    'IPv4-mapped': ['::ffff:127.0.0.1', '::ffff:7f00:1', '::ffff:10.0.0.1', '0:0:0:0:0:ffff:c0a8:101'],
    'IPv4-compatible': ['::127.0.0.1', '::7f00:1', '::808:808'],
    'IPv4-translated': ['::ffff:0:127.0.0.1'],
    NAT64: ['64:ff9b::7f00:1', '64:ff9b::10.0.0.1', '64:ff9b:1::1'],
    '6to4': ['2002:7f00:1::', '2002:c0a8:101::1'],
    Teredo: ['2001:0:4136:e378:8000:63bf:80ff:fffe'],
    'benchmarking and ORCHID': ['2001:2::1', '2001:10::1', '2001:20::1'],
    'no address': ['', 'example.com', '1.2.3.4.5', '256.1.1.1', ':::', 'localhost']
  }
  for (const address of open) t.equal(isPublic(address), true, address)
  for (const [kind, addresses] of Object.entries(closed))
    for (const address of addresses) t.equal(isPublic(address), false, `${kind}: ${address}`)
})

t.test('networks of clients', async t => {
  const networks = ['10.0.0.0/8', '192.168.7.9', 'fd00::/8', '::1']
  const rows: ReadonlyArray<readonly [string, boolean]> = [
    ['10.1.2.3', true],
    ['11.0.0.1', false],
    ['192.168.7.9', true],
    ['192.168.7.10', false],
    ['::ffff:10.1.2.3', true],
    ['::ffff:11.0.0.1', false],
    ['fd12::1', true],
    ['fd12::1%eth0', true],
    ['fe80::1', false],
    ['::1', true],
    ['::2', false],
    ['', false],
    ['a name', false]
  ]
  const isIn = networkMatcher(networks)
  for (const [address, expected] of rows) t.equal(isIn(address), expected, address)
  t.equal(networkMatcher([])('10.1.2.3'), false, 'nobody is in no networks')
})

t.test('hosts that may be asked', async t => {
  const guard = createHostGuard({ allowHosts: ['nas.lan', '192.168.1.5', '[fd00::5]', 'Printer'] })
  const refused = [
    'localhost',
    'LOCALHOST',
    'localhost.',
    'a.localhost',
    'router.local',
    'intranet',
    'wiki.internal',
    'other.lan',
    'x.home',
    'x.home.arpa',
    'x.localdomain',
    'a.corp',
    '127.0.0.1',
    '[::1]',
    '192.168.1.6',
    '[fd00::6]',
    '[::ffff:7f00:1]',
    '169.254.169.254'
  ]
  for (const host of refused)
    t.equal(
      codeOf(() => guard.checkHost(host)),
      'ADDRESS_REFUSED',
      host
    )
  for (const host of [
    'nas.lan',
    'NAS.LAN',
    'nas.lan.',
    '192.168.1.5',
    '[fd00::5]',
    'printer',
    'example.com',
    'localhost.example.com',
    '93.184.216.34'
  ])
    t.equal(
      codeOf(() => guard.checkHost(host)),
      'nothing',
      host
    )
  t.equal(
    codeOf(() => guard.checkAddress('rebound.example', '127.0.0.1')),
    'ADDRESS_REFUSED',
    'a public name with a private address'
  )
  t.equal(
    codeOf(() => guard.checkAddress('rebound.example', '192.168.1.5')),
    'nothing',
    'a name of an allowed address'
  )
  t.equal(
    codeOf(() => guard.checkAddress('nas.lan', '192.168.1.77')),
    'nothing',
    'an allowed name, whatever its address'
  )
  t.equal(
    codeOf(() => guard.checkAddress('example.com', '93.184.216.34')),
    'nothing'
  )
})

t.test('every notation of a private address is refused before a socket is opened', async t => {
  const guard = createHostGuard({ allowHosts: [] })
  const addresses = [
    'http://127.0.0.1/',
    'http://127.1/',
    'http://2130706433/',
    'http://0x7f000001/',
    'http://0x7f.1/',
    'http://0177.0.0.1/',
    'http://017700000001/',
    'http://127.0.0.1./',
    'http://%31%32%37.0.0.1/',
    'http://１２７.0.0.1/',
    'http://[::1]/',
    'http://[::ffff:127.0.0.1]/',
    'http://[0:0:0:0:0:0:0:1]/',
    'http://0/',
    'http://0.0.0.0/',
    'http://169.254.169.254/',
    'http://LocalHost/',
    'http://ⓛocalhost/'
  ]
  for (const address of addresses)
    t.equal(
      codeOf(() => guard.checkHost(new URL(address).hostname)),
      'ADDRESS_REFUSED',
      address
    )
})

t.test('the connector', async t => {
  const server = net.createServer(socket => socket.on('error', () => {}).end('hello')).listen(0, '127.0.0.1')
  await new Promise(resolve => server.once('listening', resolve))
  t.teardown(() => server.close())
  const port = String((server.address() as net.AddressInfo).port)
  const connect = (allowHosts: readonly string[], hostname: string): Promise<Error | Socket> =>
    new Promise(resolve => {
      const connector = createConnector({
        guard: createHostGuard({ allowHosts }),
        lookUps: createLookUps(),
        timeoutSeconds: 5,
        authorities: undefined
      })
      connector({ hostname, protocol: 'http:', port }, (error: Error | null, socket: Socket | null) =>
        resolve(error ?? socket!)
      )
    })
  for (const hostname of ['127.0.0.1', '[::1]', 'localhost'])
    t.match(await connect([], hostname), { code: 'ADDRESS_REFUSED' }, `${hostname} is refused`)
  // localhost as a name of the open Internet would be: it passes by name and is refused by what it resolves to.
  const asked: string[] = []
  const trusting = {
    checkHost() {},
    checkTunnel() {},
    checkAddress(hostname: string, address: string) {
      asked.push(`${hostname} ${address}`)
      throw new Failure('ADDRESS_REFUSED', address)
    },
    checkUrl() {},
    checkPeer() {}
  }
  const rebound = await new Promise<unknown>(resolve =>
    createConnector({ guard: trusting, lookUps: createLookUps(), timeoutSeconds: 5, authorities: undefined })(
      { hostname: 'localhost', protocol: 'http:', port },
      (...[error]) => resolve(error)
    )
  )
  t.match(rebound, { code: 'ADDRESS_REFUSED' }, 'a name that resolves to a private address')
  t.match(asked[0], /^localhost (127\.|::1)/, 'the address was checked where it was looked up')
  for (const [allowed, hostname] of [
    ['127.0.0.1', '127.0.0.1'],
    ['localhost', 'localhost']
  ] as const) {
    const socket = await connect([allowed], hostname)
    t.ok(socket instanceof net.Socket, `${hostname} is reached when it is allowed`)
    if (socket instanceof net.Socket) socket.destroy()
  }
})

const origin = await startOrigin(t, undefined)
/** Ways to write an address that must not be fetched, in what follows http:// of a request, a link or a Location. */
const ATTACKS: Readonly<Record<string, readonly string[]>> = {
  decimal: ['2130706433', '3232235777', '2852039166', '0'],
  octal: ['0177.0.0.1', '017700000001', '0300.0250.1.1', '0177.0x0.0.1'],
  hexadecimal: ['0x7f000001', '0x7f.1', '0xA9FEA9FE', '0x0a.0x0.0x0.0x1'],
  short: ['127.1', '10.1', '192.168.257', '169.254.43518'],
  'percent-encoded': ['%31%32%37.0.0.1', '127%2E0%2E0%2E1', 'loc%61lhost'],
  'dots at the end': ['127.0.0.1.', 'localhost.', 'router.', '0x7f.1.'],
  'other digits': [
    '\uFF11\uFF12\uFF17.0.0.1',
    '\u2460\u2461\u2466.0.0.1',
    '127\u30020\uFF0E0\uFF611',
    '\uD835\uDFCF27.0.0.1',
    '\u24DBocalhost',
    '\uFF4Cocalhost'
  ],
  'this network and broadcast': ['0.0.0.0', '0.1.2.3', '255.255.255.255', '240.0.0.1'],
  mapped: ['[::ffff:127.0.0.1]', '[::ffff:7f00:1]', '[::FFFF:a9fe:a9fe]', '[0:0:0:0:0:ffff:10.0.0.1]'],
  'compatible and translated': ['[::127.0.0.1]', '[::ffff:0:127.0.0.1]'],
  NAT64: ['[64:ff9b::127.0.0.1]', '[64:ff9b::a9fe:a9fe]', '[64:ff9b:1::a00:1]'],
  '6to4 and Teredo': ['[2002:7f00:1::]', '[2002:a9fe:a9fe::1]', '[2001:0:7f00:1::]', '[2001::1]'],
  'unique local, link-local, multicast': [
    '[fc00::1]',
    '[fd12:3456::1]',
    '[fe80::1]',
    '[febf::1]',
    '[ff02::1]',
    '224.0.0.1'
  ],
  'metadata of clouds': [
    '169.254.169.254',
    '[fd00:ec2::254]',
    '100.100.100.200',
    '192.0.0.192',
    '168.63.129.16',
    'metadata.google.internal',
    'metadata',
    'instance-data'
  ],
  names: [
    'localhost',
    'LOCALHOST',
    'a.localhost',
    'x.y.localhost.',
    'router',
    'printer.local',
    'nas.lan',
    'wiki.intranet',
    'x.home.arpa',
    'gw.localdomain'
  ],
  'with a name before it': ['site.test@127.0.0.1', 'site.test:80@127.0.0.1', 'site.test%2F@127.0.0.1']
}
const attacks = Object.entries(ATTACKS).flatMap(([kind, hosts]) => hosts.map(host => [kind, host] as const))

t.test('every attack is refused as a request, as a redirect, and in views, also before an upstream proxy', async t => {
  const guard = createHostGuard({ allowHosts: [] })
  for (const [kind, host] of attacks) {
    const { hostname, href } = new URL(`http://${host}/`)
    t.equal(
      codeOf(() => guard.checkHost(hostname)),
      'ADDRESS_REFUSED',
      `${kind}: ${host} is ${hostname}`
    )
    t.equal(
      codeOf(() => guard.checkUrl(new URL(href))),
      'ADDRESS_REFUSED'
    )
    t.equal(
      codeOf(() => guard.checkUrl(new URL(href.replace('http:', 'https:')))),
      'ADDRESS_REFUSED',
      'by https'
    )
  }
  const direct = await startProxy(t, { conversions: 1, 'own-names': 'no-such-name' })
  const through = await startProxy(t, { conversions: 1, 'upstream-proxy': `http://127.0.0.1:${origin.port}/` })
  let next = ''
  origin.on('http://site.test/away', ({ answer }) => void answer.writeHead(302, { location: next }).end())
  for (const [kind, host] of attacks) {
    const wire = Buffer.from(host, 'utf8').toString('latin1')
    for (const { port } of [direct, through]) {
      for (const scheme of ['http', 'https'])
        t.match(
          (await get(port, `${scheme}://${wire}/`)).text,
          /ADDRESS_REFUSED|BAD_REQUEST|UNKNOWN_SCHEME/,
          `${kind}: ${scheme}://${host}/`
        )
      t.match(
        (await get(port, `http://retrograde/read?url=${wire}/`)).text,
        /ADDRESS_REFUSED|BAD_REQUEST|No address/,
        `${kind}: a view of ${host}`
      )
    }
    next = `http://${new URL(`http://${host}/`).host}/`
    const sent = await get(through.port, 'http://site.test/away')
    const followed = await get(through.port, sent.headers.location ?? '')
    t.match(followed.text, /ADDRESS_REFUSED/, `${kind}: a redirect to ${host}`)
  }
  for (const { address } of origin.seen) t.match(address, /^http:\/\/site\.test\/away$/, 'nothing else was handed on')
})

t.test('a name that changes its mind (DNS rebinding)', async t => {
  const answersOf = ['93.184.216.34', '127.0.0.1']
  const guard = createHostGuard({ allowHosts: [] })
  t.equal(
    codeOf(() => guard.checkAddress('rebound.test', answersOf[0]!)),
    'nothing'
  )
  t.equal(
    codeOf(() => guard.checkAddress('rebound.test', answersOf[1]!)),
    'ADDRESS_REFUSED',
    'each look-up is judged; the socket goes to what was judged'
  )
})

t.test('ports', async t => {
  const guard = createHostGuard({ allowHosts: ['nas.lan'] })
  for (const port of [80, 81, 85, 443, 8000, 8080, 8999])
    t.equal(
      codeOf(() => guard.checkUrl(new URL(`http://site.test:${port}/`))),
      'nothing',
      String(port)
    )
  for (const port of [1, 22, 25, 79, 86, 110, 445, 3306, 6379, 6667, 7999, 9000, 65535])
    t.equal(
      codeOf(() => guard.checkUrl(new URL(`http://site.test:${port}/`))),
      'PORT_REFUSED',
      String(port)
    )
  t.equal(
    codeOf(() => guard.checkUrl(new URL('http://nas.lan:5000/'))),
    'nothing',
    'an allowed host at any'
  )
  const other = createHostGuard({ allowHosts: [], allowPorts: ['25', '9000-9001'] })
  for (const [port, code] of [
    [25, 'nothing'],
    [9001, 'nothing'],
    [9002, 'PORT_REFUSED'],
    [443, 'PORT_REFUSED']
  ] as const)
    t.equal(
      codeOf(() => other.checkUrl(new URL(`http://site.test:${port}/`))),
      code,
      String(port)
    )
  const proxy = await startProxy(t, { conversions: 1, 'upstream-proxy': `http://127.0.0.1:${origin.port}/` })
  t.match(await get(proxy.port, 'http://site.test:25/'), { status: 403, text: /PORT_REFUSED/ })
  for (const wrong of ['0-99999', 'http', '90-80', '1-2-3'])
    t.throws(() => readConfig(['--allow-ports', wrong], {}), /ports and ranges/, wrong)
})

t.test('requests that come back to the proxy', async t => {
  const loops = createLoops(true)
  const marks = loops.marks('site.test')
  t.equal(loops.isOurs(marks, 'SITE.test'), true)
  t.equal(loops.isOurs({ via: `1.0 other, ${marks.via}, 1.1 last` }, 'site.test'), true, 'through other proxies')
  t.equal(loops.isOurs(marks, 'other.test'), false, 'no site can tell the mark of another')
  t.equal(loops.isOurs(createLoops(true).marks('site.test'), 'site.test'), false, 'another proxy is not this one')
  t.strictSame(Object.keys(createLoops(false).marks('site.test')), ['cdn-loop'])

  const port = await freePort()
  const circle = await startProxy(t, { conversions: 1, port, 'upstream-proxy': `http://127.0.0.1:${port}/` })
  t.match(await get(circle.port, 'http://site.test/'), { text: /LOOP/ }, 'an upstream proxy that is ourselves')
  t.ok(circle.lines.length <= 3, `after ${circle.lines.length} visits`)

  const open = await startProxy(t, { conversions: 1, 'allow-hosts': 'own.test,127.0.0.1,localhost.localdomain' })
  const guard = createHostGuard({
    allowHosts: ['127.0.0.1'],
    isOwn: (address, at) => /^127\./.test(address) && at === open.port
  })
  const socket = await new Promise<unknown>(resolve =>
    createConnector({ guard, lookUps: createLookUps(), timeoutSeconds: 5, authorities: undefined })(
      { hostname: '127.0.0.1', protocol: 'http:', port: String(open.port) },
      (error, socket) => resolve(error ?? socket)
    )
  )
  t.match(socket, { code: 'LOOP' }, 'whatever name led there')
  t.equal(
    (await get(open.port, `http://127.0.0.1:${open.port}/healthz`)).text,
    'ok\n',
    'its own address is its own page'
  )
})

async function freePort(): Promise<number> {
  const server = net.createServer().listen(0, '127.0.0.1')
  await new Promise(resolve => server.once('listening', resolve))
  const { port } = server.address() as net.AddressInfo
  await new Promise(resolve => server.close(resolve))
  return port
}
