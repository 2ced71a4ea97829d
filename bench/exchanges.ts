import http from 'node:http'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { listen, rate, residentOf, start, type Asked, type Rate, type Started } from './exchanges/measure.js'

const SECONDS = 2
const ROUNDS = 3
const CLIENTS = 8
/** Before anything is measured: what runs often is compiled by then, also where something else runs. Seconds. */
const WARM_SECONDS = 12
const LONG_BYTES = 200e6

const HEADERS = { 'User-Agent': 'Mozilla/3.0 (Win95; I)', Accept: 'image/gif, image/x-xbitmap, image/jpeg, */*' }

/** A row: what is asked of our proxy, and what of the reference. */
interface Row {
  readonly name: string
  readonly asked: string
  readonly reference: { readonly server: Started; readonly asked: string; readonly name: string }
}

interface Bench {
  readonly ours: Started
  readonly load: ChildProcess
  readonly print: (line: string) => void
}

const median = (values: readonly number[]): number =>
  values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)]!

const medianRate = (rates: readonly Rate[]): Rate => ({
  perSecond: median(rates.map(({ perSecond }) => perSecond)),
  milliseconds: median(rates.map(({ milliseconds }) => milliseconds))
})

/** Both by turns, so that what else the machine does is done to both. */
async function measureRow({ name, asked, reference }: Row, kept: boolean, { ours, load, print }: Bench): Promise<void> {
  const given = { headers: HEADERS, clients: CLIENTS, kept }
  const sides: Array<{ server: Started; path: string; rates: Rate[] }> = [
    { server: reference.server, path: reference.asked, rates: [] },
    { server: ours, path: asked, rates: [] }
  ]
  const measure = (side: (typeof sides)[number], seconds: number): Promise<Rate> =>
    rate(load, side.server.child, { ...given, port: side.server.port, path: side.path, seconds } satisfies Asked)
  for (const side of sides) await measure(side, WARM_SECONDS)
  for (let round = 0; round < ROUNDS; round++) for (const side of sides) side.rates.push(await measure(side, SECONDS))
  const [bare, own] = sides.map(({ rates }) => medianRate(rates)) as [Rate, Rate]
  print(
    `exchanges, ${name}, ${kept ? 'kept' : 'new'} connections: ratio ${(own.perSecond / bare.perSecond).toFixed(2)}` +
      ` (${own.perSecond.toFixed(0)}/s against ${bare.perSecond.toFixed(0)}/s of ${reference.name});` +
      ` processor ${(bare.milliseconds / own.milliseconds).toFixed(2)}` +
      ` (${own.milliseconds.toFixed(2)} ms against ${bare.milliseconds.toFixed(2)} ms)`
  )
}

interface Fetched {
  readonly type: string
  readonly body: Buffer
}

/** One answer of a server. */
async function fetchOne(port: number, path: string): Promise<Fetched> {
  const [answer] = (await once(http.get({ host: '127.0.0.1', port, path, headers: HEADERS }), 'response')) as [
    http.IncomingMessage
  ]
  return { type: answer.headers['content-type'] ?? '', body: Buffer.concat(await answer.toArray()) }
}

/** Has the bare Fastify answer what we answer; gives the address there. */
async function keepThere(site: Started, name: string, { type, body }: Fetched): Promise<string> {
  const path = `/kept/${name}`
  const headers = { 'content-type': type }
  await fetch(`http://127.0.0.1:${site.port}${path}`, { method: 'PUT', headers, body: new Uint8Array(body) })
  return path
}

/** How long one long file takes, and by how much the memory of the server grows meanwhile. */
async function pass({ child, port }: Started, path: string): Promise<{ seconds: number; growth: number }> {
  const before = residentOf(child)
  let most = before
  const watch = setInterval(() => {
    most = Math.max(most, residentOf(child))
  }, 50)
  const began = performance.now()
  const [answer] = (await once(http.get({ host: '127.0.0.1', port, path, agent: false }), 'response')) as [
    http.IncomingMessage
  ]
  let bytes = 0
  for await (const chunk of answer as AsyncIterable<Buffer>) bytes += chunk.length
  clearInterval(watch)
  if (bytes !== LONG_BYTES) throw new Error(`${bytes} bytes came of ${LONG_BYTES}`)
  return { seconds: (performance.now() - began) / 1000, growth: most - before }
}

async function measureLong(site: Started, proxy: Started, { ours, print }: Bench): Promise<void> {
  const path = `/long/${LONG_BYTES}`
  const [theirs, own]: Array<Array<{ seconds: number; growth: number }>> = [[], []]
  for (let round = 0; round <= ROUNDS; round++) {
    theirs!.push(await pass(proxy, path))
    own!.push(await pass(ours, `http://127.0.0.1:${site.port}${path}`))
  }
  // The first of each has filled the buffers.
  const [reference, us] = [theirs!, own!].map(all => median(all.slice(1).map(({ seconds }) => seconds))) as [
    number,
    number
  ]
  const growth = Math.max(...own!.slice(1).map(one => one.growth))
  print(
    `exchanges, pass of 200 MB: ratio ${(reference / us).toFixed(2)} (${(LONG_BYTES / 1e6 / us).toFixed(0)} MB/s against` +
      ` ${(LONG_BYTES / 1e6 / reference).toFixed(0)} MB/s of http-proxy with undici alone); memory grows by ${growth.toFixed(0)} MiB`
  )
}

/** Whole visits through the proxy, against bare servers in the same run; README.md says how. */
export async function benchExchanges(print: (line: string) => void): Promise<void> {
  const site = await listen('origin')
  const address = `http://127.0.0.1:${site.port}`
  const proxy = await listen('undici-proxy', address)
  const ours = await listen('ours')
  const load = start('load')
  const bench = { ours, load, print }
  const bare = { server: site, name: 'bare Fastify' }
  const undici = { server: proxy, name: 'http-proxy with undici alone' }
  const home = await keepThere(site, 'home', await fetchOne(ours.port, 'http://retrograde/'))
  const picture = await keepThere(site, 'picture', await fetchOne(ours.port, `${address}/picture`))
  const rows: Row[] = [
    { name: 'own page', asked: 'http://retrograde/', reference: { ...bare, asked: home } },
    { name: 'kept image', asked: `${address}/picture`, reference: { ...bare, asked: picture } },
    { name: 'pass of 20 KB', asked: `${address}/bytes`, reference: { ...undici, asked: '/bytes' } },
    { name: 'page', asked: `${address}/page`, reference: { ...undici, asked: '/page' } }
  ]
  try {
    for (const row of rows) for (const kept of [false, true]) await measureRow(row, kept, bench)
    await measureLong(site, proxy, bench)
  } finally {
    for (const child of [load, ours.child, proxy.child, site.child]) child.kill()
  }
}
