import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { SoakClient } from './client.js'
import { startSoakOrigin } from './origin.js'

// npm run soak -- [--minutes 20] [--clients 64]: old browsers ask the program, as it is run, for pages, images and
// faults of an origin of its own. Ends with 1 when the proxy fails where the origin has not, or grows, or forgets.

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '20' },
    clients: { type: 'string', default: '64' },
    port: { type: 'string', default: '8139' }
  }
})
const minutes = Number(values.minutes)
const port = Number(values.port)

/** After this part of the time, and no less than this, memory should grow no more: heaps are as large as they get. */
const WARM_UP = { share: 0.3, milliseconds: 30_000 }
/** Sockets that nobody uses are closed by then. Milliseconds. */
const QUIET = 6000
/** Between two looks at the figures. Milliseconds. */
const LOOK = 2000
/** After warm-up. MB of resident memory: a part of it (pages, caches up to their limits) moves all the time. */
const MOST_GROWTH = 120
/** After all clients have gone: what may be left open besides what was at the start. Sockets and files */
const MOST_LEFT = 12
/** Of the main thread's event loop, on a machine of two cores that does nothing else. Milliseconds. */
const MOST_LAG = 50

const print = (line: string): void => void process.stdout.write(`${line}\n`)
const wait = async (milliseconds: number): Promise<void> =>
  await new Promise(resolve => setTimeout(resolve, milliseconds))

const folder = mkdtempSync(join(tmpdir(), 'retrograde-soak-'))
const origin = await startSoakOrigin()

async function startProxy(): Promise<ChildProcess> {
  const child = spawn(
    process.execPath,
    [
      '.build/src/retrograde.cjs',
      'serve',
      '--port',
      String(port),
      '--host',
      '127.0.0.1',
      '--data-dir',
      folder,
      '--allow-hosts',
      '127.0.0.1',
      '--log',
      'off',
      '--connect-timeout-seconds',
      '2',
      '--response-timeout-seconds',
      '10',
      '--body-timeout-seconds',
      '10',
      '--read-timeout-seconds',
      '20',
      '--conversion-timeout-seconds',
      '60',
      '--keep-alive-timeout-seconds',
      '5'
    ],
    { stdio: ['ignore', 'ignore', 'inherit'] }
  )
  for (let tries = 0; tries < 100; tries++) {
    const alive = await fetch(`http://127.0.0.1:${port}/healthz`).then(
      answer => answer.ok,
      () => false
    )
    if (alive) return child
    await wait(200)
  }
  throw new Error('the proxy does not start')
}

interface Figures {
  readonly megabytes: number
  readonly files: number
  readonly sockets: number
  readonly lag: number
}

/** Of /metrics and of the files that the process has open. */
async function look(child: ChildProcess): Promise<Figures> {
  const text = await fetch(`http://127.0.0.1:${port}/metrics`).then(async answer => await answer.text())
  const figure = (name: string): number => Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1] ?? NaN)
  return {
    megabytes: figure('process_resident_memory_bytes') / 1e6,
    files: readdirSync(`/proc/${child.pid}/fd`).length,
    sockets: figure('retrograde_connections'),
    lag: figure('nodejs_eventloop_lag_p99_seconds') * 1000
  }
}

const problems = new Map<string, number>()
const counts = { asked: 0, whole: 0, failures: 0, left: 0 }
const fail = (what: string): void => void problems.set(what, (problems.get(what) ?? 0) + 1)
const PORTAL = ['/', '/settings', '/setup', '/news?edition=my', '/healthz']

/** One browser, until the time is over: what it asks for is chosen by numbers that are the same in every run. */
async function browse(number: number, until: number): Promise<void> {
  const client = new SoakClient(port, number)
  let state = number + 1
  const below = (limit: number): number => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) % limit
  while (Date.now() < until) {
    const kind = origin.kinds[below(origin.kinds.length * 100) % origin.kinds.length]!
    const own = below(1000) < 80
    const leaves = below(1000) < 30
    const path = own
      ? `http://retrograde${PORTAL[below(500) % PORTAL.length]!}`
      : `http://127.0.0.1:${origin.port}${kind.path}?n=${below(300)}`
    const reply = await client.ask(path, { leaves })
    counts.asked++
    if (leaves) counts.left++
    else if (reply.end === 'whole') counts.whole++
    const failed =
      reply.end !== 'whole' ||
      reply.status >= 500 ||
      (reply.status >= 400 && kind.path !== '/missing' && !path.includes('edition=my'))
    if (!leaves && failed && (own || !kind.failed))
      fail(`${own ? path : kind.path}: ${reply.end}, status ${reply.status}`)
    else if (!leaves && reply.end === 'hung') fail(`${kind.path} hung`)
    if (kind.failed && !own) counts.failures++
    await wait(below(20))
  }
  client.close()
}

/**
 * What a client was told is there after kill -9 and a new start: a setting, a cookie, a short address. Returns the
 * process that runs then.
 */
async function killAndLook(child: ChildProcess): Promise<ChildProcess> {
  const mosaic = new SoakClient(port, 1)
  const settings = async (query = ''): Promise<string> => (await mosaic.ask(`http://retrograde/settings${query}`)).body
  const alias = /http:\/\/retrograde\/~[0-9a-z]{12}/.exec(
    (await mosaic.ask(`http://127.0.0.1:${origin.port}/cookie?n=last`)).body
  )?.[0]
  const token = /NAME="?token"? VALUE="?([^">\s]+)/i.exec(await settings())?.[1] ?? ''
  const saved = await settings(`?token=${token}&images=links&save=Save`)
  const says = {
    setting: (page: string) => /VALUE="?links"? SELECTED|SELECTED VALUE="?links/i.test(page),
    cookie: (page: string) => page.includes('Delete them all')
  }
  if (alias === undefined || !says.setting(saved) || !says.cookie(saved))
    fail(`not confirmed: ${alias ?? 'no alias'}, ${says.setting(saved)}, ${says.cookie(saved)}`)
  child.kill('SIGKILL')
  await new Promise(resolve => child.once('exit', resolve))
  const again = await startProxy()
  const kept = await settings()
  if (!says.setting(kept)) fail('a setting that was confirmed is gone after kill -9')
  if (!says.cookie(kept)) fail('a cookie that was kept is gone after kill -9')
  if (alias !== undefined && (await mosaic.ask(alias)).status !== 200)
    fail('a short address that was handed out is gone after kill -9')
  return again
}

/** Asks for one of each kind that works, so that all threads and processes run whose files are counted. */
async function startThreads(): Promise<void> {
  const clients = Array.from({ length: 4 }, (_, number) => new SoakClient(port, number))
  const asks = clients.map(async client => {
    for (const { path } of origin.kinds.filter(({ failed }) => !failed))
      await client.ask(`http://127.0.0.1:${origin.port}${path}?n=first`)
    client.close()
  })
  await Promise.all(asks)
  await wait(QUIET)
}

let child = await startProxy()
await startThreads()
const first = await look(child)
const started = Date.now()
const until = started + minutes * 60_000
print(`soak: ${values.clients} clients for ${minutes} minutes`)
const browsing = Promise.all(Array.from({ length: Number(values.clients) }, (_, number) => browse(number, until)))
const seen: Array<Figures & { readonly at: number }> = []
child.once('exit', code => {
  if (Date.now() < until) fail(`the proxy ended with ${code}`)
})
while (Date.now() < until) {
  await wait(LOOK)
  try {
    seen.push({ at: Date.now() - started, ...(await look(child)) })
  } catch {
    fail('no figures')
  }
}
await browsing
await wait(QUIET)
const last = await look(child)
child.removeAllListeners('exit')
child = await killAndLook(child)

const warm = seen.filter(({ at }) => at > Math.max(minutes * 60_000 * WARM_UP.share, WARM_UP.milliseconds))
const median = (list: readonly number[]): number => list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)] ?? NaN
const third = Math.max(1, Math.floor(warm.length / 3))
const growth =
  median(warm.slice(-third).map(({ megabytes }) => megabytes)) -
  median(warm.slice(0, third).map(({ megabytes }) => megabytes))
const lag = median(warm.map(({ lag }) => lag))
if (growth > MOST_GROWTH) fail(`memory grows by ${growth.toFixed(0)} MB after warm-up`)
if (last.files - first.files > MOST_LEFT)
  fail(`${last.files - first.files} more files and sockets are open than at the start`)
if (last.sockets > 1) fail(`${last.sockets} connections are left`)

print(
  `requests        ${counts.asked}, ${(counts.asked / (minutes * 60)).toFixed(0)} a second; ${counts.whole} whole, ${counts.left} left by the client, ${counts.failures} where the origin fails`
)
print(
  `memory          ${first.megabytes.toFixed(0)} MB at the start, ${warm[0]?.megabytes.toFixed(0)} warm, ${last.megabytes.toFixed(0)} at the end; ${growth.toFixed(0)} MB growth after warm-up (most: ${MOST_GROWTH})`
)
print(
  `files, sockets  ${first.files} at the start, ${Math.max(...seen.map(({ files }) => files))} at most, ${last.files} at the end; ${last.sockets} connections left`
)
print(
  `event loop      p99 ${lag.toFixed(0)} ms at the median look, ${Math.max(...warm.map(({ lag }) => lag)).toFixed(0)} ms at most (meant: ${MOST_LAG} on two idle cores)`
)
for (const [what, times] of problems) print(`FAILED          ${what} (${times} times)`)
print(problems.size === 0 ? 'soak: ok' : 'soak: failed')

child.kill('SIGTERM')
await new Promise(resolve => child.once('exit', resolve))
await origin.close()
rmSync(folder, { recursive: true, force: true })
process.exit(problems.size === 0 ? 0 : 1)
