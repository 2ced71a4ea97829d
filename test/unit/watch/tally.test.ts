import { Registry } from 'prom-client'
import t from 'tap'
import { createSum, createTally } from '../../../src/watch/tally.js'

t.test('what was counted stands among the figures, however often they are read', async t => {
  const register = new Registry()
  const count = createTally({ name: 'visits', help: 'Visits.', labelNames: ['kind', 'outcome'], registers: [register] })
  const rows = async (): Promise<string[]> =>
    (await register.metrics()).split('\n').filter(line => /^visits/.test(line))
  t.strictSame(await rows(), [])
  count('page', 'ok')
  count('page', 'ok')
  count('image', 'left')
  const seen = ['visits{kind="page",outcome="ok"} 2', 'visits{kind="image",outcome="left"} 1']
  t.strictSame(await rows(), seen)
  t.strictSame(await rows(), seen, 'nothing is told twice')
  count('page', 'ok')
  t.strictSame(await rows(), [seen[0]!.replace('2', '3'), seen[1]])
})

t.test('a sum is told once, and goes on', async t => {
  const register = new Registry()
  const sent = createSum({ name: 'bytes', help: 'Bytes.', registers: [register] })
  const shown = async (): Promise<string | undefined> => /^bytes (\d+)$/m.exec(await register.metrics())?.[1]
  t.equal(await shown(), '0')
  sent(100)
  sent(20)
  t.equal(await shown(), '120')
  t.equal(await shown(), '120')
  sent(3)
  t.equal(await shown(), '123')
})
