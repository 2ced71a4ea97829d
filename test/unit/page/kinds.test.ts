import t from 'tap'
import { priceText } from '../../../src/page/kinds/price.js'
import { lineOf } from '../../../src/page/kinds/line.js'
import { tidyHead } from '../../../src/page/kinds/tidy-ends.js'
import { parse } from '../../../src/page/tree/parse.js'
import { bodyOf, plainText } from '../../../src/page/tree/tree.js'
import { serialize } from 'parse5'

t.test('prices', t => {
  const rows: ReadonlyArray<readonly [ReadonlyArray<Record<string, unknown>>, string]> = [
    [[{ price: 12, priceCurrency: 'USD' }], '$12'],
    [[{ price: '1.299,90', priceCurrency: 'eur' }], '€1299.90'],
    [[{ price: '1,299.90', priceCurrency: 'CHF' }], '1299.90 CHF'],
    [[{ lowPrice: '5', highPrice: '9.5', priceCurrency: 'GBP' }], '£5 - £9.50'],
    [[{ price: '7' }, { price: 3, priceCurrency: 'JPY' }], '¥3 - ¥7'],
    [[{ priceSpecification: { price: '4.00', priceCurrency: 'USD' } }], '$4'],
    [[{ price: '0' }, { price: 'on request' }, {}], ''],
    [[{ price: '12', priceCurrency: '<b>' }], '12']
  ]
  for (const [offers, text] of rows) t.equal(priceText(offers), text)
  t.end()
})

t.test('what the head of a content says once more', t => {
  const tidied = (markup: string): string => {
    const body = bodyOf(parse(markup, 1000).document)!
    tidyHead(body, ['Brass lamp', 'Brass lamp - Lamps'])
    return plainText(body)
  }
  t.equal(tidied('<h2>Brass lamp</h2><p>It burns'), 'It burns')
  const table = '<table><tr><td>Brass lamp<td><img src=p.gif alt=Print></table><p>It burns'
  t.equal(tidied(table), 'It burns', 'a row that has nothing besides')
  t.equal(tidied('<table><tr><td>Brass lamp<td>$12</table>'), 'Brass lamp$12', 'a row of a list of prices')
  const long = '<h1>Brass lamp Keep what you like in order</h1><p>It burns'
  t.equal(tidied(long), 'It burns', 'a heading with what each page of its site says')
  t.equal(tidied('<h1>Brass lamp for two</h1><p>It burns'), 'Brass lamp for twoIt burns', 'one that says a little more')
  t.end()
})

t.test('an entry of a list as one line', t => {
  const line = (markup: string, number?: number): string => {
    const { document } = parse(`<div>${markup}</div>`, 1000)
    const [entry] = bodyOf(document)!.childNodes
    return serialize(lineOf(entry as never, number))
  }
  t.equal(
    line('<div>2 May</div><a href=a><img src=x.jpg alt=x><h3>Brass lamp</h3><p>Price:</p><p>$12</p></a><p>2 May</p>'),
    '<a href="a">Brass lamp</a> | 2 May | Price: $12',
    'a link around all of it leads where the title does'
  )
  t.equal(line('<a href=a><img src=x></a><p>Tin lamp</p>'), '<a href="a">Tin lamp</a>', 'as does one around a picture')
  t.equal(
    line('<a href=s>4 of 5</a><p><a href=a>A longer name of a lamp</a></p>'),
    '<a href="a">A longer name of a lamp</a> | <a href="s">4 of 5</a>',
    'the longest link is the title'
  )
  t.equal(line(`<a href=a>x</a><p>${'word '.repeat(30)}</p>`).split('<br>').length, 2, 'a long text has its own line')
  t.equal(
    line(`<a href=a>${'A text with a link around it. '.repeat(5)}</a><p><a href=a>Tin lamp</a><p>|<p>$2`).slice(0, 44),
    '<a href="a">Tin lamp</a><br><a href="a">A te',
    'a text is no title'
  )
  t.equal(line('<a href=a>Tin lamp</a><p>|</p><p>$2</p>'), '<a href="a">Tin lamp</a> | $2', 'nor is a bar a thing')
  t.equal(line('plain'), 'plain')
  t.equal(line('<i>2.</i><p><a href=a>Tin lamp</a></p><p>2', 2), '<a href="a">Tin lamp</a>', 'its number is said once')
  const stars = '<div><a href=r>4.5 out of 5 stars 1,204</a></div>'
  const named = `<div><a href=a>${'Brass lamp with a wick of cotton '.repeat(5)}</a></div>`
  t.match(line(`${stars}${named}<p>$12</p>`), /^<li><a href="a">|^<a href="a">/, 'a long name before its stars')
  t.match(line(`<div><a href=b>Brass lamp</a></div>${named}`), /^(<li>)?<a href="b">/, 'a short name before a text')
  t.end()
})
