import t from 'tap'
import { listsBehind } from '../../../../../src/page/kinds/others/lists-behind.js'
import { teasersIn } from '../../../../../src/page/kinds/others/teasers.js'
import { knownContent } from '../../../../helpers/known-content.js'

const PROSE = 'A lamp of brass with a wick of two centimetres that burns for twelve hours and never sticks in the cold.'
const ABOUT = 'It burns for a whole night, and much longer where no wind blows through the cracks of the house.'
const TEXT = `<article>${`<p>${PROSE}</p>`.repeat(4)}</article>`
const teaser = (at: number): string => `<div class=t><h3><a href=/${at}>Lamp of brass ${at}</a></h3><p>${ABOUT}</div>`
const TEASERS = `<section class=more>${[1, 2, 3, 4, 5, 6, 7].map(teaser).join('')}</section>`

/** The first names of the lists behind the text of a page, outer ones first, all of which would be shown. */
function said(markup: string): string[] {
  const { survey } = knownContent(markup, {}).content
  return listsBehind(survey, new Set(survey.blocks), teasersIn(survey.blocks)).map(
    ({ names, element }) => names[0] ?? element.tagName
  )
}

t.test('what is said of other pages behind a text', t => {
  t.same(said(`${TEXT}${TEASERS}`), ['more'], 'though it has more words than the text')
  t.same(said(`${TEXT}<div class=x><p>${PROSE}</p>${TEASERS}</div>`), ['more'], 'within what holds more')
  t.same(said(`<p>${PROSE}</p>${TEASERS}`), [], 'not below an introduction alone')
  t.same(said(`<article>${`<p>${PROSE}</p>`.repeat(3)}${TEASERS}<p>${PROSE}</p></article>`), [], 'not within the text')
  const answers = TEASERS.replaceAll('href=/', 'href=#')
  t.same(said(`${TEXT}${answers}`), [], 'not questions with their answers')
  t.end()
})
