import t from 'tap'
import { sectionsBelow } from '../../../../../src/page/kinds/whole/sections.js'
import { knownContent, textsOf } from '../../../../helpers/known-content.js'

const HOURS = '<dl><dt>Weekdays<dd>9 to 5<dt>Sundays<dd>closed</dl>'

/** What stands below the headings of a page that is so likely. */
function below(markup: string, likely = 0.4): string[] {
  const { content } = knownContent(markup, { 'The lamp': 0.9, Open: 0.6, '': likely })
  return textsOf(sectionsBelow(content, content.chosen))
}

t.test('what stands below a heading that is shown, with nothing else below it', async t => {
  const text = '<h2>The lamp museum</h2><p>The lamp of the keeper.</p>'
  t.same(below(`${text}<h2>Open</h2>${HOURS}${text}`), ['9 to 5', 'Sundays', 'Weekdays', 'closed'])
  t.same(below(`${text}<h2>Open</h2>${HOURS}`), ['9 to 5', 'Sundays', 'Weekdays', 'closed'], 'at the end, too')
  t.same(below(`${text}<h2>Tickets</h2>${HOURS}`), [], 'not below a heading that is not')
  t.same(below(`${text}<h2>Open</h2><p>The lamp room.</p>${HOURS}`), [], 'nor where something is shown')
  t.same(below(`${text}<h2>Open</h2>${HOURS}`, 0.2), [], 'nor what is less likely')
  t.same(below(`${text}<h2>Open</h2><ul><li><a href=/a>Oil lamps</a><li><a href=/b>Wicks</a></ul>`), [], 'nor links')
  t.same(below(`${text}<h2>Open</h2><div>Your name <input></div>`), [], 'nor forms')
  t.same(below(`${text}<h2>Open</h2><p>${'word '.repeat(151)}</p>`), [], 'nor much')
  t.same(below(`${text}<h2>Open</h2><p>25</p><p>(1,200)</p>`), [], 'nor numbers alone')
})
