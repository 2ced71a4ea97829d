import t, { type Test } from 'tap'
import { charsetParameter } from '../../src/charset/decode.js'
import { passedHeaders } from '../../src/origin/headers/answer-headers.js'
import { freshnessOf } from '../../src/origin/headers/freshness.js'
import { boundedHeaders } from '../../src/origin/headers/header-values.js'
import { createHeadMender } from '../../src/origin/lenient/head-mender.js'
import { withCookies } from '../../src/origin/cookies/site-cookies.js'
import { locate } from '../../src/front/locate.js'
import { placeOf } from '../../src/watch/report.js'
import { readQuery } from '../../src/charset/read-query.js'
import { transcodeQuery } from '../../src/charset/transcode-query.js'
import { parseSrcset } from '../../src/page/images/source/srcset.js'
import { sheetLinks } from '../../src/page/needs/sheet-links.js'
import { sizeInAddress } from '../../src/page/images/size-in-address.js'
import { unsizedImages } from '../../src/page/needs/unsized-images.js'
import { cpuMilliseconds, displayOf, profileOf } from '../helpers/context.js'

/**
 * All clients wait while one thing is done. What is asked for here takes a few milliseconds; each took seconds once.
 */
const MOST_MILLISECONDS = 400
/** What the limits allow at most may take 50 ms on a usual machine; those that test may be three times as slow. */
const MOST_AT_LIMITS = 150

function isQuick(t: Test, what: string, act: () => unknown): void {
  const before = cpuMilliseconds()
  act()
  const milliseconds = cpuMilliseconds() - before
  t.ok(milliseconds < MOST_MILLISECONDS, `${what}: ${Math.round(milliseconds)} ms`)
}

const PAGE = new URL('http://site.test/12/page.html')
const client = { profile: profileOf('nav3'), display: displayOf('col256') }
const imagesOf = (markup: string): string[] =>
  [...unsizedImages(Buffer.from(markup), PAGE, client).values()].map(url => url.href)

t.test('a srcset is read in one pass', t => {
  for (const [what, srcset] of Object.entries({
    blanks: ' '.repeat(60_000),
    'blanks and a letter': `a${' '.repeat(60_000)}b`,
    descriptors: `a${' 1w'.repeat(20_000)} b`,
    'a long word': `${'a'.repeat(60_000)} z`,
    parentheses: `a ${'('.repeat(60_000)}`,
    commas: ','.repeat(60_000),
    'commas behind a word': `a${','.repeat(60_000)} b`
  }))
    isQuick(t, what, () => parseSrcset(srcset))
  isQuick(t, 'names of placeholders', () => imagesOf(`<img src="/${'blank-'.repeat(1300)}">`.repeat(120)))
  t.end()
})

const MIB = 1024 * 1024
const fill = (text: string, length: number): string => text.repeat(Math.ceil(length / text.length))

t.test('images and sheets of a page are found in one pass', t => {
  const set = (name: string): string => `srcset="${fill(`${name}.gif 1w,`, 7900)}"`
  const pages: Readonly<Record<string, string>> = {
    'a long BASE': `<base href="http://cdn.test/12${fill('/uploads/', 7900)}/x.html?11=11">${Array.from({ length: 990 }, (_, at) => `<img src=a${at}22.png>`).join('')}`,
    'tags without end': fill('<img ', MIB),
    'quotes without end': fill('<img src="', MIB),
    'tags within tags': fill('<img a="<img ', MIB),
    'sources for many images': `<picture>${fill(`<source ${set('blank')}>`, 900_000)}${'<img src=blank.gif>'.repeat(800)}`,
    'many long addresses': fill(`<img src="http://cdn.test/12${fill('/uploads/-10x', 7900)}22.png">`, MIB),
    'links without end': fill('<link ', 64_000),
    'many links': fill('<link rel=stylesheet href=a>', 64_000),
    'links of one long base': `<base href="http://cdn.test/${fill('a/', 1900)}">${fill('<link rel=stylesheet href=a>', 60_000)}`
  }
  for (const [what, markup] of Object.entries(pages)) {
    isQuick(t, `images: ${what}`, () => imagesOf(markup))
    isQuick(t, `sheets: ${what}`, () => sheetLinks(Buffer.from(markup), PAGE))
  }
  isQuick(t, 'the size in an address', () => {
    for (let round = 0; round < 100; round++)
      sizeInAddress(new URL(`http://cdn.test/12${fill('/uploads/', 7900)}x22.html`))
  })
  t.same(
    imagesOf(
      '<picture><source srcset=a.webp><img src=a.gif></picture><source srcset=b.webp><img src=c.gif><img alt="<img src=no.gif>" src=d.gif><img src=e.gif<img src=f.gif>'
    ),
    [
      'http://site.test/12/a.webp',
      'http://site.test/12/b.webp',
      'http://site.test/12/d.gif',
      'http://site.test/12/e.gif%3Cimg'
    ]
  )
  t.same(
    sheetLinks(
      Buffer.from(
        '<link/rel=stylesheet href=a.css><link rel="<link" href=no.css><link rel=stylesheet title=">" href=b.css>'
      ),
      PAGE
    ),
    ['http://site.test/12/a.css', 'http://site.test/12/b.css']
  )
  t.end()
})

t.test('fields of a site are read as far as they mean something', t => {
  const blanks = ' '.repeat(60_000)
  isQuick(t, 'the head of an answer that comes byte by byte', () => {
    const mender = createHeadMender()
    for (let sent = 0; sent < 60_000; sent++) mender.write('\n x'.charAt(sent % 3))
    mender.destroy()
  })
  isQuick(t, 'a type with blanks', () => passedHeaders({ 'content-type': `application/zip${blanks}x` }, false))
  for (const name of ['vary', 'cache-control', 'connection', 'pragma', 'expires']) {
    for (const value of [`max-age=9${blanks}x`, fill(', ', 60_000), fill('a=" ,', 60_000), fill('"', 60_000)]) {
      isQuick(t, `${name}: ${value.slice(0, 10)}`, () =>
        freshnessOf(
          { [name]: value },
          { status: 200, headers: { 'cache-control': 'max-age=99', [name]: value } }
        )?.answers({ [name]: value })
      )
    }
  }
  isQuick(t, 'a type of nothing', () =>
    charsetParameter(boundedHeaders({ 'content-type': `text/html${fill('; ', 60_000)}` })['content-type'])
  )
  const {
    'set-cookie': cookies,
    location,
    'content-type': type,
    vary,
    etag
  } = boundedHeaders({
    'set-cookie': [...Array.from({ length: 3000 }, (_, at) => `a${at}=1`)],
    location: `/a  b${'c'.repeat(20_000)}`,
    'content-type': 'text/html;   charset=utf-8',
    vary: ['a  b', 'c'],
    etag: 'e'.repeat(20_000)
  })
  t.same([cookies.length, cookies[99]], [100, 'a99=1'])
  t.same([location.length, type, vary, etag.length], [20_005, 'text/html; charset=utf-8', 'a b, c', 8192])
  t.same(boundedHeaders({ 'set-cookie': ['a=1', `b=${'x'.repeat(9000)}`] }), { 'set-cookie': ['a=1'] })
  t.end()
})

/** More than is rewritten unless the settings say so; one of 60 MB took a minute. */
t.test('a form of a megabyte', t => {
  for (const [what, unit] of Object.entries({
    letters: '%E9',
    plain: 'a',
    references: '%26%231046%3B',
    'what the site lacks': '%D6%86'
  })) {
    for (const mark of ['windows-1251.windows-1252', 'big5.utf-8', 'iso-2022-jp.utf-8']) {
      const before = cpuMilliseconds()
      transcodeQuery(`~charset=${mark}&q=${fill(unit, MIB)}`)
      const milliseconds = cpuMilliseconds() - before
      t.ok(milliseconds < 4 * MOST_MILLISECONDS, `${what}, ${mark}: ${Math.round(milliseconds)} ms`)
    }
  }
  t.end()
})

/** Of a head (64 KB), of a form that is written anew where it is read (8 KB), of the cookies of one answer. */
t.test('the most that the limits let through', t => {
  const heads: Readonly<Record<string, string>> = {
    fields: '%E6=%E6&',
    tokens: '~utf8.a.b=1&',
    ampersands: '&',
    marks: '%EC%F2',
    'raw marks': '\xEC\xF2',
    references: '%26%239999%3B',
    letters: '%E6%BC%A2'
  }
  const within = (what: string, act: () => unknown): void => {
    const milliseconds = Math.min(
      ...[1, 2].map(() => {
        const before = cpuMilliseconds()
        act()
        return cpuMilliseconds() - before
      })
    )
    t.ok(milliseconds < MOST_AT_LIMITS, `${what}: ${Math.round(milliseconds)} ms`)
  }
  for (const [what, unit] of Object.entries(heads)) {
    for (const mark of ['shift_jis.utf-8', 'utf-8.windows-1258', 'iso-2022-jp.euc-jp'])
      within(`a query of ${what}, ${mark}`, () => transcodeQuery(`~charset=${mark}&${fill(unit, 65_000)}`))
    within(`${what}, read`, () => readQuery(fill(unit, 65_000), 'shift_jis'))
  }
  const names = (attributes: (at: number) => string): string[] =>
    Array.from({ length: 100 }, (_, at) => `c${at}=x; ${attributes(at)}`)
  for (const [what, cookies] of Object.entries({
    'without meaning': names(() => fill('a=b;', 640)),
    paths: names(at => `Path=/${fill('a/', 600)}${at}`),
    dates: names(() => `Expires=${fill('1 ', 600)}`),
    values: names(at => `v${at}=${'x'.repeat(600)}`)
  })) {
    within(`cookies: ${what}`, () =>
      withCookies([], { url: new URL(`http://site.test/${'a/'.repeat(300)}`), headers: cookies, now: 0 })
    )
  }
  t.end()
})

t.test('a Host field puts nothing of its own into pages and log lines', t => {
  const names = {
    name: 'retrograde',
    isOwn: (hostname: string) => hostname === '127.0.0.1',
    longAddress: () => undefined,
    port: 8080
  }
  const lineOf = (host: string): string => Object.values(placeOf(locate('/page', host, names), '/page')).join('')
  t.equal(lineOf('127.0.0.1:8080'), '127.0.0.1:8080/page')
  t.equal(lineOf('site.test'), 'site.test/page')
  for (const host of [
    '127.0.0.1:8080/ http://x/ page 200 1 bytes\x9b31m',
    '127.0.0.1\x85',
    '127.0.0.1#x',
    'a@127.0.0.1',
    '127.0.0.1?x',
    '127.0.0.1\\x'
  ])
    t.equal(lineOf(host), '/page', JSON.stringify(host))
  t.match(placeOf({ kind: 'portal', path: '/\x9b2J', query: '\x85', portal: 'http://retrograde', gateway: '' }, ''), {
    path: '/ 2J',
    query: ' '
  })
  t.end()
})
