import { gzipSync } from 'node:zlib'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import iconv from 'iconv-lite'
import t, { type Test } from 'tap'
import { RulesError } from '../../src/config/read-rules.js'
import { OWN_RULES } from '../../src/clients/rules.js'
import { loadEditions, loadStopWords, SECTIONS } from '../../src/news/editions.js'
import { createFeedCache } from '../../src/news/feed-cache.js'
import { groupStories, titleWords } from '../../src/news/group-stories.js'
import { readOwnEdition } from '../../src/news/own-edition.js'
import type { FeedBody, FeedMarks } from '../../src/origin/fetchers/feed-fetcher.js'
import { readStories, type Story } from '../../src/page/read/readers/stories.js'
import { openMemory } from '../../src/store/memory.js'
import { checkPage } from '../helpers/check-page.js'
import { get, type Answer, type Browser, type GetOptions } from '../helpers/client.js'
import { profileOf } from '../helpers/context.js'
import { answers, redirects, startOrigin } from '../helpers/origin.js'
import { startProxy } from '../helpers/proxy.js'

const folder = t.testdir()
const origin = await startOrigin(t, undefined)
const site = (name: string, feed: string): string => `{ name: ${name}, feed: 'http://${feed}' }`

/** An edition of one's own with feeds behind the test origin. */
const EDITION = `name: Coast
title: The coast
language: en
zone: America/New_York
sections:
  top: [${site('Harbour Post', 'post.test/top.xml')}, ${site('Gazette', 'gazette.test/atom')}, ${site('Broken', 'broken.test/feed')}]
  world: [${site('Harbour Post', 'post.test/moved.xml')}]
  business: [${site('Nobody', 'nobody.test/feed')}]
  technology: [${site('Kyoto', 'kyoto.test/rdf')}, ${site('Json', 'json.test/feed.json')}]
  science: [${site('Long', 'long.test/feed')}]
`
const editionFile = join(folder, 'coast.yaml')
writeFileSync(editionFile, EDITION)

const settings = {
  'upstream-proxy': `http://127.0.0.1:${origin.port}/`,
  conversions: 1,
  'news-feeds': editionFile,
  'news-edition': 'my',
  'max-feed-bytes': 200_000,
  'feed-timeout-seconds': 5
}
const data = join(folder, 'data')
mkdirSync(data)
const proxy = await startProxy(t, { ...settings, 'data-dir': data })
const visit = (address: string, options: GetOptions = {}): Promise<Answer> => get(proxy.port, address, options)

function seen(t: Test, answer: Answer, browser: Browser = 'mosaic', status = 200): string {
  const { problems, text } = checkPage(answer.body, profileOf(browser))
  t.same(problems, [], `valid for ${browser}`)
  t.equal(answer.status, status)
  return text
}

interface Item {
  readonly title: string
  readonly link: string
  readonly text?: string
  readonly date?: string
}
const rss = (items: readonly Item[]): string =>
  `<?xml version="1.0"?><rss version="2.0"><channel><title>Post</title><link>http://post.test/</link>${items.map(({ title, link, text = '', date = '' }) => `<item><title>${title}</title><link>${link}</link><description><![CDATA[${text}]]></description>${date === '' ? '' : `<pubDate>${date}</pubDate>`}</item>`).join('')}</channel></rss>`

const STORM = 'A storm <b>sank</b> the ferry &amp; two boats off the northern coast on Friday. '.repeat(8)
const POST = rss([
  {
    title: 'Ferry Aurora sinks in storm off northern coast',
    link: 'http://post.test/ferry?a=1&amp;b=2',
    text: `<p>${STORM}</p><script>alert(1)</script>`,
    date: 'Fri, 03 Jul 2026 20:12:00 GMT'
  },
  { title: 'Lighthouse &amp;amp; museum open “again” – é', link: '/museum', date: 'Fri, 03 Jul 2026 10:00:00 GMT' },
  { title: 'An old story', link: 'http://post.test/old', date: 'Fri, 03 Jan 2020 10:00:00 GMT' },
  { title: '', link: 'http://post.test/untitled' },
  { title: 'A bad link', link: 'javascript:alert(1)' }
])
const ATOM =
  '<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Gazette</title><entry><title>Storm: ferry Aurora lost off coast</title><link href="http://gazette.test/aurora"/><updated>2026-07-03T21:00:00Z</updated><summary>All were saved.</summary></entry><entry><title>Whales seen</title><link href="http://gazette.test/whales"/><updated>2026-07-02T21:00:00Z</updated></entry></feed>'

origin.on('http://post.test/top.xml', ({ request, answer }) => {
  if (request.headers['if-none-match'] === '"v1"') return void answer.writeHead(304, { etag: '"v1"' }).end()
  answer
    .writeHead(200, { 'content-type': 'application/rss+xml', etag: '"v1"', 'content-encoding': 'gzip' })
    .end(gzipSync(POST))
})
origin.on('http://gazette.test/atom', answers(ATOM, 'application/atom+xml'))
origin.on('http://broken.test/feed', answers('<html>Not here', 'text/html', {}, 503))
origin.on('http://post.test/moved.xml', redirects('http://post.test/world.xml', 301))
origin.on('http://post.test/world.xml', answers(rss([{ title: 'Far away', link: 'http://post.test/far' }]), 'text/xml'))
origin.on(
  'http://kyoto.test/rdf',
  answers(
    iconv.encode(
      '<?xml version="1.0" encoding="Shift_JIS"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"><channel rdf:about="http://kyoto.test/"><title>k</title><link>http://kyoto.test/</link></channel><item rdf:about="http://kyoto.test/1"><title>京都の新しい灯台</title><link>http://kyoto.test/1</link></item></rdf:RDF>',
      'shift_jis'
    ),
    'application/rdf+xml'
  )
)
origin.on(
  'http://json.test/feed.json',
  answers(
    JSON.stringify({
      version: 'https://jsonfeed.org/version/1.1',
      title: 'Json',
      items: [{ id: '1', url: 'http://json.test/1', title: 'Chips', content_text: 'Smaller < and faster' }]
    }),
    'application/feed+json'
  )
)
origin.on(
  'http://long.test/feed',
  answers(
    rss(
      Array.from({ length: 60 }, (_, at) => ({
        title: `Number${at} discovers planet${at} near star${at}`,
        link: `http://long.test/${at}`,
        text: 'Scientists found something else. '.repeat(20),
        date: 'Fri, 03 Jul 2026 10:00:00 GMT'
      }))
    ),
    'text/xml'
  )
)
origin.on('http://nobody.test/feed', ({ answer }) => void answer.destroy())

t.test('the front page, in every kind of browser', async t => {
  // From sources a thread takes seconds to start, and to load its first reader: longer than a page waits.
  origin.on('http://warm.test/feed', answers(POST, 'text/xml'))
  await visit('http://warm.test/feed')
  for (const browser of ['mosaic', 'nav3', 'html4', 'text', 'tiny'] as const) {
    const answer = await visit('http://retrograde/news', { browser })
    const text = seen(t, answer, browser)
    t.match(text, /My own|Coast/)
    t.match(
      text,
      /TOP WORLD BUSINESS TECHNOLOGY SCIENCE Coast Edition (<|\()?\(?Change\)/,
      'the sections that there are'
    )
    t.match(
      text,
      /Ferry Aurora sinks in storm off northern coast Harbour Post: A storm sank the ferry (&|and) two boats/
    )
    t.match(
      text,
      /Storm: ferry Aurora lost off coast \(Gazette\).*Posted on 3 July 2026 \| 4:12 pm/,
      'the same event, below; by the clock of the edition'
    )
    t.match(text, /Whales seen Gazette/)
    t.match(
      text,
      browser === 'tiny' || browser === 'mosaic' || browser === 'nav3'
        ? /Lighthouse (&|and) museum open "again" -+ (é|e)/
        : /Lighthouse & museum open/,
      'in its letters'
    )
    t.match(text, /Nothing came from Broken: The site answered/, 'one that fails leaves the others')
    t.notMatch(text, /alert|An old story|A bad link/)
    const summary = /Harbour Post: (A storm.*?)\.\.\./.exec(text)?.[1] ?? ''
    t.ok(summary.length > 100 && summary.length <= 200, `${summary.length} characters of summary`)
  }
  const { text } = await visit('http://retrograde/news', { browser: 'nav3' })
  t.match(text, /HREF="http:\/\/retrograde\/read\?edition=my;url=post\.test\/ferry\?a=1&amp;b=2"/)
  t.match(text, /HREF="http:\/\/retrograde\/read\?edition=my;url=post\.test\/museum"/, 'an address that was relative')
  t.match(text, /HREF="http:\/\/retrograde\/editions">\(?Change/)
  t.equal(origin.asked('http://post.test/top.xml').length, 1, 'a feed is asked once for all')
  t.equal(origin.asked('http://broken.test/feed').length, 1, 'one that fails is not asked at once again')
  t.notOk(origin.asked('http://post.test/top.xml')[0]!.headers.cookie)
  t.match((await visit('http://retrograde/')).text, /HREF="http:\/\/retrograde\/news"><B>News/)
})

t.test('sections, editions and what is not there', async t => {
  t.match(
    seen(t, await visit('http://retrograde/news?edition=MY&section=World')),
    /Coast news: world.*Far away/,
    'behind a redirect'
  )
  const technology = seen(t, await visit('http://retrograde/news?section=technology', { browser: 'html4' }), 'html4')
  t.match(technology, /Chips Json: Smaller < and faster/)
  t.match(technology, /Kyoto/)
  t.match(
    seen(t, await visit('http://retrograde/news?section=business')),
    /There is no news at the moment.*Nothing came from Nobody: The other proxy, through which/
  )
  t.match(
    seen(t, await visit('http://retrograde/news?section=<x>&page=-7')),
    /Coast news /,
    'a section that there is not is the front page'
  )
  const unknown = await visit('http://retrograde/news?edition=%3Cb%3E', { browser: 'nav3' })
  t.match(seen(t, unknown, 'nav3', 404), /There is no edition of that name/)
  const list = await visit('http://retrograde/editions')
  t.match(seen(t, list), /Choose your edition.*The coast.*United Kingdom/)
  t.match(list.text, /HREF="http:\/\/retrograde\/editions\?token=[0-9a-f]{16}&amp;keep=gb">/)
})

t.test('many stories: twenty at most, in pages for small machines', async t => {
  const whole = await visit('http://retrograde/news?section=science', { browser: 'nav3' })
  t.equal(whole.text.match(/<H3>/g)?.length, 20)
  seen(t, whole, 'nav3')
  const titles = new Set<string>()
  let address = 'http://retrograde/news?section=science'
  for (let page = 0; address !== '' && page < 20; page++) {
    const answer = await visit(address, { browser: 'tiny' })
    t.ok(answer.body.length <= 8192, `${answer.body.length} bytes`)
    for (const [title] of seen(t, answer, 'tiny').matchAll(/Number\d+ discovers/g)) titles.add(title)
    address = /HREF="([^"]*)">More/.exec(answer.text)?.[1] ?? ''
  }
  t.equal(titles.size, 20)
})

const PROSE =
  'The keeper of the lighthouse counted the ships, wrote their names into his book, and lit the lamp at dusk, as he had done for thirty years. '

t.test('an article leads back to the front page that it was reached from', async t => {
  const article = `<!doctype html><title>Ferry</title><article><h1>Ferry</h1>${`<p>${PROSE.repeat(3)}</p>`.repeat(60)}</article>`
  origin.on('http://post.test/ferry', redirects('http://post.test/ferry-2', 302))
  origin.on('http://post.test/ferry-2', answers(article))
  const sent = await visit('http://retrograde/read?edition=my;url=post.test/ferry?a=1&b=2')
  t.equal(
    sent.headers.location,
    'http://retrograde/read?edition=my;url=http://post.test/ferry-2',
    'a redirect keeps it'
  )
  const answer = await visit(sent.headers.location!, { browser: 'nav3' })
  t.match(
    seen(t, answer, 'nav3'),
    /^\s*< Back to the Coast front page Ferry Original source.*< Back to the Coast front page\s*$/
  )
  t.equal(answer.text.match(/HREF="http:\/\/retrograde\/news\?edition=my">/g)?.length, 2)
  const part = await visit(sent.headers.location!, { browser: 'tiny' })
  t.match(
    part.text,
    /HREF="http:\/\/retrograde\/read\?edition=my;url=post\.test\/ferry-2&~part=2"/,
    'and so do its parts'
  )
  const second = /HREF="([^"]*part=2)"/.exec(part.text)?.[1] ?? ''
  t.match(seen(t, await visit(second, { browser: 'tiny' }), 'tiny'), /Part 2 of/)
  t.match(
    (await visit('http://retrograde/read?edition=zz&url=post.test/ferry-2', { browser: 'nav3' })).text,
    /Back\s+to\s+post\.test\s+front\s+page/
  )
  t.match(
    (await visit('http://retrograde/read?edition=gb&url=post.test/ferry-2', { browser: 'nav3' })).text,
    /Back\s+to\s+the\s+UK\s+front\s+page/
  )
})

t.test('news after a restart and without origins', async t => {
  await proxy.close()
  const alone = await startProxy(t, { ...settings, 'data-dir': data, 'upstream-proxy': 'http://127.0.0.1:1/' })
  const text = seen(t, await get(alone.port, 'http://retrograde/news'))
  t.match(text, /Ferry Aurora sinks.*Storm: ferry Aurora lost.*Whales seen/)
  await alone.close()
})

t.test('feeds are asked again in the background', async t => {
  let now = Date.UTC(2026, 6, 4)
  const asked: Array<FeedMarks | undefined> = []
  let next: () => FeedBody | 'same' = () => ({
    bytes: Buffer.from(POST),
    contentType: '',
    url: 'http://post.test/',
    etag: '"1"',
    lastModified: 'x'
  })
  const cache = createFeedCache({
    store: openMemory(),
    now: () => now,
    refreshMinutes: 30,
    readStories: async job => readStories(job),
    fetchFeed: async (_url, marks) => (asked.push(marks), next())
  })
  const feed = 'http://post.test/top.xml'
  t.ok(cache.isDue(feed))
  await Promise.all([cache.refresh(feed), cache.refresh(feed)])
  t.strictSame(asked, [undefined], 'once for both')
  t.equal(cache.get(feed)?.stories.length, 3)
  now += 29 * 60_000
  t.notOk(cache.isDue(feed))
  now += 60_000
  t.ok(cache.isDue(feed))
  next = () => 'same'
  await cache.refresh(feed)
  t.match(asked[1], { etag: '"1"', lastModified: 'x' }, 'by what it was')
  t.match(cache.get(feed), { checked: now, stories: [{}, {}, {}] })
  now += 31 * 60_000
  next = () => {
    throw new Error('down')
  }
  await cache.refresh(feed)
  t.equal(cache.get(feed)?.stories.length, 3, 'what was there stays')
  t.notOk(cache.isDue(feed), 'it is left in peace for a while')
  now += 6 * 60_000
  t.ok(cache.isDue(feed))
  next = () => ({
    bytes: Buffer.from('<rss version="2.0"><channel><title>x</title></channel></rss>'),
    contentType: '',
    url: feed,
    etag: '',
    lastModified: ''
  })
  await cache.refresh(feed)
  t.equal(cache.get(feed)?.stories.length, 3, 'an empty feed takes nothing away')
  cache.close()
})

t.test('which headlines tell of one event', t => {
  const stopWords = loadStopWords(OWN_RULES)
  const english = { language: 'en', stopWords: stopWords.get('en')! }
  t.strictSame(
    [...titleWords('What EU leaders said about the 2026 elections', english)],
    ['eu', 'leader', '2026', 'electi']
  )
  t.ok(titleWords('東京で新しい灯台が開館', { language: 'ja', stopWords: new Set() }).has('灯台'))
  const story = (title: string, date = 0): Story => ({
    title,
    link: `http://x.test/${encodeURIComponent(title)}`,
    summary: '',
    date
  })
  const groups = groupStories(
    [
      { source: 'A', stories: [story('Local bakery wins prize'), story('Parliament votes on fishing quotas')] },
      {
        source: 'B',
        stories: [story('Rain expected'), story('Fishing quotas: parliament to vote'), story('Rain expected')]
      },
      { source: 'C', stories: [story('Fishing quotas split parliament')] }
    ],
    english
  )
  t.strictSame(
    groups.map(({ first }) => first.title),
    ['Fishing quotas split parliament', 'Local bakery wins prize', 'Rain expected'],
    'what more publishers tell stands higher'
  )
  t.strictSame(
    groups[0]!.related.map(({ source }) => source),
    ['A', 'B']
  )
  t.strictSame(
    groupStories(
      [{ source: 'A', stories: [story('x', Date.UTC(2026, 1, 1)), story('y', Date.UTC(2026, 5, 1))] }],
      english
    ).map(({ first }) => first.title),
    ['y'],
    'what is old is left out'
  )
  const day = (at: number): number => Date.UTC(2026, 5, 30) - at * 24 * 3600 * 1000
  const chosen = groupStories(
    [
      { source: 'Monthly', stories: [story('Pears', day(29)), story('Quinces', day(400))] },
      { source: 'Busy', stories: Array.from({ length: 30 }, (_, at) => story(`Wire${at}`, day(0) - at)) }
    ],
    { ...english, ofAnyAge: true }
  ).map(({ first }) => first.title)
  t.strictSame(chosen.slice(0, 4), ['Wire0', 'Pears', 'Wire1', 'Quinces'], 'of feeds that a person has chosen: nothing')
  t.equal(chosen.length, 32)
  t.strictSame(groupStories([], english), [])
  const many = Array.from({ length: 30 }, (_, feed) => ({
    source: `S${feed}`,
    stories: Array.from({ length: 40 }, (_, at) => story(`${'word '.repeat(40)}${feed} ${at}`))
  }))
  const started = performance.now()
  groupStories(many, english)
  t.ok(performance.now() - started < 1000, 'hostile feeds take no time')
  t.end()
})

t.test('stories of bad feeds', t => {
  const read = (text: string, contentType = 'text/xml'): Story[] =>
    readStories({ bytes: Buffer.from(text), contentType, url: 'http://x.test/feed' })
  t.throws(() => read('<html>'))
  t.throws(() => read('{"a":1}', 'application/json'))
  t.throws(() => read(''))
  t.equal(
    read(rss(Array.from({ length: 500 }, (_, at) => ({ title: `t${at}`, link: `http://x.test/${at}` })))).length,
    40
  )
  const [long] = read(rss([{ title: 'x'.repeat(5000), link: 'http://x.test/', text: '漢'.repeat(5000) }]))
  t.equal(long!.title.length, 200)
  t.equal(long!.summary.length, 200)
  t.end()
})

t.test('the editions that come with the program', t => {
  const editions = loadEditions(OWN_RULES)
  const stopWords = loadStopWords(OWN_RULES)
  t.ok(editions.size >= 40, `${editions.size} editions`)
  for (const id of [
    'us',
    'jp',
    'gb',
    'es',
    'ca',
    'de',
    'it',
    'fr',
    'au',
    'tw',
    'nl',
    'br',
    'tr',
    'be',
    'gr',
    'in',
    'mx',
    'dk',
    'ar',
    'ch',
    'cl',
    'at',
    'kr',
    'ie',
    'co',
    'pl',
    'pt',
    'pk'
  ])
    t.ok(editions.has(id), `${id}, which 68k.news has`)
  t.equal(new Set([...editions.values()].map(({ name }) => name)).size, editions.size, 'no two have one name')
  t.ok(SECTIONS.every(section => editions.get('us')!.sections[section] !== undefined))
  for (const { language, id } of editions.values())
    if (/^(en|de|fr|es|it|pt|nl)$/.test(language)) t.ok(stopWords.has(language), `${id}: ${language}`)
  t.end()
})

t.test("feeds of one's own", t => {
  const write = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text)
    return join(folder, name)
  }
  const opml = readOwnEdition(
    write(
      'feeds.opml',
      '<?xml version="1.0"?><opml version="2.0"><head><title>Mine</title></head><body><outline text="Tech"><outline text="Chips" type="rss" xmlUrl="http://chips.test/rss"/></outline><outline title="Cats" text="c" xmlUrl="https://cats.test/atom"/><outline text="Bad" xmlUrl="file:///etc/passwd"/></body></opml>'
    ),
    OWN_RULES
  )
  t.match(opml, {
    id: 'my',
    sections: {
      top: [{ name: 'Chips', feed: 'http://chips.test/rss' }, { name: 'Cats' }],
      technology: [{ name: 'Chips' }]
    }
  })
  t.equal(opml.sections.top?.length, 2)
  t.equal(opml.ofAnyAge, true)
  t.match(readOwnEdition(editionFile, OWN_RULES), { id: 'my', name: 'Coast' })
  for (const [name, text, reason] of [
    ['a.yaml', EDITION.replace('America/New_York', 'Moon/Base'), /line 4, zone: there is no time zone Moon\/Base/],
    [
      'b.yaml',
      EDITION.replace('http://broken.test', 'broken.test'),
      /sections\.top\.2\.feed: broken\.test\/feed is no address/
    ],
    ['c.yaml', EDITION.replace('  world:', '  moon:'), /sections.moon/],
    ['d.opml', '<p>', /d\.opml/],
    ['e.opml', '<opml version="2.0"><body><outline text="x"/></body></opml>', /e\.opml/]
  ] as const)
    t.throws(() => readOwnEdition(write(name, text), OWN_RULES), { constructor: RulesError, message: reason }, name)
  t.throws(() => readOwnEdition(join(folder, 'none.opml'), OWN_RULES), { message: /none\.opml/ })
  t.end()
})
