import { readFileSync, cpSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { OWN_RULES } from '../../src/clients/rules.js'
import { addressAmongWords, areWords } from '../../src/portal/typed.js'
import { loadBackEnds } from '../../src/search/back-ends.js'
import { checkPage } from '../helpers/check-page.js'
import { get, type Answer, type Browser, type GetOptions } from '../helpers/client.js'
import { profileOf } from '../helpers/context.js'
import { answers, makeCertificates, redirects, startOrigin, type Handler } from '../helpers/origin.js'
import { startProxy, type Proxy } from '../helpers/proxy.js'

const certificates = makeCertificates(t.testdir())
if (certificates === undefined) {
  t.pass('openssl is not there to make certificates')
  process.exit(0)
}
const origin = await startOrigin(t, certificates)
const settings = {
  'upstream-proxy': `http://127.0.0.1:${origin.port}/`,
  conversions: 1,
  'search-timeout-seconds': 60,
  'extra-ca': certificates.authority
}
const SEARXNG = 'http://searx.test/search'
const DUCK = 'https://html.duckduckgo.com/html/'
const WIBY = 'https://wiby.me/json/'
const WIKIPEDIA = 'https://en.wikipedia.org/w/api.php'
/** A proxy that remembers nothing of what failed before. */
const newProxy = (more: Readonly<Record<string, string | number>> = {}): Promise<Proxy> =>
  startProxy(t, { ...settings, ...more })
const lookFor = ({ port }: Proxy, words: string, options: GetOptions = {}): Promise<Answer> =>
  get(port, `http://retrograde/search?q=${words}`, { browser: 'nav3', ...options })

const json = (value: unknown): Handler => answers(JSON.stringify(value), 'application/json')
const fails: Handler = ({ answer }) => void answer.writeHead(503, { 'content-type': 'text/html' }).end('busy')
const never: Handler = () => {}

const duckResult = (
  href: string,
  title: string,
  snippet: string,
  more = ''
): string => `<div class="result results_links web-result${more}"><div class="links_main result__body">
<h2 class="result__title"><a rel="nofollow" class="result__a" href="${href}">${title}</a></h2>
<a class="result__url" href="${href}"> shown </a><a class="result__snippet" href="${href}">${snippet}</a></div></div>`
const duckNext = (offset: number): string =>
  `<div class="nav-link"><form action="/html/" method="post"><input type="submit" value="Next"><input type="hidden" name="q" value="plums"><input type="hidden" name="s" value="${offset}"><input type="hidden" name="nextParams" value=""><input type="hidden" name="dc" value="${offset + 1}"><input type="hidden" name="vqd" value="4-123"><input type="hidden" name="tracker" value="x"></form></div>`
const duckPage = (...parts: string[]): Handler =>
  answers(
    `<!DOCTYPE html><html><head><meta charset="utf-8"><title>x at DuckDuckGo</title></head><body><div class="serp__results"><div id="links" class="results">${parts.join('')}</div></div></body></html>`,
    'text/html; charset=UTF-8'
  )
const PLUMS = duckResult(
  '//duckduckgo.com/l/?uddg=https%3A%2F%2Ffruit.test%2Fplums%3Fa%3D1%26b%3D2&amp;rut=abc',
  'All about <b>plums</b> &amp; damsons',
  'The <b>plum</b> “tree” – grafted…'
)

const NOTHING = {
  [SEARXNG]: fails,
  [DUCK]: fails,
  [WIBY]: fails,
  'https://api.marginalia.nu/public/search/plums': fails,
  [WIKIPEDIA]: fails
}
/** What each back end does; those that are not named fail. */
function backEnds(handlers: Readonly<Record<string, Handler>> = {}): void {
  for (const [address, handler] of Object.entries({ ...NOTHING, ...handlers })) origin.on(address, handler)
  origin.seen.length = 0
}
const askedHosts = (): string => origin.seen.map(({ address }) => new URL(address).host).join(' ')
const link = (text: string, label: RegExp): string =>
  [...text.matchAll(/<A HREF="([^"]*)">(.*?)<\/A>/gs)]
    .find(([, , shown]) => label.test(shown!))?.[1]
    ?.replaceAll('&amp;', '&') ?? ''

function isPage(t: Test, { body, text, status }: Answer, expected: number, words: RegExp, browser: Browser): void {
  const checked = checkPage(body, profileOf(browser === 'unknown' ? 'mosaic' : browser))
  t.same(checked.problems, [], `valid for ${browser}`)
  t.equal(status, expected, `${browser}: ${checked.text.slice(0, 200)}`)
  t.match(checked.text, words, browser)
  t.notMatch(text, 'undefined')
}

t.test('a page of results', async t => {
  backEnds({
    [DUCK]: duckPage(
      duckResult('https://duckduckgo.com/y.js?ad_domain=shop.test', 'Cheap plums', 'Buy', ' result--ad'),
      duckResult('https://duckduckgo.com/?q=settings', 'Settings', ''),
      PLUMS,
      duckResult('https://docs.test/%C3%A4pfel/', 'Docs', 'Plain'),
      duckResult('javascript:alert(1)', 'Evil', ''),
      duckNext(10)
    )
  })
  const proxy = await newProxy()
  const page = await lookFor(proxy, 'plums')
  isPage(
    t,
    page,
    200,
    /Search results for plums.*All about plums & damsons fruit\.test\/plums \[reader\] The plum "tree" - grafted\.\.\..*docs\.test\/äpfel\/.*Next page.*Found by DuckDuckGo/,
    'nav3'
  )
  t.notMatch(page.text, /Cheap|q=settings|Evil/, 'no advertisements')
  t.equal(link(page.text, /All about/), 'http://fruit.test/plums?a=1&b=2', 'past the page that counts')
  t.equal(link(page.text, /reader/), 'http://retrograde/read?url=fruit.test/plums?a=1&b=2')
  t.equal(origin.asked(`${DUCK}?q=plums`).length, 1)
  t.match(origin.seen[0]!.headers, { cookie: undefined, referer: undefined, 'accept-language': 'en' })
  await lookFor(proxy, 'plums')
  t.equal(origin.seen.length, 1, 'going back asks nobody')
  backEnds({ [DUCK]: duckPage(duckResult('http://second.test/', 'Second', ''), duckNext(10), duckNext(25)) })
  const next = await get(proxy.port, link(page.text, /Next page/), { browser: 'nav3' })
  isPage(t, next, 200, /from the beginning.*Second/, 'nav3')
  t.equal(origin.seen[0]!.address, `${DUCK}?q=plums&s=10&dc=11&vqd=4-123&nextParams=`)
  t.match(link(next.text, /Next page/), /at=s%3D25%26dc%3D26/)
  for (const [by, at] of [
    ['duckduckgo', 's=x'],
    ['duckduckgo', 's=1&q=other'],
    ['duckduckgo', 'a'.repeat(1000)],
    ['nobody', '1'],
    ['wiby', '1&q=2'],
    ['marginalia', '2']
  ] as const) {
    origin.seen.length = 0
    const answer = await get(proxy.port, `http://retrograde/search?q=plums&by=${by}&at=${encodeURIComponent(at)}`, {
      browser: 'nav3'
    })
    t.notOk(
      origin.seen.some(({ address }) => /other|=x|&q=2/.test(address)),
      `${by} ${at} puts nothing into the address`
    )
    t.ok(answer.status === 502 || at.startsWith('s=1'), `${by} ${at}`)
  }
})

t.test('in every kind of browser', async t => {
  backEnds({
    [DUCK]: duckPage(
      ...Array.from({ length: 40 }, (_, at) =>
        duckResult(
          `https://site.test/${'long/'.repeat(at)}`,
          `Result ${at} of Wörter &lt;script&gt;`,
          'Snippet '.repeat(60)
        )
      ),
      duckNext(30)
    )
  })
  const proxy = await newProxy()
  for (const browser of ['mosaic', 'nav3', 'html4', 'text', 'tiny'] as const) {
    const page = await lookFor(proxy, 'plums', { browser })
    isPage(t, page, 200, /Result 7 of/, browser)
    if (browser === 'tiny') t.ok(page.body.length < profileOf('tiny').budget.pageBytes, `${page.body.length} bytes`)
  }
  const cern = await lookFor(proxy, 'plums', {
    headers: ['User-Agent: CERN-LineMode/2.15 libwww/2.17'],
    browser: 'unknown'
  })
  t.same(checkPage(cern.body, profileOf('cern')).problems, [])
  t.match(cern.text, /Result 7 of[^]*Next page/)
  t.match(cern.text, /search\?q=your\+words/, 'who has no forms is told what to type')
  t.match(
    (await get(proxy.port, 'http://retrograde/search?plums', { browser: 'unknown' })).text,
    /Result 7 of/,
    'as an index is searched'
  )
  isPage(t, await lookFor(proxy, ''), 200, /Look for:/, 'nav3')
})

t.test('the page or the article first', async t => {
  backEnds({ [DUCK]: duckPage(PLUMS) })
  const { port } = await newProxy()
  const token =
    /NAME=token VALUE="?([0-9a-f]+)/.exec(
      (await get(port, 'http://retrograde/settings', { browser: 'nav3' })).text
    )?.[1] ?? ''
  await get(port, `http://retrograde/settings?token=${token}&first=reader`, { browser: 'nav3' })
  const page = await get(port, 'http://retrograde/search?q=plums', { browser: 'nav3' })
  t.equal(link(page.text, /All about/), 'http://retrograde/read?url=fruit.test/plums?a=1&b=2')
  t.equal(link(page.text, /\[page\]/), 'http://fruit.test/plums?a=1&b=2&~view=page')
  const behind = await get(port, '/search?q=plums', {
    browser: 'nav3',
    headers: [`Host: 127.0.0.1:${port}`],
    from: '127.0.0.3'
  })
  t.equal(
    link(behind.text, /All about/),
    `http://127.0.0.1:${port}/http://fruit.test/plums?a=1&b=2`,
    'behind the gateway'
  )
  t.equal(link(behind.text, /\[reader\]/), `http://127.0.0.1:${port}/read?url=fruit.test/plums?a=1&b=2`)
})

t.test('each back end', async t => {
  backEnds({
    [SEARXNG]: json({
      query: 'plums',
      results: [
        { title: 'Plums <3', url: 'https://a.test/x?y=1', content: 'One\n two' },
        { title: 'no address', url: 'data:x' },
        null,
        7
      ]
    })
  })
  const searx = await newProxy({ searxng: 'http://searx.test' })
  const found = await lookFor(searx, 'plums')
  isPage(t, found, 200, /Plums <3 a\.test\/x \[reader\] One two.*Found by SearXNG/, 'nav3')
  t.equal(origin.seen[0]!.address, `${SEARXNG}?q=plums&format=json&language=en`)
  await get(searx.port, link(found.text, /Next page/), { browser: 'nav3' })
  t.equal(origin.seen[1]!.address, `${SEARXNG}?q=plums&format=json&language=en&pageno=2`)
  const proxy = await newProxy()
  backEnds({
    [WIBY]: json([
      { URL: 'http://old.test/', Title: 'Bob&#39;s &lt;plums&gt;', Snippet: 'the <b>best</b>' },
      { NextOffset: '12' }
    ])
  })
  const wiby = await lookFor(proxy, 'plums')
  isPage(t, wiby, 200, /Bob's <plums> old\.test \[reader\] the best.*Found by Wiby/, 'nav3')
  await get(proxy.port, link(wiby.text, /Next page/), { browser: 'nav3' })
  t.equal(origin.seen.at(-1)!.address, `${WIBY}?q=plums&o=12`)
  backEnds({
    'https://api.marginalia.nu/public/search/sloes': json({
      license: 'CC',
      results: [{ url: 'https://small.test/', title: 'Small', description: 'web' }]
    })
  })
  isPage(
    t,
    await lookFor(await newProxy(), 'sloes'),
    200,
    /Small small\.test \[reader\] web.*Found by Marginalia/,
    'nav3'
  )
  backEnds({
    'https://fr.wikipedia.org/w/api.php': json({
      continue: { sroffset: 10 },
      query: { search: [{ title: 'Prunier & "prune"', snippet: 'Le <span class="searchmatch">prunier</span>' }] }
    })
  })
  const wiki = await newProxy()
  const french = await lookFor(wiki, 'plums', { headers: ['Accept-Language: fr-CH, fr;q=0.9'] })
  isPage(t, french, 200, /Prunier & "prune".*Le prunier.*Found by Wikipedia/, 'nav3')
  t.equal(link(french.text, /Prunier/), 'http://fr.wikipedia.org/wiki/Prunier_%26_%22prune%22')
  await get(wiki.port, link(french.text, /Next page/), { browser: 'nav3', headers: ['Accept-Language: fr'] })
  t.match(origin.seen.at(-1)!.address, /srsearch=plums&sroffset=10$/)
})

t.test('back ends that fail', async t => {
  backEnds({
    [DUCK]: answers(
      '<html><body><form id="challenge-form">Select all squares</form></body></html>',
      'text/html',
      {},
      200
    ),
    [WIBY]: json([{ URL: 'http://old.test/', Title: 'Old', Snippet: '' }])
  })
  const proxy = await newProxy()
  isPage(t, await lookFor(proxy, 'plums'), 200, /Found by Wiby/, 'nav3')
  t.equal(askedHosts(), 'html.duckduckgo.com wiby.me', 'the next one is asked')
  origin.seen.length = 0
  await lookFor(proxy, 'pears')
  t.equal(askedHosts(), 'wiby.me', 'who has failed is asked last')
  backEnds({ [DUCK]: duckPage(PLUMS) })
  isPage(t, await lookFor(proxy, 'cherries'), 200, /Found by DuckDuckGo/, 'nav3')
  t.equal(askedHosts(), 'wiby.me api.marginalia.nu en.wikipedia.org html.duckduckgo.com')
  origin.seen.length = 0
  await lookFor(proxy, 'quinces')
  t.equal(askedHosts(), 'html.duckduckgo.com', 'and is well again when it has answered')
})

t.test('those that are silent are not waited for one after the other', async t => {
  const silent = Object.fromEntries(Object.keys(NOTHING).map(address => [address, never]))
  backEnds(silent)
  const proxy = await newProxy({ 'search-timeout-seconds': 3 })
  const began = performance.now()
  const page = await lookFor(proxy, 'plums')
  const milliseconds = performance.now() - began
  isPage(t, page, 502, /DuckDuckGo: Site too slow.*Wikipedia: Site too slow/, 'nav3')
  t.ok(milliseconds < 5000, `all of them together: ${Math.round(milliseconds)} ms`)
  t.equal(askedHosts(), 'html.duckduckgo.com wiby.me api.marginalia.nu en.wikipedia.org')

  backEnds({ ...silent, [WIBY]: json([{ URL: 'http://old.test/', Title: 'Old', Snippet: '' }]) })
  isPage(t, await lookFor(await newProxy({ 'search-timeout-seconds': 6 }), 'plums'), 200, /Found by Wiby/, 'nav3')
  t.equal(askedHosts(), 'html.duckduckgo.com wiby.me', 'one that is found ends it')
})

t.test('all of them fail, each in its way', async t => {
  const long = Buffer.alloc(1200 * 1024, 'x')
  backEnds({
    [SEARXNG]: redirects('http://127.0.0.1:1/secret'),
    [DUCK]: ({ answer }) => void answer.writeHead(202, { 'content-type': 'text/html' }).end('anomaly'),
    [WIBY]: answers(long, 'application/json'),
    'https://api.marginalia.nu/public/search/plums': answers('{"results":', 'application/json'),
    [WIKIPEDIA]: never
  })
  const browsers = ['mosaic', 'nav3', 'tiny'] as const
  const pages = await Promise.all(
    browsers.map(async browser => {
      const proxy = await newProxy({ searxng: 'http://searx.test/', 'search-timeout-seconds': 5 })
      const page = await lookFor(proxy, 'plums', { browser })
      return { browser, page, line: proxy.lines.at(-1) }
    })
  )
  for (const { browser, page, line } of pages) {
    isPage(
      t,
      page,
      browser === 'tiny' ? 200 : 502,
      /No search today.*SearXNG: Address refused.*DuckDuckGo: its answer is 202.*Wiby: Too large.*Marginalia: there are no results.*Wikipedia: Site too slow.*Try again/,
      browser
    )
    t.match(line, /search\?\.\.\. portal/, 'the log tells nobody what was looked for')
  }
  t.notOk(
    origin.seen.some(({ address }) => address.includes('127.0.0.1')),
    'no redirect leads into the private network'
  )
})

t.test('nothing is found', async t => {
  backEnds({
    [DUCK]: duckPage('<div class="no-results">No results.</div>'),
    [WIBY]: json([]),
    [WIKIPEDIA]: json({ query: { search: [] } })
  })
  isPage(t, await lookFor(await newProxy(), 'plums'), 200, /Nothing found DuckDuckGo found no page/, 'nav3')
})

t.test('letters of the client', async t => {
  backEnds({ [DUCK]: duckPage(PLUMS) })
  const proxy = await newProxy()
  const asked = async (query: string, options: GetOptions = {}): Promise<string> => {
    origin.seen.length = 0
    await get(proxy.port, `http://retrograde/search?${query}`, { browser: 'nav3', ...options })
    return origin.seen[0]?.address.slice(DUCK.length) ?? ''
  }
  const page = await lookFor(proxy, 'plums')
  t.match(page.text, /NAME="?~charset"? VALUE="?utf-8\.iso-8859-1/, 'the form says in which charset it is sent')
  t.equal(await asked('~charset=utf-8.iso-8859-1&q=M%FCnze+%26+K%E4se'), '?q=M%C3%BCnze%20%26%20K%C3%A4se')
  t.equal(await asked('~charset=utf-8.koi8-r&q=%D3%CE%C5%C7'), '?q=%D1%81%D0%BD%D0%B5%D0%B3')
  t.equal(await asked('q=K%E4se'), '?q=K%C3%A4se', 'typed as an address by a browser of Latin-1')
  t.equal(await asked('q=%C3%A9t%C3%A9'), '?q=%C3%A9t%C3%A9', 'or linked in UTF-8')
  t.equal(await asked('q=%00%ff%fe+x'), '?q=%00%C3%BF%C3%BE%20x', 'nonsense is harmless')
  t.ok(decodeURIComponent(await asked(`q=${'word+'.repeat(2000)}`)).length < 320, 'a long one is cut')
})

t.test('words and addresses', async t => {
  backEnds({ [DUCK]: duckPage(PLUMS) })
  const { port } = await newProxy()
  const located = async (path: string): Promise<string | undefined> =>
    (await get(port, `http://retrograde${path}`, { browser: 'nav3' })).headers.location
  t.equal(
    await located('/search?q=site.test%2Fa%3Fb%3Dc'),
    'http://site.test/a?b=c',
    'an address in the search box opens it'
  )
  t.equal(await located('/search?q=https%3A%2F%2Fsite.test'), 'http://site.test/')
  t.equal(
    await located('/go?url=ripe+plums'),
    'http://retrograde/search?q=ripe%20plums',
    'words in the address box are looked up'
  )
  t.equal(await located('/go?url=site.test'), 'http://site.test/')
  t.equal(await located('/go?url=site.test%2Fa+b'), 'http://site.test/a%20b')
  for (const address of ['example.com', 'www.example', 'http://x/', '10.0.0.1/x', 'a.b.co.uk:8080/x y', 'docs.rs'])
    t.ok(addressAmongWords(address), address)
  for (const words of [
    'node.js',
    'readme.txt',
    'pi is 3.14',
    '3.14',
    'plums',
    'C++ / C',
    'e.g. plums',
    'what? no.',
    ''
  ])
    t.notOk(addressAmongWords(words), words)
  for (const words of ['plums', 'ripe plums', 'node.js tutorial', 'what is 3.14?']) t.ok(areWords(words), words)
  for (const address of ['localhost', 'nas/', 'http://plums', 'javascript:alert(1)', 'example.com', ''])
    t.notOk(areWords(address), address)
})

t.test('wrong rules', async t => {
  const folder = join(t.testdir(), 'rules')
  cpSync(OWN_RULES, folder, { recursive: true })
  const right = readFileSync(join(folder, 'search.yaml'), 'utf8')
  const withRules = (text: string) => (): unknown => {
    writeFileSync(join(folder, 'search.yaml'), text)
    return loadBackEnds(folder)
  }
  t.throws(withRules(right.replace('id: wiby', 'id: searxng')), /search\.yaml, line \d+, 2\.id: there are two/)
  t.throws(withRules(right.replace('home: https://wiby.me/', 'home: wiby')), /line \d+, 2\.home/)
  t.throws(withRules(right.replace('snippet: Snippet, ', '')), /snippet/)
})
