import { gzipSync } from 'node:zlib'
import t, { type Test } from 'tap'
import { checkPage } from '../helpers/check-page.js'
import { get, type Answer, type Browser, type GetOptions } from '../helpers/client.js'
import { profileOf } from '../helpers/context.js'
import { answers, makeCertificates, redirects, startOrigin } from '../helpers/origin.js'
import { startProxy } from '../helpers/proxy.js'

// What stands at the foot of a page besides its source: feeds, the copy in the archive, bytes and requests.

const certificates = makeCertificates(t.testdir())
const origin = await startOrigin(t, certificates)
const settings = {
  'upstream-proxy': `http://127.0.0.1:${origin.port}/`,
  conversions: 1,
  ...(certificates === undefined ? {} : { 'extra-ca': certificates.authority })
}
const proxy = await startProxy(t, settings)
const wanting = await startProxy(t, { ...settings, 'feed-links': 'on', 'archive-link': 'on', figures: 'off' })

const visit = (address: string, options: GetOptions = {}, port = proxy.port): Promise<Answer> =>
  get(port, address, options)

/** The text of an answer, once it is valid in the profile of its browser. */
function seen(t: Test, answer: Answer, browser: Browser = 'mosaic'): string {
  const { problems, text } = checkPage(answer.body, profileOf(browser))
  t.same(problems, [], `valid for ${browser}`)
  t.equal(answer.status, 200)
  return text.trim()
}

const page = (head: string, body = '<section><p>Words</p></section>'): string =>
  `<!doctype html><html><head><title>A page</title>${head}</head><body>${body}</body></html>`
const FEEDS =
  '<link rel="alternate" type="application/rss+xml" title="Coast &lt;News&gt;" href="/feed"><link rel=alternate type="application/atom+xml" href="http://atom.test/a?b=1&amp;c=2">'

t.test('what a page took', async t => {
  const sheet = gzipSync(`.a{color:red}${' '.repeat(30_000)}`)
  const body = gzipSync(
    page(
      '<link rel=stylesheet href=/a.css><link rel=stylesheet href=http://cdn.test/b.css>',
      `<section><p>${'Words and more. '.repeat(2000)}</p></section>`
    )
  )
  const plain = '.b{color:red}'
  origin.on('http://foot.test/a.css', answers(sheet, 'text/css', { 'content-encoding': 'gzip' }))
  origin.on('http://cdn.test/b.css', answers(plain, 'text/css'))
  origin.on('http://foot.test/', answers(body, 'text/html', { 'content-encoding': 'gzip' }))
  const first = seen(t, await visit('http://foot.test/'))
  t.match(
    first,
    new RegExp(`\\| fetched ${body.length + sheet.length + plain.length} bytes in 3 requests, sent \\d+ KB$`),
    'as it came over the wire'
  )
  t.match(
    seen(t, await visit('http://foot.test/')),
    new RegExp(`\\| fetched ${body.length} bytes in 1 request, sent`),
    'sheets that are kept were not fetched'
  )

  const short = page('')
  const cookie = { 'set-cookie': 'a=1' }
  origin.on('http://foot.test/short', answers(short))
  origin.on('http://foot.test/hop1', redirects('http://foot.test/hop2'))
  origin.on(
    'http://foot.test/hop2',
    answers('moved', 'text/html', { location: 'http://foot.test/short', ...cookie }, 302)
  )
  const second = await visit('http://foot.test/hop1')
  t.equal(second.headers.location, 'http://foot.test/hop2')
  await visit('http://foot.test/hop2')
  t.match(
    seen(t, await visit('http://foot.test/short')),
    new RegExp(`\\| fetched ${short.length} bytes in 3 requests, sent`),
    'with the redirects to it'
  )
  t.match(
    seen(t, await visit('http://foot.test/short')),
    new RegExp(`\\| fetched ${short.length} bytes in 1 request, sent`),
    'which count once'
  )
  t.match(
    seen(t, await visit('http://foot.test/short', { browser: 'tiny' }), 'tiny'),
    /fetched \d+ bytes in 1 request, sent \d+ bytes/
  )
})

t.test(
  'requests that the proxy sends by itself',
  { ...(certificates === undefined ? { skip: 'no openssl' } : {}) },
  async t => {
    origin.on('http://secure.test/', redirects('https://secure.test/', 301))
    origin.on('https://secure.test/', answers(page('')))
    t.match(seen(t, await visit('http://secure.test/')), new RegExp(`fetched ${page('').length} bytes in 2 requests`))
    t.match(seen(t, await visit('http://secure.test/')), /in 1 request,/, 'the host is known to speak https')
  }
)

t.test('feeds, archive and figures by setting', async t => {
  origin.on('http://foot.test/news', answers(page(FEEDS)))
  origin.on(
    'http://foot.test/feed',
    answers(
      '<rss version="2.0"><channel><title>Coast</title><item><title>A storm</title><link>http://foot.test/storm</link></item></channel></rss>',
      'application/rss+xml'
    )
  )
  for (const browser of ['mosaic', 'nav3', 'html4', 'text', 'tiny'] as const) {
    const none = await visit('http://foot.test/news', { browser })
    t.notMatch(none.text, /Feeds|Archive|atom\.test/, 'not unless they are wanted')
    const answer = await visit('http://foot.test/news', { browser }, wanting.port)
    const [open, close] = browser === 'tiny' ? ['\\(', '\\)'] : ['<', '>']
    t.match(
      seen(t, answer, browser),
      new RegExp(
        `Original source \\(on modern site\\) \\| Archive copy \\| Reader view \\| Looks wrong\\? \\| Feeds: Coast ${open}News${close}, Feed$`
      )
    )
    t.match(answer.text, /HREF="http:\/\/web\.archive\.org\/web\/http:\/\/foot\.test\/news">/)
    t.match(answer.text, /HREF="http:\/\/atom\.test\/a\?b=1&(amp;|%63)c?=?2?/)
    t.notMatch(answer.text, /fetched/)
  }
  t.match(seen(t, await visit('http://foot.test/feed')), /A storm/, 'they lead to a list')
  t.match(seen(t, await visit('http://retrograde/read?url=foot.test/news', {}, wanting.port)), /Archive copy/)

  const me: GetOptions = { from: '127.0.0.77', browser: 'nav3' }
  const form = await visit('http://retrograde/settings', me)
  const token = /VALUE="?([0-9a-f]{16})/.exec(form.text)?.[1] ?? ''
  t.match((await visit(`http://retrograde/settings?token=${token}&feeds=on&archive=on&figures=off`, me)).text, /Saved/)
  t.match(
    seen(t, await visit('http://foot.test/news', me), 'nav3'),
    /Archive copy \| .*Feeds: Coast <News>, Feed$/,
    'for this machine'
  )
  await visit(`http://retrograde/settings?token=${token}&feeds=off&figures=on`, me)
  t.match(
    seen(t, await visit('http://foot.test/news', me), 'nav3'),
    /site\) \| Reader view \| Looks wrong\? \| fetched \d+ bytes in 1 request, sent \d+ bytes$/
  )
})
