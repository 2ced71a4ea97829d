import t from 'tap'
import { mainPartOf } from '../../../../../src/page/order/main-part.js'
import { setAside } from '../../../../../src/page/order/set-aside.js'
import { plainText } from '../../../../../src/page/tree/tree.js'
import { pageLines } from '../../../../helpers/context.js'
import { contentIn } from '../../../../helpers/likely-content.js'

const URL = new globalThis.URL('https://lamps.test/lamps')
const TEXT =
  '<p data-p=".95">The keeper of the lighthouse counted the ships that passed, wrote their names into his book, and lit the lamp at dusk, as he had done.</p>'

/** What waits of what stands between the title and the text of a page, in words. */
function waits(between: string): string[] {
  const { content, body } = contentIn(`<h1 data-p=".6">The lamps</h1>${between}${TEXT}`)
  const main = mainPartOf(content, { title: 'The lamps', url: URL }, body)!
  return setAside(main.opening, { content, body, title: '', lines: pageLines }).others.map(plainText)
}

t.test('what can be done with a page waits, and a way back does', async t => {
  t.same(waits('<div data-p=".3">Print</div><hr><div data-p=".3">Share this page</div>'), ['Print', 'Share this page'])
  t.same(waits('<div data-p=".3"><a href="/lamps/">Back to all lamps</a></div>'), ['Back to all lamps'])
  t.same(waits('<div data-p=".3">Teilen</div>'), ['Teilen'])
  t.same(waits('<div data-p=".3">Prints of lamps</div>'), [], 'not what only begins so')
  t.same(waits('<h2 data-p=".3">Print</h2>'), [], 'nor a heading')
  t.same(waits('<div data-p=".6">Print</div>'), [], 'nor what surely is content')
})

t.test('what a page is filed under waits with its label, and the byline beside it stays', async t => {
  const tags = '<div data-p=".1">Tags:</div><div class="tags"><a href="/oil" data-p=".1">Oil</a></div>'
  t.same(waits(`<div><div data-p=".1">By Anna Strand</div>${tags}</div>`), ['Tags:', 'Oil'])
  t.same(waits(`<div>${tags.replace('class="tags"', 'class="names"')}</div>`), ['Tags:'], 'where it is called so')
})

t.test('what a site says of how its writers work waits', async t => {
  const says = 'The lamps here are new to me. Our team tests lamps in all winds for you, and says how they burn.'
  t.same(waits(`<p data-p=".4">${says}</p>`), [says])
  t.same(waits(`<p data-p=".4">${says.replace('Our team', 'My brother')}</p>`), [])
})
