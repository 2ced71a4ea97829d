import t from 'tap'
import { frontMatterOf } from '../../../../../src/page/order/front-matter.js'
import { mainPartOf } from '../../../../../src/page/order/main-part.js'
import { setAside } from '../../../../../src/page/order/set-aside.js'
import { isElement, plainText } from '../../../../../src/page/tree/tree.js'
import { pageLines } from '../../../../helpers/context.js'
import { contentIn } from '../../../../helpers/likely-content.js'

const URL = new globalThis.URL('https://lamps.test/lamps')
const TEXT =
  '<p data-p=".95">The keeper of the lighthouse counted the ships that passed, wrote their names into his book, and lit the lamp at dusk, as he had done.</p>'
const HEADING = '<h1 data-p=".6">All the lamps of the coast</h1>'

/** What of a page can wait, in words. */
function waits(markup: string): string[] {
  const { content, body } = contentIn(markup)
  const main = mainPartOf(content, { title: 'All the lamps of the coast', url: URL }, body)!
  return setAside(main.opening, { content, body, title: '', lines: pageLines }).others.map(plainText)
}

/** What of a page stands before its title and goes, in words. */
function goesFrom(markup: string): string[] {
  const { content, body } = contentIn(markup)
  const main = mainPartOf(content, { title: 'All the lamps of the coast', url: URL }, body)!
  return frontMatterOf(main, body, { aside: [], stays: () => false })
    .filter(isElement)
    .map(plainText)
}

t.test('a byline of several blocks that is said for another screen waits', async t => {
  const byline = '<div><div data-p=".3">Published</div> <div data-p=".3">May 3, 2025</div></div>'
  t.same(waits(`${HEADING}${byline}<hr>${byline}${TEXT}`), ['PublishedMay 3, 2025'])
  t.same(waits(`${HEADING}${byline}${TEXT}`), [], 'not the only one')
})

t.test('of two lists with the same links the one without pictures waits', async t => {
  const names = ['Storm lamps', 'Oil lamps', 'Wall lamps', 'Ship lamps', 'Hand lamps', 'Signal lamps']
  const list = (picture: string): string =>
    `<ul>${names.map((name, at) => `<li data-p=".4"><a href="/lamps/${at}">${picture}${name}</a></li>`).join('')}</ul>`
  const all = names.join('')
  t.same(waits(`${HEADING}${list('')}<hr>${list('<img src="/l.jpg">')}${TEXT}`), [all])
  t.same(waits(`${HEADING}${list('')}${TEXT}`), [], 'not a list that is said once')
})

t.test('what is named as standing beside a text waits unless it is sure', async t => {
  const box = (likelihood: number, name: string): string =>
    `<div class="${name}"><p data-p="${likelihood}">Hire a keeper whom you can trust for all of the lamps on your coast today</p></div>`
  t.equal(waits(`${HEADING}${box(0.4, 'sidebar')}${TEXT}`).length, 1)
  t.equal(waits(`${HEADING}${box(0.4, 'text')}${TEXT}`).length, 0)
  t.equal(waits(`${HEADING}${box(0.6, 'sidebar')}${TEXT}`).length, 0)
})

t.test('what stands beside a text and says what a guide has stays', async t => {
  const links = ['Oil', 'Wicks', 'Glass'].map((name, at) => `<a data-p=".3" href="/guide/${at}">${name} of lamps</a> `)
  const box = (heading: string): string =>
    `<div class="sidebar"><h4 data-p=".3">${heading}</h4>${links.join('<br>')}</div>`
  t.same(waits(`${HEADING}${box('In this guide:')}${TEXT}`), [])
  t.equal(waits(`${HEADING}${box('Lamps that keepers buy for their boats')}${TEXT}`).length, 1)
})

t.test('a list of contents that is said for another screen goes whole', async t => {
  const names = ['Storm lamps', 'Oil lamps', 'Wall lamps', 'Ship lamps', 'Hand lamps', 'Signal lamps']
  const list = `<ul>${names.map((name, at) => `<li data-p=".2"><a href="#lamp${at}">${name}</a></li>`).join('')}</ul>`
  const box = `<div><p data-p=".2">Content map</p>${list}</div>`
  t.same(waits(`${HEADING}${box}<hr>${box}${TEXT}`), [])
})

t.test('what a page opens over itself waits, whatever its pictures', async t => {
  const box = (name: string): string =>
    `<div class="${name}"><img src="/a.jpg"><p data-p=".3">Have one letter of the keeper a week, with all that he has seen on the sea</p></div>`
  t.equal(waits(`${HEADING}${box('popup')}${TEXT}`).length, 1)
  t.equal(waits(`${HEADING}${box('lead')}${TEXT}`).length, 0)
})

t.test('what stands before a title and ends with it goes, however short', async t => {
  const path = '<div data-p=".1"><a href="/">Home</a><b> &gt; All the lamps of the coast</b></div>'
  t.same(goesFrom(`${path}${HEADING}${TEXT}`), ['Home > All the lamps of the coast'])
  t.same(goesFrom(`<div data-p=".1"><a href="/">Home</a></div>${HEADING}${TEXT}`), [])
})

t.test('a list waits that what a page is about says again, and not one that stands again elsewhere', async t => {
  const names = ['Storm lamps', 'Oil lamps', 'Wall lamps', 'Ship lamps', 'Hand lamps', 'Signal lamps']
  const list = (likelihood: number, picture: string): string =>
    names
      .map((name, at) => `<li data-p="${likelihood}"><a href="/lamps/${at}">${picture}${name}</a></li>`)
      .join('')
      .replace(/.+/, '<ul>$&</ul>')
  t.same(waits(`${HEADING}${list(0.3, '')}${TEXT}${list(0.6, '<img src="/l.jpg">')}`), [names.join('')])
  t.same(waits(`${HEADING}${list(0.3, '')}${TEXT}${list(0.1, '')}`), [])
})

t.test('the name of an author, and a part of what stands right before, is said again', async t => {
  const name = (called: string): string => `<div class="${called}" data-p=".3">Anna Strand</div>`
  t.same(waits(`${HEADING}${name('author')}<hr>${name('author')}${TEXT}`), ['Anna Strand'])
  t.same(waits(`${HEADING}${name('badge')}<hr>${name('badge')}${TEXT}`), [], 'others may stand twice')
  const both = (one: string, other: string): string =>
    `${HEADING}<div data-p=".3">${one}</div><hr><div data-p=".3">${other}</div>${TEXT}`
  t.same(waits(both('The lamp at dusk. Photo of Anna', 'Photo of Anna')), ['Photo of Anna'])
  t.same(waits(both('By Anna Strand, keeper', 'By Anna Strand')), ['By Anna Strand'])
  t.same(waits(both('Oil for lamps, of any kind', 'Oil for lamps')), [], 'what another text begins with')
  t.same(waits(both('The lamp at dusk. A photo of Anna', 'hoto of Anna')), [], 'nor what cuts a word')
})
