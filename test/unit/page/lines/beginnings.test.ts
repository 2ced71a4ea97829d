import t from 'tap'
import { beginningsOf, keyOf } from '../../../../src/page/lines/beginnings.js'

t.test('how texts begin that a phrase stands for', async t => {
  const phrases: Readonly<Record<string, readonly string[]>> = {
    'print this': ['PR'],
    '(send|[please ]mail) it': ['MA', 'PL', 'SE'],
    '[a ]': ['', 'A '],
    '# lamps': ['#'],
    'a# b': ['A#'],
    '…lamps': [''],
    'x~': ['X'],
    ßo: ['SS']
  }
  for (const [phrase, expected] of Object.entries(phrases))
    t.same([...beginningsOf(phrase, 2)].sort(), expected, phrase)
  t.equal(keyOf('ä7'), 'Ä#')
  for (const same of ['ΤΑΣ', 'τας', 'τασ']) t.equal(keyOf(same), 'ΤΑΣ')
})

t.test('many optional words in a row take no longer', async t => {
  const begun = process.cpuUsage()
  t.equal(beginningsOf(`${'[a]'.repeat(90)}${'(b|c)'.repeat(6)}`, 2).size, 7)
  t.ok(process.cpuUsage(begun).user < 500_000, 'microseconds')
})

t.test('what may begin in very many ways is looked up by fewer characters', async t => {
  const begun = process.cpuUsage()
  const letters = `(${[...'abcdefghijklmnopqrstuvwxyz'].join('|')})`
  t.equal(beginningsOf(letters.repeat(5), 4).size, 676)
  t.equal(beginningsOf(`[${letters.slice(1, -1)}]`.repeat(5), 1).size, 27)
  t.ok(process.cpuUsage(begun).user < 500_000, 'microseconds')
})
