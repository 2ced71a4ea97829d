import t from 'tap'
import { createSpareRoom } from '../../../../src/workers/v8/spare-room.js'

const MIB = 1024 * 1024

/** Whether what nobody has any more is gone, after it was looked for in the next turn. */
async function isCollected(spareBytes: number): Promise<boolean> {
  const giveBack = createSpareRoom(() => ({ total_physical_size: 50 * MIB, used_heap_size: 50 * MIB - spareBytes }))
  const lost = new WeakRef(new Uint8Array(1000))
  // What a reference was made of stays until the end of the turn.
  await new Promise(resolve => setTimeout(resolve, 0))
  giveBack()
  return lost.deref() === undefined
}

t.test('all is collected where much is held that is not in use', async t => {
  t.equal(await isCollected(20 * MIB), true)
  // V8 collects by itself at times, too.
  let tries = 1
  while (tries < 5 && (await isCollected(5 * MIB))) tries++
  t.ok(tries < 5, 'and nothing for little')
})
