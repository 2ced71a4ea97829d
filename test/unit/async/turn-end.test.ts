import t from 'tap'
import { createTurnEnd } from '../../../src/async/turn-end.js'

t.test('all who wait in one turn of the event loop go on together, when it ends', async t => {
  const turnEnd = createTurnEnd()
  const order: string[] = []
  const wait = async (name: string): Promise<void> => {
    await turnEnd()
    order.push(name)
  }
  const waiting = [wait('first'), wait('second')]
  await Promise.resolve()
  process.nextTick(() => order.push('tick'))
  setImmediate(() => order.push('after'))
  await Promise.all(waiting)
  t.same(order, ['tick', 'first', 'second'], 'in their order, before what comes after that')
  await turnEnd()
  t.same(order, ['tick', 'first', 'second', 'after'], 'and in the next turn, at its own end')
})
