import t from 'tap'
import { withWhole } from '../../../../../src/page/kinds/whole/whole.js'
import { pageLines } from '../../../../helpers/context.js'
import { knownContent } from '../../../../helpers/known-content.js'

const PROSE = 'A lamp of brass with a wick of two centimetres that burns for twelve hours and never sticks in the cold.'
const P = `<p>${PROSE}</p>`

/** What is shown besides what is likely, on a page where the rest is so likely. */
function added(markup: string, likely = 0.3, isForSale = false): string[] {
  const { content } = knownContent(`<main>${markup}</main>`, { 'A lamp': 0.9, '': likely })
  const { blocks } = content.survey
  const whole = withWhole(content, { blocks: content.chosen, title: 'Lamps', isForSale, lines: pageLines })
  return blocks.filter(block => whole.has(block) && !content.chosen.has(block)).map(({ text }) => text.trim())
}

const table = '<div><table><tr><th>Wick<th>Hours<tr><td>Wide<td>9</table></div>'

t.test('wholes between the paragraphs of a text', async t => {
  t.same(added(`${P}${P}${table}${P}`), ['Wick', 'Hours', 'Wide', '9'], 'a table')
  t.same(added(`${P}${P}<ul><li>Oil<li>Fire</ul>${P}`), ['Oil', 'Fire'], 'a list')
  t.same(added(`${P}${P}<pre>light(lamp)</pre>${P}`), ['light(lamp)'], 'code')
  t.same(added(`${P}${P}${P}${table}`), [], 'not behind the text')
  t.same(added(`${P}${table}${P}`), [], 'not where there is none')
  t.same(added(`${P}${P}<ul><li><a href=/o>Oil</a><li><a href=/f>Fire</a></ul>${P}`), [], 'not links')
  t.same(added(`${P}${P}${table}${P}`, 0.1), [], 'nor what is not likely at all')
})

t.test('questions with their answers', async t => {
  const question = (said: string): string =>
    `<div class=q><h3>${said}</h3><div>No, never in all of its years.</div></div>`
  const three = ['Does it burn long?', 'Does it stick in ice?', 'Does it smell of oil?'].map(question).join('')
  const all = [
    'Does it burn long?',
    'No, never in all of its years.',
    'Does it stick in ice?',
    'No, never in all of its years.',
    'Does it smell of oil?',
    'No, never in all of its years.'
  ]
  t.same(added(`<h2>Questions</h2>${three}<h2>Shops</h2><p>Sofia`), ['Questions', ...all], 'with their heading')
  t.same(added(question('Does it burn long?') + question('Is it heavy, though?')), [], 'two are no list')
  t.same(
    added(three.replaceAll('No, never in all of its years.', '<a href=/n>No, never in all of its long years</a>')),
    [],
    'not those of other pages'
  )
  t.same(added(three.replaceAll('No, never in all of its years.', '')), [], 'not questions alone')
  t.same(added(three, 0.3, true), [], 'nor those of a shop')
  t.same(added(three, 0.1), [], 'nor where that is not likely at all')
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
