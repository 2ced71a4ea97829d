import t from 'tap'
import { createCollector } from '../../../../src/workers/v8/garbage.js'

t.test('what nobody has any more is collected', t => {
  const collect = createCollector()
  const lost = new WeakRef(new Uint8Array(1000))
  // What a reference was made of stays until the end of the turn.
  setTimeout(() => {
    collect()
    t.equal(lost.deref(), undefined)
    t.end()
  }, 0)
})
