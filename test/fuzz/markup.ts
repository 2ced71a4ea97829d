import fc from 'fast-check'
import { spoiledText } from './seeds.js'

// Markup as the web and its attackers write it: trees that are right, and soups of tags that are not.

const TAGS = (
  'a abbr address applet area article aside audio b base basefont big blockquote body br button canvas caption center cite code col colgroup dd del details dialog dir div dl dt em embed fieldset ' +
  'figcaption figure font footer form frame frameset h1 h2 h3 h6 head header hgroup hr html i iframe image img input ins isindex kbd label legend li link listing main map mark marquee math menu meta meter nav ' +
  'nobr noembed noframes noscript object ol optgroup option output p param picture plaintext pre progress q rp rt ruby s samp script section select small source span strike strong style sub summary sup svg ' +
  'table tbody td template textarea tfoot th thead time title tr track tt u ul var video wbr xmp'
).split(' ')

/** Those whose places the writer has to think about, once more. */
const HARD =
  'table tr td th caption ul ol li dl dt dd form input select option textarea pre p div a img map area h2 blockquote center b font button details svg'.split(
    ' '
  )

const WORDS = [
  'word',
  ' two words ',
  'é',
  '\u00A0',
  ' ',
  '\n',
  '\t',
  '漢字',
  'Ελλ',
  'ש',
  '“x”',
  '…',
  '\u200B',
  '\u0301',
  '😀',
  '&',
  '<',
  '>',
  '"',
  "'",
  '&amp;',
  '&lt;b&gt;',
  '&nbsp;',
  '&notin',
  '&#x26;',
  '&#0;',
  '&#150;',
  '&#99999999;',
  '&quot;',
  '&#60;script&#62;',
  ']]>',
  '--',
  '\0',
  '\x80',
  '\uFFFD',
  '\uD800',
  '<!-- c -->',
  '<!-->',
  '<![CDATA[x]]>',
  '<?php x ?>',
  '</',
  '<3',
  '% 100',
  '&copy=1'
]

const SCHEMES = [
  '',
  'http:',
  'https:',
  'javascript:',
  'JaVaScRiPt:',
  ' java\nscript:',
  '\x01javascript:',
  'data:text/html,',
  'data:image/png;base64,',
  'vbscript:',
  'mailto:',
  'ftp:',
  'gopher:',
  'news:',
  'file:',
  'about:',
  'tel:',
  'blob:',
  'view-source:',
  'news:x?',
  'telnet:',
  'wais:',
  'nntp:'
]
const PLACES = [
  '',
  '//',
  '///',
  '//example.com',
  '//EXAMPLE.com:80',
  '//u:p@h.example',
  '//[::1]',
  '//1.2.3.4:8080',
  '//日本.jp',
  '//a_b.test',
  '//ex ample',
  '//%00',
  '/',
  '.',
  '..',
  '?',
  '#',
  '#top',
  '\\'
]
const ENDS = [
  '',
  '/',
  '/page.html',
  '/é',
  '/%',
  '/%zz',
  '/%E9',
  '/a b',
  '/"><script>',
  "/'",
  '/a&b=c&amp;d',
  '?q=é&copy=1&lt=2',
  '?~view=raw',
  '?~8x9',
  '/~charset',
  '#é "x',
  '/{x}|^`\\',
  '/漢字?漢=字',
  '/x\ny',
  '/\uD800',
  '/photo.jpg',
  '/a.gif?~300x200',
  ';type=a',
  '//',
  '?'
]

const pick = (list: readonly string[]): fc.Arbitrary<string> => fc.constantFrom(...list)

/** Long enough for every limit of a line, a word and an address. */
const LONG = 3000

/** Text of a page, some of it hostile. */
export const text: fc.Arbitrary<string> = fc.oneof(
  { weight: 8, arbitrary: fc.array(pick(WORDS), { maxLength: 5 }).map(words => words.join('')) },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 12 }) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(pick(['x', 'word ', '漢', '&amp;', 'é']), fc.integer({ min: 1, max: LONG }))
      .map(([unit, times]) => unit.repeat(times))
  }
)

/** An address, most of them odd. */
export const address: fc.Arbitrary<string> = fc.oneof(
  { weight: 9, arbitrary: fc.tuple(pick(SCHEMES), pick(PLACES), pick(ENDS)).map(parts => parts.join('')) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(pick(['/', '?', 'http://h.example/', '#']), fc.integer({ min: 1, max: LONG }))
      .map(([start, length]) => start + 'x'.repeat(length))
  },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 10 }) }
)

const size = pick(['0', '1', '40', '99999999999', '-3', '50%', '100%', 'x', '', '3.7', '1e9', '*', '2,3'])
const css = pick([
  'display:none',
  'visibility:hidden',
  'font-weight:bold;color:red',
  'text-align:center',
  'background:url(javascript:x)',
  'display:none !important',
  '}{',
  'width:1px;height:1px',
  'expression(alert(1))',
  'float:left;font-style:italic',
  'position:absolute;left:-9999px'
])

const attribute: fc.Arbitrary<readonly [string, string]> = fc.oneof(
  fc.tuple(
    pick([
      'href',
      'src',
      'action',
      'srcset',
      'data-src',
      'background',
      'cite',
      'poster',
      'data',
      'usemap',
      'formaction',
      'longdesc',
      'content',
      'imagesrcset',
      'xlink:href'
    ]),
    address
  ),
  fc.tuple(
    pick([
      'width',
      'height',
      'colspan',
      'rowspan',
      'size',
      'border',
      'cellpadding',
      'rows',
      'cols',
      'maxlength',
      'start',
      'value',
      'hspace',
      'tabindex',
      'span'
    ]),
    size
  ),
  fc.tuple(
    pick([
      'align',
      'valign',
      'type',
      'method',
      'enctype',
      'http-equiv',
      'rel',
      'shape',
      'role',
      'scope',
      'clear',
      'accept-charset',
      'media'
    ]),
    pick([
      'left',
      'center',
      'CENTER',
      'justify',
      'top',
      'hidden',
      'text',
      'submit',
      'image',
      'file',
      'radio',
      'checkbox',
      'password',
      'search',
      'button',
      'reset',
      'color',
      'post',
      'POST',
      'dialog',
      'multipart/form-data',
      'refresh',
      'stylesheet',
      'icon',
      'rect',
      'poly',
      'navigation',
      'presentation',
      'main',
      'utf-8',
      'koi8-r',
      'shift_jis',
      'text/plain',
      'text/css',
      'i',
      'A',
      'disc',
      'all',
      'x"y'
    ])
  ),
  fc.tuple(
    pick([
      'alt',
      'title',
      'name',
      'id',
      'class',
      'value',
      'label',
      'placeholder',
      'aria-label',
      'summary',
      'for',
      'content',
      'prompt'
    ]),
    text
  ),
  fc.tuple(
    pick(['class', 'id', 'name']),
    pick(['a', 'b', 'nav', 'menu', 'hidden', 'ad', 'cookie', '~charset', '~', 'content', 'sidebar', 'c1', '~utf8.x'])
  ),
  fc.tuple(fc.constant('style'), css),
  fc.tuple(
    pick([
      'hidden',
      'aria-hidden',
      'checked',
      'selected',
      'multiple',
      'disabled',
      'ismap',
      'nohref',
      'nowrap',
      'compact',
      'reversed',
      'open',
      'onclick',
      'color',
      'bgcolor',
      'face',
      'text',
      'coords'
    ]),
    pick(['', 'true', 'red', '#123', '#abcdef', 'rgb(1,2,3)', '0,0,10,10', '<b>', 'alert(1)'])
  )
)

const written = ([name, value]: readonly [string, string]): string => ` ${name}="${value.replaceAll('"', '&quot;')}"`

/** A start tag, mostly with few attributes. */
const startTag = (name: string): fc.Arbitrary<string> =>
  fc.array(attribute, { maxLength: 4 }).map(attributes => `<${name}${attributes.map(written).join('')}>`)

const anyTag = fc.oneof({ weight: 1, arbitrary: pick(TAGS) }, { weight: 2, arbitrary: pick(HARD) })

const sheet = fc
  .array(
    fc.tuple(
      pick([
        '.a',
        '#b',
        'p',
        '*',
        'div .c1',
        '[title]',
        'a:hover',
        '@media print',
        '@import',
        'td',
        '',
        'li::before',
        ':not(.a'
      ]),
      css
    ),
    { maxLength: 4 }
  )
  .map(rules => `<style>${rules.map(([selector, declaration]) => `${selector}{${declaration}}`).join('\n')}</style>`)
const script = pick([
  '<script>alert("</b>")</script>',
  '<script>document.write("<p>x")</script>',
  '<script><!--\n',
  '<script type="application/ld+json">{"@type":"Article","articleBody":"x y z"}</script>',
  '<noscript><img src=a.gif width=1 height=1>x</noscript>',
  '<script src=x></script>'
])
const image = fc
  .tuple(address, size, size, text)
  .map(
    ([src, width, height, alt]) =>
      `<img src="${src.replaceAll('"', '')}" width=${width} height=${height} alt="${alt.replaceAll('"', '')}">`
  )

/** Whole pieces that mean something together. */
const piece: fc.Arbitrary<string> = fc.oneof(
  image,
  sheet,
  script,
  fc.tuple(address, text).map(([href, words]) => `<a href="${href.replaceAll('"', '')}">${words}</a>`),
  fc
    .array(text, { maxLength: 4 })
    .map(
      words =>
        `<select name=s>${words.map(word => `<option value="${word.replaceAll('"', '')}">${word}`).join('')}</select>`
    ),
  fc
    .tuple(text, text)
    .map(
      ([name, value]) =>
        `<input name="${name.replaceAll('"', '')}" value="${value.replaceAll('"', '')}"><textarea name=t>${value}</textarea>`
    ),
  address.map(
    href =>
      `<map name=m><area shape=rect coords="0,0,9,9" href="${href.replaceAll('"', '')}" alt=x></map><img src=m.gif usemap="#m">`
  ),
  pick([
    '<frameset><frame src=a><frame src=javascript:x></frameset><noframes>x</noframes>',
    '<meta http-equiv=refresh content="0;url=javascript:x">',
    '<meta charset=shift_jis>',
    '<base href="https://b.example/x/">',
    '<base href="javascript:x">',
    '<svg><title>t</title><script>x</script><a xlink:href="javascript:x">y</a></svg>',
    '<math><mi>x</mi></math>',
    '<iframe src="//f.example"></iframe>',
    '<video src=a.mp4 poster=p.jpg></video>',
    '<template><p>x</template>',
    '<plaintext>',
    '<!DOCTYPE html>',
    '<!DOCTYPE html PUBLIC "-//IETF//DTD HTML 2.0//EN">'
  ])
)

/** How deep right trees go, and how deep one that is meant to be deep. */
const TREE_DEPTH = 5
const MOST_NESTING = 400

const { tree } = fc.letrec<{ tree: string; element: string }>(tie => ({
  tree: fc.oneof({ maxDepth: TREE_DEPTH, withCrossShrink: true, depthSize: 'medium' }, text, piece, tie('element')),
  element: anyTag.chain(name =>
    fc
      .tuple(startTag(name), fc.array(tie('tree'), { maxLength: 5, depthIdentifier: 'tree' }))
      .map(([start, children]) => `${start}${children.join('')}</${name}>`)
  )
}))

const soup = fc
  .array(
    fc.oneof(
      text,
      anyTag.chain(startTag),
      anyTag.map(name => `</${name}>`),
      piece
    ),
    { maxLength: 40, size: 'large' }
  )
  .map(parts => parts.join(''))

const deep = fc
  .tuple(fc.array(anyTag, { minLength: 1, maxLength: 3 }), fc.integer({ min: 1, max: MOST_NESTING }), text)
  .map(
    ([names, times, words]) =>
      names
        .map(name => `<${name}>`)
        .join('')
        .repeat(times) + words
  )

const table = fc
  .tuple(
    fc.array(fc.array(fc.oneof(text, tree), { maxLength: 4 }), { maxLength: 4 }),
    fc.array(attribute, { maxLength: 2 })
  )
  .map(
    ([rows, attributes]) =>
      `<table${attributes.map(written).join('')}>${rows.map(cells => `<tr>${cells.map(cell => `<td>${cell}`).join('')}`).join('')}</table>`
  )

/** The markup of a page. */
export const markup: fc.Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: soup },
  { weight: 4, arbitrary: fc.array(tree, { maxLength: 6 }).map(parts => parts.join('\n')) },
  { weight: 2, arbitrary: fc.array(fc.oneof(table, tree, soup), { maxLength: 4 }).map(parts => parts.join('')) },
  {
    weight: 3,
    arbitrary: spoiledText(
      fc.oneof(
        text,
        piece,
        anyTag.chain(startTag),
        anyTag.map(name => `</${name}>`)
      )
    )
  },
  { weight: 1, arbitrary: fc.tuple(soup, deep).map(parts => parts.join('')) },
  {
    weight: 1,
    arbitrary: fc
      .array(fc.oneof(tree, table, text), { minLength: 10, maxLength: 60, size: 'large' })
      .map(parts => parts.map(part => `<p>${part}`).join(''))
  }
)

const DATES = ['Sat, 07 Sep 2002 00:00:01 GMT', '2003-12-13T18:30:02Z', 'yesterday', '0', '99999-99-99', '']
const inXml = fc.oneof(
  text.map(words => `<![CDATA[${words}]]>`),
  text.map(words => words.replace(/[<&]/g, '&lt;')),
  text
)

/** A feed of a kind, mostly right. */
export const feed: fc.Arbitrary<string> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc
      .tuple(
        pick(['rss', 'rdf:RDF', 'feed', 'channel', 'html', 'RSS']),
        address,
        fc.array(fc.tuple(pick(['item', 'entry', 'Item', 'url']), inXml, address, inXml, pick(DATES)), {
          maxLength: 6
        }),
        fc.option(fc.nat())
      )
      .map(([root, base, items, cut]) => {
        const parts = items.map(
          ([name, title, link, summary, date]) =>
            `<${name}><title type="html">${title}</title><link href="${link}">${link}</link><description>${summary}</description><content:encoded>${summary}</content:encoded><pubDate>${date}</pubDate><updated>${date}</updated></${name}>`
        )
        const whole = `<?xml version="1.0" encoding="utf-8"?><${root} version="2.0" xml:base="${base}"><channel><title>News</title>${parts.join('')}</channel></${root}>`
        return cut === null ? whole : whole.slice(0, cut % whole.length)
      })
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(
        fc.array(
          fc.record(
            {
              id: fc.jsonValue({ maxDepth: 1 }),
              url: fc.oneof(address, fc.jsonValue({ maxDepth: 1 })),
              title: fc.oneof(text, fc.jsonValue({ maxDepth: 1 })),
              content_html: text,
              date_published: pick(DATES)
            },
            { requiredKeys: [] }
          ),
          { maxLength: 5 }
        ),
        fc.option(fc.nat())
      )
      .map(([items, cut]) => {
        const whole = JSON.stringify({ version: 'https://jsonfeed.org/version/1.1', title: 'News', items })
        return cut === null ? whole : whole.slice(0, cut % whole.length)
      })
  },
  { weight: 2, arbitrary: spoiledText(inXml) }
)
