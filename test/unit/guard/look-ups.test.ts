import type { LookupAddress } from 'node:dns'
import { setMaxListeners } from 'node:events'
import t from 'tap'
import { Failure } from '../../../src/failures.js'
import { createHostGuard } from '../../../src/guard/hosts.js'
import { createLookUps, lookUpPlaces, type LookUps, type NameAsker, type Resolve } from '../../../src/guard/look-ups.js'
import { createLoops } from '../../../src/guard/loops.js'
import { createDispatcher } from '../../../src/origin/connect/dispatcher.js'
import { createAttempts } from '../../../src/origin/attempts.js'
import { createDoor } from '../../../src/origin/door.js'
import { fetchBytes } from '../../../src/origin/fetchers/fetch-bytes.js'
import { createTunnelOpener } from '../../../src/origin/connect/open-tunnel.js'
import { createSecureHosts } from '../../../src/origin/secure-hosts.js'
import { openMemory } from '../../../src/store/memory.js'

const ALL = { all: true } as const
const FOUND: LookupAddress[] = [{ address: '93.184.216.34', family: 4 }]

/** Names with "slow" in them are answered when `end` is called for them, all others at once. */
function nameServer() {
  const asked: string[] = []
  const held = new Map<string, () => void>()
  const resolve: Resolve = (hostname, _options, callback) => {
    asked.push(hostname)
    if (hostname.includes('slow'))
      held.set(hostname, () => callback(Object.assign(new Error(hostname), { code: 'EAI_AGAIN' }), []))
    else callback(null, FOUND)
  }
  return {
    asked,
    resolve,
    end(): void {
      for (const [name, give] of [...held]) if (held.delete(name)) give()
    }
  }
}

const of = (client: string): NameAsker => ({ client, signal: new AbortController().signal })
const settled = async (): Promise<void> => await new Promise(resolve => setImmediate(resolve))
const codeOf = (found: Promise<unknown>): Promise<string> =>
  found.then(
    () => 'found',
    (error: { code: string }) => error.code
  )
const many = (lookUps: LookUps, count: number, client: string, site = 'evil.test'): Array<Promise<string>> =>
  Array.from({ length: count }, (_, index) => codeOf(lookUps.find(`slow${index}.${site}`, ALL, of(client))))

t.test('places are those that libuv has', async t => {
  for (const [size, places] of [
    [undefined, 2],
    ['', 2],
    ['4', 2],
    ['5', 3],
    ['16', 8],
    ['1', 1],
    ['-1', 1],
    ['99999', 512]
  ] as const)
    t.equal(lookUpPlaces(size), places, String(size))
})

t.test('silent names of one client keep no other from a name', async t => {
  const server = nameServer()
  const lookUps = createLookUps({ resolve: server.resolve, places: 8 })
  const silent = [...many(lookUps, 16, 'one'), codeOf(lookUps.find('own.test', ALL, of('one')))]
  await settled()
  t.equal(server.asked.length, 2, 'a quarter of the places')
  t.strictSame(await lookUps.find('good.test', ALL, of('other')), FOUND, 'another client')
  t.strictSame(await lookUps.find('good.test', ALL, of('')), FOUND, 'what nobody asked for')
  for (let round = 0; round < 10; round++) {
    server.end()
    await settled()
  }
  t.strictSame(
    await Promise.all(silent),
    [...Array.from({ length: 16 }, () => 'EAI_AGAIN'), 'found'],
    'places come back'
  )
})

t.test('a name that there is not is asked for once, and again after some seconds', async t => {
  let now = 1
  const asked: string[] = []
  const resolve: Resolve = (hostname, _options, callback) => {
    asked.push(hostname)
    const code = hostname.startsWith('busy') ? 'EAI_AGAIN' : 'ENOTFOUND'
    setImmediate(() => callback(Object.assign(new Error(hostname), { code }), []))
  }
  const lookUps = createLookUps({ resolve, now: () => now })
  const find = async (name: string): Promise<string> => await codeOf(lookUps.find(name, ALL, of('one')))
  for (let image = 0; image < 5; image++) t.equal(await find('gone.test'), 'ENOTFOUND')
  t.strictSame(asked, ['gone.test'])
  now = 10_002
  t.equal(await find('gone.test'), 'ENOTFOUND')
  t.equal(asked.length, 2, 'it may have been mended')
  t.equal(await find('busy.test'), 'EAI_AGAIN')
  t.equal(await find('busy.test'), 'EAI_AGAIN')
  t.equal(asked.length, 4, 'a name server that is busy says nothing of the name')
})

t.test('too many that wait are refused', async t => {
  const server = nameServer()
  const lookUps = createLookUps({ resolve: server.resolve, places: 2 })
  const all = many(lookUps, 129, 'one')
  t.equal(await codeOf(lookUps.find('good.test', ALL, of('one'))), 'TOO_MANY_AT_ONCE')
  t.equal(await codeOf(lookUps.find('good.test', ALL, of('other'))), 'found')
  for (let round = 0; round < 130; round++) {
    server.end()
    await settled()
  }
  t.strictSame(new Set(await Promise.all(all)), new Set(['EAI_AGAIN']))
})

t.test('a silent name is not asked for again for a while', async t => {
  let now = 1
  const server = nameServer()
  const lookUps = createLookUps({ resolve: server.resolve, places: 2, now: () => now, mostMilliseconds: 200 })
  const [first, second] = many(lookUps, 2, 'one')
  t.strictSame(
    await Promise.all([first, second]),
    ['NAME_SERVER_SILENT', 'NAME_SERVER_SILENT'],
    'that of the first and that of who waited for it'
  )
  t.strictSame(server.asked, ['slow0.evil.test'], 'whose thread is still held')
  t.equal(
    await codeOf(lookUps.find('slow0.evil.test', ALL, of('other'))),
    'NAME_SERVER_SILENT',
    'at once, for everybody'
  )
  server.end()
  t.equal(await codeOf(lookUps.find('good.test', ALL, of('one'))), 'found', 'the place is there again')
  now += 59_000
  t.equal(await codeOf(lookUps.find('slow0.evil.test', ALL, of('one'))), 'NAME_SERVER_SILENT', 'within a minute')
  t.strictSame(server.asked, ['slow0.evil.test', 'good.test'])
  now += 2000
  const again = codeOf(lookUps.find('slow0.evil.test', ALL, of('one')))
  await settled()
  server.end()
  t.equal(await again, 'EAI_AGAIN', 'it is asked again')
})

t.test('the addresses of a name are not looked up again for a minute', async t => {
  let now = 1
  const asked: string[] = []
  const answers: Record<string, LookupAddress[]> = {
    'large.test': Array.from({ length: 33 }, (_, at) => ({ address: `93.184.216.${at}`, family: 4 }))
  }
  const lookUps = createLookUps({
    now: () => now,
    places: 8,
    resolve(hostname, { family }, callback) {
      asked.push(`${hostname} ${family ?? 0}`)
      setImmediate(callback, null, answers[hostname] ?? FOUND)
    }
  })
  const find = async (hostname: string, family = 0): Promise<LookupAddress[]> =>
    await lookUps.find(hostname, { ...ALL, family }, of('one'))
  t.strictSame(await Promise.all(Array.from({ length: 6 }, () => find('good.test'))), Array(6).fill(FOUND))
  t.strictSame(asked, ['good.test 0'], 'six connections at once')
  now += 59_000
  t.strictSame(await find('GOOD.test'), FOUND)
  t.equal(asked.length, 1, 'remembered, however it is written')
  await find('good.test', 6)
  t.equal(asked.at(-1), 'good.test 6', 'another question')
  now += 2000
  await find('good.test')
  t.equal(asked.length, 3, 'after a minute it is asked again')
  await find('large.test')
  await find('large.test')
  t.equal(asked.length, 5, 'so many addresses are not remembered')
})

t.test('a name takes one place, whoever and how many wait for it', async t => {
  const server = nameServer()
  const lookUps = createLookUps({ resolve: server.resolve, places: 8 })
  const find = (name: string, client = 'one'): Promise<string> => codeOf(lookUps.find(name, ALL, of(client)))
  const silent = ['slow.test', 'slow.test', 'SLOW.test', 'slow.test'].map(name => find(name))
  t.equal(await find('good.test'), 'found', 'the other place of the client is for other names')
  const others = [find('slow.test', 'other'), find('slow.test', 'another')]
  await settled()
  t.strictSame(server.asked, ['slow.test', 'good.test'])
  server.end()
  t.strictSame(new Set(await Promise.all([...silent, ...others])), new Set(['EAI_AGAIN']), 'all have the answer')
  const again = find('slow.test')
  await settled()
  t.strictSame(server.asked, ['slow.test', 'good.test', 'slow.test'], 'and it is asked again after a failure')
  server.end()
  t.equal(await again, 'EAI_AGAIN')
})

t.test('only so many silent names are remembered', async t => {
  const server = nameServer()
  const lookUps = createLookUps({ resolve: server.resolve, places: 8, mostSilent: 1, mostMilliseconds: 200 })
  await Promise.all(many(lookUps, 2, 'one'))
  server.end()
  t.equal(await codeOf(lookUps.find('slow1.evil.test', ALL, of('one'))), 'NAME_SERVER_SILENT')
  const again = codeOf(lookUps.find('slow0.evil.test', ALL, of('one')))
  await settled()
  server.end()
  t.equal(await again, 'EAI_AGAIN', 'the older one is asked again')
})

t.test('of two places one client has one, and its pages have no other', async t => {
  const server = nameServer()
  const lookUps = createLookUps({ resolve: server.resolve, places: 2 })
  const silent = many(lookUps, 3, 'one')
  await settled()
  t.strictSame(server.asked, ['slow0.evil.test'])
  t.strictSame(await lookUps.find('good.test', ALL, of('other')), FOUND)
  for (let round = 0; round < 3; round++) {
    server.end()
    await settled()
  }
  t.strictSame(await Promise.all(silent), ['EAI_AGAIN', 'EAI_AGAIN', 'EAI_AGAIN'])
})

t.test('a look-up that throws gives back its place', async t => {
  const resolve: Resolve = (hostname, _options, callback) => {
    if (hostname === 'odd') throw new TypeError('no name')
    callback(null, FOUND)
  }
  const { find } = createLookUps({ resolve, places: 1 })
  await t.rejects(find('odd', ALL, of('one')), { message: 'no name' })
  t.strictSame(await find('site.test', ALL, of('one')), FOUND)
})

t.test('who leaves gives back the place in the queue', async t => {
  const server = nameServer()
  const lookUps = createLookUps({ resolve: server.resolve, places: 2 })
  const [held] = many(lookUps, 1, 'one')
  const leaving = new AbortController()
  setMaxListeners(0, leaving.signal)
  const waiting = Array.from({ length: 128 }, (_, index) =>
    codeOf(lookUps.find(`left${index}.test`, ALL, { client: 'one', signal: leaving.signal }))
  )
  t.equal(await codeOf(lookUps.find('full.test', ALL, of('one'))), 'TOO_MANY_AT_ONCE')
  leaving.abort(Object.assign(new Error('gone'), { code: 'GONE' }))
  t.strictSame(new Set(await Promise.all(waiting)), new Set(['GONE']))
  const next = codeOf(lookUps.find('next.test', ALL, of('one')))
  server.end()
  t.equal(await held, 'EAI_AGAIN')
  t.equal(await next, 'found')
  t.strictSame(server.asked, ['slow0.evil.test', 'next.test'], 'what was left is not asked for')
})

t.test('names are looked up for the client whose request leads to them, as long as it waits', async t => {
  const askers: NameAsker[] = []
  const lookUps: LookUps = {
    find(_hostname, _options, asker) {
      askers.push(asker)
      return new Promise((_found, fail) => asker.signal.addEventListener('abort', () => fail(asker.signal.reason)))
    }
  }
  const guard = createHostGuard({ allowHosts: [] })
  const seconds = { connectTimeoutSeconds: 1, responseTimeoutSeconds: 1, bodyTimeoutSeconds: 1 }
  const dispatcher = createDispatcher({
    ...seconds,
    guard,
    lookUps,
    loops: createLoops(false),
    upstreamProxy: '',
    authorities: undefined
  })
  const door = createDoor({
    askLeniently: () => Promise.reject(new Error('not asked')),
    ...seconds,
    dispatcher,
    secureHosts: createSecureHosts(openMemory()),
    maxRedirects: 1,
    maxConnectionsPerRequest: 100
  })
  t.teardown(() => door.destroy())
  const left = new AbortController()
  const sheet = fetchBytes(door, new URL('http://sheets.test/a.css'), {
    fields: {},
    maxBytes: 10,
    timeoutSeconds: 60,
    signal: left.signal,
    attempts: createAttempts(100, 'one')
  })
  const feed = fetchBytes(door, new URL('http://feeds.test/'), {
    fields: {},
    maxBytes: 10,
    timeoutSeconds: 60,
    signal: left.signal
  })
  const tunnel = createTunnelOpener({ ...seconds, guard, lookUps, upstreamProxy: '' })('tunnel.test', 443, {
    client: 'two',
    signal: left.signal
  })
  await settled()
  t.strictSame(askers.map(({ client, signal }) => `${client} ${signal.aborted}`).sort(), [
    ' false',
    'one false',
    'two false'
  ])
  left.abort(new Failure('BUSY'))
  t.strictSame(await Promise.all([sheet, feed, tunnel].map(codeOf)), ['BUSY', 'BUSY', 'BUSY'])
  t.ok(askers.every(({ signal }) => signal.aborted))
  askers.splice(0)
  // undici's clock keeps no process alive, and here nothing else does.
  const alive = setInterval(() => {}, 1000)
  const late = codeOf(
    createTunnelOpener({ ...seconds, guard, lookUps, upstreamProxy: '' })('late.test', 443, of('two'))
  )
  t.equal(await late, 'TIMED_OUT')
  clearInterval(alive)
  t.ok(askers[0]!.signal.aborted, 'a connection whose time is over')
})
