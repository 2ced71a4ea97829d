import t from 'tap'
import { menusOf } from '../../../src/page/menus/menus.js'
import { parse } from '../../../src/page/tree/parse.js'
import { bodyOf, createElement } from '../../../src/page/tree/tree.js'

const NAMES = ['Storm', 'Ship', 'Oil', 'Brass', 'Hand', 'Road', 'Barn', 'Boat', 'Tin', 'Tower', 'Pier', 'Dock']

/** How many menus a page has whose links have these images. */
function menusWith(sourceOf: (name: string) => string): number {
  const links = NAMES.map(name => `<li><a href="/${name}"><img src="${sourceOf(name)}">${name} lamp</a></li>`)
  const body = bodyOf(parse(`<div><ul>${links.join('')}</ul></div>`, 10_000).document) ?? createElement('body')
  return menusOf(body).menus.length
}

t.test('links with a picture each show things, and links with arrows are a menu', async t => {
  t.equal(
    menusWith(name => `/goods/${name}.jpg`),
    0
  )
  t.equal(
    menusWith(() => '/arrow.png'),
    1
  )
  t.equal(
    menusWith(name => `/icons/${name}.svg`),
    1,
    'icons of a menu may differ'
  )
})

t.test('links that say all of a thing are no menu, whatever is around them', async t => {
  const menus = (said: string): number => {
    const links = NAMES.map(name => `<li><a href="/${name}">${name} lamp${said}</a></li>`)
    const body = bodyOf(parse(`<div class="links"><ul>${links.join('')}</ul></div>`, 10_000).document)
    return menusOf(body ?? createElement('body')).menus.length
  }
  t.equal(menus(''), 1)
  t.equal(
    menus(' with a wick of cotton, a chimney of thick glass and oil for sixty hours, 4.5 of 5 stars, $12.99, few left'),
    0
  )
})
