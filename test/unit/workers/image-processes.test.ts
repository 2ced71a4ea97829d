import { mock } from 'node:test'
import t from 'tap'
import { createImageProcesses, imageEnvironment } from '../../../src/workers/image-processes.js'
import { IMAGE_LOOK } from '../../helpers/image-look.js'

const SQUARE = Buffer.from(
  '<svg xmlns="http://www.w3.org/2000/svg" width="50" height="50"><rect width="9" height="9"/></svg>'
)

t.test('an image that comes while an idle process ends gets another one', async t => {
  const processes = createImageProcesses(240 * 1024 * 1024)
  t.teardown(() => processes.close())
  const signal = new AbortController().signal
  const convert = () => processes.convert({ bytes: SQUARE, options: IMAGE_LOOK }, signal)
  mock.timers.enable({ apis: ['setTimeout'] })
  t.teardown(() => mock.timers.reset())
  t.match(await convert(), { result: { width: 50 } })
  // Longer than any process is idle: it is killed, of which nobody has heard yet.
  mock.timers.tick(1e7)
  t.match(await convert(), { result: { width: 50 } })
  t.equal((await processes.figures()).ended, 0)
})

t.test('decoders are not told the settings', async t => {
  const told = imageEnvironment({ PATH: '/bin', RETROGRADE_SHARED_STORE: 'redis://:secret@store' })
  t.match(told, { PATH: '/bin', MALLOC_ARENA_MAX: '2' })
  t.notMatch(JSON.stringify(told), 'secret')
})
