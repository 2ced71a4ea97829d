import t from 'tap'
import { VIEWS } from '../../../src/page/step.js'
import { convertPage, jobFor, profileOf } from '../../helpers/context.js'

/** A page that has a word wherever a page may have one of its own where we know some: in tables of ours it is none. */
const pageWith = (word: string): string => `<html lang=${word} dir=${word}><head><meta name=${word} content=${word}>
<meta property=${word} content=x><link rel=${word} href=a><style media=${word}>p{${word}:${word};color:${word}}</style>
<title>A page</title></head><body ${word}=1><p align=${word} role=${word} class=${word} style="${word}:${word};display:${word}">One</p>
<img src=a.png usemap="#m" align=${word} loading=${word} width=100 height=100 alt=Plan>
<map name=m><area shape=${word} coords="1,1,20,20" href=b alt=House></map>
<form action=c method=${word} enctype=${word}><input type=${word} name=${word}><button type=${word}>Go</button></form>
<ol type=${word}><li type=${word} value=${word}>Two</ol><ul type=${word}><li>Three</ul>
<table align=${word} frame=${word}><tr valign=${word}><th scope=${word}>Four<td align=${word}>Five</table>
<${/^[a-z]+$/i.test(word) ? word : 'i'}>Six</${word}>&${word}; <a href=d rel=${word} target=${word}>Seven</a>
<iframe src=e loading=${word}></iframe><video src=f preload=${word}></video><br clear=${word}><font size=${word} color=${word}>x</font>
<script type="application/ld+json">{"@type":"${word}","${word}":"${word}"}</script></body></html>`

t.test('names of what every object has are words like any other', t => {
  for (const word of Object.getOwnPropertyNames(Object.prototype)) {
    // Of the same length and kind, so that it is quoted as the word is, and lines end where they did.
    const other = word.replace(/[a-z]/gi, 'z')
    for (const id of ['mosaic', 'nav3', 'html4']) {
      for (const view of VIEWS) {
        const written = (text: string): string =>
          Buffer.from(convertPage(jobFor(Buffer.from(text), profileOf(id), { view })).body)
            .toString('latin1')
            .replaceAll(new RegExp(word, 'gi'), other)
        t.equal(written(pageWith(word)), written(pageWith(other)), `${word} for ${id}, as ${view}`)
      }
    }
  }
  t.end()
})

t.test('what feeds say in other words, and feeds that were cut', t => {
  const shown = (feed: string): string =>
    Buffer.from(
      convertPage(jobFor(Buffer.from(feed), profileOf('lite'), { contentType: 'application/xml' })).body
    ).toString()
  const rss = (item: string, end = '</channel></rss>'): string =>
    shown(
      `<rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>Feed</title><link>http://feed.test/</link><item>${item}</item>${end}`
    )
  t.match(
    rss('<title>Whole</title><description>words</description>', '<item><title>Half</ti'),
    /Whole[^]*words/,
    'a feed that was cut has the items that are whole'
  )
  t.match(
    rss('<title>A</title><itunes:summary>Heard</itunes:summary><itunes:author>Ann</itunes:author>'),
    /Ann[^]*Heard/
  )
  t.match(rss('<title>A</title><dc:description>Said</dc:description>'), /Said/)
  t.match(rss('<dc:title>Called</dc:title>'), /Called/)
  t.match(rss('<title>A</title><atom:link href="http://feed.test/a"/>'), /HREF="http:\/\/feed\.test\/a"/)
  t.match(rss('<title>A</title><media:group><media:description>Seen</media:description></media:group>'), /Seen/)
  t.match(rss('<title>How to use &lt;template&gt; and &lt;b&gt;slots&lt;/b&gt;</title>'), /template&gt; and slots</)
  const atom = (entry: string): string =>
    shown(
      `<feed xmlns="http://www.w3.org/2005/Atom" xmlns:media="http://search.yahoo.com/mrss/"><title>Feed</title><id>x</id><entry>${entry}</entry></feed>`
    )
  t.match(atom('<title>A</title><id>http://feed.test/entry</id>'), /HREF="http:\/\/feed\.test\/entry"/)
  t.match(
    atom('<title>A</title><id>y</id><media:group><media:description>Seen</media:description></media:group>'),
    /Seen/
  )
  t.end()
})

t.test('a page that is no article has what it is about first for those who want to read first as well', t => {
  const item = (name: string): string =>
    `<li><h3><a href="/${name}">${name} lamp of brass</a></h3><p>A lamp for the desk, with a wick and a chimney of glass.</p><p>$12</p></li>`
  const page = `<title>Lamps - Shop</title><header><a href=/>Shop</a> <a href=/a>Account</a> <a href=/b>Basket</a> <a href=/h>Help</a>
<a href=/n>News</a></header><main><h1>Lamps of our shop</h1><p>All of these are made by hand, and each is tried before it leaves the house.</p>
<ul>${['Tin', 'Oil', 'Ship', 'Storm', 'Road', 'Barn', 'Hand', 'Pier'].map(item).join('')}</ul></main>`
  const shown = (view: 'page' | 'article'): string =>
    Buffer.from(convertPage(jobFor(Buffer.from(page), profileOf('nav3'), { view })).body).toString('latin1')
  for (const view of ['page', 'article'] as const)
    t.ok(shown(view).indexOf('Lamps of our shop</H1>') < shown(view).indexOf('Account'), view)
  t.end()
})

t.test('a thread without what only scripts of its forum could follow', t => {
  const post = (who: string, text: string): string =>
    `<article class="message"><a class="username" href="/members/${who}">${who}</a> <time datetime="2024-05-03T10:00:00Z">May 3, 2024</time>
<div class="message-body">${text}</div></article>`
  const quoted =
    '<blockquote><a href="#p1">ada said:</a> Which oil is best for a lamp in the hall?<div><a role="button">Click to expand...</a></div></blockquote>'
  const page = `<title>Oil for lamps</title><h1>Oil for lamps</h1><main>${post('ada', 'Which oil is best for a lamp in the hall, where it burns for all of the night and nobody trims its wick?')}${post('ben', `${quoted}Colza, as my grandfather had it in all of his lamps, and they never smoked.`)}</main>
<script type="application/ld+json">{"@type": "DiscussionForumPosting", "headline": "Oil for lamps"}</script>`
  const body = Buffer.from(convertPage(jobFor(Buffer.from(page), profileOf('nav3'), { view: 'reader' })).body)
  const shown = body.toString('latin1')
  t.match(shown, /<B>ada<\/B>[^]*<B>ben<\/B>[^]*ada said:[^]*Colza/)
  t.notMatch(shown, /Click to expand/)
  t.end()
})

t.test('frames within a drawing make no page of frames', t => {
  const page = '<p>A page<input><svg><frameset><frame src=a></frameset></svg></p>'
  const written = Buffer.from(convertPage(jobFor(Buffer.from(page), profileOf('nav3'))).body).toString()
  t.notMatch(written, /<input|<frameset/i, 'and what no page of today has without a form goes')
  t.match(written, 'A page')
  t.end()
})

t.test('lines of a text that is not shown end as a browser sends them', t => {
  const page =
    '<p>Write to the keeper.</p><form action="/say" method="post"><input name="who"><textarea name="note" style="display:none">One\nTwo "2"&#13;3</textarea><button>Say it</button></form>'
  const { body } = convertPage(jobFor(Buffer.from(page), profileOf('nav3')))
  t.match(
    Buffer.from(body).toString('latin1'),
    /VALUE="~utf8\.One\*0D\*0ATwo\*20.{5,20}\*0D\*0A3/,
    'as what a form says again'
  )
  t.end()
})
