import t from 'tap'
import { createPageCache } from '../../src/memory/page-cache.js'
import type { PageJob } from '../../src/page/convert.js'
import { jobFor, profileOf } from '../helpers/context.js'
import { get, type Answer } from '../helpers/client.js'
import { answers, startOrigin } from '../helpers/origin.js'
import { startProxy } from '../helpers/proxy.js'

const asker = { client: 'me', signal: new AbortController().signal }
const result = { contentType: 'text/html', images: [], imageAddresses: [], failures: [] }

/** A cache over workers that count what they are asked for; pages that say "link" have a short address in them. */
function counting(maxBytes = 1e6): ReturnType<typeof createPageCache> & { rules: object; made: string[] } {
  const made: string[] = []
  const body = Buffer.alloc(1000)
  const workers = {
    page: async ({ bytes, addressSecret }: PageJob) => {
      made.push(`page ${Buffer.from(bytes).toString()}`)
      const addresses = bytes.includes(0x6c) ? [{ key: `of ${addressSecret ?? ''}`, address: 'http://long.test/' }] : []
      return { ...result, body, bodies: [body], addresses }
    },
    needs: async () => {
      made.push('needs')
      return { sheets: ['http://site.test/a.css'], images: [] }
    }
  }
  const of = { rules: {} }
  const cache = createPageCache(workers, { maxBytes, rules: () => of.rules })
  return Object.assign(of, cache, { made })
}

const job = (text: string, more: Partial<PageJob> = {}): PageJob => ({
  ...jobFor(Buffer.from(text), profileOf('nav3')),
  ...more
})

t.test('the same bytes for the same client are converted once', async t => {
  const cache = counting()
  await cache.page(job('a'), asker)
  await cache.page(job('a'), asker)
  t.strictSame(cache.made, ['page a'])
  await cache.page(job('b'), asker)
  await cache.page(job('a', { profile: profileOf('mosaic') }), asker)
  await cache.page(job('a', { originBytes: 77 }), asker)
  await cache.page(job('a', { imageSizes: new Map([['x', { width: 1, height: 2 }]]) }), asker)
  await cache.page(job('a', { sheets: [{ url: 'u', contentType: '', bytes: Buffer.from('p{}') }] }), asker)
  t.equal(cache.made.length, 6, 'all that it depends on tells one from another')
})

t.test('short addresses are those of one client', async t => {
  const cache = counting()
  const first = await cache.page(job('link', { addressSecret: 'one' }), asker)
  const other = await cache.page(job('link', { addressSecret: 'two' }), asker)
  t.not(first.addresses[0]?.key, other.addresses[0]?.key)
  await cache.page(job('a', { addressSecret: 'one' }), asker)
  await cache.page(job('a', { addressSecret: 'two' }), asker)
  t.strictSame(cache.made, ['page link', 'page link', 'page a'], 'a page without them is everybody’s')
})

t.test('what was made by other rules is made again, and there is an end to the memory', async t => {
  const cache = counting()
  await cache.page(job('a'), asker)
  cache.rules = {}
  await cache.page(job('a'), asker)
  t.equal(cache.made.length, 2)
  const small = counting(4 * 1600)
  for (const text of ['a', 'b', 'c', 'd', 'e', 'a']) await small.page(job(text), asker)
  t.equal(small.made.length, 6, 'the page used longest ago goes first')
  const none = counting(0)
  for (const text of ['a', 'a']) await none.page(job(text), asker)
  t.equal(none.made.length, 2)
})

t.test('what was begun by rules that are others by its end is not kept', async t => {
  const cache = counting()
  const { profile, display } = job('a')
  const needs = {
    bytes: Buffer.from('a'),
    url: 'http://site.test/',
    sheets: 1,
    images: 1,
    client: { profile, display }
  }
  const begun = [cache.page(job('a'), asker), cache.needs(needs, asker)]
  cache.rules = {}
  await Promise.all([...begun, cache.page(job('b'), asker)])
  await cache.page(job('a'), asker)
  await cache.needs(needs, asker)
  t.strictSame(cache.made, ['page a', 'needs', 'page b', 'page a', 'needs'])
})

t.test('a visit to a page that has not changed', async t => {
  const origin = await startOrigin(t, undefined)
  const proxy = await startProxy(t, { 'upstream-proxy': `http://127.0.0.1:${origin.port}/` })
  const address = 'http://again.test/'
  const visit = (): Promise<Answer> => get(proxy.port, address, { browser: 'nav3' })
  origin.on(address, answers('<p>The first words.', 'text/html'))
  const first = await visit()
  const again = await visit()
  t.ok(again.body.equals(first.body))
  t.match(
    (await get(proxy.port, 'http://retrograde/metrics')).text,
    'retrograde_cache_total{what="page",outcome="hit"} 1'
  )
  origin.on(address, answers('<p>Other words.', 'text/html'))
  t.match((await visit()).text, /Other words/)
  t.equal(origin.asked(address).length, 3, 'its site is asked each time')
})
