import t from 'tap'
import { frontMatterOf } from '../../../../src/page/order/front-matter.js'
import { mainPartOf, type MainPart } from '../../../../src/page/order/main-part.js'
import { moveOrderForms } from '../../../../src/page/order/order-forms.js'
import { moveOtherColumns } from '../../../../src/page/order/other-column.js'
import { setAside } from '../../../../src/page/order/set-aside.js'
import { closest, isElement, plainText, type Element } from '../../../../src/page/tree/tree.js'
import { pageLines } from '../../../helpers/context.js'
import { knownContent } from '../../../helpers/known-content.js'

const url = new URL('https://lamps.test/p/17')
const TEXT = 'A storm lamp burns for a whole night in any wind, and its glass keeps out the rain and the spray.'
const MORE = 'It comes with oil for a week, which you pour in by day, and with a wick that nobody has to trim.'
const KNOWN = { 'Storm lamp': 0.7, 'A storm lamp': 0.9, 'It comes': 0.9, Anna: 0.9, Our: 0.9 }

interface Shop {
  readonly content: ReturnType<typeof knownContent>['content']
  readonly body: Element
  readonly main: MainPart
}

function shopOf(markup: string, title = 'Storm lamp'): Shop {
  const { content, body } = knownContent(markup, KNOWN)
  return { content, body, main: mainPartOf(content, { title, url }, body)! }
}

const options = Array.from({ length: 30 }, (_, at) => `<option>Oil ${at}</option>`).join('')
const form = (inner = ''): string =>
  `<form action="/cart/add">${inner}<select name="oil">${options}</select><input name="n"><input type="submit" value="Add to cart"></form>`

/** The beginnings of what stands in a page, in order, once an order form has moved. */
function ordered(markup: string): string[] {
  const { content, body, main } = shopOf(markup)
  moveOrderForms(main, { content, body }, { url })
  const parts = body.childNodes.filter(isElement).map(part => plainText(part).replace(/ ?Oil 0.*/, '[form]'))
  return parts.map(part => part.split(' ').slice(0, 6).join(' '))
}

t.test('a form to order goods stands behind what is said of them, if much is to be chosen in it', async t => {
  const head = '<h1>Storm lamp</h1>'
  t.same(ordered(`${head}<div>$ 12</div>${form()}<p>${TEXT}</p><p>${MORE}</p><p>Others</p>`), [
    'Storm lamp',
    '$ 12',
    'Add to cart (2 fields)',
    'A storm lamp burns for a',
    'It comes with oil for a',
    '[form]',
    'Others'
  ])
  t.same(
    ordered(`${head}${form('<b>$ 12</b>')}<p>${TEXT}</p>`),
    ['Storm lamp', '$ 12 Add to cart (2', 'A storm lamp burns for a', '$ 12[form]'],
    'with its price in the place of the form'
  )
  t.same(
    ordered(`${head}<table><tr><td>${form()}</td></tr><tr><td><p>${TEXT}</p></td></tr></table><p>Others</p>`),
    ['Storm lamp', 'Add to cart (2 fields)A storm', '[form]', 'Others'],
    'behind the table of a description in rows'
  )
  t.same(
    ordered(`${head}<p>${TEXT} ${TEXT} ${TEXT} ${TEXT} ${TEXT}</p>${form()}<p>${MORE}</p>`),
    ['Storm lamp', 'A storm lamp burns for a', '[form]', 'It comes with oil for a'],
    'not where a description stands before it'
  )
  t.same(
    ordered(`${head}${form().replace(options, '<option>Oil 0')}<p>${TEXT}</p>`),
    ['Storm lamp', '[form]', 'A storm lamp burns for a'],
    'nor where it is short'
  )
  t.same(
    ordered(`${head}${form().replace('/cart/add', '/reckon')}<p>${TEXT}</p>`),
    ['Storm lamp', '[form]', 'A storm lamp burns for a'],
    'nor one for anything else'
  )
})

const startOf = (markup: string, title: string): string =>
  plainText(closest(shopOf(markup, title).main.start, 'h1', 'h2', 'div')!)

t.test('who makes the goods stands above their name', async t => {
  const page = (before: string): string => `<div>Shop</div>${before}<h1>Storm lamp</h1><p>${TEXT}</p>`
  const link = '<div><a href="/b">Brassworks</a></div>'
  t.equal(startOf(page(link), 'Brassworks Storm lamp | Lamps'), 'Brassworks')
  t.equal(startOf(page(link), 'Storm lamp | Lamps'), 'Storm lamp', 'where the title names nobody')
  t.equal(
    startOf(page(link.replace('<div>', '<div class=brand>')), 'Storm lamp | Lamps'),
    'Brassworks',
    'or it is called so'
  )
  t.equal(startOf(page(link), 'Storm lamp | Brassworks'), 'Storm lamp', 'not the name of the site')
  t.equal(startOf(page('<h2>Brassworks</h2>'), 'Storm lamp by Brassworks | Lamps'), 'Brassworks', 'a heading as well')
})

t.test('a heading above the text of a page without a title stays above it', async t => {
  const { content, body } = knownContent(`<div>Shop</div><h2>Care</h2><p>${TEXT}</p><p>${MORE}</p>`, {
    ...KNOWN,
    Care: 0.4
  })
  t.equal(plainText(closest(mainPartOf(content, { title: 'Lamps', url }, body)!.start, 'h2', 'p', 'div')!), 'Care')
})

t.test('a link of a menu is no title, though the title of the page has its word', async t => {
  const { content, body } = knownContent(
    `<ul><li><a href="/h">Handbook</a></li><li><a href="/n">News</a></li></ul><h2>trim</h2><p>Our trim of a wick</p><h2>Care</h2><p>${TEXT}</p><p>${MORE}</p>`,
    { ...KNOWN, Care: 0.6, trim: 0.3, Our: 0.4 }
  )
  const main = mainPartOf(content, { title: 'Handbook: trim', url }, body)!
  t.equal(plainText(closest(main.start, 'h2', 'p', 'li')!), 'trim')
})

t.test('what customers say, and other goods, stand behind the description', async t => {
  const waits = (between: string): string[] => {
    const { content, body, main } = shopOf(`<h1>Storm lamp</h1>${between}<p>${TEXT}</p>`)
    return setAside(main.opening, { content, body, title: 'Storm lamp', lines: pageLines }).others.map(plainText)
  }
  const praise = 'Anna of the north coast says that nothing else burns as long as this lamp.'
  t.same(waits(`<div class=testimonials><p>${praise}</p></div>`), [praise])
  t.same(waits(`<div class=words><p>${praise}</p></div>`), [], 'what nothing calls so may be the description')
  const others =
    '<div><b>Frequently bought together</b><ul><li><img src=a>Oil of the north<p>$ 3</p><li><img src=b>Wick of cotton wool<p>$ 4</p></ul></div>'
  t.equal(waits(others).length, 1, 'with pictures and prices')
})

t.test('the name and price of goods begin a page that says much of them in a column before', async t => {
  const column = `<div>${`<p>Our lamps: ${TEXT}</p>`.repeat(5)}</div>`
  const page = `<div>Menu of all that a shop of lamps has for you and yours</div><div><div>${column}</div><div class=product><h1>Storm lamp</h1><b>$ 12</b><p>${TEXT} ${MORE}</p></div></div>`
  const { content, body, main } = shopOf(page, 'Lamps')
  t.equal(plainText(closest(main.start, 'h1')!), 'Storm lamp')
  const rest = moveOtherColumns(frontMatterOf(main, body, { aside: [], stays: () => false }), main, { content, body })
  t.same(
    rest.map(node => (isElement(node) ? plainText(node).slice(0, 4) : '')),
    ['Menu']
  )
  t.match(plainText(body), /^Menu.*Storm lamp\$ 12.*Our lamps/)
  const again = shopOf(page.replace(/<\/div><\/div>$/, `${column}</div></div>`), 'Lamps')
  const front = frontMatterOf(again.main, again.body, { aside: [], stays: () => false })
  t.equal(moveOtherColumns(front, again.main, again).length, front.length, 'what it says once more is no column')
})
