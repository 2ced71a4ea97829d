import t from 'tap'
import { grow, type CostCase } from '../fuzz/cost.js'
import { convertPage, cpuMilliseconds, jobFor, profileOf } from '../helpers/context.js'

// Long texts, and other documents than pages: time grows with size. Documents that nobody has thought of are in
// test/fuzz/cost.test.ts.

const TEXTS: Readonly<Record<string, string | CostCase>> = {
  'one word': 'a',
  'one word in pieces': `<b>${'a'.repeat(1100)}</b>`,
  'words of references': '&amp;',
  Chinese: '漢字',
  Hebrew: { piece: 'שלום ', profile: 'mosaic' },
  'marks in turn': '\u0301\u0316',
  'letters with marks': 'a\u0301\u0316 ',
  'white space': { piece: ' ', before: '<p>a', after: 'b' },
  lines: { piece: 'a b\n', before: '<pre>' },
  'a line': { piece: 'word ', before: '<pre>' },
  'a title': { piece: 'word ', before: '<title>', after: '</title>x' },
  'an alternative text': { piece: '漢 ', before: '<img src=a alt="', after: '">' },
  'an address': { piece: '../a/', before: '<a href="', after: '">x</a>' },
  'less than': '<',
  'places for a script': '<li><i>a</i>${b}{{ c }}',
  'messages that wait for a fault': '<p role=alert>An error has occurred',
  'numbers of pages': '<a href=1>1</a><b>2</b>',
  'quotes that do not end': '<a b="'
}

const plain = 'text/plain; charset=utf-8'
const markdown = 'text/markdown; charset=utf-8'
const json = 'application/json'
const xml = 'application/xml'
const rss = 'application/rss+xml'
const channel = { before: '<rss version="2.0"><channel><title>t</title>', after: '</channel></rss>', contentType: rss }

const OTHERS: Readonly<Record<string, CostCase>> = {
  'a word': { piece: 'a', contentType: plain },
  'marks in turn': { piece: '\u0301\u0316', before: 'a', contentType: plain },
  'letters in another charset than was said': { piece: 'é Д', contentType: 'text/plain; charset=iso-8859-1' },
  addresses: { piece: 'http://a.b/c ', contentType: plain },
  lines: { piece: `${'word '.repeat(40)}\n`, contentType: plain },
  'values of JSON': { piece: '1,', before: '[', after: '1]', contentType: json },
  'lists of JSON': { piece: '[', end: ']', contentType: json },
  'names of JSON': { piece: '"k{}":{"a":', before: '{"z":1,', end: '},', contentType: json },
  'a string of JSON': { piece: '\\u00e9', before: '"', after: '"', contentType: json },
  'elements of XML': { piece: '<a>x', end: '</a>', contentType: xml },
  'attributes of XML': { piece: 'a{}="1" ', before: '<a ', after: '/>', contentType: xml },
  'references of XML': { piece: '&amp;', before: '<a>', contentType: xml },
  'comments of XML': { piece: '<!--', before: '<a>', contentType: xml },
  'entities of XML': { piece: '<!ENTITY a{} "b">', before: '<!DOCTYPE a [', after: ']><a>&a1;</a>', contentType: xml },
  items: {
    piece: '<item><title>x {}</title><link>http://a.b/{}</link><description>&lt;b>x</description></item>',
    ...channel
  },
  'markup of an item': {
    ...channel,
    piece: '<b>x',
    before: '<rss version="2.0"><channel><item><title>x</title><description><![CDATA[',
    after: ']]></description></item></channel></rss>'
  },
  'categories of an item': {
    ...channel,
    piece: '<category>c{}</category>',
    before: '<rss version="2.0"><channel><item><title>x</title>',
    after: '</item></channel></rss>'
  },
  quotes: { piece: '> ', after: 'a', contentType: markdown },
  lists: { piece: '- a\n', contentType: markdown },
  emphasis: { piece: '*a **b ', contentType: markdown },
  brackets: { piece: '[', contentType: markdown },
  'links in links': { piece: '[', end: '](b)', contentType: markdown },
  code: { piece: '`a ``b ', contentType: markdown },
  rows: { piece: '|c|d|\n', before: '|a|b|\n|-|-|\n', contentType: markdown },
  headings: { piece: '# a {}\n\n', contentType: markdown },
  references: { piece: '[{}]: http://x/{}\n', contentType: markdown },
  HTML: { piece: '<b>x\n\n', contentType: markdown }
}

t.test('texts', t => grow(t, TEXTS))
t.test('other documents', t => grow(t, OTHERS))

t.test('a text of millions of lines takes a fraction of a second', t => {
  for (const [name, line] of Object.entries({ short: 'a\n', accents: 'é\n', quotes: '"\n' })) {
    const bytes = Buffer.from(line.repeat(2_000_000))
    const before = cpuMilliseconds()
    const { body } = convertPage(jobFor(bytes, profileOf('nav3'), { contentType: 'text/plain; charset=utf-8' }))
    t.ok(cpuMilliseconds() - before < 2000, `${name}: ${Math.round(cpuMilliseconds() - before)} ms`)
    t.ok(body.length > 2_000_000)
  }
  t.end()
})
