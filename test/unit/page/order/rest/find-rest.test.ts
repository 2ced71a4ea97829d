import t, { type Test } from 'tap'
import { restOf } from '../../../../../src/page/order/rest/find-rest.js'
import { isElement, isText } from '../../../../../src/page/tree/tree.js'
import { times } from '../../../../helpers/hostile-pages.js'
import { contentIn } from '../../../../helpers/likely-content.js'

const PARAGRAPH =
  'The keeper of the lighthouse counted the ships that passed, wrote their names into his book, and lit the lamp at dusk, as he had done.'
const TEXT = times(70, at => `<p data-p=".95">${at}. ${PARAGRAPH}</p>`)
const RELATED = `<h2 data-p=".1">Related</h2><ul>${times(40, at => `<li data-p=".05"><a href="/story/about-the-sea/${at}"><img src="/${at}.jpg">A story about the sea, number ${at}</a>`)}</ul>`
const FOOT = '<hr><h3>About us</h3><p data-p=".02">All rights of all lighthouses are reserved.</p>'

/** The first texts and images of the rest of a page, and what is said of it; undefined: the page has none. */
function restIn(markup: string, most = 2): readonly [string[], string] | undefined {
  const { content, body } = contentIn(markup)
  const rest = restOf(content, body, new URL('https://ships.test/sails'))
  if (rest === undefined) return undefined
  const names = [...rest.nodes].map(node => (isText(node) ? node.value : isElement(node) ? `<${node.tagName}>` : ''))
  return [names.slice(0, most), rest.told]
}

function beginsWith(t: Test, markup: string, names: readonly string[], why: string): void {
  t.same(restIn(markup, names.length)?.[0], names, why)
}

t.test('what stands behind the content of a page', async t => {
  t.same(restIn(TEXT + RELATED + FOOT), [['Related', '<img>'], 'Related / About us'], 'from its heading on')
  beginsWith(
    t,
    `<article>${TEXT}<p><img src="/lamp.jpg"></p></article><div>${RELATED}</div>${FOOT}`,
    ['Related'],
    'a picture below the last paragraph stays with it'
  )
  beginsWith(
    t,
    `<article>${TEXT}</article><div><p><img src="/ship.jpg"></p><p>Ships</p>${RELATED}</div>${FOOT}`,
    ['<img>', 'Ships'],
    'one above the first of the rest goes with that'
  )
  beginsWith(
    t,
    `<article>${TEXT}<p data-p=".3">Photograph: Anna Strand</p></article>${RELATED}`,
    ['Related'],
    'what may be content and follows at once stays'
  )
  beginsWith(
    t,
    `<article>${TEXT}</article><div><a href="/1">Previous</a> <a href="/3">Next: the second lamp</a></div>${RELATED}`,
    ['Related'],
    'and what leads on'
  )
  beginsWith(
    t,
    `${TEXT}<h2 data-p=".1">Answers</h2><p data-p=".35">${PARAGRAPH}</p>${RELATED}`,
    ['Related'],
    'a paragraph that may be content is not torn off'
  )
  const entries = (from: number, likelihood: number): string =>
    times(12, at => `<li data-p="${likelihood}">Ship ${from + at} of the line that sails from here`)
  beginsWith(
    t,
    `${TEXT}<h2>Ships</h2><ul>${entries(1, 0.5)}${entries(13, 0.1)}</ul>${RELATED}`,
    ['Related'],
    'nor the end of a list'
  )
})

t.test('entries, notes and parts', async t => {
  const answer = (at: number): string =>
    `<div class="entry"><h3 data-p=".2">Which lamp is number ${at}?</h3><p data-p=".15">${at}. Lamp ${at} stands beside the other one.</p></div>`
  beginsWith(
    t,
    `${TEXT}<h2 data-p=".4">Answers</h2><div>${times(3, at => answer(at).replaceAll('.2', '.5').replaceAll('.15', '.25'))}${times(4, at => answer(at + 3))}</div>${RELATED}`,
    ['Related'],
    'a list of answers is not torn'
  )
  const notes = times(30, at => `<li id="note-${at}" data-p=".02">A note about the ship of the year ${at}.`)
  const noted = (text: string): string =>
    `${text}<p data-p=".95">${PARAGRAPH}${times(4, at => ` <a href="#note-${at * 9}">[${at}]</a>`)}</p>`
  beginsWith(t, `${noted(TEXT)}<h2>Notes</h2><ol>${notes}</ol>${RELATED}`, ['Related'], 'notes that the text leads to')
  beginsWith(t, `${TEXT}<h2>Notes</h2><ol>${notes}</ol>${RELATED}`, ['Notes'], 'others wait')
  const parts = (path: string): string =>
    `<ul>${times(12, at => `<li><a data-p=".1" href="${path}/${at}">Sails of kind ${at}</a>`)}</ul>`
  beginsWith(t, TEXT + parts('/sails') + RELATED, ['Related'], 'links that lead below the page')
  beginsWith(t, TEXT + parts('/masts') + RELATED, ['Sails of kind 0'], 'and elsewhere')
  beginsWith(
    t,
    TEXT + parts('/sails').replaceAll('.1"', '.01"') + RELATED,
    ['Sails of kind 0'],
    'and that stand in a menu'
  )
  const stories = (count: number, likelihood: number): string =>
    `<ul>${times(count, at => `<li><a data-p="${likelihood}" href="/story/${at}">A story about the sea and ship ${at}</a>`)}</ul>`
  beginsWith(
    t,
    TEXT + stories(130, 0.95) + stories(20, 0.35) + RELATED,
    ['Related'],
    'the entries of a list that may be content'
  )
  beginsWith(t, TEXT + stories(20, 0.35) + RELATED, ['A story about the sea and ship 0'], 'on a page that is none')
})

t.test('pages that stay whole', async t => {
  t.equal(restIn(TEXT + FOOT), undefined, 'little stands behind the content')
  t.equal(restIn(`<p data-p=".95">${PARAGRAPH}</p>${RELATED}`), undefined, 'the page is short')
  t.equal(restIn(TEXT.replaceAll('.95', '.5') + RELATED), undefined, 'nothing is surely content')
  t.equal(
    restIn(times(300, at => `<li data-p=".95"><a href="/${at}">Ship number ${at} of the line</a>`) + RELATED),
    undefined,
    'it is a list of links'
  )
  t.equal(restIn(TEXT), undefined, 'nothing stands behind it')
})

t.test('what belongs to the content though it is none', async t => {
  const behind = (line: string): string => `<article>${TEXT}</article>${line}${RELATED}`
  for (const line of [
    '<p>Text by Anna Strand</p>',
    '<div>Posted by: <a href="/anna">Anna Strand</a></div>',
    '<p class="byline">Anna Strand</p>',
    '<p>Last reviewed: 3 May 2021</p>'
  ])
    beginsWith(t, behind(line), ['Related'], line)
  beginsWith(t, behind('<p>Anna Strand sails</p>'), ['Anna Strand sails'], 'another line')
  const pager = '<div><a href="?p=1">1</a> <a href="?p=2">2</a> <a href="?p=3">3</a> <a href="?p=2">Next</a></div>'
  beginsWith(t, behind(`<p><a href="/print">Print view</a></p>${pager}`), ['Related'], 'what turns pages, near the end')
  const list = times(
    30,
    at => `<dt data-p=".4">Ship ${at} of the line<dd data-p=".05">https://ships.test/${at}/of-the-line`
  )
  beginsWith(
    t,
    `${TEXT}<h2>Ships</h2><dl>${list}</dl>${RELATED}`,
    ['Related'],
    'a list is not cut between name and text'
  )
})

t.test('what the rest is called', async t => {
  const named = (heading: string): string | undefined =>
    restIn(TEXT + heading + RELATED.replace(/<h2.*?<\/h2>/, ''))?.[1]
  t.equal(named(''), 'menus', 'nothing, but that it is links')
  t.equal(named(times(60, at => `<p data-p=".05">Lamp number ${at} is for sale at the gate.</p>`)), '', 'nothing')
  t.equal(named('<h2>Our services<br>for ships</h2>'), 'Our services for ships')
  t.equal(named('<h2><span>Our services</span><span>For ships</span></h2>'), 'Our services For ships')
  t.equal(named('<h2><span>Who we are</span><br><span>Who we are</span></h2>'), 'Who we are')
  for (const heading of ['<h2>Footer</h2>', '<h2>We and our 12 partners</h2>', '<h2>Post navigation</h2>'])
    t.equal(named(heading), 'menus', heading)
  t.equal(named('<h2>Footer of the lamp</h2>'), 'Footer of the lamp')
  for (const heading of ['<h2>Search</h2>', '<h2>$ 38.24</h2>', '<div class="cookie-modal"><h2>Technical</h2></div>'])
    t.equal(named(heading), 'menus', heading)
  t.equal(named('<h2><a href="/1">A story about the sea</a></h2>'), 'menus', 'what is called so is another page')
})
