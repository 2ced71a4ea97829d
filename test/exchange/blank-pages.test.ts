import t, { type Test } from 'tap'
import { checkPage } from '../helpers/check-page.js'
import { get, type Answer, type Browser, type GetOptions } from '../helpers/client.js'
import { profileOf } from '../helpers/context.js'
import { answers, startOrigin } from '../helpers/origin.js'
import { startProxy } from '../helpers/proxy.js'

const origin = await startOrigin(t, undefined)
const settings = { 'upstream-proxy': `http://127.0.0.1:${origin.port}/`, conversions: 1 }
const proxy = await startProxy(t, settings)
const visit = (address: string, options: GetOptions = {}): Promise<Answer> =>
  get(proxy.port, address, { browser: 'nav3', ...options })

const seen = ({ text }: Answer): string =>
  text
    .replace(/<[^<>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()

const PROOF = /This site asks visitors to prove that they are no robots, which needs scripts/
const SHELL = /This page is made by scripts/
const CONSENT = /This site asks for consent before it shows anything/

function isValid(t: Test, { body }: Answer, browser: Exclude<Browser, 'unknown'>): void {
  t.same(checkPage(body, profileOf(browser)).problems, [], `valid for ${browser}`)
}

const CLOUDFLARE =
  '<!DOCTYPE html><html><head><title>Just a moment...</title><meta http-equiv="refresh" content="390"></head><body><div class="main-wrapper"><noscript><div><span id="challenge-error-text">Enable JavaScript and cookies to continue</span></div></noscript></div><script>(function(){window._cf_chl_opt={cvId:"3"};var a=document.createElement("script");a.src="/cdn-cgi/challenge-platform/h/b/orchestrate/chl_page/v1";}());</script></body></html>'
const ORDINARY =
  '<!DOCTYPE html><title>The pier</title><h1>The pier</h1><p>The pier was built of oak by people of the village.</p><p>Write to us.</p><form><input name="mail"><div class="h-captcha"></div></form><script src="https://js.hcaptcha.com/1/api.js"></script><script src="/cdn-cgi/challenge-platform/scripts/jsd/main.js"></script>'

t.test('a wall is named as what it is, whatever its status is', async t => {
  const walls: Readonly<
    Record<string, readonly [page: string, status: number, fields: Record<string, string>, by: string]>
  > = {
    cloudflare: [CLOUDFLARE, 403, { 'cf-mitigated': 'challenge', server: 'cloudflare' }, 'Cloudflare'],
    'a new face of it': ['<title>x</title><p>Wait.</p>', 503, { 'cf-mitigated': 'challenge' }, 'Cloudflare'],
    anubis: [
      '<!doctype html><title>Making sure you&#39;re not a bot!</title><script id="anubis_version" type="application/json">"v1.2"</script><main><h1>Making sure you&#39;re not a bot!</h1><noscript><p>Sadly, you must enable JavaScript to get past this challenge.</p></noscript></main>',
      200,
      {},
      'Anubis'
    ],
    datadome: [
      '<html><head><title>site.test</title></head><body><p id="cmsg">Please enable JS and disable any ad blocker</p><script>var dd={"rt":"c","host":"geo.captcha-delivery.com"}</script><script src="https://ct.captcha-delivery.com/c.js"></script></body></html>',
      403,
      { 'x-datadome': 'protected' },
      'DataDome'
    ],
    perimeterx: [
      '<title>Access</title><div id="px-captcha"></div><script>window._pxAppId="x"</script>',
      403,
      {},
      'PerimeterX'
    ],
    'a puzzle for who is refused': [
      '<title>x</title><p>One more step</p><div class="h-captcha"></div><script src="https://js.hcaptcha.com/1/api.js"></script>',
      429,
      {},
      'hCaptcha'
    ],
    aws: [
      '<title></title><script src="https://x.awswaf.com/challenge.js"></script>',
      202,
      { 'x-amzn-waf-action': 'challenge' },
      'AWS WAF'
    ]
  }
  for (const [name, [page, status, fields, by]] of Object.entries(walls)) {
    origin.on('http://wall.test/news/the-old-pier-burns.html', answers(page, 'text/html', fields, status))
    for (const browser of ['nav3', 'mosaic', 'text'] as const) {
      const answer = await visit('http://wall.test/news/the-old-pier-burns.html', { browser })
      t.match(seen(answer), PROOF, `${name} in ${browser}`)
      t.match(seen(answer), new RegExp(`\\(${by}\\)`), name)
      t.notMatch(seen(answer), /Enable JavaScript|must enable/i, `${name}: nothing that the person cannot do`)
      t.match(answer.text, /http:\/\/web\.archive\.org\/web\/http:\/\/wall\.test\/news\/the-old-pier-burns\.html/)
      t.match(answer.text, /retrograde\/search\?q=the%20old%20pier%20burns/, 'its address has a title')
      isValid(t, answer, browser)
    }
  }
})

t.test('ordinary pages that carry the same scripts, or speak of them', async t => {
  const pages: Readonly<Record<string, readonly [page: string, status: number, fields: Record<string, string>]>> = {
    'a form with a puzzle': [ORDINARY, 200, { 'x-datadome': 'protected', 'x-iinfo': '1-2' }],
    'the same, not found': [ORDINARY, 404, { 'x-datadome': 'protected' }],
    'who is refused for another reason': [
      '<title>403</title><h1>Forbidden</h1><p>You may not.</p>',
      403,
      { server: 'cloudflare' }
    ],
    'a text about them': [
      `<h1>Walls</h1>${'<p>The script _cf_chl_opt of anubis_challenge says px-captcha.</p>'.repeat(100)}<script>x()</script>`,
      403,
      {}
    ],
    'a text about consent': [
      `<h1>Cookies</h1><div class="consent-form">${'<p>We use cookies if you consent to it, says the baker.</p>'.repeat(80)}</div>`,
      200,
      {}
    ]
  }
  for (const [name, [page, status, fields]] of Object.entries(pages)) {
    origin.on('http://plain.test/', answers(page, 'text/html', fields, status))
    const answer = await visit('http://plain.test/')
    for (const pattern of [PROOF, SHELL, CONSENT]) t.notMatch(seen(answer), pattern, name)
    t.notMatch(seen(answer), /Ways on/, name)
  }
})

t.test('a page that asks for consent and has nothing else', async t => {
  origin.on(
    'http://asks.test/',
    answers(
      '<title>Before you go on</title><h1>Before you go on</h1><p>We and our 900 partners use cookies. If you accept, we use cookies for personalised ads. Read our privacy terms.</p><form class="consent-form" action="/collect" method="post"><button name="agree" value="yes">Accept all cookies</button></form>'
    )
  )
  const answer = await visit('http://asks.test/')
  t.match(seen(answer), CONSENT)
  t.match(answer.text, /<FORM ACTION="\/collect"/, 'its button is there: it may work')
  isValid(t, answer, 'nav3')
})

const THREAD = JSON.stringify({
  topic: JSON.stringify({
    posts: [
      { username: 'ada', created_at: '2026-03-01T08:00:00Z', cooked: '<p>Who knows when it was <b>lit</b>?</p>' },
      { username: 'bo', created_at: '2026-03-01T09:00:00Z', cooked: '<p>In 1871.</p><script>alert(1)</script>' }
    ]
  })
}).replaceAll('"', '&quot;')

t.test('a thread that is there for scripts alone is shown with who and when', async t => {
  origin.on(
    'http://forum.test/t/1',
    answers(
      `<!doctype html><title>When was it lit?</title><link rel="alternate" type="application/rss+xml" title="This thread" href="/t/1.rss"><body><div id="data-preloaded" data-preloaded="${THREAD}"></div><section id="main"></section><noscript>Please enable JavaScript.</noscript><script src="/a.js"></script>`
    )
  )
  for (const browser of ['nav3', 'mosaic', 'tiny'] as const) {
    const answer = await visit('http://forum.test/t/1', { browser })
    t.match(
      seen(answer),
      /When was it lit\?.* ada \| 1 March 2026, 08:00 UTC Who knows when it was lit ?\? .*bo \| 1 March 2026, 09:00 UTC In 1871\./
    )
    t.match(seen(answer), SHELL)
    t.notMatch(answer.text, /alert|JavaScript/)
    t.match(answer.text, /HREF="(?:http:\/\/forum\.test)?\/t\/1\.rss"/, 'its feed is a way on')
    isValid(t, answer, browser)
  }
  const reader = await visit('http://retrograde/read?url=forum.test/t/1')
  t.match(seen(reader), /Who knows when it was lit/, 'the reader has it as well')
})

t.test('search engines that were typed lead to our own search', async t => {
  const to = async (address: string, options: GetOptions = {}): Promise<string | undefined> =>
    (await visit(address, options)).headers.location?.toString()
  for (const address of [
    'http://www.google.com/search?hl=en&q=old+lamps&btnG=Search',
    'http://google.co.uk/search?q=old%20lamps',
    'http://www.google.de/search?q=old+lamps&udm=14',
    'http://www.bing.com/search?q=old+lamps&form=QBLH',
    'http://duckduckgo.com/?q=old+lamps&ia=web',
    'http://search.yahoo.com/search?p=old+lamps',
    'http://de.search.yahoo.com/search?p=old+lamps',
    'http://yandex.ru/search/?text=old+lamps&lr=2',
    'http://www.baidu.com/s?wd=old+lamps'
  ])
    t.equal(await to(address), 'http://retrograde/search?q=old%20lamps', address)
  t.equal(await to('http://www.google.com/search?q=K%E4se&ie=ISO-8859-1'), 'http://retrograde/search?q=K%C3%A4se')
  t.equal(await to('http://www.google.com/search?q=K%E4se'), 'http://retrograde/search?q=K%C3%A4se', 'as it was typed')
  t.equal(await to('http://www.google.com/search?q=K%C3%A4se&ie=UTF-8'), 'http://retrograde/search?q=K%C3%A4se')
  t.equal(await to('http://www.baidu.com/s?ie=gb2312&wd=%B5%C6%CB%FE'), 'http://retrograde/search?q=%E7%81%AF%E5%A1%94')
  const gateway = await get(proxy.port, '/http://www.google.com/search?q=old+lamps', { browser: 'nav3' })
  t.match(
    gateway.headers.location?.toString(),
    /^http:\/\/[^/]+\/search\?q=old%20lamps$/,
    'without a proxy setting too'
  )
})

t.test('what else these sites have is theirs', async t => {
  for (const address of [
    'http://www.google.com/',
    'http://www.google.com/search',
    'http://www.google.com/search?q=',
    'http://www.google.com/search?q=lamps&tbm=isch',
    'http://www.google.com/search?q=lamps&udm=2',
    'http://images.google.com/search?q=lamps',
    'http://www.google.com/maps?q=lamps',
    'http://google.evil.test/search?q=lamps',
    'http://www.bing.com/images/search?q=lamps',
    'http://lite.duckduckgo.com/lite/?q=lamps',
    'http://duckduckgo.com/?q=lamps&ia=images&iax=images',
    'http://www.google.com/search?q=lamps&~site=off'
  ]) {
    const answer = await visit(address)
    t.notMatch(answer.headers.location?.toString() ?? '', /retrograde\/search/, address)
  }
  const off = await startProxy(t, { ...settings, 'search-engines': 'site' })
  origin.on('http://www.google.com/search', answers('<p>The engine itself</p>'))
  t.match(seen(await get(off.port, 'http://www.google.com/search?q=lamps', { browser: 'nav3' })), /The engine itself/)
})
