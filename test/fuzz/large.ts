import fc from 'fast-check'
import type { CostCase } from './cost.js'

// Documents as large as they may be: one or two long runs of units, in wrappers that may lie deep in each other.

const NAMES = (
  'a b i p div span li ul ol dl dt dd td tr table th h1 h2 h3 h4 svg section article aside nav header footer figure figcaption blockquote pre code form select option button label textarea fieldset legend ' +
  'details summary template iframe video audio object embed picture noscript time small strong em sup sub ruby rb rt rp center font map caption tbody thead main dialog address cite q abbr meter progress math ' +
  'mrow canvas menu bdo bdi x-y marquee optgroup datalist output'
).split(' ')
const EMPTY = 'img br hr input area source embed path use wbr col track meta link base'.split(' ')
const AROUND =
  'div div section form ul ol li table tbody tr td p a nav main article header footer aside dl dd figure fieldset label select button details blockquote pre center font span h2 svg ruby'.split(
    ' '
  )

const CLASSES = [
  ...['', '', '', 'icon', 'share social', 'nav menu', 'related posts', 'comment', 'comment-body', 'comments list'],
  ...['price', 'ad banner', 'cookie consent', 'breadcrumb', 'pagination', 'carousel slide', 'tab', 'hidden', 'logo'],
  ...['card product', 'author byline', 'toc', 'post-body', 'post', 'gallery', 'rating stars', 'widget sidebar', 'tag'],
  ...['caption', 'quote', 'newsletter', 'skip-link', 'modal', 'dropdown', 'message', 'reply', 'vote', 'answer', 'c{}']
]
const ATTRIBUTES = [
  ...['', '', '', 'href=/x', 'href=/x{}', 'href=#m', 'href=#i{}', 'id=i{}', 'id=i', 'src=/a{}.png', 'role=button'],
  ...['src=/a.png width=10 height=10', 'width=99 height=99', 'role=tab', 'role=navigation', 'role=listitem'],
  ...[
    'role=row',
    'role=cell',
    'role=heading',
    'role=comment',
    'style="display:none"',
    'style="display:flex"',
    'hidden'
  ],
  ...['style="float:left"', 'style="text-align:center"', 'style="color:red;background:#fff"', 'style="--a:var(--b)"'],
  ...['aria-hidden=true', 'aria-label="word {}"', 'aria-labelledby=i{}', 'aria-labelledby="i i{} i1"', 'dir=rtl'],
  ...['aria-controls=i{}', 'aria-describedby=i', 'title="word {}"', 'itemprop=name', 'itemprop=comment itemscope'],
  ...['itemscope itemtype="http://schema.org/Product"', 'itemprop=articleBody', 'name=n{}', 'value=v', 'type=checkbox'],
  ...['type=hidden', 'type=radio', 'type=submit', 'datetime=2020-01-01', 'data-src=/b{}.jpg', 'alt="word"', 'for=i{}'],
  ...['srcset="/a.png 1x, /b{}.png 2x"', 'colspan=3', 'rowspan=999', 'colspan={} rowspan={}', 'align=center'],
  ...['onclick="x()"', 'href="https://facebook.com/sharer?u={}"', 'href="mailto:a@b.c"', 'href="javascript:void(0)"'],
  ...['usemap=#m', 'form=i{}', 'list=i{}', 'srcdoc="<p>x"', 'http-equiv=refresh content=9', 'start={}', 'headers=i{}']
]
const WORDS = [
  ...['w', 'word and more', 'This is a sentence of several words, which ends here. ', '1', '12.50 €', 'Share', '\n'],
  ...[
    'Read more',
    'by Anna Smith',
    '3 comments',
    'Menu',
    'x{}',
    '|',
    '•',
    '>',
    'Next',
    '2 days ago',
    'Cookie',
    'Quote'
  ],
  ...['Reply', '', '', 'Title {}', 'Copyright 2020', '★', 'Comments', 'Related', '3 May 2009', '漢字', 'אבג', '&lrm;x'],
  ...['&amp;', '&notin', '<!-- x -->', '<!-- x', '<![CDATA[x]]>', '{{x}}', 'http://a.b/{}', '“', '\u200B', '\u0301']
]

const pick = (list: readonly string[]): fc.Arbitrary<string> => fc.constantFrom(...list)
const oneIn = (times: number, some: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.oneof({ weight: 1, arbitrary: some }, { weight: times - 1, arbitrary: fc.constant('') })

const startTag = (names: readonly string[]): fc.Arbitrary<{ readonly name: string; readonly tag: string }> =>
  fc
    .tuple(pick(names), pick(CLASSES), pick(ATTRIBUTES), oneIn(3, pick(ATTRIBUTES)))
    .map(([name, classes, one, two]) => ({
      name,
      tag: `<${name}${classes === '' ? '' : ` class="${classes}"`} ${one} ${two}>`
    }))
/** What is forgotten now and then. */
const end = (name: string): fc.Arbitrary<string> =>
  fc.oneof({ weight: 9, arbitrary: fc.constant(`</${name}>`) }, { weight: 1, arbitrary: fc.constant('') })

const emptyElement = startTag(EMPTY).map(({ tag }) => tag)
/** An element with some others in it, so many deep. */
function element(depth: number): fc.Arbitrary<string> {
  const inside = depth === 0 ? pick(WORDS) : fc.oneof(element(depth - 1), pick(WORDS))
  const whole = fc
    .tuple(startTag(NAMES), fc.array(inside, { minLength: 1, maxLength: 2 }))
    .chain(([{ name, tag }, within]) => end(name).map(close => tag + within.join('') + close))
  return fc.oneof({ weight: 5, arbitrary: whole }, { weight: 1, arbitrary: emptyElement })
}
/** The smaller a unit, the more of them stand beside each other in a page. */
const unit = fc.oneof(
  { weight: 4, arbitrary: element(0) },
  { weight: 2, arbitrary: element(1) },
  { weight: 1, arbitrary: element(2) }
)
const units = fc
  .tuple(
    fc.oneof({ weight: 2, arbitrary: fc.tuple(unit) }, { weight: 1, arbitrary: fc.tuple(unit, unit) }),
    pick(WORDS),
    oneIn(3, pick(WORDS))
  )
  .map(([some, separator, after]) => some.join(separator) + after)

/** What comes again and again, and what stands before and behind all of it. */
type Run = readonly [open: string, piece: string, close: string]

/** One long text, attribute or list of rules: a piece of it for each piece of the other run. */
const LONG: readonly Run[] = [
  ['<p>', 'word ', '</p>'],
  ['<p>', 'This is a sentence of several words, which ends here. ', '</p>'],
  ['<p>', 'wordwithoutablank', '</p>'],
  ['<p>', '漢字', '</p>'],
  ['<p>', 'אב x ', '</p>'],
  ['<p>', '&amp;&eacute;', '</p>'],
  ['<h1>', 'word ', '</h1>'],
  ['<title>', 'word ', '</title>'],
  ['<p title="', 'word {} ', '">x'],
  ['<p id=i title=x class="', 'c{} ', '">x'],
  ['<a href="/', 'x{}', '">word</a>'],
  ['<a href="#', 'x', '">word</a>'],
  ['<img src=a.png alt="', 'word ', '">'],
  ['<img src=a.png srcset="', 'i{}.jpg {}w, ', '">'],
  ['<p style="', 'color:red;', '">x'],
  ['<p aria-labelledby="', 'i{} ', '">x'],
  ['<base href="/', 'x/', '">'],
  ['<meta name=description content="', 'word ', '">'],
  ['<!--', ' word', '-->'],
  ['<pre>', 'word {}\n', '</pre>'],
  ['<textarea name=a>', 'word {}\n', '</textarea>'],
  ['<iframe srcdoc="', '<p>x', '"></iframe>'],
  ['<noscript>', '<p>x</p>', '</noscript>'],
  ['<template>', '<p>x</p>', '</template>'],
  ['<svg width=99 height=99>', '<path d=M{}></path>', '</svg>'],
  ['<script>', 'a{}={"b":[{},"c"]};', '</script>'],
  ['<style>', '.c{}{display:none}', '</style>'],
  ['<style>', '.comment{display:none}', '</style>'],
  ['<style>', 'p:nth-child({}n+1)~b{font-weight:bold}', '</style>'],
  ['<style>', 'div:has(.c{})>p:not(.a)~i{display:none}', '</style>'],
  ['<style>', '.a .b .c{} p,[class*="c{}"] *{color:red}', '</style>'],
  ['<style>', ':root{--a{}:var(--a{})}.c{color:var(--a{})}', '</style>'],
  ['<style>', '@media (min-width:{}px){.a{display:none}', '</style>'],
  ['', '<style>.c{},.tab{float:left}</style>', ''],
  ['<script type="application/ld+json">[', '{"@type":"Product","name":"word {}"},', '{}]</script>'],
  ['<script type="application/ld+json">{"@type":"Article","articleBody":"', 'word {} ', '"}</script>'],
  ['<script type="application/ld+json">', '{"@type":"Comment","text":"w{}","comment":', '</script>'],
  ['<div id=root></div><script type=application/json>{"a":[', '{"title":"w{}","text":"<p>word"},', '{}]}</script>'],
  ['<div id=root></div><script type=application/json>', '{"text":"word {}","a":[', '</script>'],
  ['<table><tr>', '<td rowspan={} colspan=1000>x', '</table>'],
  ['<table>', '<tr><td>12.50<td>word {}', '</table>'],
  ['<dl>', '<dt>word {}<dd>more', '</dl>'],
  ['<map name=m>', '<area href=/{} coords=1,2,3,4 alt=x>', '</map>'],
  ['<select name=s>', '<option value={}>word {}', '</select>'],
  ['<ruby>', '漢<rt>kan', '</ruby>'],
  ['<form id=f action=/x>', '<input type=hidden name=a{} value=b>', '</form>'],
  ['<ul>', '<li><a href="?page={}">{}</a>', '</ul>'],
  ['', '<a href=#i{}>x</a>', ''],
  ['', '<p id=i{}>x', '']
]

const PARTS = ['', '<div class=related>', '<form action=/s>', '<ul>', '<table>', '<article>', '<div class=comments>']
const run: fc.Arbitrary<Run> = fc.oneof(
  { weight: 3, arbitrary: fc.tuple(pick(PARTS), units, fc.constant('')) },
  { weight: 2, arbitrary: fc.constantFrom(...LONG) }
)

/** How often wrappers stand in each other: next to as deep as trees may be, now and then. */
const DEPTHS = [1, 1, 1, 1, 20, 180]
const wrappers: fc.Arbitrary<readonly [open: string, close: string]> = fc
  .tuple(fc.array(startTag(AROUND), { maxLength: 3 }), fc.constantFrom(...DEPTHS), fc.boolean())
  .map(([some, depth, isClosed]) => {
    const times = Math.ceil(depth / Math.max(1, some.length))
    const close = some.map(({ name }) => `</${name}>`).reverse()
    return [
      some
        .map(({ tag }) => tag)
        .join('')
        .repeat(times),
      isClosed ? close.join('').repeat(times) : ''
    ]
  })

const HEADS = [
  '',
  '<title>Title</title>',
  '<meta property=og:title content=Title><title>Title</title>',
  '<style>.card{display:flex}.hidden{display:none}.tab{float:left}.icon{width:16px}</style>'
]

/** Pages of which nobody has thought, whose runs are as long as pages may be. */
export const largePage: fc.Arbitrary<CostCase> = fc
  .record({
    head: pick(HEADS),
    around: wrappers,
    above: oneIn(2, unit),
    behind: oneIn(2, unit),
    first: run,
    second: fc.oneof({ weight: 1, arbitrary: run }, { weight: 1, arbitrary: fc.constant<Run>(['', '', '']) }),
    isFirstOutside: fc.boolean(),
    profile: fc.constantFrom('nav3', 'nav3', 'mosaic', 'tiny', 'html4', 'pda', 'text'),
    view: fc.constantFrom('page', 'reader', 'reader', 'comments', 'menu', 'article'),
    parts: fc.boolean()
  })
  .map(({ head, around, above, behind, first, second, isFirstOutside, profile, view, parts }) => {
    const [open, close] = around
    const outside = isFirstOutside ? '' : open
    return {
      before: `${head}<body>${outside}${above}${first[0]}`,
      piece: first[1],
      between: `${first[2]}${isFirstOutside ? open : ''}${second[0]}`,
      end: second[1],
      after: `${second[2]}${close}${behind}`,
      profile,
      view,
      parts
    }
  })

/** Documents that are no HTML, the same way. */
const FORMS: readonly (readonly [contentType: string, before: string, pieces: readonly string[], after: string])[] = [
  [
    'text/plain',
    '',
    ['word {}\n', 'word\n\n', 'http://a.b/{} ', 'x', '> ', '\t', '* word\n', '---\n', '漢', '=\n'],
    ''
  ],
  [
    'text/plain',
    '',
    ['a,b{},"c d"\n', 'a\tb\n', '1word\t/x{}\thost\t70\n', '[1] word\n', 'From: a\n', '\f', '\x1b[1m'],
    ''
  ],
  [
    'text/markdown',
    '',
    ['# word {}\n', '[a{}]: /x\n[a{}] ', '![a](b) ', '- word\n', '  - w\n', '|a|b|\n|-|-|\n', '`', '<b>'],
    ''
  ],
  [
    'text/markdown',
    '',
    ['[^a{}] ', '*_', '1. w\n', '> > ', '```\n', '~~w~~ ', '&amp;', '\\', 'a\n===\n', '<!--', '| x '],
    ''
  ],
  [
    'application/json',
    '[',
    ['{"a{}":1},', '[', '{"a":', '"word",', '{"title":"w{}","url":"/x"},', '1,', '"\\u00e9",'],
    '0'
  ],
  [
    'application/xml',
    '<a>',
    ['<b c="{}">x</b>', '<b>', '<!-- -->', '<![CDATA[x]]>', '&amp;', '<?x?>', '<b xmlns:a{}="x"/>'],
    ''
  ],
  [
    'application/rss+xml',
    '<rss version="2.0"><channel><title>word</title>',
    [
      '<item><title>word {}</title><link>/x{}</link><description>&lt;p&gt;word</description></item>',
      '<item>',
      '<item/>',
      '<category>w{}</category>',
      '<item><description><![CDATA[<div><p>word {}]]></description></item>'
    ],
    '</channel></rss>'
  ],
  [
    'application/atom+xml',
    '<feed xmlns="http://www.w3.org/2005/Atom"><title>word</title>',
    [
      '<entry><title>word {}</title><id>{}</id><link href="/x{}"/><content type="html">w</content></entry>',
      '<link href=x/>'
    ],
    '</feed>'
  ],
  [
    'text/vnd.wap.wml',
    '<wml>',
    [
      '<card id="c{}"><p>word <a href="#c{}">w</a></p></card>',
      '<p><do type="accept"><go href="#c{}"/></do></p>',
      '<p>'
    ],
    '</wml>'
  ]
]

export const largeDocument: fc.Arbitrary<CostCase> = fc.constantFrom(...FORMS).chain(([type, before, pieces, after]) =>
  fc.record({
    contentType: fc.constant(`${type}; charset=utf-8`),
    before: fc.constant(before),
    piece: fc.array(pick(pieces), { minLength: 1, maxLength: 3 }).map(some => some.join('')),
    end: oneIn(2, pick(pieces)),
    after: fc.constant(after),
    profile: fc.constantFrom('nav3', 'tiny', 'mosaic', 'text'),
    view: fc.constantFrom('page', 'page', 'reader'),
    parts: fc.boolean()
  })
)
