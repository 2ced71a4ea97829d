import { existsSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { makeFolder } from '../../../src/store/make-folder.js'

t.test('folders are made with those around them', async t => {
  const root = t.testdir({})
  const folder = join(root, 'one', 'two', 'three')
  makeFolder(folder, 0o700)
  t.equal(statSync(folder).mode & 0o777, 0o700)
  t.equal(statSync(join(root, 'one')).mode & 0o777, 0o700, 'those around it too')
  makeFolder(folder)
  t.equal(statSync(folder).mode & 0o777, 0o700, 'one that is there stays as it is')
})

t.test('where none can be made, it ends', async t => {
  const root = t.testdir({})
  writeFileSync(join(root, 'file'), '')
  // Node 24 does not say that the folder around it is none.
  t.throws(() => makeFolder(join(root, 'file', 'below')), { code: /^(ENOTDIR|EEXIST)$/ })
  t.throws(() => makeFolder(join(root, 'file')), { code: 'EEXIST' })
  if (existsSync('/proc/self')) t.throws(() => makeFolder('/proc/none/below'), { code: 'ENOENT' })
})
