import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'
import type { Dispatcher } from 'undici'
import type { Failure } from '../../../src/failures.js'
import { createDoor } from '../../../src/origin/door.js'
import { createSecureHosts } from '../../../src/origin/secure-hosts.js'
import { openMemory } from '../../../src/store/memory.js'

/** What an address does: answers after so many milliseconds, or never. */
interface Says {
  readonly after?: number
  readonly location?: string
}

const NO_COOKIES = { line: () => '', keep: () => false }

/** Time for an answer. Milliseconds. */
const TIME = 600

/** Asks an address of origins that are slow or silent. */
async function ask(says: Readonly<Record<string, Says>>, method = 'GET') {
  const asked: string[] = []
  const ended: string[] = []
  const dispatcher = {
    async request({ origin, path, signal }: { origin: string; path: string; signal: AbortSignal }) {
      const address = `${origin}${path}`
      asked.push(address)
      signal.addEventListener('abort', () => ended.push(address))
      const { after, location } = says[address] ?? {}
      await sleep(after ?? 60_000, undefined, { signal })
      return {
        statusCode: location === undefined ? 200 : 302,
        headers: location === undefined ? {} : { location, 'set-cookie': 'a=b' },
        body: { dump: async () => {}, once() {} }
      }
    }
  } as unknown as Dispatcher
  const door = createDoor({
    askLeniently: () => Promise.reject(new Error('not asked')),
    dispatcher,
    secureHosts: createSecureHosts(openMemory()),
    maxRedirects: 9,
    responseTimeoutSeconds: TIME / 1000,
    maxConnectionsPerRequest: 100
  })
  const began = performance.now()
  const came = await door
    .fetch({
      url: new URL('http://a.test/'),
      method,
      headers: {},
      signal: new AbortController().signal,
      cookies: { ...NO_COOKIES, keep: () => true }
    })
    .then(
      ({ status, url: from }) => `${status} ${from.href}`,
      (error: unknown) => (error as Failure).code
    )
  return { came, asked, ended, milliseconds: performance.now() - began }
}

t.test('a site that is silent by both schemes is given up once, after the time for an answer', async t => {
  const { came, asked, milliseconds } = await ask({})
  t.equal(came, 'TIMED_OUT')
  t.strictSame(asked, ['http://a.test/', 'https://a.test/'])
  t.ok(milliseconds > TIME * 0.9 && milliseconds < TIME * 1.5, `${Math.round(milliseconds)} ms`)
})

t.test('one that is silent by http is asked by https while there is time', async t => {
  const { came, ended } = await ask({ 'https://a.test/': { after: 10 } })
  t.equal(came, '200 https://a.test/')
  t.strictSame(ended, ['http://a.test/'], 'what nobody waits for any more is given up')
})

t.test('one that is slow by http, and does not answer by https', async t => {
  const { came, ended } = await ask({ 'http://a.test/': { after: TIME * 0.75 } })
  t.equal(came, '200 http://a.test/')
  t.strictSame(ended, ['https://a.test/'])
})

t.test('one that answers at once is not asked again', async t => {
  t.strictSame((await ask({ 'http://a.test/': { after: 10 } })).asked, ['http://a.test/'])
})

t.test('redirects that are followed inside have the time of one answer together', async t => {
  const { came, asked, milliseconds } = await ask({
    // The third begins well within the time, and a fourth would not, however late a busy machine wakes one.
    'http://a.test/': { after: TIME * 0.35, location: 'http://a.test/' }
  })
  t.equal(came, 'TIMED_OUT')
  t.equal(asked.filter(address => address === 'http://a.test/').length, 3)
  t.ok(milliseconds < TIME * 1.5, `${Math.round(milliseconds)} ms`)
})
