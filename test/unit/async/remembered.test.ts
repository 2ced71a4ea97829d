import t from 'tap'
import { createFew, createRemembered } from '../../../src/async/remembered.js'

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

t.test('a few are found by comparison, those that came last', async t => {
  const few = createFew<{ readonly name: string }, number>(2, (one, other) => one.name === other.name)
  t.equal(few.find({ name: 'a' }), undefined)
  t.equal(few.keep({ name: 'a' }, 1), 1)
  few.keep({ name: 'b' }, 2)
  t.equal(few.find({ name: 'a' }), 1, 'another object that says the same')
  few.keep({ name: 'c' }, 3)
  t.equal(few.find({ name: 'a' }), undefined, 'the oldest goes')
  t.equal(few.find({ name: 'b' }), 2)
})
