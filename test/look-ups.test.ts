import type { LookupAddress } from 'node:dns'
import t from 'tap'
import { createLookUps, lookUpPlaces, type LookUps, type Resolve } from '../src/guard/look-ups.js'

const ALL = { all: true } as const
const FOUND: LookupAddress[] = [{ address: '93.184.216.34', family: 4 }]

/** Names with "slow" in them are answered when `end` is called for them, all others at once. */
function nameServer () {
  const asked: string[] = []
  const held = new Map<string, () => void>()
  const resolve: Resolve = (hostname, _options, callback) => {
    asked.push(hostname)
    if (hostname.includes('slow')) held.set(hostname, () => callback(Object.assign(new Error(hostname), { code: 'EAI_AGAIN' }), []))
    else callback(null, FOUND)
  }
  return {
    asked,
    resolve,
    end (): void {
      for (const [name, give] of [...held]) if (held.delete(name)) give()
    }
  }
}

const settled = async (): Promise<void> => await new Promise(resolve => setImmediate(resolve))
const codeOf = (found: Promise<unknown>): Promise<string> => found.then(() => 'found', (error: { code: string }) => error.code)
const many = (lookUps: LookUps, count: number, client: string, site = 'evil.test'): Array<Promise<string>> =>
  Array.from({ length: count }, (_, index) => codeOf(lookUps.find(`slow${index}.${site}`, ALL, client)))

t.test('places are those that libuv has', async t => {
  for (const [size, places] of [[undefined, 2], ['', 2], ['4', 2], ['5', 3], ['16', 8], ['1', 1], ['-1', 1], ['99999', 512]] as const) t.equal(lookUpPlaces(size), places, String(size))
})

t.test('silent names of one client keep no other from a name', async t => {
  const server = nameServer()
  const lookUps = createLookUps({ resolve: server.resolve, places: 8 })
  const silent = [...many(lookUps, 16, 'one'), codeOf(lookUps.find('own.test', ALL, 'one'))]
  await settled()
  t.equal(server.asked.length, 2, 'a quarter of the places')
  t.strictSame(await lookUps.find('good.test', ALL, 'other'), FOUND, 'another client')
  t.strictSame(await lookUps.find('good.test', ALL, ''), FOUND, 'what nobody asked for')
  for (let round = 0; round < 10; round++) {
    server.end()
    await settled()
  }
  t.strictSame(await Promise.all(silent), [...Array.from({ length: 16 }, () => 'EAI_AGAIN'), 'found'], 'places come back')
})

t.test('too many that wait are refused', async t => {
  const server = nameServer()
  const lookUps = createLookUps({ resolve: server.resolve, places: 2 })
  const all = many(lookUps, 129, 'one')
  t.equal(await codeOf(lookUps.find('good.test', ALL, 'one')), 'TOO_MANY_AT_ONCE')
  t.equal(await codeOf(lookUps.find('good.test', ALL, 'other')), 'found')
  for (let round = 0; round < 130; round++) {
    server.end()
    await settled()
  }
  t.strictSame(new Set(await Promise.all(all)), new Set(['EAI_AGAIN']))
})

t.test('a silent name is not asked for again for a while', async t => {
  let now = 1
  const server = nameServer()
  const lookUps = createLookUps({ resolve: server.resolve, places: 2, now: () => now })
  const [first, second] = many(lookUps, 2, 'one')
  t.strictSame(await Promise.all([first, second]), ['TIMED_OUT', 'TIMED_OUT'], 'that of the first and that of who waited for it')
  t.strictSame(server.asked, ['slow0.evil.test'], 'whose thread is still held')
  t.equal(await codeOf(lookUps.find('slow0.evil.test', ALL, 'other')), 'TIMED_OUT', 'at once, for everybody')
  server.end()
  t.equal(await codeOf(lookUps.find('good.test', ALL, 'one')), 'found', 'the place is there again')
  now += 59_000
  t.equal(await codeOf(lookUps.find('slow0.evil.test', ALL, 'one')), 'TIMED_OUT', 'within a minute')
  t.strictSame(server.asked, ['slow0.evil.test', 'good.test'])
  now += 2000
  const again = codeOf(lookUps.find('slow0.evil.test', ALL, 'one'))
  await settled()
  server.end()
  t.equal(await again, 'EAI_AGAIN', 'it is asked again')
})

t.test('only so many silent names are remembered', async t => {
  const server = nameServer()
  const lookUps = createLookUps({ resolve: server.resolve, places: 8, mostSilent: 1 })
  await Promise.all(many(lookUps, 2, 'one'))
  server.end()
  t.equal(await codeOf(lookUps.find('slow1.evil.test', ALL, 'one')), 'TIMED_OUT')
  const again = codeOf(lookUps.find('slow0.evil.test', ALL, 'one'))
  await settled()
  server.end()
  t.equal(await again, 'EAI_AGAIN', 'the older one is asked again')
})
