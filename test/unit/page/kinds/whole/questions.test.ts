import t from 'tap'
import { withQuestions } from '../../../../../src/page/kinds/whole/questions.js'
import { knownContent } from '../../../../helpers/known-content.js'

/** What is shown besides what is likely, on a page where the rest is so likely. */
function added(markup: string, likely = 0.3): string[] {
  const { content } = knownContent(`<main>${markup}</main>`, { 'A lamp': 0.9, '': likely })
  const whole = withQuestions(content, content.chosen)
  return content.survey.blocks
    .filter(block => whole.has(block) && !content.chosen.has(block))
    .map(({ text }) => text.trim())
}

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
  t.same(added(three, 0.1), [], 'nor where that is not likely at all')
})
