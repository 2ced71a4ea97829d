import t from 'tap'
import type { Place } from '../../../../src/page/parts/cut-place.js'
import { placeOfRest } from '../../../../src/page/parts/rest-place.js'

const BODY = `<P>Text</P><HR><P><IMG SRC="/ship.gif" ALT=""></P>Ships${' and ships'.repeat(300)}`

const placesAt = (...marks: ReadonlyArray<readonly [string, number]>): Place[] =>
  marks.map(([before, penalty]) => {
    const end = BODY.indexOf(before)
    return { end, start: end, cost: end, links: 0, open: undefined, next: 0, penalty }
  })

const placeIn = (places: readonly Place[], at = BODY.indexOf('<HR>')): number | undefined =>
  placeOfRest(BODY, at, { places, edits: [], names: new Map(), cost: BODY.length, links: 0 })?.end

t.test('where the rest of a page begins', async t => {
  t.equal(placeIn(placesAt(['<HR>', 0.5], ['<P><IMG', 0.2])), BODY.indexOf('<P><IMG'), 'the best place before it')
  t.equal(placeIn(placesAt(['<HR>', 0.5], ['Ships', 0.1])), BODY.indexOf('<HR>'), 'its first picture is a part of it')
  t.equal(placeIn(placesAt(['<HR>', 0.95])), undefined, 'nothing is torn')
  t.equal(
    placeIn(placesAt(['Text', 0.1], ['<HR>', 0.05], ['Ships', 0.4]), BODY.indexOf('<IMG')),
    BODY.indexOf('<HR>'),
    'the tags before its first text go with it'
  )
  t.equal(
    placeIn(placesAt(['<HR>', 0.1]).map(place => ({ ...place, cost: BODY.length - 2000 }))),
    undefined,
    'too little'
  )
})
