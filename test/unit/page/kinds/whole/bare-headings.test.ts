import t from 'tap'
import { withoutBareHeadings } from '../../../../../src/page/kinds/whole/bare-headings.js'
import { knownContent } from '../../../../helpers/known-content.js'

/** The headings that stay of a page whose paragraphs and headings are shown, and its links are not. */
function headings(markup: string): string[] {
  const { survey } = knownContent(`<main>${markup}</main>`, {}).content
  const shown = new Set(survey.blocks.filter(({ links }) => links === 0))
  return [...withoutBareHeadings(survey, shown)].filter(({ heading }) => heading > 0).map(({ text }) => text.trim())
}

const LINKS = '<ul><li><a href=/1>Of brass</a><li><a href=/2>Of copper</a><li><a href=/3>Of tin</a></ul>'

t.test('a heading goes with the links that it names', t => {
  t.same(headings(`<h2>Oil</h2><p>It burns.<h3>More on oil:</h3>${LINKS}<h2>Wicks</h2><p>They burn.`), ['Oil', 'Wicks'])
  t.same(headings(`<h2>Oil</h2><p>It burns.<h3>More on oil</h3>${LINKS}`), ['Oil'], 'at the end of the page, too')
  t.same(headings(`<h2>Lamps</h2>${LINKS}<h3>Of oil</h3><p>It burns.`), ['Lamps', 'Of oil'], 'not above smaller ones')
  t.same(headings(`<h2>Lamps</h2>${LINKS}<p>They burn.`), ['Lamps'], 'nor above a text')
  t.same(
    headings('<h2>Storm lamp</h2><p><a href=/1>See the price</a></p><h2>Ship lamp</h2><p>It burns.'),
    ['Storm lamp', 'Ship lamp'],
    'nor the name of what a link is about'
  )
  t.same(headings(`<h2>Nobody sells lamps today.</h2>${LINKS}<h2>Oil</h2><p>It burns.`).length, 2, 'nor a sentence')
  t.same(headings('<h2>Lamps</h2><h2>Oil</h2><p>It burns.'), ['Lamps', 'Oil'], 'nor with nothing below it')
  t.end()
})
