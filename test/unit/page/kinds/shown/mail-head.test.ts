import t from 'tap'
import { withoutMailHead } from '../../../../../src/page/kinds/shown/mail-head.js'
import { knownContent, textsOf } from '../../../../helpers/known-content.js'

const FIELDS = ['To: lamps@example.org', 'Subject: Which oil', 'From: Ada', 'Date: 6 Mar 2012']
const TEXT = 'Colza burns longest, and it smokes less than the others.'

const shownOf = (fields: readonly string[], before = ''): string[] => {
  const { survey } = knownContent(
    `<h1>Which oil</h1>${before}<ul>${fields.map(field => `<li>${field}</li>`).join('')}</ul><pre>${TEXT}</pre>
    <ul><li>Follow-Ups:<ul><li>Ben</li></ul></li><li>Prev by Date: <a href=1>Wicks</a></li></ul>`,
    {}
  ).content
  return textsOf(withoutMailHead(survey.blocks, new Set(survey.blocks)))
}

t.test('a mail is shown with who has written it and when, and without the rest of its head and the mails around', t => {
  t.same(shownOf(FIELDS), ['Which oil', TEXT, FIELDS[2]!, FIELDS[3]!].sort())
  t.equal(shownOf(FIELDS.slice(0, 2)).length, 7, 'two lines with colons are no head')
  t.equal(shownOf(['From: Here', 'To: There', 'Date: 6 Mar 2012']).length, 8, 'nor is a journey')
  const article = `<p>${'This mail has come to many of us. '.repeat(10)}</p>`
  t.equal(shownOf(FIELDS, article).length, 10, 'an article that shows a mail shows all of it')
  t.end()
})
