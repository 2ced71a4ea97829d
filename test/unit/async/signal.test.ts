import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'
import {
  abortSignalOf,
  createEnding,
  createEndingUnder,
  createEndingWithin,
  isTimeOver,
  underTimeLimit
} from '../../../src/async/signal.js'
import { untilAborted } from '../../../src/async/until-aborted.js'
import { collectGarbage } from '../../helpers/cost.js'

t.test('a signal tells once, all who still listen, with the first reason', async t => {
  const { signal, end } = createEnding()
  const told: string[] = []
  const reason = new Error('first')
  const one = (): void => void told.push('one')
  const gone = (): void => void told.push('gone')
  signal.addEventListener('abort', one, { once: true })
  signal.addEventListener('abort', one)
  signal.addEventListener('abort', gone)
  signal.addEventListener('abort', () => signal.removeEventListener('abort', later))
  const later = (): void => void told.push('later')
  signal.addEventListener('abort', later)
  signal.removeEventListener('abort', gone)
  t.doesNotThrow(() => signal.throwIfAborted())
  t.equal(signal.aborted, false)
  end(reason)
  end('second')
  t.strictSame(told, ['one'], 'neither twice, nor those that were removed, before or meanwhile')
  t.equal(signal.reason, reason)
  t.equal(signal.aborted, true)
  t.throws(() => signal.throwIfAborted(), { message: 'first' })
  signal.addEventListener('abort', one)
  end('third')
  t.strictSame(told, ['one'], 'who comes too late is not told, as with an AbortSignal')
})

t.test('a listener that throws keeps no other from being told', async t => {
  const { signal, end } = createEnding()
  const thrown = new Promise(resolve => process.once('uncaughtException', resolve))
  let told = false
  signal.addEventListener('abort', () => {
    throw new Error('of a listener')
  })
  signal.addEventListener('abort', () => {
    told = true
  })
  end('over')
  t.ok(told)
  t.match(await thrown, { message: 'of a listener' })
})

t.test('one under another ends with it, or alone', async t => {
  const whole = createEnding()
  const [with_, alone, released] = [0, 1, 2].map(() => createEndingUnder(whole.signal)) as [
    ReturnType<typeof createEndingUnder>,
    ReturnType<typeof createEndingUnder>,
    ReturnType<typeof createEndingUnder>
  ]
  alone.end('alone')
  t.equal(whole.signal.aborted, false)
  released.release()
  whole.end('all')
  t.equal(with_.signal.reason, 'all')
  t.equal(alone.signal.reason, 'alone')
  t.equal(released.signal.aborted, false)
  t.equal(createEndingUnder(whole.signal).signal.reason, 'all', 'also one that begins too late')
})

t.test('an AbortSignal of it, for those who take nothing else', async t => {
  const early = createEnding()
  const whole = abortSignalOf(early.signal)
  t.equal(abortSignalOf(early.signal), whole)
  const any = AbortSignal.any([whole, new AbortController().signal])
  early.end('reason')
  t.equal(any.reason, 'reason')
  const late = createEnding()
  late.end('before')
  t.equal(abortSignalOf(late.signal).reason, 'before')
  const real = new AbortController().signal
  t.equal(abortSignalOf(real), real)
  t.throws(() => abortSignalOf({ ...early.signal, aborted: false, reason: 1 }), TypeError)
})

t.test('a time that is over ends it too, whatever memory was collected meanwhile', async t => {
  const whole = createEnding()
  const signals = Array.from({ length: 20 }, () => abortSignalOf(createEndingWithin(whole.signal, 100).signal))
  let ended = 0
  for (const signal of signals.splice(0)) signal.addEventListener('abort', () => ended++)
  for (let i = 0; i < 5; i++) {
    collectGarbage()
    await sleep(40)
  }
  t.equal(ended, 20)

  t.equal(await underTimeLimit(whole.signal, 60_000, async signal => signal.aborted), false)
  const late = underTimeLimit(whole.signal, 1, signal => untilAborted(new Promise(() => {}), signal).then(() => signal))
  t.equal(isTimeOver(await late), true)
  const left = underTimeLimit(whole.signal, 60_000, signal =>
    untilAborted(new Promise(() => {}), signal).then(() => signal)
  )
  whole.end('left')
  t.equal(isTimeOver(await left), false, 'who leaves is not late')

  const outer = createEndingWithin(createEnding().signal, 1)
  const inner = createEndingWithin(outer.signal, 60_000)
  await untilAborted(new Promise(() => {}), inner.signal)
  t.strictSame([outer.isLate(), inner.isLate()], [true, false], 'whose time it was')
})
