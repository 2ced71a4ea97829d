import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Test } from 'tap'
import { get } from '../helpers/client.js'
import { ROOT } from '../helpers/root.js'
import { freePort, listens, start, until, type Ending, type Program } from './programs.js'

/** A store that can be killed and started again with what it has written. */
export interface StoreProgram {
  readonly port: number
  program(): Program
  start(): Promise<void>
}

/** A proxy of several. */
export interface Node {
  readonly port: number
  readonly program: Program
}

/** What passes connections on to proxies. */
export interface Balancer {
  readonly port: number
  readonly program: Program
}

/** Several proxies with one store, and a balancer before them. */
export interface Cluster {
  readonly store: StoreProgram
  readonly nodes: readonly Node[]
  /** The port of the balancer */
  readonly port: number
}

/** The balancer speaks to proxies from this address, and from no other: so a test can also ask a proxy itself. */
const BALANCER = '127.0.0.9'

/** Whether a proxy answers; one that is busy is asked again. */
const isHealthy = async (port: number): Promise<boolean> =>
  (await get(port, '/healthz', { timeoutSeconds: 5 })).status === 200

/** Debian's redis-server in a folder, where what is confirmed is on the disk. */
export async function startStore(t: Ending, folder: string): Promise<StoreProgram> {
  const port = await freePort()
  const args = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--save', '']
  const durable = ['--appendonly', 'yes', '--appendfsync', 'always', '--maxmemory-policy', 'volatile-ttl']
  let program: Program
  const store = {
    port,
    program: () => program,
    async start() {
      program = start(t, 'redis-server', [...args, ...durable])
      await until('the store listens', () => listens(port), program)
    }
  }
  await store.start()
  return store
}

export interface NodeOptions {
  readonly store?: number
  readonly settings?: readonly string[]
  /** Number of the one core that it may use; all of them if not given */
  readonly core?: number
}

/** A proxy as it is run. */
export async function startNode(t: Ending, { store, settings = [], core }: NodeOptions): Promise<Node> {
  const port = await freePort()
  const shared = store === undefined ? [] : ['--shared-store', `redis://127.0.0.1:${store}/0`]
  const pinned = core === undefined ? [] : ['-c', String(core), process.execPath]
  const program = start(t, core === undefined ? process.execPath : 'taskset', [
    ...pinned,
    join(ROOT, '.build/src/main.js'),
    ...['serve', '--port', String(port), '--host', '127.0.0.1', '--data-dir', '', '--log', 'off'],
    ...['--allow-hosts', '127.0.0.1', '--proxy-protocol-from', BALANCER, '--connect-timeout-seconds', '2'],
    ...shared,
    ...settings
  ])
  await until('the proxy listens', () => isHealthy(port), program)
  return { port, program }
}

/** The balancer as it is shipped, with the addresses of this machine in the place of those of containers. */
export async function startBalancer(t: Ending, folder: string, nodes: readonly Node[]): Promise<Balancer> {
  const port = await freePort()
  const servers = nodes.map(
    ({ port }, at) => `  server proxy${at} 127.0.0.1:${port} source ${BALANCER} inter 200ms fall 2`
  )
  const shipped = readFileSync(join(ROOT, 'packaging/haproxy/haproxy.cfg'), 'utf8')
  const here = shipped
    .replace('maxconn 8000', 'maxconn 1000')
    .replace('bind :8080', `bind 127.0.0.1:${port}`)
    .replace('balance source', 'balance roundrobin')
    .replace(/^ {2}server-template.*$/m, servers.join('\n'))
  const file = join(folder, 'haproxy.cfg')
  writeFileSync(file, here)
  const program = start(t, 'haproxy', ['-db', '-f', file])
  await until('the balancer passes on', () => isHealthy(port), program)
  return { port, program }
}

/** Three proxies, unless another number is said. */
export async function startCluster(t: Test, settings: readonly string[] = [], count = 3): Promise<Cluster> {
  const folder = t.testdir()
  const store = await startStore(t, folder)
  const nodes = await Promise.all(Array.from({ length: count }, () => startNode(t, { store: store.port, settings })))
  const { port } = await startBalancer(t, folder, nodes)
  return { store, nodes, port }
}

/** A figure of /metrics, with its labels. */
export async function figure({ port }: Pick<Node, 'port'>, name: string): Promise<number> {
  const { text } = await get(port, '/metrics')
  const line = text.split('\n').find(line => line.startsWith(`${name} `)) ?? ''
  return Number(line.slice(name.length))
}
