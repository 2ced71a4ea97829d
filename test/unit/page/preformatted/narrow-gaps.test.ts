import t from 'tap'
import { narrowGaps } from '../../../../src/page/preformatted/narrow-gaps.js'
import { parse } from '../../../../src/page/tree/parse.js'
import { bodyOf, elements, textOf } from '../../../../src/page/tree/tree.js'
import { isLinear } from '../../../helpers/cost.js'

function narrowed(markup: string, columns: number): string {
  const pre = elements(bodyOf(parse(`<pre>${markup}</pre>`, 1_000_000).document)!, 'pre')[0]!
  narrowGaps(pre, columns)
  return textOf(pre)
}

t.test('the widest gaps are narrowed first, and no more than is needed', t => {
  t.equal(narrowed('one        two   3\nfour       five  6', 15), 'one     two   3\nfour    five  6')
  t.equal(narrowed('one        two   3\nfour       five  6', 13), 'one   two   3\nfour  five  6')
  t.equal(narrowed('one        two   3\nfour       five  6', 20), 'one        two   3\nfour       five  6', 'it fits')
  t.equal(narrowed('    one two three\n    four', 14), ' one two three\n four', 'what all lines begin with may go')
  t.end()
})

t.test('lines that are drawn across the columns get shorter with them', t => {
  t.equal(narrowed('+-------+\n| a     |\n+-------+\n| b     |', 6), '+----+\n| a  |\n+----+\n| b  |')
  t.equal(narrowed('one      two\n------------\n1        2', 10), 'one    two\n----------\n1      2')
  t.end()
})

t.test('lines stay that are no columns', t => {
  for (const line of [
    'one two three four',
    'one\ttwo        three',
    `${'-'.repeat(600)}   -`,
    'one        two<br>three'
  ])
    t.equal(narrowed(line, 10), narrowed(line, 1000), line.slice(0, 20))
  t.end()
})

t.test('the time grows with the text', t => {
  const shape = (n: number) => {
    const { document } = parse(`<pre>${'<b>a</b>        b\n'.repeat(n)}</pre>`, 10_000_000)
    const [pre] = elements(bodyOf(document)!, 'pre')
    return () => narrowGaps(pre!, 5)
  }
  isLinear(t, 'rows with a gap', shape, { from: 1024, largest: 65_536 })
  t.end()
})
