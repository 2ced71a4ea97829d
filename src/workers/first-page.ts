import type { PageJob } from '../page/convert.js'

/** A client, as a page is converted for it. */
export type PageClient = Pick<PageJob, 'profile' | 'display'>

/** What stands on most pages: a menu, a form, an article, pictures, a table, comments, other articles, a foot. */
const HTML = `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Lamps at the harbour | The Herald</title>
<meta name="description" content="What the new lamps cost."><meta property="og:type" content="article">
<link rel="canonical" href="/news/lamps"><link rel="stylesheet" href="/look.css">
<script type="application/ld+json">{"@context": "https://schema.org", "@type": "NewsArticle",
"headline": "Lamps at the harbour", "author": {"@type": "Person", "name": "Ann Miller"}, "datePublished": "2024-05-03"}
</script><style>.side, .menu { float: left } .gone { display: none } @media print { .menu { display: none } }
.icon { width: 16px; height: 16px } .name { font-weight: bold }</style></head>
<body><header class="top"><a href="/"><img src="/logo.png" alt="The Herald" width="120" height="40"></a>
<form action="/search"><input type="search" name="q" placeholder="Search">
<select name="in"><option>News<option selected>All</select><button type="submit">Go</button></form>
<nav class="menu"><ul><li><a href="/news/">News</a><li><a href="/sport/">Sport</a><li><a href="/culture/">Culture</a>
<li><a href="/people/">People</a><li><a href="/log-in">Log in</a></ul></nav></header>
<main><article class="story"><h1>Lamps at the harbour</h1>
<p class="byline">By <a href="/people/ann">Ann Miller</a>, <time datetime="2024-05-03">3 May 2024</time></p>
<figure><picture><source type="image/webp" srcset="/i/lamp-320.webp 320w, /i/lamp-640.webp 640w">
<img class="lazy" data-src="/i/lamp.jpg" src="/i/blank.gif" width="640" height="360" alt="A lamp"></picture>
<figcaption>A lamp at the pier. Photo: T. Smith</figcaption></figure>
<p>The town has put up forty new lamps along the quay, and it took the workers <b>three weeks</b> to bring all of them to
where they stand, because the old ones could not be taken down before. They cost 1,200 a piece.</p>
<p>“We could not see where we went,” says the master of the harbour, who has asked for them since
<a href="/news/1998">the winter of 1998</a> – and who is <em>very glad</em> of it today. So are most of those who live
there: the owner of the café, fishermen, and guests.</p>
<h2 id="cost">What they cost</h2><ul><li>Lamps: 48,000<li>Work: 21,500<li><a href="#who">Who looks after them</a></ul>
<table class="data"><tr><th>Year</th><th>Lamps</th></tr><tr><td>2022</td><td>12</td></tr>
<tr><td>2023</td><td>40</td></tr></table><blockquote>It is as bright as day.</blockquote><pre><code>lamp --on 40
</code></pre><h2 id="who">Who looks after them</h2><p>Two people of the town look at each of the lamps once a month, from
the first one at the church to the last one at the lighthouse. Whoever sees one that is out can write to them.</p>
<div class="share"><a href="https://social.example/share?url=x">Share</a> <a href="mailto:?subject=Lamps">Mail</a></div>
</article><section id="comments" class="comments"><h3>2 comments</h3>
<div class="comment"><span class="name">Tom</span> <span class="date">4 May 2024</span>
<p>At last. We have waited for them long enough.</p><a href="#">Reply</a></div>
<div class="comment"><span class="name">Eve</span> <span class="date">5 May 2024</span>
<p>They are too bright, I cannot sleep any more.</p></div></section>
<aside class="related"><h3>More from The Herald</h3><ul>
<li><a href="/news/2"><img src="/i/2.jpg" width="80" height="60" alt=""> A new boat for the pilots</a>
<li><a href="/news/3">The fish market moves</a><li><a href="/news/4">Rain until Friday</a></ul></aside></main>
<div class="gone">Cookies</div><noscript>Please turn on JavaScript.</noscript><iframe src="/films/1"></iframe>
<footer><ul><li><a href="/about">About us</a><li><a href="/privacy">Privacy</a><li><a href="/contact">Contact</a></ul>
<p>© 2024 The Herald. All rights reserved.</p></footer></body></html>`

const CSS = '.gone { visibility: hidden } .side { display: flex; flex-direction: row } ul.menu li { display: inline }'

/**
 * A made page that a thread converts before the first one that comes, while its site has yet to answer: what V8 compiles
 * for it, patterns above all, the real one would wait for. That takes half of what it took, or a fifth where it is small,
 * and both together no more than it took alone (measured with Node 20.20, 38 pages).
 */
export function firstPage({ profile, display }: PageClient): PageJob {
  const bytes = Buffer.from(HTML)
  return {
    bytes,
    contentType: 'text/html',
    url: 'https://herald.example/news/lamps',
    profile,
    display,
    choices: { images: 'inline', originalSource: 'bottom', figures: 'on', feedLinks: 'on', archiveLink: 'on' },
    portal: 'http://retrograde',
    gateway: '',
    originBytes: bytes.length,
    maxElements: 1000,
    view: 'page',
    sheets: [{ url: 'https://herald.example/look.css', contentType: 'text/css', bytes: Buffer.from(CSS) }]
  }
}
