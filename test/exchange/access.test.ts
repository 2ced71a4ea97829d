import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import t, { type Test } from 'tap'
import { RulesError } from '../../src/config/read-rules.js'
import { OWN_RULES } from '../../src/clients/rules.js'
import { ConfigError, readConfig } from '../../src/config/config.js'
import { Failure } from '../../src/failures.js'
import { networkOf } from '../../src/guard/address.js'
import { readBasic } from '../../src/guard/users/basic.js'
import { createBlockList, loadBlockList } from '../../src/guard/blocked.js'
import { hashPassword, isPassword, isPasswordHash } from '../../src/config/password-hash.js'
import { createQuotas, type Quotas } from '../../src/guard/quotas.js'
import { createUsers } from '../../src/guard/users/users.js'
import { cheapHash } from '../helpers/cheap-hash.js'
import { checkPage } from '../helpers/check-page.js'
import { ask, get, type Answer, type Browser, type GetOptions } from '../helpers/client.js'
import { cpuMilliseconds, profileOf } from '../helpers/context.js'
import { answers, startOrigin } from '../helpers/origin.js'
import { startProxy } from '../helpers/proxy.js'
import { PROGRAM } from '../helpers/root.js'

const origin = await startOrigin(t, undefined)
const upstream = { 'upstream-proxy': `http://127.0.0.1:${origin.port}/`, conversions: 1 }
const html = (body: string): string => `<!doctype html><title>A page</title><body>${body}</body>`
const basic = (name: string, password: string, encoding: BufferEncoding = 'utf8'): string =>
  `Basic ${Buffer.from(`${name}:${password}`, encoding).toString('base64')}`
const codeOf = async (work: Promise<unknown>): Promise<string> =>
  await work.then(
    () => 'nothing',
    (error: unknown) => (error instanceof Failure ? error.code : String(error))
  )

/** Why a visit may not begin. */
const begun = (quotas: Quotas, ...given: Parameters<Quotas['begin']>): Promise<string> =>
  codeOf((async () => await quotas.begin(...given))())

const users = [`ada:${cheapHash('red fish')}`, `bob:${cheapHash('Grünkohl')}`]
const closed = await startProxy(t, { ...upstream, users: users.join(','), 'deny-clients': '127.0.0.66' })
const asProxyUser = (name: string, password: string): GetOptions => ({
  headers: [`Proxy-Authorization: ${basic(name, password)}`]
})

/** A page that the browser can show. */
function shows(t: Test, answer: Answer, words: RegExp, browser: Browser = 'mosaic'): void {
  const { problems, text } = checkPage(answer.body, profileOf(browser))
  t.strictSame(problems, [], 'valid')
  t.match(text, words)
}

t.test('hashes of passwords', async t => {
  const hash = await hashPassword('red fish')
  t.match(hash, /^scrypt\.15\.8\.1\.[\w-]{22}\.[\w-]{43}$/)
  t.not(hash, await hashPassword('red fish'), 'salted')
  t.ok(isPasswordHash(hash))
  t.equal(await isPassword('red fish', hash), true)
  for (const wrong of ['red fisk', '', 'Red fish', 'red fish '])
    t.equal(await isPassword(wrong, hash), false, JSON.stringify(wrong))
  t.equal(await isPassword('u\u0308', await hashPassword('\u00FC')), true, 'one letter in two ways')
  for (const none of ['red fish', '', hash.slice(0, -1), hash.replace('15', '25'), `${hash}A`]) {
    t.equal(isPasswordHash(none), false, none)
    t.equal(await isPassword('red fish', none), false)
  }
})

t.test('credentials as browsers send them', async t => {
  t.strictSame(readBasic('Basic YWRhOnJlZDpmaXNo'), { name: 'ada', password: 'red:fish' })
  t.strictSame(readBasic('  basic  YWRhOg== '), { name: 'ada', password: '' })
  t.strictSame(
    readBasic(basic('bob', 'Gr\u00FCnkohl', 'latin1')),
    { name: 'bob', password: 'Gr\u00FCnkohl' },
    'Latin-1'
  )
  t.strictSame(readBasic(basic('bob', 'Gr\u00FCnkohl')), { name: 'bob', password: 'Gr\u00FCnkohl' }, 'UTF-8')
  for (const bad of [
    undefined,
    '',
    'Basic',
    'Basic !',
    'Basic YWRh',
    'Basic OnJlZA==',
    'Digest username="ada"',
    `Basic ${'A'.repeat(2000)}`
  ])
    t.equal(readBasic(bad), undefined, String(bad).slice(0, 30))
})

t.test('users are wrong in the settings only where that is told without a password', async t => {
  for (const bad of ['ada:secret', 'ada', `a b:${users[0]!.slice(4)}`, `${users[0]},${users[0]}`, ':x']) {
    try {
      readConfig(['--users', bad], {})
      t.fail(bad)
    } catch (error) {
      t.ok(error instanceof ConfigError)
      t.match((error as Error).message, /^--users: what it says is not allowed; .*hash-password/)
      t.notMatch((error as Error).message, /secret/)
    }
  }
  t.strictSame(readConfig(['--users', users.join(', ')], {}).users, users)
})

t.test('checks of passwords', async t => {
  const some = createUsers([...users, `eve:${await hashPassword('blue fish')}`])
  t.equal(some.none, false)
  t.equal(createUsers([]).none, true)
  t.equal(await some.check({ name: 'ada', password: 'red fish' }, 'here'), 'ada')
  t.equal(await some.check({ name: 'ada', password: 'Gr\u00FCnkohl' }, 'here'), undefined, 'another one’s')
  // Work of all threads of this process, the least of three times: a busy machine makes waits longer, not this.
  const time = async (name: string, password: string): Promise<number> => {
    const took: number[] = []
    for (let round = 0; round < 3; round++) {
      const start = cpuMilliseconds()
      await some.check({ name, password }, 'here')
      took.push(cpuMilliseconds() - start)
    }
    return Math.min(...took)
  }
  const known = await time('eve', 'wrong')
  const unknown = await time('nobody', 'wrong')
  t.ok(unknown > known / 4 && unknown < known * 4, `an unknown name takes as long: ${known} ms and ${unknown} ms`)
  const fast = await time('eve', 'blue fish')
  t.ok(fast < known / 4, `what was right is remembered: ${fast} ms`)
  const flood = await Promise.allSettled(
    Array.from({ length: 60 }, (_, at) => some.check({ name: 'ada', password: `guess ${at}` }, `net ${at}`))
  )
  t.equal(
    flood.filter(({ status, ...rest }) => status === 'rejected' && (rest as { reason: Failure }).reason.code === 'BUSY')
      .length,
    60 - 2 - 32,
    'no more checks at once than there is memory for'
  )
  const guesses = await Promise.allSettled(
    Array.from({ length: 10 }, (_, at) => some.check({ name: 'ada', password: `guess ${at}` }, 'one'))
  )
  t.equal(
    guesses.filter(({ status }) => status === 'rejected').length,
    10 - 4,
    'nor for one network more than its share'
  )
  const fresh = createUsers(users)
  t.strictSame(
    await Promise.all(Array.from({ length: 10 }, () => fresh.check({ name: 'ada', password: 'red fish' }, 'burst'))),
    Array(10).fill('ada'),
    'a browser with many connections is one check'
  )
  t.equal(
    await codeOf(
      (async () => {
        for (let at = 0; at < 20; at++) await some.check({ name: 'x', password: String(at) }, 'there')
      })()
    ),
    'nothing'
  )
  t.equal(
    await codeOf(some.check({ name: 'bob', password: 'Gr\u00FCnkohl' }, 'there')),
    'TOO_MANY_REQUESTS',
    'after 20 wrong ones none is tried any more'
  )
  t.equal(
    await codeOf(some.check({ name: 'ada', password: 'red fish' }, 'there')),
    'nothing',
    'but whoever is known goes on'
  )
  t.equal(await some.check({ name: 'bob', password: 'Gr\u00FCnkohl' }, 'elsewhere'), 'bob')
})

t.test('a password for the proxy', async t => {
  origin.on('http://site.test/', answers(html('Welcome')))
  for (const browser of ['nav3', 'mosaic', 'text', 'unknown'] as const) {
    const asked = await get(closed.port, 'http://site.test/', { browser })
    t.match(
      asked,
      {
        status: 407,
        reason: 'Proxy Authentication Required',
        headers: { 'proxy-authenticate': 'Basic realm="Retrograde"', 'content-length': String(asked.body.length) }
      },
      browser
    )
    shows(t, asked, /Password needed/, browser === 'unknown' ? 'mosaic' : browser)
  }
  t.equal((await get(closed.port, 'http://site.test/x.gif')).status, 407, 'for an image too')
  t.equal((await get(closed.port, 'http://retrograde/settings')).status, 407, 'for our own pages')
  t.equal((await get(closed.port, 'news:comp.misc')).status, 407, 'for what is no address')
  t.equal((await get(closed.port, 'http://site.test/', asProxyUser('ada', 'wrong'))).status, 407)
  t.equal(
    (await get(closed.port, 'http://site.test/', { headers: [`Authorization: ${basic('ada', 'red fish')}`] })).status,
    407,
    'what is for the site is not for us'
  )
  t.equal(origin.seen.length, 0, 'nothing was fetched')
  t.match(await get(closed.port, 'http://site.test/', asProxyUser('ada', 'red fish')), { status: 200, text: /Welcome/ })
  t.match(
    await get(closed.port, 'http://site.test/', {
      headers: [
        `Proxy-Authorization: ${basic('bob', 'Gr\u00FCnkohl', 'latin1')}`,
        `Authorization: ${basic('site', 'own')}`
      ]
    }),
    { status: 200 }
  )
  t.equal(origin.seen.at(-1)?.headers.authorization, basic('site', 'own'), 'the password of the site goes on')
  t.equal(
    (await get(closed.port, 'http://site.test/', { ...asProxyUser('ada', 'red fish'), from: '127.0.0.66' })).status,
    403,
    'no password opens a denied address'
  )
})

t.test('a password for our own pages and the gateway', async t => {
  const host = `127.0.0.1:${closed.port}`
  const direct = (path: string, headers: readonly string[] = []): Promise<Answer> =>
    ask(closed.port, `GET ${path} HTTP/1.0\r\nHost: ${host}\r\n${headers.map(line => `${line}\r\n`).join('')}\r\n`)
  const own = [`Authorization: ${basic('ada', 'red fish')}`]
  for (const path of ['/', '/settings', '/read?url=site.test/', '/http://site.test/']) {
    const asked = await direct(path)
    t.match(asked, { status: 401, headers: { 'www-authenticate': 'Basic realm="Retrograde"' } }, path)
    shows(t, asked, /Password needed/)
    t.equal((await direct(path, [`Proxy-Authorization: ${basic('ada', 'red fish')}`])).status, 401, 'not in that field')
    t.equal((await direct(path, own)).status, 200, path)
  }
  t.equal(origin.seen.at(-1)?.headers.authorization, undefined, 'it does not go on')
  t.notMatch(
    JSON.stringify(origin.seen.map(({ headers }) => headers)),
    /proxy-auth|cmVkIGZpc2|red fish/i,
    'nor anywhere else'
  )
  origin.on(
    'http://private.test/',
    answers(html('closed'), 'text/html', { 'www-authenticate': 'Basic realm="Site"' }, 401)
  )
  const unasked = await direct('/http://private.test/', own)
  t.equal(unasked.headers['www-authenticate'], undefined, 'a question that cannot be answered here is not asked')
  t.match(unasked, { status: 403, text: /settings of your browser/ })
  t.equal(
    (await get(closed.port, 'http://private.test/', asProxyUser('ada', 'red fish'))).headers['www-authenticate'],
    'Basic realm="Site"'
  )
  for (const path of ['/healthz', '/proxy.pac']) t.equal((await direct(path)).status, 200, `${path} needs none`)
  t.match(
    await ask(closed.port, 'GET http://site.test/\r\n'),
    { end: 'closed', text: /Password needed/ },
    'HTTP/0.9 gets the page'
  )
  t.notMatch(closed.lines.join('\n'), /cmVkIGZpc2|red fish|Authorization/i, 'the log tells none')
})

t.test('what is personal belongs to the user', async t => {
  const page = async (user: GetOptions, path = '/settings', from = '127.0.0.1'): Promise<Answer> =>
    await get(closed.port, `http://retrograde${path}`, { ...user, from })
  const ada = asProxyUser('ada', 'red fish')
  const bob = asProxyUser('bob', 'Gr\u00FCnkohl')
  const first = await page(ada)
  t.match(first.text, /For ada\./)
  const token = /NAME="?token"? VALUE="?(\w+)/i.exec(first.text)?.[1] ?? ''
  t.match((await page(ada, `/settings?token=${token}&images=off`)).text, /Saved/)
  t.match((await page(bob, `/settings?token=${token}&images=off`)).text, /Not saved/, 'the token of another is none')
  const chosen = (answer: Answer): boolean => /VALUE="?off"? SELECTED/i.test(answer.text)
  t.equal(chosen(await page(ada)), true)
  t.equal(chosen(await page(ada, '/settings', '127.0.0.9')), true, 'on another machine')
  t.equal(chosen(await page(bob)), false, 'not for another user of the same machine')
  origin.on('http://jar.test/set', answers(html('set'), 'text/html', { 'set-cookie': 'sid=1; Path=/' }))
  await get(closed.port, 'http://jar.test/set', ada)
  await get(closed.port, 'http://jar.test/', bob)
  t.equal(origin.asked('http://jar.test/').at(-1)?.headers.cookie, undefined, 'bob has no cookie of ada')
  await get(closed.port, 'http://jar.test/', { ...ada, from: '127.0.0.9' })
  t.equal(origin.asked('http://jar.test/').at(-1)?.headers.cookie, 'sid=1')
})

t.test('what one client may take', async t => {
  origin.on('http://quick.test/', answers(html('quick')))
  origin.on('http://big.test/file.bin', answers(Buffer.alloc(600_000), 'application/octet-stream'))
  let ends: Array<() => void> = []
  origin.on(
    'http://slow.test/',
    ({ answer }) => void ends.push(() => answer.writeHead(200, { 'content-type': 'text/html' }).end(html('slow')))
  )
  const limited = await startProxy(t, {
    ...upstream,
    'max-requests-per-minute': 4,
    'max-megabytes-per-day': 1,
    'max-visits-per-client': 2,
    'max-visits': 3
  })
  const from = (last: number): GetOptions => ({ from: `127.0.0.${last}` })

  for (let at = 0; at < 4; at++) t.equal((await get(limited.port, 'http://quick.test/', from(2))).status, 200)
  const fast = await get(limited.port, 'http://quick.test/', from(2))
  t.match(fast, { status: 429, headers: { 'retry-after': '60' } })
  shows(t, fast, /Too fast/)
  t.equal(
    (await get(limited.port, 'http://quick.test/', { ...from(2), browser: 'tiny' })).status,
    200,
    'a browser that shows no errors gets the page alone'
  )
  t.equal((await get(limited.port, 'http://retrograde/healthz', from(2))).status, 200, 'health is not counted')
  t.equal((await get(limited.port, 'http://quick.test/', from(3))).status, 200, 'nor is another machine')

  for (let at = 0; at < 2; at++)
    t.equal((await get(limited.port, 'http://big.test/file.bin', from(4))).body.length, 600_000)
  await sleep(50)
  shows(t, await get(limited.port, 'http://quick.test/', from(4)), /Enough for today/)

  const under = [get(limited.port, 'http://slow.test/', from(5)), get(limited.port, 'http://slow.test/', from(5))]
  while (ends.length < 2) await sleep(10)
  const third = await get(limited.port, 'http://quick.test/', from(5))
  t.match(third, { status: 429, headers: { 'retry-after': '10' } })
  shows(t, third, /Too much at once/)
  under.push(get(limited.port, 'http://slow.test/', from(6)))
  while (ends.length < 3) await sleep(10)
  const fourth = await get(limited.port, 'http://quick.test/', from(7))
  t.match(fourth, { status: 503, headers: { 'retry-after': '10' } })
  shows(t, fourth, /Busy/)
  for (const end of ends) end()
  for (const answer of await Promise.all(under)) t.match(answer, { status: 200, text: /slow/ })
  ends = []
  t.equal((await get(limited.port, 'http://quick.test/', from(5))).status, 200, 'those that are over count no more')
  t.match(
    await begun(
      createQuotas({ maxRequestsPerMinute: 0, maxVisits: 1, maxVisitsPerClient: 1, maxMegabytesPerDay: 0 }),
      'a',
      AbortSignal.abort()
    ),
    'nothing'
  )
})

t.test('a few greedy clients leave room for the others', async t => {
  const { signal } = new AbortController()
  for (const greedy of [2, 10]) {
    const quotas = createQuotas({
      maxRequestsPerMinute: 0,
      maxVisits: 200,
      maxVisitsPerClient: 100,
      maxMegabytesPerDay: 0
    })
    const said = new Set<string>()
    for (let at = 0; at < 200 * greedy; at++) said.add(await begun(quotas, `greedy ${at % greedy}`, signal))
    t.equal(quotas.underWay(), 150, `${greedy} take three quarters`)
    t.equal(said.has('BUSY'), true)
    for (let at = 0; at < 4; at++) t.equal(await begun(quotas, 'modest', signal), 'nothing')
    t.equal(await begun(quotas, 'modest', signal), 'BUSY', 'who is modest no more')
    for (let at = 0; at < 46; at++) t.equal(await begun(quotas, `other ${at}`, signal), 'nothing')
    t.equal(await begun(quotas, 'late', signal), 'BUSY', 'all are taken')
    for (let at = 0; at < 20; at++)
      t.equal(await begun(quotas, `late ${at}`, signal, true), 'nothing', 'a page of our own')
    t.equal(await begun(quotas, 'later', signal, true), 'BUSY')
    t.equal(await begun(quotas, 'greedy 0', signal, true), 'BUSY')
  }
  // In a house all are neighbours, and have half of that part; a few of another one find room, and so do those of a
  // third.
  const taken = (quotas: Quotas, own: boolean, addresses: (at: number) => string): Promise<number> =>
    Array.from({ length: 400 }, (_, at) => at).reduce(
      async (count, at) =>
        (await count) + Number((await begun(quotas, networkOf(addresses(at)), signal, own)) === 'nothing'),
      Promise.resolve(0)
    )
  const rooms: ReadonlyArray<readonly [string, (at: number) => string, number]> = [
    ['a /24', at => `192.168.1.${at >> 2}`, 25],
    ['a /64', at => `2001:db8:1:2::${at}`, 4],
    ['/24s of a /16', at => `192.168.${(at >> 4) % 10}.${at % 4}`, 38],
    ['a /8', at => `10.${at >> 2}.0.1`, 44],
    ['users', at => `user ${at}`, 50]
  ]
  for (const [what, address, most] of rooms) {
    const quotas = createQuotas({
      maxRequestsPerMinute: 0,
      maxVisits: 200,
      maxVisitsPerClient: 100,
      maxMegabytesPerDay: 0
    })
    for (let at = 0; at < 150; at++) await quotas.begin(`greedy ${at % 2}`, signal)
    t.equal(await taken(quotas, false, address), most, what)
    // A /64 is one client, which has all that it may have.
    t.equal((await taken(quotas, true, address)) > 0, what !== 'a /64', 'pages of our own beyond that')
    if (what === 'users') continue
    t.equal(await begun(quotas, '172.16.0.1', signal), 'nothing', 'somebody of another network')
    t.equal(await begun(quotas, 'user 1', signal), 'nothing', 'and a user')
  }
  const small = await startProxy(t, { ...upstream, 'max-visits': 1, 'max-visits-per-client': 1 })
  let end = (): void => {}
  origin.on('http://held.test/', ({ answer }) => {
    end = () => answer.writeHead(200, { 'content-type': 'text/html' }).end(html('held'))
  })
  const held = get(small.port, 'http://held.test/', { from: '127.0.0.8' })
  while (origin.asked('http://held.test/').length === 0) await sleep(10)
  t.equal((await get(small.port, 'http://quick.test/')).status, 503)
  t.equal((await get(small.port, 'http://retrograde/')).status, 200, 'the home page when the room is full')
  t.equal(
    (await get(small.port, 'http://retrograde/read?url=quick.test/')).status,
    503,
    'what is fetched from a site is no page of ours'
  )
  end()
  t.match(await held, { text: /held/ })
})

t.test('one client of IPv6 is a network', async t => {
  t.equal(networkOf('2001:db8:1:2::1'), networkOf('2001:db8:1:2:ffff::9'))
  t.not(networkOf('2001:db8:1:2::1'), networkOf('2001:db8:1:3::1'))
  t.equal(networkOf('::ffff:10.0.0.1'), '10.0.0.1')
  t.equal(networkOf('fe80::1%eth0'), networkOf('fe80::2'))
  t.equal(networkOf('no address'), 'no address')
})

t.test('block lists', async t => {
  const list = createBlockList([
    { hosts: ['ads.example', '*.tracker.example'], reason: 'Advertising.' },
    { hosts: ['Paths.Example'], path: '/private/', reason: 'Not for us.' },
    { hosts: ['a.*.example'] }
  ])
  const rows: ReadonlyArray<readonly [string, string | undefined]> = [
    ['http://ads.example/', 'Advertising.'],
    ['http://www.ADS.example:8080/x', 'Advertising.'],
    ['http://ads.example./', 'Advertising.'],
    ['http://notads.example/', undefined],
    ['http://example/', undefined],
    ['http://tracker.example/', undefined],
    ['http://x.tracker.example/', 'Advertising.'],
    ['http://y.x.tracker.example/', 'Advertising.'],
    ['http://paths.example/', undefined],
    ['http://paths.example/private/x', 'Not for us.'],
    ['http://paths.example/%70rivate/x', 'Not for us.'],
    ['http://paths.example/x/../private/', 'Not for us.'],
    ['http://paths.example/%zz', undefined],
    ['http://a.b.example/', ''],
    ['http://b.a.example/', undefined],
    ['http://1.1.1.1/', undefined]
  ]
  for (const [address, reason] of rows) t.equal(list.reasonFor(new URL(address)), reason, address)
  t.equal(list.size, 4)
  t.equal(loadBlockList(OWN_RULES, { more: '' }).size, 0, 'nothing is blocked of itself')
  const folder = t.testdir({
    'right.yaml': '- hosts: [blocked.test]\n  path: /no\n  reason: Not <b>here</b>.\n',
    'empty.yaml': '# none\n',
    'wrong.yaml': '- hosts: [a]\n- hosts: ["http://a/"]\n'
  })
  t.equal(loadBlockList(OWN_RULES, { more: join(folder, 'empty.yaml') }).size, 0)
  t.throws(
    () => loadBlockList(OWN_RULES, { more: join(folder, 'wrong.yaml') }),
    new RulesError(
      `${join(folder, 'wrong.yaml')}, line 2, 1.hosts.0: must match pattern "^([A-Za-z0-9_-]+|\\*)(\\.([A-Za-z0-9_-]+|\\*))*$"`
    )
  )
  const proxy = await startProxy(t, { ...upstream, blocked: join(folder, 'right.yaml') })
  const refused = await get(proxy.port, 'http://www.blocked.test/nobody')
  t.equal(refused.status, 403)
  shows(t, refused, /Blocked here.*Not <b>here<\/b>\./)
  t.equal(
    (await get(proxy.port, 'http://blocked.test/no.gif')).headers['content-type'],
    'image/gif',
    'in the place of an image a blank one'
  )
  origin.on('http://blocked.test/yes', answers(html('yes')))
  t.match((await get(proxy.port, 'http://blocked.test/yes')).text, /yes/)
  t.equal(origin.seen.filter(({ address }) => address.includes('blocked.test/no')).length, 0)
})

t.test('hash-password', async t => {
  async function run(input: string): Promise<{ code: number | null; out: string; error: string }> {
    const child = spawn(process.execPath, [PROGRAM, 'hash-password'])
    child.stdin.end(input)
    const ended = once(child, 'close')
    const [out, error] = await Promise.all([text(child.stdout), text(child.stderr)])
    return { code: (await ended)[0] as number | null, out, error }
  }
  const made = await run('red fish\n')
  t.equal(made.code, 0)
  t.equal(await isPassword('red fish', made.out.trim()), true)
  t.match(await run(''), { code: 1, out: '', error: /takes one line/ })
  t.match(await run('a\nb\n'), { code: 1, out: '' })
})
