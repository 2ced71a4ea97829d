import t from 'tap'
import { evenEntries } from '../../../../../src/page/kinds/shown/even-entries.js'
import { knownContent, textsOf } from '../../../../helpers/known-content.js'

t.test('what is shown of one entry of a list is shown of all', t => {
  const pairs = ['Width', 'Height', 'Weight'].map(name => `<div class=p><b class=n>${name}</b><p>${name} 7</p></div>`)
  const prose = 'Text of more words than these entries have'
  const shown = (known: Record<string, number>): string[] => {
    const { content } = knownContent(`<div>${pairs.join('')}</div><p>${prose}`, { Text: 0.6, ...known })
    return textsOf(evenEntries(content, content.chosen))
  }
  t.same(
    shown({ 'Width 7': 0.7, 'Height 7': 0.7, 'Weight 7': 0.5 }),
    ['Height 7', prose, 'Weight 7', 'Width 7'],
    'if it is likely on the mean'
  )
  t.same(shown({ 'Width 7': 0.7, 'Height 7': 0.3 }), [prose], 'else of none')
  const inMenu = knownContent('<nav><p>One</p><p>Two</p><p>Three</p></nav>', { One: 0.9 })
  t.same(textsOf(evenEntries(inMenu.content, inMenu.content.chosen)), ['One'], 'a menu stays as it is')
  t.end()
})

t.test('where the entries are what a page is about, a fact of some is shown of all', t => {
  const shown = (facts: readonly string[]): string[] => {
    const entries = facts.map((fact, at) => `<div class=p><h3>A talk on ships ${'ABCD'[at]}</h3><p>${fact}</p></div>`)
    const titles = Object.fromEntries([...'ABCD'].map(letter => [`A talk on ships ${letter}`, 0.9]))
    const known = { [facts[0]!]: 0.6, [facts[1]!]: 0.3, [facts[2]!]: 0.1, [facts[3]!]: 0.1, ...titles }
    const { content } = knownContent(`<div>${entries.join('')}</div>`, known)
    return textsOf(evenEntries(content, content.chosen)).filter(text => !text.startsWith('A talk'))
  }
  t.same(shown(['May 1', 'May 2', 'May 3', 'May 4']), ['May 1', 'May 2', 'May 3', 'May 4'], 'their dates')
  t.same(shown(['Read', 'Look', 'Hear', 'Buy']), [], 'no words without a number')
  t.same(shown(['5 stars', '1 star', '1 star', '1 star']), [], 'nothing that most say alike')
  const long = ['1', '2', '3', '4'].map(number => `${number} of those who have spoken here before wrote this down`)
  t.same(shown(long), [], 'no text')
  t.end()
})
