import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { open } from 'lmdb'
import t from 'tap'
import { openStore, storeFile } from '../../../src/store/open.js'
import { runCommand } from '../../helpers/run-command.js'

async function storeWith(folder: string, entries: Readonly<Record<string, unknown>>): Promise<void> {
  const store = openStore(folder, message => t.fail(message))
  for (const [key, value] of Object.entries(entries)) store.set(key, value)
  await store.close()
}

t.test('what is remembered is written to a file and brought back, while a proxy goes on', async t => {
  const folder = t.testdir()
  const [data, file] = [join(folder, 'data'), join(folder, 'kept', 'monday')]
  const running = openStore(data, message => t.fail(message))
  running.set('client ada', { images: 'links' })
  running.set('cookies ada a.test', ['a=1'])
  await running.written()
  t.match(await runCommand('backup', file, '--data-dir', data), { status: 0, stdout: /monday: 2 entries/, stderr: '' })
  t.equal(statSync(file).mode & 0o777, 0o600, 'cookies are in it')
  t.strictSame(readdirSync(join(folder, 'kept')), ['monday'], 'nothing else is left')
  running.set('client ada', { images: 'off' })
  running.set('client bob', { images: 'off' })
  await running.written()
  t.match(await runCommand('restore', file, '--data-dir', data), { status: 0, stdout: /2 entries/, stderr: '' })
  t.strictSame(running.get('client ada'), { images: 'links' }, 'the proxy that runs has it at once')
  t.equal(running.get('client bob'), undefined, 'what came later is gone')
  running.set('client eve', { images: 'off' })
  await running.close()
  const again = openStore(data, message => t.fail(message))
  t.strictSame(again.keys('client ').sort(), ['client ada', 'client eve'])
  await again.close()
  t.strictSame(readdirSync(join(folder, 'kept')), ['monday'])
  t.match(await runCommand('restore', file, '--data-dir', join(folder, 'new')), { status: 0 }, 'on another machine')
})

t.test('what is no backup changes nothing', async t => {
  const folder = t.testdir({ broken: 'x'.repeat(20_000) })
  const data = join(folder, 'data')
  await storeWith(data, { 'client ada': { images: 'off' } })
  t.match(await runCommand('restore', join(folder, 'broken'), '--data-dir', data), { status: 1, stderr: /damaged/ })
  t.match(await runCommand('restore', join(folder, 'none'), '--data-dir', data), { status: 1, stderr: /there is no/ })
  t.match(await runCommand('backup', join(folder, 'b'), '--data-dir', join(folder, 'empty')), {
    status: 1,
    stderr: /there is no/
  })
  t.match(await runCommand('backup', join(folder, 'b'), '--data-dir', ''), {
    status: 2,
    stderr: /nothing is remembered/
  })
  t.notOk(existsSync(join(folder, 'b')))
  writeFileSync(join(folder, 'b'), 'before')
  t.match(await runCommand('backup', join(folder, 'b'), '--data-dir', data), { status: 0 }, 'it is written over')
  const store = openStore(data, message => t.fail(message))
  t.strictSame(store.get('client ada'), { images: 'off' })
  await store.close()
})

t.test('what a later version wrote is refused with a word', async t => {
  const folder = t.testdir()
  const [data, later] = [join(folder, 'data'), join(folder, 'later')]
  await storeWith(data, { 'client ada': { images: 'off' } })
  await storeWith(later, { 'client ada': { images: 'links' } })
  const tree = open({ path: storeFile(later), noSubdir: true })
  await tree.put(0, 99)
  await tree.close()
  const notes: string[] = []
  const store = openStore(later, message => notes.push(message))
  store.set('client ada', { images: 'off' })
  await store.close()
  t.match(notes[0], /a later version of Retrograde wrote it \(schema 99, this one knows \d+\)/)
  t.match(await runCommand('restore', storeFile(later), '--data-dir', data), { status: 1, stderr: /later version/ })
  const same = open<unknown, string | number>({ path: storeFile(later), noSubdir: true })
  t.strictSame(same.get('client ada'), { value: { images: 'links' } }, 'it stays as it was')
  await same.close()
})
