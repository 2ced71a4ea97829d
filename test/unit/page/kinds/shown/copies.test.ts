import t from 'tap'
import { withoutCopies } from '../../../../../src/page/kinds/shown/copies.js'
import { knownContent } from '../../../../helpers/known-content.js'

const LONG = 'A lamp of brass with a wick of two centimetres'

/** The texts of a page in order, without copies; what begins with "No" is not shown. */
function said(markup: string): string[] {
  const { content } = knownContent(markup, { No: 0 })
  const shown = new Set(content.survey.blocks.filter(({ text }) => !text.startsWith('No')))
  const left = withoutCopies(content.survey, shown)
  return content.survey.blocks.filter(block => left.has(block)).map(({ text }) => text.trim())
}

t.test('parts that say the same are shown once', t => {
  const slide = `<div class=slide><h2>Brass</h2><p>${LONG}</p><p>New</p></div>`
  t.same(said(`<div>${slide.repeat(4)}</div><p>End`), ['Brass', LONG, 'New', 'End'], 'slides of a gallery')
  t.same(
    said(`<div><p>${LONG}</p><ul><li>One<li>Two</ul></div><section><p>${LONG}</p><ul><li>One<li>Two</ul></section>`),
    [LONG, 'One', 'Two'],
    'a copy for another screen'
  )
  t.same(
    said(`<div><div><i>${LONG}</i></div><section><h3>Brass</h3><p>${LONG}</p></section></div>`),
    ['Brass', LONG],
    'the one with a heading stays'
  )
  t.same(
    said(`<div><div>${LONG}</div><h3>Brass</h3><p>${LONG}</p><section><p>${LONG}</p></section></div>`),
    ['Brass', LONG],
    'as does the one below a heading, and that is not taken away as a copy of the first'
  )
  t.end()
})

t.test('what may well be said twice', t => {
  const both = (markup: string, name: string): void => {
    t.equal(said(markup).filter(text => text === LONG).length, 2, name)
  }
  const card = (name: string): string => `<div class=card><h3>${name}</h3><p>${LONG}</p></div>`
  both(`<div>${card('One')}${card('Two')}</div>`, 'what two entries have in common')
  both(`<div><p>${LONG}</p><p>Verse</p><p>${LONG}</p></div>`, 'a refrain')
  both(`<table><tr><td>1<td>${LONG}<tr><td>1<td>${LONG}</table>`, 'rows of a table')
  both(`<pre>${LONG}</pre><div><pre>${LONG}</pre></div>`, 'code')
  t.same(said('<div><p>New</p></div><section><p>New</p></section>'), ['New', 'New'], 'a short text')
  t.same(said(`<p>No ${LONG}</p><div><p>${LONG}</p></div>`), [LONG], 'what is not shown counts for nothing')
  t.end()
})
