import t from 'tap'
import { keepLeadPicture } from '../../../../../src/page/order/aside/lead-picture.js'
import { frontMatterOf } from '../../../../../src/page/order/front-matter.js'
import { mainPartOf } from '../../../../../src/page/order/main-part.js'
import type { Page } from '../../../../../src/page/step.js'
import { attribute, elements, isElement, type Document } from '../../../../../src/page/tree/tree.js'
import { contentIn } from '../../../../helpers/likely-content.js'

const URL = new globalThis.URL('https://lamps.test/lamps')
const TEXT =
  '<p data-p=".95">The keeper of the lighthouse counted the ships that passed, wrote their names into his book, and lit the lamp at dusk, as he had done.</p>'
const MENU = '<ul data-p=".01">' + '<li><a href="/oil">Oil for lamps</a></li>'.repeat(9) + '</ul>'
const picture = (name: string, attributes = ''): string => `<img src="/${name}.jpg"${attributes}>`

/** The pictures right behind the title of a page, once what stands before it has been told to go. */
function behindTitle(before: string, between = '', head = ''): string[] {
  const markup = `<html><head>${head}</head><body>${MENU}<div class="product">${before}<div><h1 data-p=".6">The storm lamp</h1></div>${between}</div>${TEXT}`
  const { content, body } = contentIn(markup)
  const main = mainPartOf(content, { title: 'The storm lamp', url: URL }, body)!
  const front = frontMatterOf(main, body, { aside: [], stays: () => false })
  const { parentNode: html } = body
  const document = (isElement(html!) ? html.parentNode : html) as Document
  keepLeadPicture(front, main.opening, { document, body, content } as Page)
  const around = elements(body, 'h1')[0]!.parentNode!
  return around.childNodes
    .slice(1)
    .flatMap(node => ('tagName' in node ? elements(node, 'img') : []))
    .map(image => attribute(image, 'src')!)
}

t.test('the picture that a page tells others of stays with its title', async t => {
  const head = '<meta property="og:image" content="https://cdn.lamps.test/1/storm-lamp-900x900.jpg?v=3">'
  const pictures = `<div>${picture('wall-lamp')}</div><div>${picture('storm-lamp')}</div>`
  t.same(behindTitle(pictures, '', head), ['/storm-lamp.jpg'])
  t.same(behindTitle(pictures), [], 'where it tells of none, any picture may be of something else')
  t.same(behindTitle(pictures, `<div>${picture('lamp-by-day')}</div>`, head), [], 'where another one follows')
  t.same(behindTitle(`<div>${picture('storm-lamp', ' width=60 height=60')}</div>`, '', head), [], 'a small one goes')
})

t.test('the first large picture of the gallery beside a title stays with it', async t => {
  const gallery = `<div class="gallery">${picture('dot', ' width=9 height=9')}${picture('front')}${picture('back')}</div>`
  t.same(behindTitle(gallery), ['/front.jpg'])
  const entry = `<div class="gallery-item">${picture('other')}<a href="/l"><p data-p=".1">Another lamp</p></a></div>`
  t.same(behindTitle(entry.repeat(3)), [], 'but not that of other goods')
})
