import t from 'tap'
import { signedLineIn } from '../../../../src/page/posts/signed-line.js'
import { pageLines } from '../../../helpers/context.js'
import { knownContent } from '../../../helpers/known-content.js'

const PROSE = 'A lamp of brass with a wick of two centimetres that burns for twelve hours and never sticks in the cold.'

/** The line of a page that says who has written it, with all of the page shown. */
function signedIn(markup: string): string | undefined {
  const { survey } = knownContent(markup, {}).content
  return signedLineIn(survey, new Set(survey.blocks), pageLines)?.text.trim()
}

t.test('the line above a text that says who has written it and when', async t => {
  for (const line of ['Posted by Ann on 3 May 2013 at 10:30', 'Geschrieben von Anna am 3. Mai 2013 um 10:30 Uhr'])
    t.equal(signedIn(`<h1>Lamp</h1><p>${line}</p><p>${PROSE}</p>`), line)
  t.equal(signedIn(`<h1>Lamp</h1><p>${PROSE}</p><p>Posted by Ben at 10:30</p>`), undefined, 'not one below it')
  t.equal(signedIn(`<h2>Posted by Ben at 10:30</h2><p>${PROSE}</p>`), undefined, 'no heading')
  t.equal(signedIn(`<p>Posted by rail</p><p>${PROSE}</p>`), undefined, 'when must be said')
  t.equal(signedIn(`<p>Posted by Ann at 10:30: ${PROSE}</p><p>${PROSE}</p>`), undefined, 'no text that begins so')
  t.equal(signedIn('<p>Posted by Ann at 10:30'), undefined, 'no line without a text')
})
