import t from 'tap'
import { headingsOf } from '../../../../../src/page/kinds/whole/headings.js'
import { knownContent } from '../../../../helpers/known-content.js'

const PROSE = 'A lamp of brass with a wick of two centimetres that burns for twelve hours.'

/** The headings that are shown with all paragraphs of a page. */
function shown(markup: string, likely = 0.3): string[] {
  const { content } = knownContent(`<main>${markup}</main>`, { '': likely })
  const { blocks } = content.survey
  const text = new Set(blocks.filter(block => block.text === PROSE))
  return headingsOf(content, text, '').map(block => block.text.trim())
}

t.test('headings of what is shown are shown', t => {
  const part = (heading: string, more = ''): string => `<section>${heading}${more}<p>${PROSE}</section>`
  t.same(shown(part('<h2>Brass</h2>') + part('<h2>Copper</h2>')).toSorted(), ['Brass', 'Copper'])
  const head = '<header><h2><a href=/brass>Brass</a></h2><a href=/brass>See all</a></header>'
  t.same(shown(part(head) + part('')), ['Brass'], 'a link, beside another')
  t.same(shown(`<p>${PROSE}<h2>Lamps</h2><h3>Brass</h3><p>${PROSE}<h3>Copper</h3><p>${PROSE}`).toSorted(), [
    'Brass',
    'Copper',
    'Lamps'
  ])
  t.same(
    shown(`<section><p>${PROSE}<h2>Brass</h2></section><section><img src=b.jpg><p>${PROSE}</section>`),
    ['Brass'],
    'at the end of the part before'
  )
  t.same(shown(`<h1>Lamps</h1><p>${PROSE}`), [], 'not that of the whole page, which has its place')
  t.same(shown(`<h2><a href=/>Lamps</a></h2><p>${PROSE}`), [], 'nor what stands above all of it')
  t.same(shown(part('<h2>Brass</h2>').repeat(2), 0.1), [], 'nor what is hardly a part of it')
  t.same(
    shown(`<p>${PROSE}<div><h2>Write to us</h2><p>Every day but Sunday.</div><p>${PROSE}`),
    [],
    'nor that of a box above it'
  )
  t.same(
    shown(
      `<p>${PROSE}<div><h2>Brass</h2><a href=/1>One</a><p><a href=/2>Two</a><p><a href=/3>Three</a></div><p>${PROSE}`
    ),
    [],
    'nor that of a list of links above it'
  )
  const left = '<p>What is left out here has many more words than the paragraph below it, which is shown, so that it '
  t.same(shown(part('<h2>Brass</h2>', `${left}${left}`) + part('')), [], 'nor where most below it is not shown')
  t.end()
})

t.test('no heading is shown above a line that says the same', t => {
  const said = (line: string): string[] => {
    const { content } = knownContent(
      `<section><h2>Brass</h2>${line}<p>${PROSE}</section><section><p>${PROSE}</section>`,
      { '': 0.3 }
    )
    const text = content.survey.blocks.filter(({ heading, text }) => heading !== 2 && text !== '')
    return headingsOf(content, new Set(text), '').map(block => block.text.trim())
  }
  t.same(said('<p>Brass <a href=/b>See all</a>'), [])
  t.same(said('<h3>8. Brass</h3>'), [])
  t.same(said('<h3>Brass in the cold</h3>'), ['Brass'])
  t.same(said('<p><a href=/b>Brass in the cold</a>'), ['Brass'])
  t.end()
})
