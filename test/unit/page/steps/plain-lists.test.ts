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
