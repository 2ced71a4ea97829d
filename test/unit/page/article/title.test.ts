import t from 'tap'
import { headingsIn, nameOf, titleOf, withoutSite, type Titles } from '../../../../src/page/article/title.js'
import { parse } from '../../../../src/page/tree/parse.js'
import { bodyOf } from '../../../../src/page/tree/tree.js'

const headingsOf = (markup: string, isChosen = true): Titles['headings'] =>
  headingsIn(bodyOf(parse(markup, 1000).document)!, () => isChosen)

const called = (title: string, markup: string, more: Partial<Titles> & { readonly isChosen?: boolean } = {}): string =>
  titleOf({ title, told: [], sites: [], isFront: false, headings: headingsOf(markup, more.isChosen), ...more })

t.test('a page is called by its own heading', t => {
  t.equal(called('Lamps: all you need to know | Shine', '<h1>The 7 best lamps</h1>'), 'The 7 best lamps')
  t.equal(called('Lamps for beginners | Shine', '<h1>Lamps</h1>'), 'Lamps for beginners', 'one word says too little')
  t.equal(called('Lamps - Shine', '<h1>Lamps</h1>'), 'Lamps', 'unless the title begins with it')
  t.equal(called('Lamps - Old Shine', '<h1>Old Shine</h1>', { isChosen: false }), 'Lamps', 'the end is the site')
  t.equal(
    called('Lamps of tin - Old Shine', '<h1><a href="index.php">Old Shine</a></h1>'),
    'Lamps of tin',
    'or a link home'
  )
  t.equal(called('Lamps - Tin', '<h1><a href="/tin">Tin</a></h1>'), 'Lamps - Tin', 'no other link')
  t.equal(called('Lamps of tin / Forum', '<h1><a href="/">Old Shine</a></h1>'), 'Lamps of tin')
  t.equal(called('Shine | Two lamps', '<h1>Two lamps</h1>'), 'Two lamps', 'or the page')
  t.equal(called('Two lamps | Shine', '<h1>Two lamps | Shine</h1>', { sites: ['Shine'] }), 'Two lamps')
  t.equal(called('How to mend lamps', '<h1>Our letters</h1>', { isChosen: false }), 'How to mend lamps')
  t.equal(called('How to mend lamps', '<h1>To mend lamps</h1>', { isChosen: false }), 'To mend lamps')
  t.equal(called('Shine | Lamps for all', '<h1>Light, finally.</h1>', { isFront: true }), 'Lamps for all')
  t.equal(called('Mend a lamp', '<h1>First steps</h1><h1>Mend the lamp</h1>'), 'Mend the lamp', 'one of several')
  t.equal(called('', '<h1>Brass lamps</h1>', { isFront: true }), 'Brass lamps')
  t.end()
})

t.test('what a heading says to those alone who hear the page is no part of its name', async t => {
  const unseen = '<span class=visually-hidden>Collection: </span>'
  t.equal(called('Brass lamps - Shine', `<h1>${unseen}Brass lamps</h1>`), 'Brass lamps')
  t.equal(called('Brass lamps', `<h1 class=visually-hidden>Brass lamps</h1>`), 'Brass lamps', 'unless it says it all')
})

t.test('below the name of a weblog, by the heading of the entry', t => {
  const own = (title: string, isChosen = true): string =>
    called(title, '<h1>Shine</h1>', { isChosen: false, lower: [{ text: 'Two old lamps', isChosen }] })
  t.equal(own('Shine » Blog Archive » Two old lamps'), 'Two old lamps')
  t.equal(own('Shine: Two old lamps'), 'Two old lamps')
  t.equal(own('Shine: Two old lamps', false), 'Shine: Two old lamps', 'not by that of a box beside it')
  t.equal(own('Shine has Two old lamps'), 'Shine has Two old lamps', 'nor by the end of a sentence')
  t.end()
})

t.test('a title whose first part is missing names the site alone', t => {
  t.equal(called('| Shine & Oil', '<h1>Old lamps</h1>', { sites: ['Shine & Oil'], isChosen: false }), 'Old lamps')
  t.equal(called('- Mend lamps | Shine', '<h1>Letters</h1>', { isChosen: false, sites: ['Shine'] }), 'Mend lamps')
  t.equal(called('Shine & Oil', '<h1>Light, finally.</h1>', { sites: ['Shine & Oil'], isFront: true }), 'Shine & Oil')
  t.end()
})

t.test('without what else stands in a heading', t => {
  const text = (markup: string): string | undefined => headingsOf(markup)[0]?.text
  t.equal(text('<h1>Mend lamps<a href="#mend">¶</a></h1>'), 'Mend lamps', 'the mark of a link to it')
  t.equal(text('<h1>Mend lamps<button>Copy</button></h1>'), 'Mend lamps', 'a button')
  t.equal(text('<h1>Mend<br>lamps</h1>'), 'Mend lamps')
  t.equal(text('<h1>Oil &amp;amp; lamps</h1>'), 'Oil & lamps')
  t.equal(text(`<h1>${'lamp '.repeat(100)}</h1>`), undefined, 'a text is no heading')
  t.equal(
    called('Two lamps | Shine Docs', '<h1>Two lamps Keep this page Sort and save it</h1>'),
    'Two lamps',
    'what saves the page'
  )
  t.end()
})

t.test('the name of the site goes', t => {
  t.equal(withoutSite('Brass lamps - Shine & Co', ['shineco']), 'Brass lamps')
  t.equal(withoutSite('Brass lamps | Lamps | Old Shine', ['old-shine']), 'Brass lamps | Lamps')
  t.equal(withoutSite('Brass lamps | Tin', ['shine']), 'Brass lamps | Tin')
  t.equal(withoutSite('Shine', ['shine']), 'Shine', 'what is left is something')
  t.equal(called('Oil - The Old Lamp Shop', '', { sites: ['The Old Lamp Shop'] }), 'Oil', 'were it the longest part')
  t.equal(called('Oil and lamps - Shop', ''), 'Oil and lamps', 'the longest part of a title')
  t.equal(nameOf('Brass lamp | Shine', 'Brass lamp'), 'Brass lamp')
  t.equal(nameOf('Brass lamp with oil', 'Brass lamp'), 'Brass lamp with oil')
  t.end()
})
