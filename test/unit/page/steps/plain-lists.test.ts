import t from 'tap'
import { convertPage, jobFor, profileOf } from '../../../helpers/context.js'

const shown = (markup: string): string =>
  Buffer.from(convertPage(jobFor(Buffer.from(`<!doctype html><title>Ferry</title>${markup}`), profileOf('nav3'))).body)
    .toString('latin1')
    .replace(/\s+/g, ' ')

t.test('lists that stand alone in their items belong to the item before', async t => {
  const page = shown(
    '<ul><li>Piers<li><ul><li>North</ul><li><ul><li>South</ul><ol><li>East</ol><li></li><li><ul><li>West</ul><li>Ships</ul>'
  )
  t.match(
    page,
    /<LI>Piers ?<UL> ?<LI>North ?(<\/LI>)? ?<\/UL> ?<UL> ?<LI>South ?<\/UL> ?<OL> ?<LI>East ?<\/OL> ?<UL> ?<LI>West ?<\/UL> ?<LI>Ships/
  )
})

t.test('without an item before, the items of such lists stand in their place', async t => {
  const page = shown('<ul><li><ul><li>North</ul><li><ul><li>South<li>East</ul><li>Ships</ul>')
  t.match(page, /<UL> ?<LI>North ?<LI>South ?<LI>East ?<LI>Ships ?<\/UL>/)
})

t.test('no line across the page leads an item, and none stands between items', async t => {
  const page = shown('<ul><li><hr><p><hr>Piers</p><hr>North<li><hr><li><div><hr></div>Ships<hr></ul>')
  t.match(page, /<UL> ?<LI>Piers ?<HR> ?North ?<LI>Ships ?<\/UL>/)
})

t.test('what stands in a list beside its items stands in items: no bullet leads nothing', async t => {
  t.match(shown('<ul><ul><li>North</ul><ul><li>South</ul></ul>'), /<UL> ?<LI>North ?<LI>South ?<\/UL>/)
  t.match(
    shown('<ul><li>Piers<ul><li>North</ul></li><ol><li>East</ol></ul>'),
    /<LI>Piers ?<UL> ?<LI>North ?<\/UL> ?<OL> ?<LI>East/
  )
  t.match(
    shown('<ul><div><div><li>North<li>South</div></div><li>Ships</ul>'),
    /<UL> ?<LI>North ?<LI>South ?<LI>Ships ?<\/UL>/
  )
  t.match(shown('<menu><li>North<li>South</menu>'), /<UL> ?<LI>North ?<LI>South ?<\/UL>/)
  t.match(shown('<ul><li><x-menu><ul><li>North</ul></x-menu><li>South</ul>'), /<UL> ?<LI>North ?<LI>South ?<\/UL>/)
})

t.test('words in no item that stand above a list in the list are its item', async t => {
  t.match(
    shown('<ul><b>Least:</b><br><ul><li>4 ropes<li>2 anchors</ul></ul>'),
    /<UL> ?<LI><B>Least:<\/B>(<BR>)? ?<UL> ?<LI>4 ropes ?<LI>2 anchors ?<\/UL> ?<\/UL>/
  )
  t.match(
    shown('<ul><h2>Least</h2><ul><li>4 ropes</ul><h2>Better</h2><ul><li>8 ropes</ul></ul>'),
    /Least(<[^>]*> ?)*<UL> ?<LI>4 ropes ?<\/UL>.*Better(<[^>]*> ?)*<UL> ?<LI>8 ropes ?<\/UL> ?<\/UL>/
  )
})

t.test('a text in a list that gives its items to the one around it stays', async t => {
  t.match(shown('<ul><li><ul>Piers<li>North</ul></ul>'), /<UL> ?<LI>Piers ?<LI>North ?<\/UL>/)
  t.match(shown('<ul><li><ul><li>Ships</ul><ul>Piers<li>North</ul></ul>'), /<LI>Ships ?<LI>Piers ?<LI>North ?<\/UL>/)
})

t.test('a list alone in a numbered one has its numbers', async t => {
  t.match(shown('<ol start=4><li><ul><li>North<li>South</ul></ol>'), /<OL START=4> ?<LI>North ?<LI>South ?<\/OL>/)
})

t.test('links to what stood around items lead to the first of those', async t => {
  const linked = (markup: string): string => shown(`${markup}<p>See <a href="#all">all</a> and <a href="#two">two</a>`)
  const places = /<LI><A NAME="?all"?><\/A>North.*<LI><A NAME="?two"?><\/A>South.*HREF="#all".*HREF="#two"/
  t.match(linked('<ul><div id=all><li>North<div id=two><li>South</div></div></ul>'), places)
  t.match(linked('<ul><div id=all><ul><li>North</ul></div><li id=two>South</ul>'), places)
  t.match(linked('<ul><li id=all><ul><li>North</ul><li><ul id=two><li>South</ul></ul>'), places)
})

t.test('a list in a block with more than lists stays in it', async t => {
  const page = shown(
    '<ul><div><ul><li><dl><dt>Pier<dd>It is old. It is long.<dd>North</dl></ul>Here</div><li>Ships</ul>'
  )
  t.match(page, /Pier.*It is old\. It is long\..*North.*Here.*Ships/)
})

t.test('a show of which one picture is left has no bullet of its own, in a link as well', async t => {
  const page = shown(
    '<ul><li><div></div><a href="/pier"><div><ul><li><img src="/pier.jpg" width=90 height=90 alt="Pier"><li><div></div><li></ul></div></a><p>Our pier, old and long<li>Ships'
  )
  t.match(page, /<UL> ?<LI> ?(<P>)?<A HREF="[^"]*"> ?<IMG /)
})
