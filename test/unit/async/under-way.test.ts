import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'
import { createUnderWay } from '../../../src/async/under-way.js'

t.test('once nothing is under way, and at each quiet time after it', async t => {
  let quiet = 0
  const underWay = createUnderWay([50, 300].map(milliseconds => ({ milliseconds, then: () => quiet++ })))
  let finish = (): void => {}
  const work = underWay.during(new Promise<void>(resolve => (finish = resolve)))
  await sleep(100)
  t.equal(quiet, 0, 'work is no quiet')
  finish()
  await work
  await underWay.over()
  await sleep(150)
  t.equal(quiet, 1, 'the first time')
  await sleep(300)
  t.equal(quiet, 2, 'the second')
})

t.test('work that comes before a quiet time is over puts it off', async t => {
  let quiet = 0
  const underWay = createUnderWay([{ milliseconds: 400, then: () => quiet++ }])
  await underWay.during(Promise.resolve())
  await t.rejects(underWay.during(Promise.reject(new Error('failed'))), /failed/, 'what fails is over too')
  await underWay.during(sleep(500))
  t.equal(quiet, 0, 'nothing was quiet so far')
  await sleep(600)
  t.equal(quiet, 1, 'after the last')
})

t.test('the beginning is quiet too', async t => {
  let quiet = 0
  createUnderWay([{ milliseconds: 30, then: () => quiet++ }])
  await sleep(200)
  t.equal(quiet, 1)
})

t.test('over() waits for all', async t => {
  const underWay = createUnderWay([])
  const done: string[] = []
  void underWay.during(sleep(20)).then(() => done.push('short'))
  void underWay.during(sleep(80)).then(() => done.push('long'))
  await underWay.over()
  t.strictSame(done, ['short', 'long'])
})
