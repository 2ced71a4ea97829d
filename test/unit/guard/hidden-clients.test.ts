import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import t, { type Test } from 'tap'
import { createAccess, type AccessOptions } from '../../../src/guard/access.js'
import { gatewaysIn, hiddenClients, hiddenClientsNote } from '../../../src/guard/hidden-clients.js'
import { createUsers } from '../../../src/guard/users/users.js'

/** As a container of Docker shows it. */
const ROUTES = `Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT
eth0\t00000000\t010012AC\t0003\t0\t0\t0\t00000000\t0\t0\t0
eth0\t000012AC\t00000000\t0001\t0\t0\t0\t0000FFFF\t0\t0\t0
`
const ROUTES6 = `00000000000000000000000000000000 00 00000000000000000000000000000000 00 fd000000000000000000000000000001 00000400 00000001 00000000 00000003     eth0
fd000000000000000000000000000000 40 00000000000000000000000000000000 00 00000000000000000000000000000000 00000100 00000001 00000000 00000001     eth0
`

/** A folder with such files as a machine has in its root. */
function machine(t: Test, files: Readonly<Record<string, string>>): string {
  const root = t.testdir()
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  return root
}

const bridge = { 'proc/net/route': ROUTES, 'sys/class/net/eth0/ifindex': '2', 'sys/class/net/lo/ifindex': '1' }

t.test('gateways of a container', async t => {
  t.strictSame(gatewaysIn(ROUTES, ROUTES6), ['172.18.0.1', 'fd00::1'])
  t.strictSame(gatewaysIn('', 'nonsense'), [])
  const found = (files: Readonly<Record<string, string>>): readonly string[] =>
    hiddenClients(['172.18.0.2'], machine(t, files))
  t.strictSame(found({ ...bridge, '.dockerenv': '' }), ['172.18.0.1', '172.18.0.2'], 'Docker')
  t.strictSame(
    found({ ...bridge, 'run/.containerenv': '', 'proc/net/ipv6_route': ROUTES6 }),
    ['172.18.0.1', 'fd00::1', '172.18.0.2'],
    'Podman'
  )
})

t.test('others', async t => {
  t.strictSame(
    hiddenClients(['172.18.0.2'], machine(t, { ...bridge, 'proc/1/cgroup': '12:pids:/docker/0123\n' })),
    ['172.18.0.1', '172.18.0.2'],
    'by its cgroup'
  )
  t.test('no container', async t =>
    t.strictSame(hiddenClients(['192.168.1.5'], machine(t, { ...bridge, 'proc/1/cgroup': '0::/init.scope\n' })), [])
  )
  t.test('the network of the machine', async t =>
    t.strictSame(
      hiddenClients(
        ['192.168.1.5'],
        machine(t, { ...bridge, '.dockerenv': '', 'sys/class/net/eth0/device/vendor': '0x8086' })
      ),
      []
    )
  )
  t.test('no such files', async t => t.strictSame(hiddenClients([], machine(t, {})), []))
})

t.test('who may come from a gateway', async t => {
  const enter = async (from: string, options: Partial<AccessOptions>): Promise<string> => {
    const access = createAccess({
      allowClients: ['172.16.0.0/12'],
      denyClients: [],
      metricsFrom: [],
      users: createUsers([]),
      hidden: ['172.18.0.1'],
      ...options
    })
    try {
      await access.enter({ clientAddress: from, headers: {}, asProxy: true, portalPath: undefined })
      return access.refuses(from) ?? 'in'
    } catch (error) {
      const { code } = error as { code: string }
      return code === (access.refuses(from) ?? code) ? code : 'two answers'
    }
  }
  t.equal(await enter('172.18.0.1', {}), 'GATEWAY_REFUSED', 'nobody, unless it is said')
  t.equal(await enter('172.18.0.1', { gatewayClients: 'refuse' }), 'GATEWAY_REFUSED')
  t.equal(await enter('172.18.0.1', { gatewayClients: 'allow' }), 'in')
  t.equal(await enter('172.18.0.7', {}), 'in', 'another container is who it is')
  t.equal(await enter('203.0.113.1', { gatewayClients: 'allow' }), 'CLIENT_REFUSED')
  t.equal(
    await enter('172.18.0.1', { users: createUsers(['ada:scrypt.15.8.1.x.y']) }),
    'PROXY_PASSWORD',
    'who has a password says it'
  )
})

t.test('what the operator is told', async t => {
  t.equal(hiddenClientsNote([], { gatewayClients: 'refuse', users: [] }), undefined)
  t.match(
    hiddenClientsNote(['172.18.0.1'], { gatewayClients: 'refuse', users: [] }),
    /172\.18\.0\.1; they are refused\. .*gatewayClients/
  )
  t.match(
    hiddenClientsNote(['172.18.0.1'], { gatewayClients: 'allow', users: [] }),
    /one client, with one set of cookies/
  )
  t.match(hiddenClientsNote(['172.18.0.1'], { gatewayClients: 'allow', users: ['ada:x'] }), /passwords/)
})
