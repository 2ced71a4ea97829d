import t from 'tap'
import { holdTick, tickKey } from '../../../src/async/held-tick.js'

t.test('what Node makes for a call of process.nextTick() is held', async t => {
  const holder: { [tickKey]?: object } = {}
  holdTick(holder)
  await new Promise(resolve => setImmediate(resolve))
  // Where Node has no such object any more, or another one, there is nothing to hold.
  t.type(Reflect.get(holder[tickKey] ?? {}, 'callback'), 'function', 'with its callback')
})
