import t from 'tap'
import { evenEntries } from '../../../../../src/page/kinds/shown/even-entries.js'
import { knownContent, textsOf } from '../../../../helpers/known-content.js'

t.test('what is shown of one entry of a list is shown of all', t => {
  const pairs = ['Width', 'Height', 'Weight'].map(name => `<div class=p><b class=n>${name}</b><p>${name} 7</p></div>`)
  const shown = (known: Record<string, number>): string[] => {
    const { content } = knownContent(`<div>${pairs.join('')}</div><p>Text`, { Text: 0.6, ...known })
    return textsOf(evenEntries(content, content.chosen))
  }
  t.same(
    shown({ 'Width 7': 0.7, 'Height 7': 0.7, 'Weight 7': 0.5 }),
    ['Height 7', 'Text', 'Weight 7', 'Width 7'],
    'if it is likely on the mean'
  )
  t.same(shown({ 'Width 7': 0.7, 'Height 7': 0.3 }), ['Text'], 'else of none')
  const inMenu = knownContent('<nav><p>One</p><p>Two</p><p>Three</p></nav>', { One: 0.9 })
  t.same(textsOf(evenEntries(inMenu.content, inMenu.content.chosen)), ['One'], 'a menu stays as it is')
  t.end()
})
