import t from 'tap'
import { sumsOf } from '../../../../../src/page/content/numbers.js'
import { isNamedText } from '../../../../../src/page/kinds/others/named-text.js'
import { knownContent } from '../../../../helpers/known-content.js'

/** Whether a page has a text that is called that of an article. */
function isNamed(markup: string): boolean {
  const { survey } = knownContent(markup, {}).content
  return isNamedText(
    survey,
    sumsOf(survey.blocks, ({ words }) => words)
  )
}

t.test('the text of an article by its name', t => {
  const text = '<p>Lamps of brass burn well.</p>'
  for (const name of ['class=entry-content', 'class="article__body cf"', 'id=storyText', 'itemprop=articleBody'])
    t.ok(isNamed(`<div ${name}>${text}</div>`), name)
  t.notOk(isNamed(`<div class=content>${text}</div>`), 'not that of any page')
  t.notOk(isNamed(`<div class=entry-content>${text}</div>`.repeat(3)), 'nor those of entries')
  t.notOk(isNamed(''), 'nor no text')
  t.end()
})
