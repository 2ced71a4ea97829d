import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import sharp from 'sharp'
import t from 'tap'
import { createPersonalSettings } from '../../src/clients/settings.js'
import { imageOptionsFor } from '../../src/request/options-for.js'
import { createCookieJars, type CookieJars } from '../../src/origin/cookies/cookie-jars.js'
import { addHints, takeHints, type AddressHints } from '../../src/page/addresses/address-hints.js'
import { openMemory } from '../../src/store/memory.js'
import { openStore } from '../../src/store/open.js'
import { checkPage } from '../helpers/check-page.js'
import { get, type Answer, type GetOptions } from '../helpers/client.js'
import { cpuMilliseconds, displayOf, profileOf } from '../helpers/context.js'
import { answers, makeCertificates, redirects, startOrigin, type Handler } from '../helpers/origin.js'
import { startProxy } from '../helpers/proxy.js'

const MIB = 1024 * 1024
const certificates = makeCertificates(t.testdir())
const origin = await startOrigin(t, certificates)
const settings = {
  'upstream-proxy': `http://127.0.0.1:${origin.port}/`,
  conversions: 1,
  'max-redirects': 4,
  ...(certificates === undefined ? {} : { 'extra-ca': certificates.authority })
}
const noTls = certificates === undefined ? { skip: 'openssl is not there to make certificates' } : {}
const proxy = await startProxy(t, settings)

const html = (body: string): string =>
  `<!doctype html><html><head><title>A page</title></head><body>${body}</body></html>`
const visit = (address: string, options: GetOptions = {}): Promise<Answer> => get(proxy.port, address, options)
const sets = (...cookies: string[]): Handler => answers(html('set'), 'text/html', { 'set-cookie': cookies })
/** The Cookie field that the origin got last at an address, or undefined. */
const sentTo = (address: string): string | undefined => origin.asked(address).at(-1)?.headers.cookie
/** What the origin gets when a client asks for an address. */
async function sent(address: string, options: GetOptions = {}): Promise<string | undefined> {
  await visit(address, options)
  return sentTo(address)
}
let clients = 2
/** A machine that nobody has used yet. */
const newClient = (): { from: string } => ({ from: `127.0.0.${clients++}` })

t.test('a log-in from a browser without cookies', async t => {
  origin.on('http://site.test/login', ({ request, answer, seen }) =>
    request.on('end', () => {
      if (seen.method === 'POST' && seen.body.toString() === 'user=ada')
        answer
          .writeHead(302, {
            location: '/home',
            'set-cookie': ['sid=secret-1; HttpOnly; SameSite=Lax', 'theme=dark; Path=/; Max-Age=1000']
          })
          .end()
      else answer.writeHead(403).end()
    })
  )
  origin.on('http://site.test/home', ({ request, answer }) =>
    answer
      .writeHead(200, { 'content-type': 'text/html' })
      .end(html(/sid=secret-1/.test(request.headers.cookie ?? '') ? 'Welcome Ada' : 'Please log in'))
  )
  const me = newClient()
  t.match((await visit('http://site.test/home', me)).text, /Please log in/)
  const posted = await visit('http://site.test/login', {
    ...me,
    method: 'POST',
    body: 'user=ada',
    headers: ['Content-type: application/x-www-form-urlencoded', 'Referer: http://site.test/home']
  })
  t.match(posted, { status: 302, headers: { location: 'http://site.test/home' } })
  const home = await visit('http://site.test/home', { ...me, headers: ['Cookie: sid=mine; x=y'] })
  t.match(home.text, /Welcome Ada/)
  t.equal(sentTo('http://site.test/home'), 'sid=secret-1; theme=dark', 'what the client sends itself does not go')
  t.notMatch(posted.raw + home.raw, /Set-Cookie|secret-1/i, 'no cookie reaches it')
  t.match((await visit('http://site.test/home', newClient())).text, /Please log in/, 'another machine is not logged in')
  t.equal(await sent('http://www.site.test/', me), undefined, 'nor is another host')
  t.notMatch(proxy.lines.join('\n'), /secret-1/, 'the log tells none')
})

t.test('secure cookies', noTls, async t => {
  const me = newClient()
  origin.on('http://secure.test/in', ({ answer }) =>
    answer.writeHead(301, { location: 'https://secure.test/in', 'set-cookie': ['way=1', 'early=1; Secure'] }).end()
  )
  origin.on(
    'https://secure.test/in',
    sets(
      '__Host-sid=1; Secure; Path=/',
      '__Secure-id=2; Secure',
      '__Host-bad=3; Secure; Path=/; Domain=secure.test',
      '__Secure-bad=4'
    )
  )
  await visit('http://secure.test/in', me)
  t.equal(
    sentTo('https://secure.test/in'),
    'way=1',
    'a cookie set on the way goes with the next hop; Secure by http is refused'
  )
  t.equal(
    (await sent('http://secure.test/in', me), sentTo('https://secure.test/in'))?.split('; ').sort().join(' '),
    '__Host-sid=1 __Secure-id=2 way=1',
    'the prefixes hold'
  )
  origin.on('https://other.test/tls', sets('both=secret; Secure; Path=/', 'all=1; Path=/'))
  await visit('https://other.test/tls', me)
  origin.on('http://other.test:8000/', answers(html('plain')))
  t.equal(await sent('http://other.test:8000/', me), 'all=1', 'Secure never goes by http')
  origin.on('http://other.test:8000/set', sets('both=forged; Path=/'))
  await visit('http://other.test:8000/set', me)
  t.equal(await sent('https://other.test/tls', me), 'both=secret; all=1', 'and is not replaced by http')
})

t.test('what a site may set', async t => {
  const me = newClient()
  origin.on(
    'http://a.shop.co.uk/',
    sets(
      'suffix=1; Domain=co.uk',
      'foreign=1; Domain=example.com',
      'shared=1; Domain=.shop.co.uk',
      'deep=1; Path=/deep',
      'host=1'
    )
  )
  await visit('http://a.shop.co.uk/', me)
  t.equal(await sent('http://other.co.uk/', me), undefined, 'a public suffix is refused')
  t.equal(await sent('http://b.shop.co.uk/', me), 'shared=1')
  t.equal(await sent('http://a.shop.co.uk/deep/x', me), 'deep=1; shared=1; host=1', 'the longest path first')
  t.equal(await sent('http://a.shop.co.uk/deepest', me), 'shared=1; host=1')
  origin.on('http://one.github.io/', sets('suffix=1; Domain=github.io', 'mine=1'))
  await visit('http://one.github.io/', me)
  t.equal(await sent('http://two.github.io/', me), undefined)
  origin.on(
    'http://old.test/',
    sets(
      'short=1; Max-Age=1',
      'past=1; Expires=Mon, 19 Aug 1996 12:00:00 GMT',
      'long=1; Max-Age=99999999999999999999',
      'gone=1'
    )
  )
  await visit('http://old.test/', me)
  t.equal(await sent('http://old.test/x', me), 'short=1; long=1; gone=1')
  origin.on('http://old.test/out', sets('gone=; Max-Age=0', '=nameless', 'nameless'))
  await visit('http://old.test/out', me)
  await sleep(1100)
  t.equal(await sent('http://old.test/x', me), 'long=1', 'cookies end')
})

t.test('a redirect to itself ends when its cookie is there', async t => {
  const itself: Handler = ({ request, answer }) => {
    if (/seen=1/.test(request.headers.cookie ?? ''))
      answer.writeHead(200, { 'content-type': 'text/html' }).end(html('Come in'))
    else answer.writeHead(302, { location: 'http://wall.test/', 'set-cookie': 'seen=1; Path=/; SameSite=Strict' }).end()
  }
  origin.on('http://wall.test/', itself)
  t.match((await visit('http://wall.test/', newClient())).text, /Come in/)
  const own = await visit('http://wall.test/', { ...newClient(), browser: 'nav3', headers: ['Cookie: a=b'] })
  t.match(
    own,
    { text: /Come in/, headers: { 'set-cookie': 'seen=1; path=/' } },
    'the client that keeps its own gets it too'
  )
  t.equal(sentTo('http://wall.test/'), 'a=b; seen=1')
  let count = 0
  origin.on(
    'http://endless.test/',
    ({ answer }) => void answer.writeHead(302, { location: '/', 'set-cookie': `n=${count++}` }).end()
  )
  t.match((await visit('http://endless.test/', newClient())).text, /REDIRECT_LOOP/)
  t.equal(count, 5, 'no longer than other redirects')
  count = 0
  origin.on(
    'http://same.test/',
    ({ answer }) => void answer.writeHead(302, { location: '/', 'set-cookie': 'n=1' }).end(String(count++))
  )
  t.match((await visit('http://same.test/', newClient())).text, /REDIRECT_LOOP/)
  t.equal(count, 2, 'the same cookie again changes nothing')
})

t.test('cookies of images', async t => {
  const me = newClient()
  const gif = Buffer.from('R0lGODlhAQABAIAAAP///wAAACwAAAAAAQABAAACAkQBADs=', 'base64')
  origin.on('http://ads.test/', sets('known=1; SameSite=None'))
  for (const host of ['ads', 'site'])
    origin.on(`http://${host}.test/pixel.gif`, answers(gif, 'image/gif', { 'set-cookie': 'pixel=1; Path=/' }))
  await visit('http://ads.test/', me)
  t.equal(
    await sent('http://ads.test/pixel.gif', { ...me, headers: ['Referer: http://news.test/page'] }),
    undefined,
    'a third party gets none'
  )
  t.equal(
    await sent('http://ads.test/pixel.gif', me),
    'known=1',
    'nobody said who asks: sent, as an image behind a log-in needs it'
  )
  t.equal(await sent('http://ads.test/pixel.gif', me), 'known=1', 'but nothing was kept')
  await visit('http://site.test/pixel.gif', { ...me, headers: ['Referer: http://www.site.test/page'] })
  t.equal(await sent('http://site.test/pixel.gif', me), 'pixel=1', 'kept for the page of its own site')
})

t.test('a form of another site', async t => {
  const me = newClient()
  origin.on(
    'http://bank.test/',
    sets('strict=1; SameSite=Strict', 'lax=1; SameSite=Lax', 'none=1; SameSite=None', 'old=1')
  )
  await visit('http://bank.test/', me)
  const post = (referer: string): Promise<string | undefined> =>
    sent('http://bank.test/pay', { ...me, method: 'POST', body: 'a=1', headers: [`Referer: ${referer}`] })
  t.equal(await post('http://evil.test/'), 'none=1; old=1')
  t.equal(await post('http://bank.test/form'), 'strict=1; lax=1; none=1; old=1')
  t.equal(
    await post('http://retrograde/read?url=bank.test/'),
    'strict=1; lax=1; none=1; old=1',
    'our own view of the page'
  )
})

t.test('a browser that keeps its own', async t => {
  origin.on(
    'http://site.test/own',
    sets('a=1; Domain=site.test; Secure; HttpOnly; SameSite=None; Path=/insecure', 'b=2')
  )
  const own = await visit('http://site.test/own', { ...newClient(), browser: 'nav3', headers: ['Cookie: c=3'] })
  t.equal(own.headers['set-cookie'], 'a=1; path=/; domain=.site.test\nb=2; path=/', 'cut to what Netscape takes')
  t.equal(sentTo('http://site.test/own'), 'c=3')
  const me = newClient()
  const gate = (path: string): Promise<Answer> =>
    visit(`/http://site.test${path}`, {
      ...me,
      browser: 'nav3',
      headers: [`Host: 127.0.0.1:${proxy.port}`, 'Cookie: foreign=1']
    })
  const behind = await gate('/own')
  t.match(behind, { status: 200, headers: { 'set-cookie': undefined } }, 'behind the gateway all sites are one host')
  t.equal(sentTo('http://site.test/own'), undefined)
  await gate('/insecure')
  t.equal(sentTo('http://site.test/insecure'), 'b=2', 'they are kept here; Secure by http is not')
  await gate('/own')
  t.equal(sentTo('http://site.test/own'), 'b=2')
})

t.test('jars have limits', async t => {
  const jars = createCookieJars(openMemory(), MIB)
  const url = new URL('https://site.test/')
  jars.keep(
    'a',
    url,
    Array.from({ length: 150 }, (_, at) => `c${at}=1`)
  )
  t.strictSame(jars.count('a'), { cookies: 100, sites: 1 })
  t.equal(
    jars.keep('a', url, [`big=${'x'.repeat(4097)}`, `path=1; Path=/${'x'.repeat(5000)}`, 'del=x\u007Fy', 'x\u0001=1']),
    false,
    'too long'
  )
  jars.keep(
    'b',
    url,
    Array.from({ length: 20 }, (_, at) => `c${at}=${'x'.repeat(3000)}`)
  )
  t.ok(jars.line('b', url, 'strict').length < 32_768, 'one site')
  for (let at = 0; at < 200; at++) jars.keep('c', new URL(`https://site${at}.test/`), [`big=${'x'.repeat(4000)}`])
  t.ok(jars.count('c').sites > 40 && jars.count('c').sites < 70, 'one client')
  t.equal(jars.line('c', new URL('https://site0.test/'), 'strict'), '', 'the oldest went')
  t.ok(jars.line('c', new URL('https://site199.test/'), 'strict') !== '', 'the newest stayed')
  jars.keep('10.0.0.1', url, ['a=1'])
  jars.keep('10.0.0.10', url, ['b=1'])
  jars.clear('10.0.0.1')
  t.strictSame(
    [jars.line('10.0.0.1', url, 'strict'), jars.line('10.0.0.10', url, 'strict')],
    ['', 'b=1'],
    'one is not the other'
  )
  t.equal(jars.keep('a', new URL(`http://${'x.'.repeat(200)}test/`), ['a=1']), false, 'a name that is none')
  for (const host of ['127.0.0.1', 'localhost', 'nas', '[::1]', 'co.uk']) {
    const at = new URL(`http://${host}/`)
    jars.keep('d', at, ['a=1'])
    t.equal(jars.line('d', at, 'strict'), 'a=1', host)
  }
})

/** Addresses in a row, some thousand of them. */
const machine = (block: string, at: number): string => `${block}.${at >> 8}.${at & 255}`

t.test('nobody loses cookies to machines that come after', async t => {
  const url = new URL('https://site.test/')
  const blocks = {
    '127.77': 'elsewhere',
    '127.0': 'in the same blocks',
    '192.168': 'in a home network',
    '203.0': 'of the open Internet'
  }
  for (const [block, where] of Object.entries(blocks)) {
    const jars = createCookieJars(openMemory(), MIB / 4)
    const own = ['127.0.0.9', '192.168.1.20', '198.51.100.7', '2001:db8::1', '@ada']
    for (const client of own) jars.keep(client, url, ['sid=1; Max-Age=99999'])
    for (let at = 0; at < 1500; at++)
      if (!own.includes(machine(block, at)))
        jars.keep(machine(block, at), url, [`sid=${'x'.repeat(200)}; Max-Age=99999`])
    for (const client of own) t.equal(jars.line(client, url, 'strict'), 'sid=1', `${client}: 1,500 machines ${where}`)
    t.equal(jars.line(machine(block, 1499), url, 'strict') !== '', true, 'who came last has its own for a while')
  }
  const jars = createCookieJars(openMemory(), MIB / 4)
  jars.keep('2001:db8::1', url, ['sid=1'])
  jars.keep('10.1.2.3', url, ['sid=1'])
  const before = cpuMilliseconds()
  for (let at = 0; at < 2500; at++) jars.keep(`2001:db8:7::${at.toString(16)}`, url, [`sid=${'x'.repeat(200)}`])
  const each = (cpuMilliseconds() - before) / 2500
  t.ok(each < 20, `one network of IPv6 without end: ${each} ms each`)
  t.strictSame([jars.line('2001:db8::1', url, 'strict'), jars.line('10.1.2.3', url, 'strict')], ['sid=1', 'sid=1'])
})

t.test('shares of cookies are the same after a new start', async t => {
  const store = openMemory()
  const url = new URL('https://site.test/')
  const fill = (jars: CookieJars, from: number, to: number): void => {
    for (let at = from; at < to; at++) jars.keep(machine('10.9', at), url, [`sid=${'x'.repeat(3500)}`])
  }
  const first = createCookieJars(store, MIB)
  first.keep('10.9.0.200', url, ['sid=1'])
  fill(first, 0, 150)
  const second = createCookieJars(store, MIB)
  fill(second, 1000, 1600)
  t.equal(second.line('10.9.0.200', url, 'strict'), 'sid=1')
  const bytes = store.keys('cookies ').reduce((sum, key) => sum + (store.get(key) as { bytes: number }).bytes, 0)
  t.ok(bytes <= MIB && bytes > MIB / 2, `${bytes} bytes are kept`)
})

t.test('settings of many machines', async t => {
  const settings = createPersonalSettings(openMemory())
  settings.save('127.0.0.9', { images: 'off' })
  for (let at = 0; at < 6000; at++) if (at !== 9) settings.save(machine('127.0', at), { images: 'links' })
  t.strictSame(settings.of('127.0.0.9'), { images: 'off' }, 'who was there first keeps them')
  t.strictSame(settings.of('127.0.23.111'), { images: 'links' })
  t.ok(
    Array.from({ length: 6000 }, (_, at) => settings.of(machine('127.0', at))).filter(
      ({ images }) => images !== undefined
    ).length <= 4096
  )
})

t.test('what lasts', async t => {
  const folder = join(t.testdir(), 'data')
  const first = await startProxy(t, { ...settings, 'data-dir': folder })
  origin.on('http://stay.test/', sets('stay=1; Max-Age=1000'))
  origin.on('http://stay.test/ask', answers(html('x')))
  await get(first.port, 'http://stay.test/')
  await get(first.port, 'http://stay.test/ask')
  t.equal(sentTo('http://stay.test/ask'), 'stay=1', 'at once')
  await first.close()
  const second = await startProxy(t, { ...settings, 'data-dir': folder })
  await get(second.port, 'http://stay.test/ask')
  t.equal(sentTo('http://stay.test/ask'), 'stay=1', 'after a new start')
  await get(second.port, 'http://stay.test/ask', { from: '127.0.0.9' })
  t.equal(sentTo('http://stay.test/ask'), undefined)
})

t.test('the store is read from as soon as it is written to', async t => {
  const store = openStore(join(t.testdir(), 'data'), () => t.fail('a warning'))
  store.set('a 1', 1)
  store.set('a 2', 2, 100)
  store.set('b 1', 3)
  t.strictSame([store.get('a 1'), store.get('a 2'), store.keys('a ').sort()], [1, 2, ['a 1', 'a 2']])
  store.remove('a 1')
  t.strictSame([store.get('a 1'), store.keys('a ')], [undefined, ['a 2']])
  await sleep(200)
  t.strictSame(
    [store.get('a 1'), store.get('a 2'), store.keys('a '), store.keys('')],
    [undefined, 2, ['a 2'], ['a 2', 'b 1']],
    'and later'
  )
  await store.close()
})

t.test('kill -9 in the middle of writes', async t => {
  const folder = t.testdir()
  for (let round = 0; round < 2; round++) {
    const child = spawn(process.execPath, [fileURLToPath(new URL('../helpers/use-jars.js', import.meta.url)), folder], {
      stdio: ['ignore', 'pipe', 'inherit']
    })
    const told: Array<{ at: number; time: number }> = []
    child.stdout.on('data', (data: Buffer) =>
      told.push({ at: Number(data.toString().trim().split('\n').at(-1)), time: Date.now() })
    )
    while (told.length === 0) await sleep(20)
    await sleep(1300 + round * 170)
    child.kill('SIGKILL')
    const killed = Date.now()
    await new Promise(resolve => child.once('close', resolve))
    const old = told.filter(({ time }) => time < killed - 1000).at(-1)!.at
    const store = openStore(folder, message => t.fail(message))
    const jars = createCookieJars(store, MIB)
    const kept = Math.max(
      ...[0, 1, 2, 3, 4].map(site =>
        Number(/n=(\d+)/.exec(jars.line('me', new URL(`https://site${site}.test/`), 'strict'))?.[1] ?? -1)
      )
    )
    t.ok(kept >= old - 1, `round ${round}: cookie ${kept} of ${old} a second before was kept`)
    t.strictSame(jars.count('me'), { cookies: 10, sites: 5 }, 'and all can be read')
    jars.clear('me')
    await store.close()
  }
})

t.test('hints at the end of an address', async t => {
  const rows: ReadonlyArray<readonly [string, string, AddressHints]> = [
    ['http://a.test/', 'http://a.test/', {}],
    ['http://a.test/~user/?~view=page', 'http://a.test/~user/', { view: 'page' }],
    ['http://a.test/?q=1&~profile=nav1', 'http://a.test/?q=1', { profile: 'nav1' }],
    [
      'http://a.test/i.png?~images=mono&~30x20',
      'http://a.test/i.png',
      { images: 'mono', size: { width: 30, height: 20 } }
    ],
    [
      'http://a.test/?~display=mono512&~profile=nav1&~profile=text',
      'http://a.test/',
      { display: 'mono512', profile: 'text' }
    ],
    ['http://a.test/?~profile=nav1&q=1', 'http://a.test/?~profile=nav1&q=1', {}],
    ['http://a.test/?~other=1', 'http://a.test/?~other=1', {}],
    ['http://a.test/?~constructor=1', 'http://a.test/?~constructor=1', {}],
    ['http://a.test/?~view=other', 'http://a.test/?~view=other', {}],
    ['http://a.test/?~profile=', 'http://a.test/?~profile=', {}]
  ]
  for (const [address, plain, hints] of rows) t.strictSame(takeHints(address), { address: plain, hints }, address)
  t.equal(addHints('http://a.test/?q=1#top', { view: 'page' }), 'http://a.test/?q=1&~view=page#top')
  t.equal(
    addHints('http://a.test/?~view=page&~3x4', { view: 'reader', images: 'off' }),
    'http://a.test/?~view=reader&~images=off&~3x4',
    'replaced, the size last'
  )
  t.equal(addHints('http://a.test/#x', {}), 'http://a.test/#x')
  t.match(takeHints(`http://a.test/?${'~view=page&'.repeat(20)}~view=page`).address, /view/, 'not without end')
})

const PROSE =
  'The keeper counted the ships, wrote their names into his book, and lit the lamp at dusk, whether the sea was calm or not. '
const ARTICLE = `<nav><a href="/">Front</a> <a href="/other">Other things</a></nav><article><h1>Lighthouse</h1>${`<p>${PROSE.repeat(2)}</p>`.repeat(7)}<p><img src="/photo.png" width="40" height="30" alt="Tower"></p></article><aside>Buy this now</aside>`

t.test('a switch in the address holds for one visit', async t => {
  const me = newClient()
  origin.on(
    'http://site.test/page',
    answers(
      `<title>Page</title><body><table border=1><tr><td>one</td><td>two</td></tr><tr><td>3</td><td>4</td></tr></table><p><a href="/next">next</a> <img src="pic.png" width="40" height="30" alt="Tower">`
    )
  )
  const page = await visit('http://site.test/page?a=b&~profile=nav1', me)
  t.match(page.text, /HTML 3\.2 Final/)
  t.equal(origin.seen.at(-1)!.address, 'http://site.test/page?a=b', 'the origin never sees it')
  t.match(page.text, /HREF="\/next"/, 'links lead on without it')
  t.match(page.text, /SRC="\/pic\.png\?~profile=nav1&(amp;)?~40x30"/, 'images come with it')
  t.match((await visit('http://site.test/page', me)).text, /DTD HTML 2\.0/, 'the next visit is as ever')
  t.match((await visit('http://site.test/page?~profile=nonsense', me)).text, /DTD HTML 2\.0/)
  t.equal(origin.seen.at(-1)!.address, 'http://site.test/page')
  t.match((await visit('http://site.test/page?~images=off', me)).text, /\[Tower\]/)
  t.match((await visit('http://retrograde/settings?~profile=html4', me)).text, /HTML 4\.01/, 'for our own pages too')
  origin.on('http://site.test/moved', redirects('/page'))
  t.equal(
    (await visit('http://site.test/moved?~profile=nav1', me)).headers.location,
    'http://site.test/page?~profile=nav1',
    'a redirect keeps it'
  )
  const picture = await sharp({ create: { width: 80, height: 60, channels: 3, background: '#cc3300' } })
    .png()
    .toBuffer()
  origin.on('http://site.test/pic.png', answers(picture, 'image/png'))
  const colours = (gif: Buffer): number => 2 << (gif[10]! & 7)
  t.equal(
    colours((await visit('http://site.test/pic.png?~images=mono&~40x30', me)).body),
    2,
    'an image in black and white'
  )
  const behind = await visit('/http://site.test/page?~profile=nav3', {
    ...me,
    headers: [`Host: 127.0.0.1:${proxy.port}`]
  })
  t.match(
    behind.text,
    /SRC="http:\/\/127\.0\.0\.1:\d+\/http:\/\/site\.test\/pic\.png\?~profile=nav3&(amp;)?~40x30"/,
    'behind the gateway too'
  )
})

/** The token of a settings page. */
const tokenOf = (page: Answer): string =>
  /NAME="?token"? VALUE="?([0-9a-f]{16})/.exec(page.text)?.[1] ?? /token=([0-9a-f]{16})/.exec(page.text)?.[1] ?? ''
const settingsPage = (options: GetOptions, query = ''): Promise<Answer> =>
  visit(`http://retrograde/settings${query}`, options)
async function choose(options: GetOptions, choices: string): Promise<Answer> {
  return await settingsPage(options, `?token=${tokenOf(await settingsPage(options))}&${choices}`)
}

t.test('the settings page', async t => {
  for (const [browser, most] of [
    ['mosaic', 6500],
    ['nav3', 6500],
    ['text', 6500],
    ['tiny', 4096]
  ] as const) {
    const page = await settingsPage({ ...newClient(), browser, headers: ['Referer: http://site.test/page'] })
    t.strictSame(checkPage(page.body, profileOf(browser)).problems, [], `${browser}: valid`)
    t.ok(page.body.length <= most, `${browser}: ${page.body.length} bytes`)
    t.match(page.text, /HREF="http:\/\/site\.test\/page\?~profile=nav1"/, 'the page before, for once in other ways')
    t.match(tokenOf(page), /^[0-9a-f]{16}$/)
  }
  for (const referer of ['http://retrograde/', 'javascript:alert(1)', `http://site.test/${'x'.repeat(300)}`])
    t.notMatch((await settingsPage({ headers: [`Referer: ${referer}`] })).text, /came from/, referer.slice(0, 40))
  const hostile = await settingsPage({ headers: ['Referer: http://site.test/"><script>'] })
  t.match(hostile.text, /HREF="http:\/\/site\.test\/%22%3E%3Cscript%3E\?~profile=nav1"/)
  t.strictSame(checkPage(hostile.body, profileOf('mosaic')).problems, [], 'a hostile Referer')
  const me = newClient()
  t.match((await choose(me, 'profile=cern')).text, /Saved/)
  const without = await settingsPage(me)
  t.match(
    without.text,
    /HREF="http:\/\/retrograde\/settings\?token=[0-9a-f]{16}&%70rofile=mosaic"/,
    'a way back from pages without forms'
  )
  t.match((await choose(me, 'profile=mosaic')).text, /Saved/)
  t.match(
    (await settingsPage(me)).text,
    /SELECTED[^<]*NCSA Mosaic|VALUE="?mosaic"? SELECTED/,
    'what was chosen is marked'
  )
  await choose(me, 'profile=&first=reader&parts=off&cookies=off&images=sent&line=top&speed=fast&display=mono512')
  const page = (await settingsPage(me)).text
  for (const value of ['reader', 'off', 'sent', 'top', 'fast', 'mono512'])
    t.match(page, new RegExp(`VALUE="?${value}"? SELECTED`), value)
  t.equal((page.match(/SELECTED/g) ?? []).length, 12, 'one of each')
  t.match(
    (await visit('http://site.test/page', newClient())).text,
    /HREF="http:\/\/retrograde\/settings">Looks\s+wrong\?<\/A>/,
    'each page leads there'
  )
})

t.test('an article first', async t => {
  const me = newClient()
  origin.on('http://site.test/article', answers(`<title>Lighthouse</title><body>${ARTICLE}`))
  origin.on(
    'http://site.test/list',
    answers(
      `<title>List</title><body>${Array.from({ length: 15 }, (_, at) => `<p><a href="/${at}">${PROSE}</a></p>`).join('')}<aside>Buy this now</aside>`
    )
  )
  t.match((await visit('http://site.test/article', me)).text, /Buy\s+this\s+now/)
  await choose(me, 'first=reader')
  const first = await visit('http://site.test/article', me)
  t.notMatch(first.text, /Buy\s+this\s+now/)
  t.match(first.text, /HREF="http:\/\/site\.test\/article\?~view=page">Whole\s+page/)
  t.match((await visit('http://site.test/article?~view=page', me)).text, /Buy\s+this\s+now/, 'the whole page')
  t.match((await visit('http://site.test/list', me)).text, /Buy\s+this\s+now/, 'a list is no article')
  t.notMatch((await visit('http://site.test/article?~view=reader', newClient())).text, /Buy\s+this\s+now/, 'for once')
})

t.test('colours of images', async t => {
  const { width, height } = { width: 64, height: 48 }
  const noise = Buffer.from(
    Array.from({ length: width * height * 3 }, (_, at) => (at * 7919 + (at >> 3) * 104729) % 256)
  )
  const photo = sharp(noise, { raw: { width, height, channels: 3 } })
  const jpeg = await photo.jpeg({ quality: 95, progressive: true }).toBuffer()
  origin.on('http://site.test/photo', answers(jpeg, 'image/jpeg'))
  origin.on('http://site.test/photo.png', answers(await photo.png().toBuffer(), 'image/png'))
  origin.on(
    'http://site.test/wide',
    answers(
      await sharp(noise, { raw: { width, height, channels: 3 } })
        .resize(900, 60)
        .jpeg()
        .toBuffer(),
      'image/jpeg'
    )
  )
  const me = { ...newClient(), browser: 'nav3' } as const
  const look = async (
    choice: string,
    path = '/photo'
  ): Promise<{ type: string | undefined; colours: number; body: Buffer }> => {
    await choose(me, `images=${choice}`)
    const { headers, body } = await visit(`http://site.test${path}`, me)
    return {
      type: headers['content-type'],
      colours: headers['content-type'] === 'image/gif' ? 2 << (body[10]! & 7) : 0,
      body
    }
  }
  t.match(await look('mono'), { type: 'image/gif', colours: 2 })
  t.match(await look('16'), { type: 'image/gif', colours: 16 })
  t.equal((await look('256')).type, 'image/gif')
  t.equal((await look('jpeg')).type, 'image/jpeg')
  t.ok((await look('sent')).body.equals(jpeg), 'as it was sent')
  t.match(
    await look('sent', '/photo.png'),
    { type: /image\/(gif|jpeg)/ },
    'what the browser does not take is converted'
  )
  const wide = await look('sent', '/wide')
  t.match(await sharp(wide.body).metadata(), { width: 600 }, 'and what is too wide is made to fit')
  t.strictSame(
    imageOptionsFor({ profile: profileOf('html4'), display: displayOf('col16'), why: '' }, {} as never, {
      colours: '16'
    }).palette,
    { kind: 'fixed', name: 'vga16' },
    'a screen of sixteen colours keeps its own'
  )
  t.strictSame(
    imageOptionsFor({ profile: profileOf('mosaic'), display: displayOf('mono512'), why: '' }, {} as never, {
      colours: '256'
    }).palette,
    { kind: 'adaptive', colours: 50 },
    'no more than the browser has'
  )
})

t.test('who keeps cookies is a choice', async t => {
  origin.on('http://site.test/biscuit', sets('b=1; Path=/'))
  const me = { ...newClient(), browser: 'nav3' } as const
  t.notMatch((await settingsPage(me)).text, /Delete/, 'nothing to delete')
  await choose(me, 'cookies=jar')
  t.equal((await visit('http://site.test/biscuit', me)).headers['set-cookie'], undefined)
  t.equal(await sent('http://site.test/biscuit', me), 'b=1')
  t.match((await settingsPage(me)).text.replace(/\s+/g, ' '), /The proxy keeps 1 cookie of 1 site for you/)
  t.match((await settingsPage(me, '?token=0000000000000000&forget=cookies')).text, /Not\s+saved/)
  t.equal(await sent('http://site.test/biscuit', me), 'b=1', 'not without the token')
  await choose(me, 'cookies=off')
  t.equal((await visit('http://site.test/biscuit', me)).headers['set-cookie'], undefined)
  t.equal(await sent('http://site.test/biscuit', { ...me, headers: ['Cookie: c=1'] }), undefined, 'none at all')
  await choose(me, 'cookies=jar')
  const mosaic = newClient()
  await visit('http://site.test/biscuit', mosaic)
  t.match((await choose(me, 'forget=cookies')).text, /cookies\s+were\s+deleted/)
  t.match((await settingsPage(me)).text, /VALUE="?jar"? SELECTED/, 'the choices stay')
  t.equal(await sent('http://site.test/biscuit', me), undefined)
  t.equal(await sent('http://site.test/biscuit', mosaic), 'b=1', 'those of others stay')
  await choose(me, 'cookies=own')
  t.equal((await visit('http://site.test/biscuit', me)).headers['set-cookie'], 'b=1; path=/')
})
