import { join } from 'node:path'
import { open } from 'lmdb'
import t from 'tap'
import { bringForward, schemaVersion, type ForwardStep } from '../../../src/store/schema.js'

const rename: ForwardStep = tree => {
  for (const { key, value } of [...tree.getRange({ start: 'old ', end: 'old!' })]) {
    void tree.put(String(key).replace('old', 'new'), value)
    void tree.remove(key)
  }
}

t.test('a store of an earlier version is brought forward, step by step, once', async t => {
  const tree = open<unknown, string | number>({ path: join(t.testdir(), 'a.lmdb'), noSubdir: true })
  await tree.put('old ada', { value: 1 })
  let ran = 0
  const count: ForwardStep = () => void ran++
  bringForward(tree, [rename])
  t.strictSame([tree.get('new ada'), tree.get('old ada')], [{ value: 1 }, undefined])
  bringForward(tree, [rename, count])
  bringForward(tree, [rename, count])
  t.equal(ran, 1)
  t.throws(() => bringForward(tree, [rename]), /schema 3, this one knows 2/)
  await tree.close()
})

t.test('a step that fails changes nothing', async t => {
  const tree = open<unknown, string | number>({ path: join(t.testdir(), 'a.lmdb'), noSubdir: true })
  await tree.put('old ada', { value: 1 })
  const fail: ForwardStep = () => {
    throw new Error('no')
  }
  t.throws(() => bringForward(tree, [rename, fail]), /no/)
  t.strictSame([tree.get('old ada'), tree.get('new ada')], [{ value: 1 }, undefined])
  await tree.close()
})

t.test('versions count from one', async t => {
  t.equal(schemaVersion([]), 1)
  t.equal(schemaVersion([rename]), 2)
})
