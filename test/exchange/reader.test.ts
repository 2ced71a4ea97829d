import t, { type Test } from 'tap'
import { checkPage } from '../helpers/check-page.js'
import { get, type Answer, type Browser } from '../helpers/client.js'
import { profileOf } from '../helpers/context.js'
import { answers, redirects, startOrigin } from '../helpers/origin.js'
import { startProxy } from '../helpers/proxy.js'

const origin = await startOrigin(t, undefined)
const proxy = await startProxy(t, { 'upstream-proxy': `http://127.0.0.1:${origin.port}/`, conversions: 1 })

const PROSE =
  'The keeper of the lighthouse counted the ships, wrote their names into his book, and lit the lamp at dusk, as he had done for thirty years. '
const read = (address: string, browser: Browser = 'nav3'): Promise<Answer> =>
  get(proxy.port, `http://retrograde/read?url=${address}`, { browser })

const visitPage = (address: string): Promise<Answer> => get(proxy.port, address, { browser: 'nav3' })

/** The text of an answer, once it is valid in the profile of its browser. */
function seen(t: Test, answer: Answer, browser: Browser = 'nav3'): string {
  const { problems, text } = checkPage(answer.body, profileOf(browser))
  t.same(problems, [], `valid for ${browser}`)
  t.equal(answer.status, 200)
  return text
}

const STORY = `<!doctype html><html><head><title>The lighthouse - Coast News</title>
<meta property="article:published_time" content="2026-07-03T14:05:00+02:00"><meta name="author" content="Ada Smith"></head>
<body><nav><ul><li><a href="/sport">Sport</a></li><li><a href="/weather">Weather</a></li></ul></nav>
<article><h1>The lighthouse</h1>
<figure><img src="/lamp.jpg" width="640" height="480" alt="The lamp"><figcaption>The lamp at dusk, photographed from the pier</figcaption></figure>
<p>${PROSE.repeat(3)}</p><p>He read <a href="/book?a=1&amp;b=2">the book of ships</a> to anyone. ${PROSE}</p>
<ul><li>One ship came from the north, with timber.</li><li>Two came from the south, with salt.</li></ul>
<table><caption>Ships by year</caption><tr><th>Year</th><th>Ships</th></tr><tr><td>1901</td><td>212</td></tr><tr><td>1902</td><td>198</td></tr></table>
<pre>log   1901-01-01   fog
log   1901-01-02   clear</pre>
<p>${PROSE.repeat(3)}</p></article>
<aside>Buy this now</aside><footer>Imprint and terms</footer></body></html>`

t.test('an article in the shape of 68k.news', async t => {
  origin.on('http://coast.test/story', answers(STORY))
  for (const browser of ['nav3', 'html4', 'mosaic', 'text', 'tiny'] as const) {
    const answer = await read('coast.test/story', browser)
    const text = seen(t, answer, browser)
    for (const part of [
      'the book of ships',
      'One ship came from the north',
      '1901',
      '212',
      'Ships by year',
      '1901-01-02',
      'photographed from the pier'
    ])
      t.match(text, part, `${browser}: ${part}`)
    t.notMatch(text, /Buy this now|Imprint|Weather|Looks wrong/, `${browser}: nothing else`)
    t.match(
      text.trim(),
      /^(<|\() Back to coast\.test front page .*The lighthouse Original source \(on modern site\)( \| Article images: \[1\])? Ada Smith \| 3 July 2026, 12:05 UTC .*(<|\() Back to coast\.test front page$/,
      `${browser}: head, line, byline, text, foot`
    )
    t.equal(answer.text.match(/HREF="http:\/\/coast\.test\/"/g)?.length, 2, 'both lead to the front page of the site')
    t.match(answer.text, /HREF="http:\/\/coast\.test\/story">Original\s+source/)
  }
  const nav3 = await read('coast.test/story')
  t.match(nav3.text, /<PRE>\s*log {3}1901-01-01 {3}fog\nlog {3}1901-01-02/, 'columns stay')
  t.match(nav3.text, /<LI>One ship/)
  t.match(nav3.text, /<TABLE/)
  t.match(nav3.text, /HREF="http:\/\/coast\.test\/book\?a=1&amp;b=2"/)
})

t.test('images in their place or as numbers', async t => {
  const inline = await read('coast.test/story')
  t.match(inline.text, /<IMG SRC="http:\/\/coast\.test\/lamp\.jpg/)
  t.notMatch(inline.text, /Article\s+images/)
  const links = await read('coast.test/story?~images=links')
  t.notMatch(links.text, /<IMG/)
  t.match(seen(t, links), /\| Article images: \[1\] Ada Smith/)
  t.match(links.text, /<A HREF="http:\/\/coast\.test\/lamp\.jpg[^"]*">\[1\]<\/A>/)
  const off = await read('coast.test/story?~images=off')
  t.notMatch(off.text, /<IMG|Article\s+images/)
  t.match(
    (await read('coast.test/story', 'text')).text,
    /Article\s+images:\s+<A HREF="http:\/\/coast\.test\/lamp\.jpg[^"]*">\[1\]/,
    'a client without images has numbers'
  )
})

const page = (head: string, body: string): string =>
  `<!doctype html><html><head><title>A title</title>${head}</head><body>${body}</body></html>`
const data = (value: unknown): string => `<script type="application/ld+json">${JSON.stringify(value)}</script>`

t.test('an article that only JSON-LD holds', async t => {
  const article = {
    '@type': ['NewsArticle'],
    headline: 'Storm &amp; sea',
    author: [{ '@type': 'Person', name: 'Ben Lee' }, { name: 'Ada Smith' }],
    datePublished: '2026-01-05',
    articleBody: `${PROSE.repeat(4)}\n\nIt ended &quot;well&quot;.`
  }
  origin.on(
    'http://coast.test/shell',
    answers(
      page(
        data({ '@context': 'https://schema.org', '@graph': [{ '@type': 'WebSite', name: 'Coast' }, article] }),
        '<div id="app">Loading...</div><script>start()</script>'
      )
    )
  )
  const text = seen(t, await read('coast.test/shell'))
  t.match(
    text,
    /Back to coast\.test front page Storm & sea Original source \(on modern site\) Ben Lee, Ada Smith \| 5 January 2026 The keeper/
  )
  t.match(text, /It ended "well"\./)
  t.notMatch(text, /Loading|No article/)
  origin.on(
    'http://coast.test/markup',
    answers(
      page(
        data({ ...article, articleBody: `<p>${PROSE.repeat(3)}</p><script>alert(1)</script><ul><li>Salt</li></ul>` }),
        '<p>Read on with our app</p>'
      )
    )
  )
  const markup = await read('coast.test/markup')
  t.match(markup.text, /<LI>Salt/)
  t.notMatch(seen(t, markup), /alert/)
  origin.on(
    'http://coast.test/wall',
    answers(page(data(article.articleBody === '' ? '' : { ...article, articleBody: 'Too short.' }), STORY))
  )
  t.match(seen(t, await read('coast.test/wall')), /the book of ships/, 'what the page shows is longer')
})

t.test('data that are wrong', async t => {
  for (const [at, source] of [
    '{',
    '[]',
    'null',
    '"x"',
    '[[[[]]]]',
    '{"@type":7,"articleBody":[1]}',
    '{"@type":"Article","articleBody":{"a":1},"author":{"name":null}}'
  ].entries()) {
    origin.on(
      `http://coast.test/bad${at}`,
      answers(STORY.replace('</head>', `<script type="application/ld+json">${source}</script></head>`))
    )
    t.match(seen(t, await read(`coast.test/bad${at}`)), /Ada Smith \| 3 July 2026/)
  }
})

t.test('a short notice in an ARTICLE', async t => {
  origin.on(
    'http://coast.test/notice',
    answers(
      page(
        '',
        `<nav><a href="/a">Away</a></nav><main><article><h1>Fog</h1><p>${PROSE}</p><p>The ferry does not go today, and nobody knows when it will go again.</p><aside>More fog</aside></article></main><p>Imprint</p>`
      )
    )
  )
  const text = seen(t, await read('coast.test/notice'))
  t.match(text, /The ferry does not go today/)
  t.notMatch(text, /Away|More fog|Imprint|No article/)
})

t.test('pages that are no articles say so and stay', async t => {
  origin.on(
    'http://coast.test/',
    answers(
      page('', `<nav>${Array.from({ length: 20 }, (_, at) => `<a href="/${at}">Section ${at}</a> `).join('')}</nav>`)
    )
  )
  origin.on(
    'http://coast.test/box',
    answers(page('', '<form action="/go"><input name="q"><input type="submit"></form>'))
  )
  for (const address of ['coast.test/', 'coast.test/box'])
    t.match(
      seen(t, await read(address)),
      /No article, thread, product or list was found here: this is the whole page\..*Original source/
    )
})

t.test('the AMP or print form of a page that shows little', async t => {
  const amp = page(
    '<link rel=canonical href="/short"><link rel=amphtml href="/amp2">',
    `<article><h1>Storm at sea</h1><h2>Storm  at Sea!</h2><p>${PROSE.repeat(4)}</p><p>Read <a href="more">more of it</a> here. ${PROSE.repeat(4)}</p></article>`
  ).replace('A title', 'Storm at sea')
  const short = (link: string): string =>
    page(link, `<article><h1>Storm at sea</h1><p>${PROSE.repeat(2)}</p></article>`)
  const asked = (address: string): number => origin.asked(address).length
  origin.on('http://amp.coast.test/short/amp', answers(amp))
  origin.on('http://coast.test/amp2', answers(amp))
  origin.on(
    'http://coast.test/short',
    answers(
      short('<link rel=alternate media=print href="/print"><link rel="amphtml" href="//amp.coast.test/short/amp">')
    )
  )
  for (const browser of ['nav3', 'mosaic', 'html4', 'tiny'] as const) {
    const answer = await read('coast.test/short', browser)
    const text = seen(t, answer, browser)
    t.match(text, /more of it/, 'what the AMP form says')
    t.equal(text.match(/Storm\s+at\s+sea/gi)?.length, 1, 'its title once')
    t.match(answer.text, /HREF="http:\/\/coast\.test\/short">Original\s+source/, 'the source is what was asked for')
    t.match(answer.text, /HREF="http:\/\/coast\.test\/">(&lt;|\()/, 'and so is the site')
    t.match(answer.text, /HREF="http:\/\/amp\.coast\.test\/short\/more"/, 'its links are its own')
  }
  t.equal(asked('http://coast.test/print'), 0, 'AMP comes first')
  t.equal(asked('http://coast.test/amp2'), 0, 'what the other form announces is not asked for')

  origin.on('http://coast.test/print', answers(amp))
  origin.on(
    'http://coast.test/shell2',
    answers(page('<link rel=alternate media=print href="/print">', '<div id=app>Loading</div>'))
  )
  t.match(seen(t, await read('coast.test/shell2')), /more of it/, 'a page that shows nothing')
  t.equal(asked('http://coast.test/print'), 1)
  await visitPage('http://coast.test/shell2')
  t.equal(asked('http://coast.test/print'), 1, 'only the reader asks')

  const others: ReadonlyArray<readonly [string, string, string]> = [
    ['another site', 'http://elsewhere.test/amp', 'http://elsewhere.test/amp'],
    ['itself', '/keeps1#top', ''],
    ['no address', 'http://[', ''],
    ['another scheme', 'javascript:alert(1)', ''],
    ['one that is shorter', '/less', ''],
    ['one that is not there', '/gone', ''],
    ['one that is no page', '/picture', ''],
    ['one that leads away', '/away', 'http://elsewhere.test/next/hop'],
    ['one that goes round', '/round', ''],
    ['one that breaks off', '/broken', '']
  ]
  origin.on('http://coast.test/less', answers(page('', '<p>Less</p>')))
  origin.on('http://coast.test/picture', answers('GIF89a', 'image/gif'))
  origin.on('http://coast.test/away', redirects('http://elsewhere.test/next'))
  origin.on('http://elsewhere.test/next', answers(amp))
  origin.on('http://coast.test/round', redirects('http://coast.test/round2'))
  origin.on('http://coast.test/round2', redirects('http://coast.test/round'))
  origin.on('http://coast.test/broken', ({ answer }) => {
    answer
      .writeHead(200, { 'content-type': 'text/html', 'content-length': 100_000 })
      .write(amp.repeat(3), () => answer.destroy())
  })
  for (const [at, [what, href, never]] of others.entries()) {
    origin.on(`http://coast.test/keeps${at}`, answers(short(`<link rel=amphtml href="${href}">`)))
    const text = seen(t, await read(`coast.test/keeps${at}`))
    t.match(text, /The keeper/, what)
    t.notMatch(text, /more of it/, `${what}: the page itself`)
    if (never !== '') t.equal(asked(never), 0, `${what}: not asked for`)
  }
  t.ok(asked('http://coast.test/round') + asked('http://coast.test/round2') <= 3, 'no loop')
  origin.on('http://coast.test/long', answers(STORY.replace('</head>', '<link rel=amphtml href="/long-amp"></head>')))
  await read('coast.test/long')
  t.equal(asked('http://coast.test/long-amp'), 0, 'a page that shows its article is enough')
})

t.test('titles without the name of the site', async t => {
  const cases: ReadonlyArray<readonly [title: string, heading: string, shown: string]> = [
    ['Out at sea: the long way home · Coast', 'Out at sea: the long way home', 'Out at sea: the long way home'],
    ['The long way home of a ferry_Coast_News', 'The long way home of a ferry', 'The long way home of a ferry'],
    ['Coast News | The long way home of a ferry', 'Coast News', 'The long way home of a ferry']
  ]
  for (const [at, [title, heading, shown]] of cases.entries()) {
    origin.on(
      `http://coast.test/title${at}`,
      answers(
        STORY.replace(/<title>.*<\/title>/, `<title>${title}</title>`)
          .replace(/<h1>.*<\/h1>/, '')
          .replace('<nav>', `<h1>${heading}</h1><nav>`)
      )
    )
    t.match(seen(t, await read(`coast.test/title${at}`)), `front page ${shown} Original source`, title)
  }
})

t.test(
  'links to other articles between the paragraphs, and invitations to follow the site, are no part of an article',
  async t => {
    const link = (name: string): string => `<a href="/${name}">${name} of the sea</a>`
    origin.on(
      'http://coast.test/more',
      answers(`<html><head><title>Salt</title></head><body><article><h1>Salt</h1><p>${PROSE.repeat(4)}</p>
<h4>More:</h4><ul><li>${link('gulls')}</li></ul><ul><li>${link('whales')}</li></ul>
<p>${PROSE}</p><p>Lire aussi : ${link('tempests')}</p><p><b>Read more: ${link('fogs')}</b></p><p>関連記事 ${link('currents')}</p>
<p>More ships came, as ${link('harbours')} tell, than in the years before. ${PROSE}</p><h4>Related</h4><p>Salt is related to the sea. ${PROSE}</p>
<h4>See also</h4><ul><li>${link('pepper')}</li></ul>
<p>Follow the lighthouse on <a href="https://www.facebook.com/light">Facebook</a> and <a href="https://x.com/light">X</a>.</p>
<p>He wrote to <a href="https://x.com/keeper/1">the other keeper</a>. ${PROSE}</p></article></body></html>`)
    )
    const text = seen(t, await read('coast.test/more'))
    for (const gone of ['gulls', 'whales', 'More:', 'tempests', 'aussi', 'fogs', 'currents', 'Follow'])
      t.notMatch(text, gone)
    for (const kept of ['More ships came', 'harbours', 'Salt is related', 'See also', 'pepper', 'the other keeper'])
      t.match(text, kept)
    t.match((await visitPage('http://coast.test/more')).text, /gulls[^]*whales[^]*tempests/, 'the page has them')
  }
)

const BROWSERS = ['nav3', 'html4', 'mosaic', 'text', 'tiny'] as const

t.test('comments are a page of their own, for every browser', async t => {
  const comment = (who: string, day: number, text: string): string =>
    `<li class="comment"><b class="comment-author">${who}</b> <time datetime="2026-07-0${day}T08:00:00Z">${day} July 2026</time>
<div class="comment-content"><p>${text}</p></div><a href="/reply">Reply to it</a></li>`
  const comments = `<section id="comments"><h2>Two opinions</h2><ol>${comment('Cleo', 4, 'The stairs are steep.')}${comment('Ben Lee', 5, 'Is it open in winter?')}</ol></section>`
  origin.on('http://coast.test/discussed', answers(STORY.replace('<aside>', `${comments}<aside>`)))
  for (const browser of BROWSERS) {
    const answer = await read('coast.test/discussed', browser)
    const text = seen(t, answer, browser)
    t.match(text.trim(), /Comments \(2\) (<|\() Back to coast\.test front page$/, `${browser}: a link at the end`)
    t.notMatch(text, /steep|winter|Reply to it/, `${browser}: and none of them in the text`)
    const [, address = ''] = /HREF="([^"]*)">\s*Comments/.exec(answer.text) ?? []
    t.match(address, /^http:\/\/retrograde\/comments\?url=coast\.test\/discussed$/)
    const shown = await get(proxy.port, address, { browser })
    t.match(
      seen(t, shown, browser),
      /Back to The lighthouse - Coast News .*Comments \(2\) .*Cleo, 4 July 2026 The stairs are steep\..* Ben Lee, 5 July 2026 Is it open in winter\?/,
      `${browser}: who, when and what`
    )
    t.match(shown.text, /HREF="http:\/\/retrograde\/read\?url=coast\.test\/discussed"/, `${browser}: the way back`)
  }
  t.match(
    seen(t, await get(proxy.port, 'http://retrograde/comments?url=coast.test/story', { browser: 'nav3' })),
    /No comments This page has none/
  )
  t.match(seen(t, await visitPage('http://coast.test/discussed')), /steep.*winter/, 'the page itself has them')
})

t.test('a thread and a product, for every browser, with data that are not well made', async t => {
  const post = (who: string, day: number, text: string): string =>
    `<div class="post" style="display"><span class="username">${who}</span> <span class="date">${day} July 2026</span><div class="post-body"><p>${text}</p></div><div class="signature">Salt</div><a href="/quote">Quote</a></div>`
  origin.on(
    'http://coast.test/thread',
    answers(
      page(
        '<script type="application/ld+json">{"@graph": [{"@type": "DiscussionForumPosting", "headline": "Which oil?",},],}</script>',
        post('ada', 1, PROSE) + post('ben', 2, 'Colza.')
      )
    )
  )
  origin.on(
    'http://coast.test/lamp',
    answers(
      page(
        '<script type="application/ld+json"><!-- [{"@type": ["Product"], "name": "Lamp", "offers": [{"price": "12.50", "priceCurrency": "USD", "availability": "InStock"},]},] --></script>',
        `<h1>Lamp</h1><p>$12.50</p><p>${PROSE.repeat(2)}</p>`
      )
    )
  )
  for (const browser of BROWSERS) {
    const thread = seen(t, await read('coast.test/thread', browser), browser)
    t.match(thread, /Which oil\? Original source .*ada, 1 July 2026 The keeper .*ben, 2 July 2026 Colza\./, browser)
    t.notMatch(thread, /Salt|Quote/, `${browser}: no signature, no buttons`)
    const lamp = seen(t, await read('coast.test/lamp', browser), browser)
    t.match(lamp, /Lamp Original source \(on modern site\) \$12\.50 \| In stock The keeper/, browser)
  }
})
