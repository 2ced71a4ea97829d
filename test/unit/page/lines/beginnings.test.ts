import t from 'tap'
import { beginningsOf, keyOf } from '../../../../src/page/lines/beginnings.js'

t.test('how texts begin that a phrase stands for', async t => {
  const phrases: Readonly<Record<string, readonly string[]>> = {
    'print this': ['pr'],
    '(send|[please ]mail) it': ['ma', 'pl', 'se'],
    '[a ]': ['', 'a '],
    '# lamps': ['#'],
    'a# b': ['a#'],
    '…lamps': [''],
    'x~': ['x']
  }
  for (const [phrase, expected] of Object.entries(phrases))
    t.same([...beginningsOf(phrase, 2)].sort(), expected, phrase)
  t.equal(keyOf('Ä7'), 'ä#')
})

t.test('many optional words in a row take no longer', async t => {
  const begun = process.cpuUsage()
  t.equal(beginningsOf(`${'[a]'.repeat(90)}${'(b|c)'.repeat(6)}`, 2).size, 7)
  t.ok(process.cpuUsage(begun).user < 500_000, 'microseconds')
})
