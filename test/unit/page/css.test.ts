import t from 'tap'
import { decodeSheet } from '../../../src/charset/decode.js'
import { createCascade } from '../../../src/page/css/cascade.js'
import { reachOf } from '../../../src/page/css/media.js'
import { createSheetReader, type ReadSheets } from '../../../src/page/css/sheets/read-sheets.js'
import { readSelector } from '../../../src/page/css/selector.js'
import { skim } from '../../../src/page/css/sheets/skim.js'
import { parse } from '../../../src/page/tree/parse.js'
import { sheetLinks } from '../../../src/page/needs/sheet-links.js'
import { elements } from '../../../src/page/tree/tree.js'

const rulesOf = (text: string, media = ''): ReturnType<ReadSheets> => createSheetReader()([{ media, text }])
/** What the cascade says of the first EM of markup. */
function styleOf(css: string, markup: string): unknown {
  const [em] = elements(parse(markup, 1000).document, 'em')
  return { ...createCascade(rulesOf(css).screen, true)(em!) }
}

t.test('selectors', t => {
  const rows: ReadonlyArray<readonly [string, boolean]> = [
    ['em', true],
    ['EM', true],
    ['*', true],
    ['b', false],
    ['.x', true],
    ['.x.y', true],
    ['.x.z', false],
    ['em.x', true],
    ['.X', false],
    ['.xx', false],
    ['#i', true],
    ['#j', false],
    ['em#i.x[data-a]', true],
    ['div em', true],
    ['div>em', false],
    ['p > em', true],
    ['p>em', true],
    ['div > p > em', true],
    ['div div em', false],
    ['html .o em', true],
    ['.o > em', false],
    ['section em', false],
    ['body .o>p em.x', true],
    ['a b c d e f em', false],
    ['[data-a]', true],
    ['[data-a=one]', true],
    ['[data-a="one"]', true],
    ["[data-a='two']", false],
    ['[data-a^=on]', true],
    ['[data-a$=ne]', true],
    ['[data-a*=n]', true],
    ['[data-a*=""]', false],
    ['[class~=y]', true],
    ['[lang|=en]', true],
    ['.md\\:w-1\\/2', true],
    ['.\\32xl', true],
    ['em:hover', false],
    ['em::before', false],
    ['em:not(.q)', false],
    ['b+em', false],
    ['b~em', false],
    ['>em', false],
    ['em>', false],
    ['', false],
    ['em[', false],
    ['em..x', false],
    ['&.x', false],
    ['em/**/', false]
  ]
  const markup = '<div class=o><p><em id=i class="x y md:w-1/2 2xl" data-a=one lang=en-GB>z</em></p></div>'
  for (const [selector, matches] of rows)
    t.equal(Object.keys(styleOf(`${selector}{display:none}`, markup) as object).length === 1, matches, selector)
  t.equal(readSelector('#a .b c')?.specificity, 65536 + 256 + 1)
  t.equal(readSelector('a b c d e f g'), undefined, 'too long')
  t.equal(readSelector(`.${'a'.repeat(400)}`), undefined, 'much too long')
  t.end()
})

t.test('the cascade', t => {
  const rows: ReadonlyArray<readonly [string, string, object]> = [
    ['.a{display:none}.b{display:block}', 'a b', { display: 'shown', flow: 'block' }],
    ['.b{display:block}.a{display:none}', 'a b', { display: 'none', flow: 'block' }],
    ['em.a{display:none}.b{display:block}', 'a b', { display: 'none', flow: 'block' }],
    ['.a{display:none!important}em.b{display:block}', 'a b', { display: 'none', flow: 'block' }],
    ['.a{display:none ! important}.b{display:block!important}', 'a b', { display: 'shown', flow: 'block' }],
    ['.a{display:none;display:block}', 'a', { display: 'shown', flow: 'block' }],
    ['.a{display:NONE}', 'a', { display: 'none' }],
    ['.a{display:var(--x)}', 'a', { display: 'shown' }],
    ['.a{color:red;margin:0}', 'a', {}],
    ['em{font-weight:bold;text-transform:uppercase}', '', { upper: 'yes' }],
    ['.a{font-weight:inherit}', 'a', {}],
    ['.a{font:bold 12px/1.5 x}', 'a', { bold: 'yes', italic: 'no' }],
    ['.a{font:12px "Arial Bold"}', 'a', { bold: 'no', italic: 'no' }],
    ['.a{font-weight:550}.a{font-style:oblique}', 'a', { bold: 'no', italic: 'yes' }],
    ['.a{text-decoration:underline dotted}', 'a', { line: 'none' }],
    ['.a{white-space:pre-line}.b{white-space:nowrap}', 'a b', { space: 'normal' }],
    ['.a{position:absolute;left:-9999px}', 'a', { offscreen: 'yes' }],
    ['.a{position:absolute;left:-9px;clip:auto}', 'a', { offscreen: 'no' }],
    ['.a{left:-9999px}', 'a', {}],
    [
      '.a{position:absolute!important;width:1px!important;height:1px!important;clip:rect(0 0 0 0)!important}',
      'a',
      { offscreen: 'yes' }
    ],
    ['.a{opacity:0}', 'a', { faint: 'yes' }],
    ['.a{opacity:0}.b{opacity:.5;display:block}', 'a b', { faint: 'no', display: 'shown', flow: 'block' }],
    ['.icon{width:1.5em;color:red}', 'icon', { wide: '1.5em' }],
    ['.icon{width:20px}.icon{width:auto}', 'icon', { wide: '20px' }],
    ['.box{width:20px}', 'box', {}],
    ['.a{position:absolute;clip-path:inset(50%)}.b{position:static;clip:auto}', 'a b', { offscreen: 'no' }],
    ['.a{list-style:none}', 'a', { marker: 'no' }],
    ['.a{x{y:z}display:none}', 'a', { display: 'none' }],
    ['.a{@media (width >= 48rem){display:none}}', 'a', { display: 'none' }],
    ['.a{@media (width >= 90rem){display:none}}', 'a', {}],
    ['@media screen\n  and (min-width: 1px) and\n (max-width: 2000px){.a{display:none}}', 'a', { display: 'none' }],
    ['@supports (display:grid){.a{display:none}}', 'a', { display: 'none' }],
    ['@supports not (display:grid){.a{display:none}}', 'a', {}],
    ['@layer base,x;@layer base{@media screen{.a{display:none}}}', 'a', { display: 'none' }],
    ['@container (width>1px){.a{display:none}}@keyframes k{from{display:none}}@font-face{font-style:italic}', 'a', {}],
    ['@charset "x";@import url(y.css);<!-- .a{display:none} -->', 'a', { display: 'none' }],
    ['/* .a{display:none} */', 'a', {}],
    ['.b{content:"}"}.a{display:none}', 'a', { display: 'none' }],
    ['.b{content:"{"}.a{display:none}', 'a', { display: 'none' }],
    ['.b{color:red}}.a{display:none}', 'a', {}],
    ['.a{display:none', 'a', { display: 'none' }],
    ['.b,.a:hover,.a{display:none}', 'a', { display: 'none' }]
  ]
  for (const [css, classes, style] of rows) t.strictSame(styleOf(css, `<em class="${classes}">`), style, css)
  t.strictSame(
    styleOf('.a{display:none}', '<em class=a style="display:block;font-weight:bold">'),
    { display: 'shown', flow: 'block', bold: 'yes' },
    'a style attribute is stronger'
  )
  t.strictSame(
    styleOf('.a{display:none!important}', '<em class=a style="display:block">'),
    { display: 'none', flow: 'block' },
    'unless the rule is important'
  )
  t.strictSame(styleOf('.a{display:none!important}', '<em class=a style="display:block !important; font-weight:">'), {
    display: 'shown',
    flow: 'block',
    bold: 'no'
  })
  t.end()
})

t.test('elements of one class have the style that their own parents and attributes give them', async t => {
  const css = '.o .a{display:none}.a[title]{font-style:italic}.b{float:left}#i{float:none}'
  const markup =
    '<div class=o><em class=a></em><em class=a title=x></em></div><em class=a></em><div class=o><em class=a></em></div><em class=b></em><em class=b id=i></em><em class=b style="float:none"></em><em class=b></em>'
  const styleOf = createCascade(rulesOf(css).screen, true)
  const styles = elements(parse(markup, 1000).document, 'em').map(em => ({ ...styleOf(em) }))
  const [hidden, floats, none] = [{ display: 'none' }, { float: 'yes' }, { float: 'no' }]
  t.strictSame(styles, [hidden, { ...hidden, italic: 'yes' }, {}, hidden, floats, none, none, floats])
})

t.test('of many rules for one kind of element those count in whose part it stands', async t => {
  const parts = Array.from({ length: 60 }, (_, at) => `.all .part-${at} .t{display:${at % 2 === 0 ? 'none' : 'block'}}`)
  const css = [...parts, '.part-2>.t{display:block}', 'i .t{font-style:italic}', '.t{float:right}'].join('')
  const markup = ['part-2', 'part-2 x', 'part-4', 'part-5', 'part-60'].map(
    name => `<div class="${name}"><em class=t></em>`
  )
  const all = `<div class=all>${markup.join('</div>')}</div></div><div class=part-4><i><em class=t>`
  const styleOf = createCascade(rulesOf(css).screen, true)
  const float = { float: 'yes' }
  t.strictSame(
    elements(parse(all, 1000).document, 'em').map(em => ({ ...styleOf(em) })),
    [
      { ...float, display: 'none', flow: 'block' },
      { ...float, display: 'none', flow: 'block' },
      { ...float, display: 'none' },
      { ...float, display: 'shown', flow: 'block' },
      float,
      { ...float, italic: 'yes' }
    ]
  )
})

t.test('media queries: a window of 1024 pixels, and paper', t => {
  const rows: ReadonlyArray<readonly [string, boolean, boolean]> = [
    ['', true, true],
    ['all', true, true],
    ['screen', true, false],
    ['print', false, true],
    ['SCREEN, print', true, true],
    ['only screen', true, false],
    ['not print', true, false],
    ['not all', false, false],
    ['(min-width: 48em)', true, true],
    ['screen and (min-width:768px) and (max-width: 1199.98px)', true, false],
    ['screen and (max-width:767px)', false, false],
    ['(min-width:1200px)', false, false],
    ['not all and (min-width:1200px)', true, true],
    ['(width >= 64rem)', true, true],
    ['(400px<=width<=700px)', false, false],
    ['(400px <= width)', true, true],
    ['(width>1024px)', false, false],
    ['(orientation:landscape)', true, true],
    ['(prefers-color-scheme: dark)', false, false],
    ['(hover: none)', false, false],
    ['(hover:hover)', true, true],
    ['(unheard-of: 1)', false, false],
    ['not all and (unheard-of: 1)', false, false],
    ['screen and ((min-width:1px) or (x))', false, false],
    ['tty', false, false],
    ['print and (min-width: 1px)', false, true],
    ['(min-width: 1px', false, false],
    [',', true, true]
  ]
  for (const [query, screen, print] of rows) t.strictSame(reachOf(query), { screen, print }, query)
  const { screen, print } = rulesOf(
    '@media print{.a{display:none}@media screen{.b{display:none}}}@media screen{@media print{.c{display:none}}}.d{display:none}'
  )
  t.strictSame(
    [screen, print].map(rules => rules.map(({ selector }) => selector.compounds[0].classes[0])),
    [['d'], ['a']]
  )
  t.strictSame(
    [
      rulesOf('.a{display:none}', 'print').print.length,
      rulesOf('.a{display:none}', 'screen').screen.length,
      rulesOf('.a{display:none}', '(max-width:9px)').screen.length
    ],
    [1, 1, 0]
  )
  t.end()
})

t.test('a mistake in a sheet ends with the declaration, the rule or the block that it stands in', t => {
  const rows: ReadonlyArray<readonly [string, readonly string[]]> = [
    ['.a{display none;float:left}.b{display:none}', ['a', 'b']],
    ['.a{*display:none}.b{display:none!ie}.c{display:none ! important}', ['b', 'c']],
    ['.a{display:none !}.b{display:none !important x}.c{float:left', ['c']],
    ['.a{;;float:left/*}*/;;}.b{--x:{float:left};float:left}', ['a', 'b']],
    ['.a{.x{float:left}display:none;float:left}.b{&.y{float:left}float:left}', ['a', 'b']],
    ['@media screen{.a{float:left}.b}.c{float:left}', ['a', 'c']],
    ['@media screen{.a{float:left', ['a']],
    ['.a{@media screen{float:left}@media print{display:none}@layer x{float:left}}', ['a', 'a', 'a']],
    ['@layer x{.a{float:left}@supports not (a:b){.b{float:left}}@scope{.c{float:left}}}', ['a', 'c']],
    ['@font-face{float:left}@x{.a{float:left}}@import "a";@charset;<!-- .b{float:left} -->', ['b']],
    ['.a(b;{float:left}.c{float:left}', []],
    ['.a{float:left}}.b{float:left}.c{float:left}', ['a', 'c']],
    [`.a{float:left}${'.b{"x"}'.repeat(301)}`, []]
  ]
  for (const [css, classes] of rows) {
    const { screen, print } = rulesOf(css)
    const found = [...screen, ...print].map(({ selector }) => selector.compounds[0].classes[0])
    t.strictSame(found, classes, css.slice(0, 80))
  }
  const ended = createSheetReader()(['{'.repeat(300), '()});('].map(text => ({ media: '', text })))
  t.equal(ended.screen.length, 0, 'what a sheet leaves open is not open in the next one, which would have no end')
  t.end()
})

t.test('what is passed over before parsing says nothing', t => {
  const css =
    '@import "x";.a{color:red}.b{display:none}@media x{.c{color:red}.d{font:1px x}}.e{content:"}"}/* { */.f{margin:0}}.g{'
  t.equal(
    skim(css),
    '@import "x";.a{color:red}.b{display:none}@media x{.d{font:1px x}}.e{content:"}"}/* { */.f{margin:0}}.g{'
  )
  t.equal(skim('.a{color:red}.b{margin:0}'), '')
  t.end()
})

t.test('sheets of a page', t => {
  const { sheets } = parse(
    '<head><style>a{}</style><link rel="x stylesheet" href=" one.css?a&amp;b "><link rel="alternate stylesheet" href=two.css><link rel=stylesheet href=three.css media=print onload="this.media=\'all\'"><link rel=stylesheet disabled href=four.css><link rel=preload as=style href=five.css><style type=text/x>b{}</style></head><noscript><style media=print>c{}</style></noscript><template><style>d{}</style></template><svg><style>e{}</style></svg><style>f{',
    1000
  )
  t.strictSame(sheets, [
    { media: '', text: 'a{}' },
    { media: '', text: '', href: 'one.css?a&b' },
    { media: '', text: '', href: 'three.css' },
    { media: 'print', text: 'c{}' }
  ])
  t.end()
})

t.test('links to sheets, found without parsing', t => {
  const found = (markup: string): string[] => sheetLinks(Buffer.from(markup), new URL('https://site.test/dir/page'))
  const rows: ReadonlyArray<readonly [string, readonly string[]]> = [
    ['<link rel=stylesheet href=a.css>', ['https://site.test/dir/a.css']],
    ["<LINK HREF='/a.css?x&amp;y&#038;z' REL='StyleSheet'/>", ['https://site.test/a.css?x&y&z']],
    [
      '<link rel="stylesheet" media="print" href="p.css"><link rel=stylesheet href=//cdn.test/s.css media=screen><link rel=stylesheet href=//cdn.test/s.css>',
      ['https://cdn.test/s.css', 'https://site.test/dir/p.css']
    ],
    ['<base href="http://other.test/x/"><link rel=stylesheet href=a.css>', ['http://other.test/x/a.css']],
    [
      '<!--[if IE]><link rel=stylesheet href=a.css><![endif]--><!-- x --><link rel=stylesheet href=b.css><!-- <link rel=stylesheet href=c.css>',
      ['https://site.test/dir/b.css']
    ],
    [
      '<link rel=icon href=a.css><link rel=stylesheet><link rel=stylesheet href="data:text/css,x"><link rel=stylesheet href="http://["><link rel=stylesheet media=tty href=t.css><link rel=stylesheet href=https://fonts.googleapis.com/css?x>',
      []
    ],
    [`${' '.repeat(65536)}<link rel=stylesheet href=late.css>`, []],
    ['', []]
  ]
  for (const [markup, links] of rows) t.strictSame(found(markup), links, markup.trim())
  t.end()
})

t.test('sheets of a page of which a beginning is there: the first ones, whatever comes', t => {
  const page = new URL('https://site.test/dir/page')
  const markup = [
    '<head><base href=/x/><!-- <link rel=stylesheet href=old.css> --><link rel="stylesheet" href="one.css?a&amp;b" title="1">',
    '<link rel=stylesheet media=print href=print.css><link href=two.css rel=stylesheet media="screen"><style>a>b{}</style>',
    '<link rel=stylesheet href=one.css?a&b><link rel=stylesheet href=//cdn.test/three.css></head><p>Words'
  ].join('\n')
  const whole = sheetLinks(Buffer.from(markup), page)
  t.equal(whole.length, 4)
  for (let length = 0; length <= markup.length; length++) {
    const found = sheetLinks(Buffer.from(markup.slice(0, length)), page, false)
    if (found.some((address, at) => address !== whole[at])) t.fail(`${markup.slice(0, length)}: ${found.join(' ')}`)
  }
  t.strictSame(sheetLinks(Buffer.from(markup), page, false), whole.slice(0, 3), 'none for paper, which come last')
  t.end()
})

t.test('charsets of sheets', t => {
  const rows: ReadonlyArray<readonly [string, string, string | undefined, string]> = [
    ['UTF-8', '.\u00c3\u00a9', undefined, '.\u00e9'],
    ['the header', '.\u00e9', 'text/css; charset=iso-8859-1', '.\u00e9'],
    ['its own first rule', '@charset "windows-1251";.\u00e9', 'text/css', '@charset "windows-1251";.\u0439'],
    ['a byte order mark', '\u00ef\u00bb\u00bf.\u00c3\u00a9', 'text/css; charset=windows-1251', '.\u00e9'],
    ['a charset that is none', '@charset "x-none";.a', 'text/css', '@charset "x-none";.a']
  ]
  for (const [name, bytes, type, text] of rows) t.equal(decodeSheet(Buffer.from(bytes, 'latin1'), type), text, name)
  t.end()
})

t.test('a sheet that was read before means the same again', async t => {
  const read = createSheetReader()
  const text = '.a { display: none } @media print { .b { display: none } }'
  const first = read([{ media: '', text }])
  t.strictSame(read([{ media: '', text }]), first)
  t.equal(read([{ media: 'print', text }]).screen.length, 0, 'another medium is another sheet')
  const long = Array.from({ length: 12 }, (_, at) => `.c${at} { display: none } /*${'x'.repeat(400_000)}*/`)
  for (const sheet of long) t.equal(read([{ media: '', text: sheet }]).screen.length, 1)
  t.strictSame(read([{ media: '', text }]), first, 'it is read anew when others took its place')
  t.equal(
    read([
      { media: '', text: `${text} .d { font-weight: bold }` },
      { media: '', text }
    ]).screen.length,
    3
  )
})
