import t from 'tap'
import { createKeyedSemaphore } from '../../../src/async/keyed-semaphore.js'

t.test('permits of a key are given at once while there are some, and then in order', async t => {
  const turn = createKeyedSemaphore(2)
  const never = new AbortController().signal
  const [one, two] = [turn.now('a'), turn.now('a')]
  t.ok(one !== undefined && two !== undefined)
  t.equal(turn.now('a'), undefined, 'a third one waits')
  t.ok(turn.now('b') !== undefined, 'another key has its own')
  const began: string[] = []
  const waiting = turn.wait('a', never).then(release => (began.push('third'), release))
  const gone = new AbortController()
  const givenUp = turn.wait('a', gone.signal).catch((error: unknown) => error)
  const later = turn.wait('a', never).then(release => (began.push('fifth'), release))
  gone.abort('left')
  t.equal(await givenUp, 'left')
  one!()
  one!()
  const third = await waiting
  t.strictSame(began, ['third'], 'a release counts once')
  t.equal(turn.now('a'), undefined, 'nobody slips in')
  third()
  const fifth = await later
  fifth()
  two!()
  t.ok(turn.now('a') !== undefined)
})
