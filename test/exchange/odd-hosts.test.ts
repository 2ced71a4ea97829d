import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { readResults } from '../../src/page/read/read-results.js'
import { readStories } from '../../src/page/read/readers/stories.js'
import { clientAddress, resolve, writtenAddress } from '../../src/page/addresses/address.js'
import { plainFailureAnswer } from '../../src/answers/plain-failure.js'
import { Failure } from '../../src/failures.js'
import { typedAddress } from '../../src/portal/typed.js'
import { readJsonResults } from '../../src/search/read-json.js'
import { isHostName } from '../../src/bytes/web-address.js'
import { ask, get, type Answer } from '../helpers/client.js'
import { answers, redirects, startOrigin } from '../helpers/origin.js'
import { startProxy } from '../helpers/proxy.js'

/** What no name of a site has in it; a URL takes most of it. */
const SIGNS = [...'$"\'()*+,;=!~&{}`']
const ODD: readonly string[] = [
  ...SIGNS.map(sign => `a${sign}b.test`),
  ...['$', '*', '!', '~', '+', ',', ';', '&', '(', '=', "'"].flatMap(sign => [
    `${sign}.test`,
    `${sign}a.test`,
    `a.test${sign}`
  ]),
  '.test',
  '..test',
  'a..test',
  'a.test..',
  '.',
  '..',
  '...',
  '*',
  '$',
  '*.test',
  '*.*',
  `${'.'.repeat(200)}a.test`,
  `${'x'.repeat(64)}.test`,
  `a.${'x'.repeat(64)}`,
  'x.'.repeat(128),
  `${'abc.'.repeat(80)}test`,
  '$:80',
  'a$b.test:8000',
  'a%24b.test',
  'a%22b.test',
  'a%2Ab.test',
  '%2e%2e.test',
  'me@a$b.test',
  'a$b.test.',
  '${jndi}.test',
  'a&amp;b.test',
  '$a$.$b$'
]

t.test('what a host is', async t => {
  const NAMES = [
    'site.test',
    'site',
    'a_b.test',
    '_dmarc.site.test',
    '-a.test',
    'a-.test',
    'r3---sn.test',
    'xn--mnchen-3ya.test',
    'SITE.test',
    'site.test.',
    `${'x'.repeat(63)}.test`,
    `${'x'.repeat(62)}.`.repeat(4) + 'x',
    '127.0.0.1',
    '[::1]',
    '[2001:db8::7f00:1]',
    '1.test',
    '3com.test'
  ]
  for (const host of NAMES) t.ok(isHostName(host), host)
  for (const host of [
    '',
    '.',
    'a..b',
    '.a',
    'a..',
    'a b',
    'a/b',
    'a:80',
    '[',
    '[]',
    '[::1',
    '[g]',
    'ä.test',
    '\u0000',
    'x'.repeat(64),
    `${'x'.repeat(62)}.`.repeat(4) + 'xx',
    '.'.repeat(60_000),
    'a.'.repeat(30_000),
    ...SIGNS
  ])
    t.notOk(isHostName(host), host.slice(0, 40))
})

t.test('where addresses come in', async t => {
  const base = { base: new URL('http://site.test/'), charset: 'UTF-8' }
  for (const host of ODD) {
    const address = `http://${host}/x`
    t.equal(typedAddress(address), undefined, `typed: ${address.slice(0, 60)}`)
    t.equal(resolve(address, base), undefined, 'a link')
    t.strictSame(
      readJsonResults(
        JSON.stringify({
          r: [
            { t: 'Odd', u: address },
            { t: 'Good', u: 'http://good.test/' }
          ]
        }),
        { results: 'r', title: 't', url: 'u', snippet: 's' },
        { values: {}, page: 1 }
      )?.results.map(({ title }) => title),
      ['Good'],
      'a result of JSON'
    )
    const results = `<div class=r><a class=l href="${address.replaceAll('"', '&quot;')}">Odd</a></div><div class=r><a class=l href="http://good.test/">Good</a></div>`
    t.strictSame(
      readResults(Buffer.from(results), 'text/html', new URL('http://search.test/'), {
        result: 'r',
        link: 'l',
        snippet: 's',
        none: []
      })?.results.map(({ title }) => title),
      ['Good'],
      'a result of HTML'
    )
    const text = address.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
    const feed = `<rss version="2.0"><channel><title>f</title><item><title>Odd</title><link>${text}</link></item><item><title>Good</title><link>http://good.test/</link></item></channel></rss>`
    t.strictSame(
      readStories({ bytes: Buffer.from(feed), contentType: 'application/rss+xml', url: 'http://feed.test/' }).map(
        ({ title }) => title
      ),
      ['Good'],
      'a story'
    )
    if (!URL.canParse(address)) continue
    t.equal(clientAddress(new URL(address), { gateway: '' }), undefined, 'an address for a client')
    t.match(
      writtenAddress(new URL(address), { gateway: 'http://proxy:8080/' }),
      /^http:\/\/proxy:8080\/http:\/\/[\w.:%@-]*\/x$/,
      'what was fetched all the same has no quote in it'
    )
  }
})

const origin = await startOrigin(t, undefined)
const folder = mkdtempSync(join(tmpdir(), 'odd-hosts-'))
t.teardown(() => rmSync(folder, { recursive: true }))
writeFileSync(
  join(folder, 'my.opml'),
  '<opml version="2.0"><body><outline text="Top"><outline type="rss" text="Mine" xmlUrl="http://feed.test/feed"/><outline type="rss" text="Odd" xmlUrl="http://a$b.test/feed"/></outline></body></opml>'
)
const upstream = { 'upstream-proxy': `http://127.0.0.1:${origin.port}/`, conversions: 1 }
const proxy = await startProxy(t, {
  ...upstream,
  'news-feeds': join(folder, 'my.opml'),
  tls: 'on',
  // All ways are asked from one machine, as fast as they are answered.
  'max-connections-per-second': 10_000
})

/** A page, a clean end, and a line that says so. */
async function isTold(t: Test, name: string, asked: () => Promise<Answer>): Promise<Answer> {
  const before = proxy.lines.length
  const answer = await asked()
  t.ok(
    answer.status >= 200 && answer.text.length > 50 && answer.end === 'closed',
    `${name}: ${answer.status} ${answer.end} ${answer.text.length} bytes`
  )
  t.notMatch(answer.text, /TypeError|Cannot read|undefined|is not a function/, name)
  t.equal(proxy.lines.length, before + 1, `${name}: one line, not ${JSON.stringify(proxy.lines.slice(before))}`)
  return answer
}

t.test('every way to ask for a host that is none', async t => {
  const fields = 'User-Agent: Mozilla/3.04 (Win95; I)\r\n'
  const line = (target: string, host = ''): Promise<Answer> =>
    ask(proxy.port, `GET ${target} HTTP/1.0\r\n${fields}${host === '' ? '' : `Host: ${host}\r\n`}\r\n`)
  const own = `127.0.0.1:${proxy.port}`
  for (const host of ODD) {
    const query = encodeURIComponent(host)
    const ways: Readonly<Record<string, () => Promise<Answer>>> = {
      target: () => line(`http://${host}/x`),
      https: () => line(`https://${host}/x`),
      Host: () => line('/x', host),
      gateway: () => line(`/http://${host}/x`, own),
      reader: () => line(`http://retrograde/read?url=${host}/x`),
      menu: () => line(`http://retrograde/menu?url=${host}/x`),
      image: () => line(`http://retrograde/image?url=${host}/x.png`),
      'image.php': () => line(`http://retrograde/image.php?i=${query}/x.png`),
      go: () => line(`http://retrograde/go?url=${encodeURIComponent('http://')}${query}`),
      CONNECT: () => ask(proxy.port, `CONNECT ${host}${host.includes(':') ? '' : ':443'} HTTP/1.0\r\n${fields}\r\n`)
    }
    for (const [way, asked] of Object.entries(ways)) {
      const { status } = await isTold(t, `${way} ${host.slice(0, 40)}`, asked)
      t.ok(status >= 400, `${way} ${host.slice(0, 40)}: refused`)
    }
  }
  for (const host of [`${'.'.repeat(60_000)}a.test`, `${'a.'.repeat(30_000)}test`, `${'$'.repeat(60_000)}.test`])
    await isTold(t, `${host.length} characters`, () => line(`http://${host}/`))
  t.equal(origin.seen.length, 0, 'nobody was asked')
})

t.test('pages with such hosts in them', async t => {
  const odd = ODD.filter(host => !/["'`<>]/.test(host))
  origin.on(
    'http://site.test/',
    answers(
      `<p>words ${odd.map(host => `<a href="http://${host}/">link</a><img src="http://${host}/a.gif"><link rel=stylesheet href="http://${host}/a.css">`).join(' ')}<a href="http://good.test/">good</a>`
    )
  )
  const page = await isTold(t, 'links', () => get(proxy.port, 'http://site.test/', { browser: 'nav3' }))
  t.equal(page.text.match(/HREF="http:\/\/(?!retrograde|site\.test)/g)?.length, 1, 'the only link is the good one')
  t.strictSame(
    origin.seen.map(({ address }) => address),
    ['http://site.test/'],
    'and nothing was fetched'
  )
  for (const host of odd) {
    origin.on('http://site.test/on', redirects(`http://${host}/`))
    t.match(await isTold(t, `a redirect to ${host.slice(0, 40)}`, () => get(proxy.port, 'http://site.test/on')), {
      status: 502,
      text: /BAD_REDIRECT/
    })
  }
  const items = (links: readonly string[]): string =>
    `<rss version="2.0"><channel><title>f</title>${links.map((link, at) => `<item><title>Story number ${at} of this long day</title><link>${link.replaceAll('&', '&amp;')}</link></item>`).join('')}</channel></rss>`
  origin.on(
    'http://feed.test/feed',
    answers(
      items(['http://good.test/1', ...odd.slice(0, 35).map(host => `http://${host}/`), 'http://good.test/2']),
      'application/rss+xml'
    )
  )
  const news = await isTold(t, 'the news', () =>
    get(proxy.port, 'http://retrograde/news?edition=my', { browser: 'nav3' })
  )
  t.strictSame(news.text.match(/url=[^"]*/g), ['url=good.test/1', 'url=good.test/2'])
})

t.test('what fails while it says what failed', async t => {
  const answer = plainFailureAnswer(
    new Failure('INTERNAL', '', new TypeError('x is \u00e9 undefined')),
    'http://retrograde',
    '1234'
  )
  t.match(answer, { status: 500, kind: 'error', failure: 'INTERNAL', fault: /^TypeError: x is .* ?undefined/ })
  t.notMatch(String(answer.body), /TypeError/)
  t.match(
    String(plainFailureAnswer(new Failure('BAD_HOST', 'a<b>\u00e9'), 'http://retrograde', '').body),
    /a&#60;b&#62;\?/
  )
})
