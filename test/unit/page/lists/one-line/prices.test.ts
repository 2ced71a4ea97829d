import t from 'tap'
import { joinPrice } from '../../../../../src/page/lists/one-line/prices.js'
import { parse } from '../../../../../src/page/tree/parse.js'
import { bodyOf, elements, plainText } from '../../../../../src/page/tree/tree.js'

/** The text of a price as it is written, and whether anything in it still has a line of its own. */
function joined(markup: string): readonly [text: string, isOneLine: boolean] {
  const [price] = elements(bodyOf(parse(`<div>${markup}</div>`, 1000).document)!, 'div')
  joinPrice(price!)
  return [plainText(price!), elements(price!, 'div', 'p').length === 0]
}

t.test('a price is written on one line', async t => {
  t.strictSame(joined('<div>$</div> <div>303</div> <div>95</div>'), ['$303.95', true])
  t.strictSame(joined('<p>1 299</p><p>kr</p>'), ['1 299 kr', true])
  t.strictSame(joined('<div>$</div><div>12,</div><div>50</div>'), ['$12,50', true], 'it has its point')
  t.strictSame(joined('<span>$</span><span>5</span>')[0], '$5', 'it is on one line')
})

t.test('what is no price stays as it is', async t => {
  for (const markup of [
    '<div>$</div><div>5</div><div>$</div><div>7</div>',
    '<div>$</div><div>a month</div>',
    '<div>MAY</div><div>12</div>',
    '<div>3</div><div>12</div>',
    '<div>$</div><div></div>'
  ])
    t.equal(joined(markup)[1], false, markup)
})
