import { parse, serialize } from 'parse5'
import { startBuilt } from './exchanges/built.js'
import { listen, type Started } from './exchanges/measure.js'
import type { NamedPage } from './pages.js'
import { ask, median, perSecond, publish } from './visiting.js'
import { warmVisits } from './warm-visits.js'

const ROUNDS = 3
const CLIENTS = 8

/** All pages once, by so many clients; pages a second. */
const visitAll = (proxy: Started, addresses: readonly string[], clients: number): Promise<number> =>
  perSecond(addresses, clients, address => ask(proxy, address))

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
  const addresses = await Promise.all(pages.map(({ bytes }, at) => publish(site, `${at}`, 'text/html', bytes)))
  const texts = pages.map(({ bytes }) => bytes.toString())
  bareRate(texts)
  const kinds: Array<[name: string, given: string[]]> = [
    ['pages unchanged', []],
    ['each converted anew', ['--max-page-cache-bytes', '0']]
  ]
  for (const [name, given] of kinds) {
    const proxy = await startBuilt(...given)
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
  print(`visits: ${await warmVisits(addresses)}`)
  site.child.kill()
}
