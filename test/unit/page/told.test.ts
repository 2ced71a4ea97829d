import t from 'tap'
import { namesIn, plainOf, textIn } from '../../../src/page/told/fields.js'
import { readJsonLd } from '../../../src/page/told/json-ld.js'
import { readMicrodata } from '../../../src/page/told/microdata.js'
import { repairedJson } from '../../../src/page/told/repaired-json.js'
import { readTold, toldOf } from '../../../src/page/told/told.js'
import { parse } from '../../../src/page/tree/parse.js'
import { bodyOf } from '../../../src/page/tree/tree.js'

t.test('JSON as people write it', t => {
  const rows: ReadonlyArray<readonly [string, unknown]> = [
    ['<!-- {"a": 1} -->', { a: 1 }],
    ['/* <![CDATA[ */ {"a": [1, 2,], "b": {"c": 3 ,}, } /* ]]> */', { a: [1, 2], b: { c: 3 } }],
    ['// data\n{"a": "one\ntwo\t// three", "b": "x,]"};', { a: 'one\ntwo\t// three', b: 'x,]' }],
    ['{"a": "\\"}", "b": -1.5e3}', { a: '"}', b: -1500 }],
    ['{"a": "http://lamps.test/"}', { a: 'http://lamps.test/' }]
  ]
  for (const [source, value] of rows) t.same(JSON.parse(repairedJson(source)), value, source)
  for (const source of ['{', '"', '"\\', '', ',', '{"a": }', '<!--', '/*', 'undefined', '{"a": 1}{"b": 2}'])
    t.same(readJsonLd([source]), [], `nobody can read ${source}`)
  t.end()
})

t.test('objects of JSON-LD', t => {
  const types = (data: string): unknown[] => readJsonLd([data]).map(fields => fields['@type'])
  t.same(types('[{"@type": "A"}, {"@graph": [{"@type": "B", "mainEntity": {"@type": "C"}}]}]'), [
    'A',
    undefined,
    'B',
    'C'
  ])
  t.same(types('{"@type": ["A", 7], "mainEntityOfPage": "x"}'), [['A', 7]])
  t.same(toldOf(readJsonLd(['{"@type": [7, "Product"]}', '{"@type": {}}']), /^Product$/).length, 1)
  t.end()
})

t.test('values of fields', t => {
  t.equal(textIn([{ '@value': ' a ' }]), 'a')
  t.equal(textIn({ name: { name: 'b' } }), 'b')
  for (const nothing of [undefined, null, true, {}, [], NaN]) t.equal(textIn(nothing), '')
  t.equal(namesIn([{ name: 'undefined' }, 'null', 'Null Island']), 'Null Island', 'what a script had not')
  t.equal(namesIn([{ name: 'Ada' }, 'Ben', 'http://x.test/', { name: 'Ada' }]), 'Ada, Ben')
  t.equal(plainOf('<p>Salt &amp;amp; oil</p><p>Wick'), 'Salt & oil Wick')
  t.equal(plainOf('a < b'), 'a < b')
  t.end()
})

t.test('microdata', t => {
  const read = (markup: string): unknown => readMicrodata(bodyOf(parse(markup, 1000).document)!)
  t.same(
    read(
      `<div itemscope itemtype="https://schema.org/Product http://x.test/ns#Lamp"><h1 itemprop=name> Brass
      lamp </h1><div itemprop=offers itemscope itemtype="http://schema.org/Offer"><meta itemprop=price content=12>
      <link itemprop=availability href="http://schema.org/InStock"></div><img itemprop="image thumbnail" src=a.jpg>
      <i itemprop=image>b.jpg</i><time itemprop=made datetime=2025>then</time><b itemprop=__proto__>x</b></div>`
    ),
    [
      {
        '@type': ['Product', 'Lamp'],
        name: 'Brass lamp',
        offers: { '@type': ['Offer'], price: '12', availability: 'http://schema.org/InStock' },
        image: ['a.jpg', 'b.jpg'],
        thumbnail: 'a.jpg',
        made: '2025'
      },
      { '@type': ['Offer'], price: '12', availability: 'http://schema.org/InStock' }
    ]
  )
  t.same(read('<p itemprop=name>of nothing</p>'), [])
  const body = bodyOf(parse('<p itemscope itemtype=A>', 10).document)!
  t.same(
    readTold({ data: ['{"@type": "B"}'], body }).map(fields => fields['@type']),
    ['B', ['A']],
    'JSON-LD comes first'
  )
  t.end()
})
