import t from 'tap'
import { createRemembered } from '../../../src/async/remembered.js'

t.test('made once for each text, of those that were asked for last, and never of a long one', async t => {
  const made: string[] = []
  const known = createRemembered<boolean>({ most: 2, longest: 4 })
  const ask = (key: string): boolean => known(key, () => (made.push(key), false))
  for (const key of ['a', 'a', 'b', 'a', 'c', 'a', 'b']) t.equal(ask(key), false, 'false is remembered too')
  t.strictSame(made, ['a', 'b', 'c', 'b'])
  ask('a long one')
  ask('a long one')
  t.strictSame(made.slice(4), ['a long one', 'a long one'])
})
