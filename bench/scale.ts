import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { get } from '../test/helpers/client.js'
import { startBalancer, startNode, startStore, type Node } from '../test/scale/cluster.js'
import { makePage } from './make-page.js'

// npm run bench:scale [-- SECONDS]: pages a second of one proxy on one core against two on two, with redis-server behind
// them and haproxy before them; then what a page and an image take of processor and store, for docs/scaling.md. On a
// machine that does much else, read the pages for each second of processor: they leave out what others took.

const SECONDS = Number(process.argv[2] ?? 10)
/** Requests under way for each proxy: as many as keep its core busy. */
const CLIENTS = 6
/** Until code is compiled and memory is as large as it gets. */
const WARM_UP_PAGES = 800
const ROUNDS = 3
const IMAGES = 60

const endings: Array<() => unknown> = []
const t = { teardown: (work: () => unknown): void => void endings.unshift(work) }
const print = (line: string): void => void process.stdout.write(`${line}\n`)

/** No two pages are the same: none is kept. */
let asked = 0
const pages = Array.from({ length: 16 }, (_, seed) => makePage(40, seed))
const noise = Array.from({ length: IMAGES }, (_, at) =>
  sharp({
    create: {
      width: 640,
      height: 480,
      channels: 3,
      background: '#888',
      noise: { type: 'gaussian', mean: 128, sigma: 20 + at }
    }
  })
    .blur(3)
    .jpeg()
    .toBuffer()
)
const images = await Promise.all(noise)
const origin = http.createServer((request, answer) => {
  const image = /\/image(\d+)/.exec(request.url ?? '')?.[1]
  answer.setHeader('cache-control', 'no-store')
  if (image !== undefined) return void answer.setHeader('content-type', 'image/jpeg').end(images[Number(image)])
  if (!/\/page/.test(request.url ?? '')) return void answer.writeHead(404).end()
  asked++
  answer.setHeader('content-type', 'text/html').end(`${pages[asked % pages.length]}<!-- ${asked} --><p>page ${asked}`)
})
origin.listen(0, '127.0.0.1')
await once(origin, 'listening')
const site = `http://127.0.0.1:${(origin.address() as AddressInfo).port}`
endings.push(() => {
  origin.closeAllConnections()
  origin.close()
})

/** Figures of a proxy by their names, with their labels. */
async function figuresOf({ port }: Node): Promise<ReadonlyMap<string, number>> {
  const { text } = await get(port, '/metrics')
  return new Map(
    text
      .split('\n')
      .filter(line => !line.startsWith('#'))
      .map(line => [line.slice(0, line.lastIndexOf(' ')), Number(line.slice(line.lastIndexOf(' ')))] as const)
  )
}

interface Measured {
  readonly done: number
  readonly seconds: number
  /** Seconds of processor of all proxies together */
  readonly processor: number
  /** What was asked of the store, by its kind */
  readonly store: Readonly<Record<string, number>>
}

const sum = (figures: ReadonlyArray<ReadonlyMap<string, number>>, name: string): number =>
  figures.reduce((all, one) => all + (one.get(name) ?? 0), 0)

/** Does something and measures what it took of the proxies. */
async function measure(nodes: readonly Node[], work: () => Promise<number>): Promise<Measured> {
  const before = await Promise.all(nodes.map(figuresOf))
  const began = performance.now()
  const done = await work()
  const seconds = (performance.now() - began) / 1000
  const after = await Promise.all(nodes.map(figuresOf))
  const more = (name: string): number => sum(after, name) - sum(before, name)
  const names = [...new Set(after.flatMap(one => [...one.keys()]))]
  const store = names
    .filter(name => name.startsWith('retrograde_store_seconds_count'))
    .map(name => [/operation="([\w-]+)"/.exec(name)?.[1] ?? '', more(name)] as const)
  return { done, seconds, processor: more('process_cpu_seconds_total'), store: Object.fromEntries(store) }
}

/** Asks for pages on new connections, of many machines, for so long. */
async function load(port: number, clients: number, seconds: number): Promise<number> {
  const end = performance.now() + seconds * 1000
  let done = 0
  const client = async (number: number): Promise<void> => {
    for (let at = 0; performance.now() < end; at++) {
      const { status } = await get(port, `${site}/page${at}`, {
        from: `127.0.${at % 50}.${number + 10}`,
        browser: 'nav3'
      })
      if (status === 200) done++
    }
  }
  await Promise.all(Array.from({ length: clients }, (_, number) => client(number)))
  return done
}

const rates = ({ done, seconds, processor }: Measured): string =>
  `${(done / seconds).toFixed(1)} pages/s, ${(done / processor).toFixed(1)} for each second of processor, ${(processor / seconds).toFixed(2)} cores`

const perDone = ({ done, store }: Measured): string =>
  Object.entries(store)
    .filter(([, count]) => count > 0)
    .map(([operation, count]) => `${operation} ${(count / done).toFixed(2)}`)
    .join(', ')

/** Processor that is not the proxies'. Seconds. */
interface Beside {
  /** Of the balancer and the store */
  readonly others: number
  /** Of this process, which is the load and the site */
  readonly bench: number
}

function ownProcessor(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e6
}

/**
 * What else two proxies share their cores with, and what is left of twice the pages by it: one proxy alone has its core for
 * itself, since all else runs on the other one.
 */
function besideText({ one, two }: { one: Measured; two: Measured }, before: Beside, after: Beside): string {
  const perPage = (seconds: number): number => (seconds / two.done) * 1000
  const [others, bench] = [perPage(after.others - before.others), perPage(after.bench - before.bench)]
  const [alone, each] = [(one.processor / one.done) * 1000, perPage(two.processor)]
  const most = (2 * alone) / (each + others + bench)
  return `for each page: proxies ${each.toFixed(1)} ms of processor, balancer and store ${others.toFixed(2)}, load and site ${bench.toFixed(1)}: in time at most ${most.toFixed(2)}, where all of it has two cores`
}

async function measureImages(node: Node): Promise<Measured> {
  return await measure([node], async () => {
    for (let at = 0; at < IMAGES; at++)
      await get(node.port, `${site}/image${at}.jpg?~320x240`, { from: `127.0.60.${at + 1}`, browser: 'nav3' })
    return IMAGES
  })
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!
const rate = ({ done, seconds }: Measured): number => done / seconds
const perProcessor = ({ done, processor }: Measured): number => done / processor

const folder = mkdtempSync(join(tmpdir(), 'retrograde-scale-'))
try {
  const store = await startStore(t, folder)
  const settings = ['--max-requests-per-minute', '100000']
  const nodes = await Promise.all([0, 1].map(core => startNode(t, { store: store.port, core, settings })))
  const alone = await startBalancer(t, mkdtempSync(join(folder, 'alone-')), nodes.slice(0, 1))
  const both = await startBalancer(t, mkdtempSync(join(folder, 'both-')), nodes)
  while (asked < WARM_UP_PAGES) await load(both.port, 2 * CLIENTS, 1)
  const beside = (): Beside => ({
    others: store.program().processor() + both.program.processor(),
    bench: ownProcessor()
  })
  const rounds: Array<readonly [one: Measured, two: Measured]> = []
  for (let round = 0; round < ROUNDS; round++) {
    const one = await measure(nodes.slice(0, 1), () => load(alone.port, CLIENTS, SECONDS))
    const before = beside()
    const two = await measure(nodes, () => load(both.port, 2 * CLIENTS, SECONDS))
    print(`one proxy on one core: ${rates(one)}`)
    print(`two proxies on two cores: ${rates(two)}`)
    print(besideText({ one, two }, before, beside()))
    rounds.push([one, two])
  }
  const inTime = median(rounds.map(([one, two]) => rate(two) / rate(one)))
  const each = median(rounds.map(([one, two]) => (2 * perProcessor(two)) / perProcessor(one)))
  print(`two against one: ${inTime.toFixed(2)} in time, ${each.toFixed(2)} where each has a core of its own`)
  print(`store operations for each page: ${perDone(rounds[0]![0])}`)
  const made = await measureImages(nodes[0]!)
  print(`an image: ${((made.processor / IMAGES) * 1000).toFixed(1)} ms of the proxy; store: ${perDone(made)}`)
  const memory = (await figuresOf(nodes[0]!)).get('process_resident_memory_bytes') ?? 0
  print(`memory of a proxy: ${Math.round(memory / 1024 ** 2)} MB`)
} finally {
  for (const ending of endings) await ending()
  rmSync(folder, { recursive: true, force: true })
}
