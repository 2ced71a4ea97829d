import http from 'node:http'
import { once } from 'node:events'
import { parse, serialize } from 'parse5'
import { listen, type Started } from './exchanges/measure.js'
import type { NamedPage } from './pages.js'

const ROUNDS = 3
const CLIENTS = 8
const HEADERS = { 'User-Agent': 'Mozilla/3.0 (Win95; I)', Accept: 'image/gif, image/x-xbitmap, image/jpeg, */*' }

const median = (values: readonly number[]): number =>
  values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)]!

/** Has the site answer with the pages; gives their addresses. */
async function publish({ port }: Started, pages: readonly NamedPage[]): Promise<string[]> {
  return await Promise.all(
    pages.map(async ({ bytes }, at) => {
      const address = `http://127.0.0.1:${port}/kept/${at}`
      await fetch(address, { method: 'PUT', headers: { 'content-type': 'text/html' }, body: new Uint8Array(bytes) })
      return address
    })
  )
}

async function ask({ port }: Started, path: string): Promise<void> {
  const [answer] = (await once(
    http.get({ host: '127.0.0.1', port, path, agent: false, headers: HEADERS }),
    'response'
  )) as [http.IncomingMessage]
  await answer.toArray()
  if (answer.statusCode !== 200) throw new Error(`${path}: ${answer.statusCode}`)
}

/** All pages once, by so many clients; pages a second. */
async function visitAll(proxy: Started, addresses: readonly string[], clients: number): Promise<number> {
  const began = performance.now()
  const left = addresses.values()
  const client = async (): Promise<void> => {
    for (const address of left) await ask(proxy, address)
  }
  await Promise.all(Array.from({ length: clients }, client))
  return (addresses.length * 1000) / (performance.now() - began)
}

/** Bare parse5 in one thread; pages a second. */
function bareRate(texts: readonly string[]): number {
  const began = performance.now()
  for (const text of texts) serialize(parse(text))
  return (texts.length * 1000) / (performance.now() - began)
}

interface Visits {
  /** The first of a process that has just begun; again by one client; again by eight. Pages a second */
  readonly first: number
  readonly one: readonly number[]
  readonly many: readonly number[]
  readonly bare: readonly number[]
}

async function measure(proxy: Started, addresses: readonly string[], texts: readonly string[]): Promise<Visits> {
  const first = await visitAll(proxy, addresses, 1)
  const visits = { first, one: [] as number[], many: [] as number[], bare: [] as number[] }
  for (let round = 0; round < ROUNDS; round++) {
    visits.bare.push(bareRate(texts))
    visits.one.push(await visitAll(proxy, addresses, 1))
    visits.many.push(await visitAll(proxy, addresses, CLIENTS))
  }
  return visits
}

/** Pages through the whole proxy, against what bare parse5 does with them in one thread; README.md says how. */
export async function benchVisits(pages: readonly NamedPage[], print: (line: string) => void): Promise<void> {
  const site = await listen('origin')
  const addresses = await publish(site, pages)
  const texts = pages.map(({ bytes }) => bytes.toString())
  bareRate(texts)
  const kinds: Array<[name: string, given: string[]]> = [
    ['pages unchanged', []],
    ['each converted anew', ['--max-page-cache-bytes', '0']]
  ]
  for (const [name, given] of kinds) {
    const proxy = await listen('ours', ...given)
    try {
      const { first, one, many, bare } = await measure(proxy, addresses, texts)
      const share = (rates: readonly number[]): string => (median(rates) / median(bare)).toFixed(2)
      print(
        `visits, ${name}: ${share(one)} of bare parse5 by one client, ${share(many)} by ${CLIENTS};` +
          ` the first visit takes ${(median(one) / first).toFixed(1)} times a later one (${first.toFixed(0)} and ${median(one).toFixed(0)} pages/s)`
      )
    } finally {
      proxy.child.kill()
    }
  }
  site.child.kill()
}
