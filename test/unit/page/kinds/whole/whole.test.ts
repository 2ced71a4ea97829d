import t from 'tap'
import { withWhole } from '../../../../../src/page/kinds/whole/whole.js'
import { pageLines } from '../../../../helpers/context.js'
import { knownContent } from '../../../../helpers/known-content.js'

const PROSE = 'A lamp of brass with a wick of two centimetres that burns for twelve hours and never sticks in the cold.'
const P = `<p>${PROSE}</p>`

/** What is shown besides what is likely, on a page where the rest is so likely. */
function added(markup: string, likely = 0.3): string[] {
  const { content } = knownContent(`<main>${markup}</main>`, { 'A lamp': 0.9, '': likely })
  const { blocks } = content.survey
  const { chosen } = content
  const whole = withWhole(content, {
    blocks: chosen,
    before: chosen,
    title: 'Lamps',
    isForSale: false,
    lines: pageLines
  })
  return blocks.filter(block => whole.has(block) && !content.chosen.has(block)).map(({ text }) => text.trim())
}

const table = '<div><table><tr><th>Wick<th>Hours<tr><td>Wide<td>9</table></div>'

t.test('wholes between the paragraphs of a text', async t => {
  t.same(added(`${P}${P}${table}${P}`), ['Wick', 'Hours', 'Wide', '9'], 'a table')
  t.same(added(`${P}${P}<ul><li>Oil<li>Fire</ul>${P}`), ['Oil', 'Fire'], 'a list')
  t.same(added(`${P}${P}<pre>light(lamp)</pre>${P}`), ['light(lamp)'], 'code')
  t.same(
    added(`${P}${P}<div><span>lamp</span><button>Copy</button><pre>light(lamp)</pre></div>${P}`),
    ['light(lamp)'],
    'code beside what copies it'
  )
  t.same(added(`${P}${P}${P}${table}`), [], 'not behind the text')
  t.same(added(`${P}${table}${P}`), [], 'not where there is none')
  t.same(added(`${P}${P}<ul><li><a href=/o>Oil</a><li><a href=/f>Fire</a></ul>${P}`), [], 'not links')
  t.same(added(`${P}${P}${table}${P}`, 0.1), [], 'nor what is not likely at all')
})

t.test('what was taken away as beside the text does not come back', async t => {
  const { content } = knownContent(`<main>${P}${P}${table}${P}</main>`, { 'A lamp': 0.9, '': 0.3 })
  const before = new Set(content.survey.blocks.filter(({ text }) => text.trim() !== 'Hours'))
  const whole = withWhole(content, {
    blocks: content.chosen,
    before,
    title: 'Lamps',
    isForSale: false,
    lines: pageLines
  })
  const added = [...whole].filter(block => !content.chosen.has(block)).map(({ text }) => text.trim())
  t.same(added, ['Hours'])
})

t.test('notes below a text', async t => {
  const long = P.repeat(8)
  const notes = '<ol class=footnotes><li id=n1>Brass holds longer.</ol>'
  t.same(added(`${long}<p>A lamp burns.<a href="#n1">1</a></p>${notes}`), ['Brass holds longer.'])
  t.same(added(`${long}${notes}`), [], 'not where no mark leads there')
})

t.test('headings of parts that are shown', async t => {
  const part = (name: string, text: string): string => `<div class=part><h3>${name}</h3><p>Price: 9</p>${text}</div>`
  const long = P.repeat(2)
  t.same(added(part('Sun', long) + part('Moon', long)), ['Sun', 'Moon'])
  t.same(added(part('Sun', '<p>It burns.') + part('Moon', '<p>It does not.')), [], 'not where the text is not shown')
  t.same(added(part('Lamps', long) + part('Lamps', long)), [], 'not the title of the page')
  t.same(added(`<div><h3>Sun</h3><p>Price: 9</p>${long}</div>`), [], 'not of a part alone')
})
