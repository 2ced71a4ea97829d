import t from 'tap'
import { surveyBlocks } from '../../../../src/page/content/blocks.js'
import { markedTurnsIn } from '../../../../src/page/lists/marked-turns.js'
import { parse } from '../../../../src/page/tree/parse.js'
import { bodyOf } from '../../../../src/page/tree/tree.js'

/** What the lines of a page say that turn its pages. */
function turns(markup: string): string[] {
  const { blocks } = surveyBlocks(bodyOf(parse(markup, 1000).document)!, () => false)
  return markedTurnsIn(blocks).map(({ first, end }) =>
    blocks
      .slice(first, end)
      .map(({ text }) => text.trim())
      .join(' ')
  )
}

t.test('links that lead back and on by the marks around them', async t => {
  const [rain, snow] = ['&laquo; <a href=/r>Rain</a>', '<a href=/s>Snow</a> &raquo;']
  t.same(turns(`<p>${rain} | <a href=/>Home</a> | ${snow}</p>`), ['« Rain | Home | Snow »'], 'in one line')
  t.same(turns(`<div>${rain}</div><div>${snow}</div>`), ['« Rain Snow »'], 'one behind the other')
  t.same(turns(`<p>${rain}</p>`), [], 'not one alone')
  t.same(turns(`<p>${rain}, as we said, and ${snow}</p>`), [], 'not a sentence')
  t.same(turns(`<h2>${rain} | ${snow}</h2>`), [], 'not a heading')
})
