import { Histogram, Registry } from 'prom-client'
import t from 'tap'
import { createTimes } from '../../../src/watch/times.js'

t.test('times stand among the figures as those of prom-client do', async t => {
  const [ours, theirs] = [new Registry(), new Registry()]
  const plain = { name: 'visit_seconds', help: 'Time.', buckets: [0.005, 0.5, 10] }
  const times = createTimes({ ...plain, labelName: 'kind', registers: [ours] })
  const histogram = new Histogram({ ...plain, labelNames: ['kind'], registers: [theirs] })
  const same = async (when: string): Promise<void> =>
    t.equal(await ours.metrics(), await theirs.metrics(), when) as never
  await same('nothing is measured')
  for (const [kind, seconds] of [
    ['page', 0.001],
    ['image', 0.005],
    ['page', 0.3],
    ['page', 10],
    ['error', 11],
    ['page', 0]
  ] as const) {
    times(kind, seconds)
    histogram.observe({ kind }, seconds)
  }
  await same('measured')
  await same('nothing is told twice')
  ours.resetMetrics()
  theirs.resetMetrics()
  await same('begun anew')
})
