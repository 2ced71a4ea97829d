import t from 'tap'
import { convertPage, jobFor, profileOf } from '../../../../helpers/context.js'

const shown = (markup: string): string =>
  Buffer.from(convertPage(jobFor(Buffer.from(`<!doctype html><title>Ferry</title>${markup}`), profileOf('nav3'))).body)
    .toString('latin1')
    .replace(/\s+/g, ' ')

t.test('what signs divide stands on one line', async t => {
  t.match(
    shown('<div><div>By Ann Quay</div><div class=dot>•</div><div><time>3 May</time></div></div>'),
    /By Ann Quay \S+ 3 May/
  )
  t.match(
    shown('<div><p><a href="/a">Fares</a></p><p>|</p><span>|</span><p>Maps</p><p>|</p><h2>Ships</h2></div>'),
    /<A HREF="[^"]*">Fares<\/A> \| Maps ?(<BR>|<P>)/
  )
  t.match(
    shown('<div><h2>Piers</h2><div>1</div>/<div>4</div><p>In all weathers</div>'),
    /<\/H2>.{0,9}1 \/ 4 ?(<BR>|<P>)/
  )
})

t.test('a bar alone on a line divides nothing', async t => {
  t.notMatch(shown('<div><div><span>|</span></div><h2>Ships</h2><p>Of all sizes</p></div>').split('<HR>')[0], /\|/)
  t.match(shown('<div><p>|</p><h2>Ships</h2></div>'), /<P>\|/, 'what an author has written as a paragraph stays')
})

t.test('what stands on one line already is not torn apart, and a bar at its end goes', async t => {
  t.match(shown('<div>Changed <x-time>3 May</x-time> | <span>Ann Quay</span></div>'), /Changed 3 May \| Ann Quay/)
  t.match(shown('<div>Changed <b>3 May</b> | <div>Ann Quay</div></div>'), /Changed <B>3 May<\/B><BR> Ann Quay/)
  t.match(shown('<div><div>Ann Quay</div> | <b>3 May</b> at noon</div>'), /Ann Quay<BR> <B>3 May<\/B> at noon/)
})

t.test('a heading, a longer text, and cells of a table stay where they are', async t => {
  t.match(shown('<div><h2>Diet</h2><div>/</div><div>3 May</div></div>'), /Diet<\/H2> ?3 May/)
  const text = 'The pier is closed in winter, and nobody knows when it will be open again.'
  t.notMatch(shown(`<div><p>${text}</p><p>•</p><p>${text}</p></div>`), /again\. /)
  t.match(shown('<table border=1><tr><td>1<td>/<td>4<tr><td>2<td>/<td>5</table>'), /<TD>1 ?<TD>\/ ?<TD>4/)
})
