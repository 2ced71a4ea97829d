import { startBuilt } from './exchanges/built.js'
import { ask, median } from './visiting.js'

/** Each of the other pages is visited so often before: what pages have in common is compiled by then. */
const WARM_UP_VISITS = 3
const LATER_VISITS = 3

async function milliseconds(work: () => Promise<void>): Promise<number> {
  const began = performance.now()
  await work()
  return performance.now() - began
}

/** First visits of some pages in a process that knows others, each as a multiple of its later ones. */
async function ratiosOf(pages: readonly string[], others: readonly string[]): Promise<number[]> {
  const proxy = await startBuilt('--max-page-cache-bytes', '0')
  const visit = (address: string): Promise<number> => milliseconds(() => ask(proxy, address))
  try {
    for (let at = 0; at < WARM_UP_VISITS; at++) for (const address of others) await visit(address)
    const first: number[] = []
    for (const address of pages) first.push(await visit(address))
    const later: number[][] = pages.map(() => [])
    for (let round = 0; round < LATER_VISITS; round++)
      for (const [at, address] of pages.entries()) later[at]!.push(await visit(address))
    return first.map((time, at) => time / median(later[at]!))
  } finally {
    proxy.child.kill()
  }
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length

/**
 * What the first visit of a page takes in a process that is warm from other pages, against later ones of which each is
 * converted anew. Half of the pages warm a process for the other half, and the reverse.
 */
export async function warmVisits(addresses: readonly string[]): Promise<string> {
  const halves = [0, 1].map(half => addresses.filter((_, at) => at % 2 === half))
  const [even = [], odd = []] = halves
  const ratios = [...(await ratiosOf(even, odd)), ...(await ratiosOf(odd, even))]
  return `the first visit of a page, where the process is warm from others: ${median(ratios).toFixed(2)} times a later one at the median, ${mean(ratios).toFixed(2)} on average`
}
