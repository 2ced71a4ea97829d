import t from 'tap'
import { whenHere } from '../../../src/async/soon.js'

t.test('what is here is gone on with at once, what comes when it has come', async t => {
  const double = (n: number): number => 2 * n
  t.equal(whenHere(2, double), 4)
  const coming = whenHere(Promise.resolve(3), double)
  t.ok(coming instanceof Promise)
  t.equal(await coming, 6)
  await t.rejects(Promise.resolve(whenHere(Promise.reject(new Error('gone')), double)), { message: 'gone' })
})
