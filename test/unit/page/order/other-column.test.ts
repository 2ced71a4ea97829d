import t from 'tap'
import { frontMatterOf } from '../../../../src/page/order/front-matter.js'
import { mainPartOf } from '../../../../src/page/order/main-part.js'
import { moveOtherColumns } from '../../../../src/page/order/other-column.js'
import { elements } from '../../../../src/page/tree/tree.js'
import { contentIn } from '../../../helpers/likely-content.js'

const URL = new globalThis.URL('https://lamps.test/storm-lamp')
const TEXT =
  'The keeper sold oil for thirty years, and he says that a lamp of brass burns for nine hours with one filling. '
const SHOP = '<div><h1><a href=/>The oil shop</a></h1></div>'
const TITLE = '<h1 data-p=".6">Storm lamp of brass and glass</h1>'
const OTHERS = '<h3>Related products</h3><p><a href=/wick>A wick</a></p>'

/** The parts of a page in their new order, by their class. */
function order(markup: string): string[] {
  const { content, body } = contentIn(markup)
  const main = mainPartOf(content, { title: 'Storm lamp of brass and glass', url: URL }, body)!
  moveOtherColumns(frontMatterOf(main, body, { aside: [], stays: () => false }), main, { content, body })
  return elements(body, 'div', 'h3')
    .map(({ attrs, tagName }) => attrs.find(({ name }) => name === 'class')?.value ?? tagName)
    .filter(name => name !== 'div')
}

t.test('all that is said of goods beside their name stands behind it, and above what is told of others', async t => {
  const text = `<div class=text data-p=".9"><p>${TEXT.repeat(3)}</p></div>`
  t.same(order(`${SHOP}<div class=row>${text}<div class=name>${TITLE}<p>12.50</p></div></div>${OTHERS}`), [
    'row',
    'name',
    'text',
    'h3'
  ])
  const short = `<div class=text data-p=".9"><p>${TEXT}</p></div>`
  t.same(
    order(`${SHOP}<div class=row>${short}<div class=name>${TITLE}<p>12.50</p></div></div>${OTHERS}`),
    ['row', 'text', 'name', 'h3'],
    'a short text is a notice'
  )
})
