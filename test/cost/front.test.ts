import t from 'tap'
import { createSiteEncoder } from '../../src/charset/site-charset.js'
import { encodeQuery } from '../../src/charset/query.js'
import { readQuery } from '../../src/charset/read-query.js'
import { transcodeQuery } from '../../src/charset/transcode-query.js'
import { createHeadFinder } from '../../src/front/head/find-head.js'
import { normaliseHeaderLines } from '../../src/front/head/header-fields.js'
import { normaliseRequestLine } from '../../src/front/head/request-line.js'
import { rewriteBody } from '../../src/front/forms/rewrite-body.js'
import { oldCookie } from '../../src/origin/cookies/cookies.js'
import { freshnessOf } from '../../src/origin/headers/freshness.js'
import { boundedHeaders } from '../../src/origin/headers/header-values.js'
import { withCookies } from '../../src/origin/cookies/site-cookies.js'
import { takeHints } from '../../src/page/addresses/address-hints.js'
import { pageNeeds } from '../../src/page/needs/page-needs.js'
import { readResults } from '../../src/page/read/read-results.js'
import { addressAmongWords, areWords, typedAddress } from '../../src/portal/typed.js'
import { readJsonResults } from '../../src/search/read-json.js'
import { displayOf, profileOf } from '../helpers/context.js'
import { isLinear, MOST_GROWTH } from '../helpers/cost.js'

// What a stranger sends costs as much as it is long: twice of it takes twice the time.

/** A form of 512 KB is the largest that is written anew: four times as many of any shape are about that. Units. */
const FORM = { from: 1024, largest: 1 << 14 }
const different = (n: number, from: number): string =>
  Array.from({ length: n }, (_, at) => String.fromCodePoint(from + (at % 0x5000))).join('')

t.test('queries and forms', t => {
  const shapes: Readonly<Record<string, (n: number) => string>> = {
    fields: n => '%E6=%E6&'.repeat(n),
    'fields of ASCII': n => 'a=b&'.repeat(n),
    ampersands: n => '&'.repeat(n),
    tokens: n => '~utf8.a.b=1&'.repeat(n),
    'one field of letters': n => `a=${'%E6%BC%A2'.repeat(n)}`,
    'different letters': n => `a=${encodeURIComponent(different(n, 0x4e00))}`,
    'marks of two classes': n => `a=${'%EC%F2'.repeat(n)}`,
    'raw marks': n => `a=${'\xEC\xF2'.repeat(n)}`,
    references: n => `a=${'%26%239999%3B'.repeat(n)}`,
    'references without end': n => `a=${'%26%23'.repeat(n)}`,
    percents: n => `a=${'%'.repeat(n)}`,
    'a token without end': n => `~utf8.${'*'.repeat(n)}=1`
  }
  for (const mark of ['utf-8.windows-1258', 'shift_jis.utf-8', 'iso-2022-jp.euc-jp']) {
    for (const [what, text] of Object.entries(shapes)) {
      isLinear(
        t,
        `${what}, ${mark}`,
        n => {
          const query = `~charset=${mark}&${text(n)}`
          return () => transcodeQuery(query)
        },
        FORM
      )
    }
  }
  for (const [what, text] of Object.entries(shapes)) {
    isLinear(
      t,
      `${what}, read`,
      n => {
        const query = text(n)
        return () => readQuery(query, 'shift_jis')
      },
      FORM
    )
  }
  t.end()
})

t.test('letters that a site lacks', t => {
  for (const charset of ['windows-1251', 'iso-2022-jp', 'gb18030']) {
    for (const [what, text] of Object.entries({
      one: (n: number) => '\u05D0'.repeat(n),
      many: (n: number) => different(n, 0xac00),
      emoji: (n: number) => '\u{1F600}'.repeat(n),
      halves: (n: number) => '\uD83D'.repeat(n)
    })) {
      isLinear(
        t,
        `${what}, ${charset}`,
        n => {
          const letters = text(n)
          return () => createSiteEncoder(charset)(letters)
        },
        FORM
      )
      isLinear(
        t,
        `${what} as fields, ${charset}`,
        n => {
          const letters = [...text(n)]
          return () => letters.map(createSiteEncoder(charset))
        },
        FORM
      )
      isLinear(
        t,
        `${what} in a query, ${charset}`,
        n => {
          const letters = `?a=${[...text(n)].join('a')}`
          return () => encodeQuery(letters, charset)
        },
        FORM
      )
    }
  }
  t.end()
})

/** As isLinear, for what is done in turns of the event loop. Processor time of all of it. */
async function elapsed(text: string): Promise<number> {
  const before = process.cpuUsage()
  await rewriteBody({
    blocks: [Buffer.from(text, 'latin1')],
    contentType: 'multipart/form-data; boundary=b',
    maxFormBytes: Infinity
  }).catch(() => {})
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}

t.test('forms with files', async t => {
  const head = '--b\r\nContent-Disposition: form-data; name="~charset"\r\n\r\nutf-8.windows-1258\r\n'
  const part = '--b\r\nContent-Disposition: form-data; name='
  const shapes: Readonly<Record<string, (n: number) => string>> = {
    parts: n => `${part}a\r\n\r\n\xEC\r\n`.repeat(Math.min(n, 9000)),
    'a long part': n => `${part}a\r\n\r\n${'\xEC\xF2'.repeat(n)}\r\n`,
    'a long name': n => `${part}"${'\\"'.repeat(Math.min(n, 8000))}\r\n\r\n\r\n`,
    'names without end': n => `${part}${'; name='.repeat(Math.min(n, 2000))}\r\n\r\n\r\n`.repeat(8),
    'a file of boundaries': n => `${part}a; filename=b\r\n\r\n${'\r\n--'.repeat(n)}\r\n`
  }
  for (const [what, text] of Object.entries(shapes)) {
    const least = async (n: number): Promise<number> =>
      Math.min(
        ...[
          await elapsed(`${head}${text(n)}--b--\r\n`),
          await elapsed(`${head}${text(n)}--b--\r\n`),
          await elapsed(`${head}${text(n)}--b--\r\n`)
        ]
      )
    const [once, four] = [await least(16_384), await least(65_536)]
    t.ok(four < 12 || Math.sqrt(four / once) < MOST_GROWTH, `${what}: ${Math.round(once)}, ${Math.round(four)} ms`)
  }
})

t.test('heads of requests and answers', t => {
  const shapes: Readonly<Record<string, (n: number) => string>> = {
    blanks: n => ' '.repeat(n),
    'blanks and a letter': n => `a${' '.repeat(n)}b`,
    fields: n => 'a: b\r\n'.repeat(n),
    'folded fields': n => `a: b\r\n${' c\r\n'.repeat(n)}`,
    'line ends': n => '\r'.repeat(n),
    colons: n => ':\r\n'.repeat(n),
    controls: n => `a:${'\x01'.repeat(n)}`,
    commas: n => `a:${','.repeat(n)}`,
    quotes: n => `a:${'"'.repeat(n)}`,
    pairs: n => 'a=b; '.repeat(n),
    dots: n => 'a.'.repeat(n),
    slashes: n => '/..'.repeat(n),
    at: n => '@'.repeat(n),
    hints: n => '&~part=2'.repeat(n)
  }
  const acts: Readonly<Record<string, (text: string) => unknown>> = {
    'a head': text => createHeadFinder().find(Buffer.from(text), true),
    'a request line': text => normaliseRequestLine(`GET ${text} HTTP/1.0`),
    fields: text => normaliseHeaderLines(text.split('\r\n')),
    'fields of a site': text => boundedHeaders({ 'content-type': text, vary: text, location: text }),
    freshness: text =>
      freshnessOf(
        {},
        { status: 200, headers: boundedHeaders({ 'cache-control': text, vary: text, expires: text }) }
      )?.answers({}),
    hints: text => takeHints(`http://site.test/?${text}`),
    typed: text => [areWords(text), typedAddress(text), addressAmongWords(text)],
    'a cookie for an old browser': text =>
      boundedHeaders({ 'set-cookie': [`a=${text}`, `a=b; expires=${text}`, `a=b; path=${text}`] })['set-cookie'].map(
        cookie => oldCookie(cookie, { host: 'a.test', now: 0 })
      ),
    cookies: text =>
      withCookies([], {
        url: new URL('http://a.test/'),
        headers: boundedHeaders({
          'set-cookie': text.match(/.{1,600}/gs)?.map((piece, at) => `c${at}=${piece}`) ?? []
        })['set-cookie'],
        now: 1
      })
  }
  for (const [act, work] of Object.entries(acts)) {
    for (const [what, text] of Object.entries(shapes)) {
      isLinear(
        t,
        `${act}: ${what}`,
        n => {
          const sent = text(n)
          return () => work(sent)
        },
        { from: 256, largest: 1 << 14 }
      )
    }
  }
  t.end()
})

t.test('answers of back ends of the search', t => {
  const classes = {
    result: 'r',
    link: 'l',
    snippet: 's',
    ad: 'x',
    own: 'own.test',
    next: { form: 'n', fields: ['s'], largest: 's' },
    none: ['no']
  }
  const shapes: Readonly<Record<string, string>> = {
    'results in each other': '<div class=r>',
    results: '<div class=r><a class=l href=//a.test>t</a></div>',
    'links in each other': '<div class="r l s">',
    'forms in each other': '<div class=n><input name=s value=1>',
    'long classes': '<div class=" r ',
    'links of results in each other': '<div class=r><p class=l>',
    advertisements: '<div class="r x">',
    spans: '<span class=r>'
  }
  for (const [what, unit] of Object.entries(shapes)) {
    isLinear(
      t,
      what,
      n => {
        const bytes = Buffer.from(unit.repeat(n))
        return () => readResults(bytes, 'text/html', new URL('http://search.test/'), classes)
      },
      { from: 64, largest: 2048 }
    )
  }
  isLinear(
    t,
    'JSON',
    n => {
      const answer = JSON.stringify({
        results: Array.from({ length: n }, () => ({
          title: 'a <b>b</b>',
          url: 'http://a.test/',
          content: '<i>'.repeat(20)
        }))
      })
      return () =>
        readJsonResults(
          answer,
          { results: 'results', title: 'title', url: 'url', snippet: 'content', next: 'count', markup: true },
          { values: {}, page: 1 }
        )
    },
    { from: 64, largest: 4096 }
  )
  t.end()
})

t.test('what a page wants fetched', t => {
  const client = { profile: profileOf('nav3'), display: displayOf('col256') }
  const attributes = Array.from({ length: 1500 }, (_, at) => `a${at}`).join(' ')
  for (const unit of [
    '<img ',
    '<img src="',
    '<img src=a>',
    '<!--',
    '<!---->',
    '<script>',
    '<script></script>',
    '<link rel=stylesheet href=a>',
    '<link ',
    '<base href="',
    `<img ${attributes}>`,
    '<source srcset="a 1x,',
    '<picture><source srcset=a><img src=a>'
  ]) {
    isLinear(
      t,
      unit.slice(0, 40),
      n => {
        const bytes = Buffer.from(unit.repeat(n))
        return () => pageNeeds({ bytes, url: 'http://site.test/', sheets: 4, images: 200, client })
      },
      { from: 64, largest: 1 << 14 }
    )
  }
  t.end()
})
