import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { checkSharedStore } from '../../src/doctor/check-shared-store.js'
import { openClient } from '../../src/store/remote/client.js'
import { runCommand } from '../helpers/run-command.js'
import { startNode, startStore, figure } from './cluster.js'
import { freePort, until } from './programs.js'

const PASSWORD = 'correct-horse'

t.test('the doctor says what a shared store is, and what is wrong with it', async t => {
  const { port } = await startStore(t, t.testdir())
  const address = `redis://127.0.0.1:${port}/0`
  const settings = { sharedStore: address, sharedStorePasswordFile: '', sharedStoreMilliseconds: 5000 }
  t.match(
    await checkSharedStore(settings),
    new RegExp(`127\\.0\\.0\\.1:${port}/0 is redis 7\\.[\\d.]+, and answers in`)
  )
  const client = await openClient({ address, passwordFile: '', milliseconds: 5000 })
  const set = (name: string, value: string): Promise<unknown> => client.send(['CONFIG', 'SET', name, value])
  await set('maxmemory', '100mb')
  t.match(await checkSharedStore(settings), /answers/)
  await set('maxmemory-policy', 'noeviction')
  await t.rejects(checkSharedStore(settings), /takes nothing any more: .*volatile-ttl/)
  await set('maxmemory-policy', 'allkeys-lru')
  await t.rejects(checkSharedStore(settings), /may drop settings and cookies \(allkeys-lru\)/)
  await set('maxmemory-policy', 'volatile-ttl')
  await t.rejects(checkSharedStore({ ...settings, sharedStore: `redis://127.0.0.1:${await freePort()}` }), /reached/)

  await set('requirepass', PASSWORD)
  await t.rejects(checkSharedStore(settings), /NOAUTH/)
  const file = join(t.testdir(), 'password')
  writeFileSync(file, `${PASSWORD}\n`)
  t.match(await checkSharedStore({ ...settings, sharedStorePasswordFile: file }), /answers/)
  t.match(await checkSharedStore({ ...settings, sharedStore: `redis://:${PASSWORD}@127.0.0.1:${port}` }), /answers/)
  client.close()

  const node = await startNode(t, { settings: ['--shared-store', address, '--shared-store-password-file', file] })
  t.equal(await figure(node, 'retrograde_store_failing'), 0, 'a proxy takes it from the file')
  const other = await startNode(t, {
    settings: ['--shared-store', `redis://me:wrong-${PASSWORD}@127.0.0.1:${port}/0`, '--log', 'text']
  })
  await until('it says so', () => other.program.output().includes('does not answer'))
  t.notMatch(other.program.output(), new RegExp(PASSWORD), 'the log has no password')
})

t.test('a store that is full takes nothing, and holds nobody up', async t => {
  const { port } = await startStore(t, t.testdir())
  const address = `redis://127.0.0.1:${port}/0`
  const client = await openClient({ address, passwordFile: '', milliseconds: 5000 })
  const node = await startNode(t, { store: port })
  await client.send(['CONFIG', 'SET', 'maxmemory-policy', 'noeviction'])
  await client.send(['CONFIG', 'SET', 'maxmemory', '1'])
  const failing = (wanted: number) => async (): Promise<boolean> => {
    const settings = await fetch(`http://127.0.0.1:${node.port}/settings`)
    const token = /value="?([0-9a-f]{16})/i.exec(await settings.text())?.[1] ?? ''
    const saved = await fetch(`http://127.0.0.1:${node.port}/settings?token=${token}&display=mac16`)
    t.equal(saved.status, 200)
    return (await figure(node, 'retrograde_store_failing')) === wanted
  }
  await until('it is seen', failing(1))
  await client.send(['CONFIG', 'SET', 'maxmemory', '0'])
  await until('it is back', failing(0))
  client.close()
})

t.test('nobody is shown the password of a store', async t => {
  const shown = await runCommand('settings', '--shared-store', `redis://me:${PASSWORD}@store.test:6379/0`)
  t.match(shown.stdout, /sharedStore: redis:\/\/\.\.\.@store\.test:6379\/0/)
  const wrong = await runCommand('settings', '--shared-store', `http://me:${PASSWORD}@store.test/`)
  t.match(wrong.stderr, /shared-store: what it says is not allowed; it takes an address such as redis:/)
  for (const { stdout, stderr } of [shown, wrong]) t.notMatch(stdout + stderr, new RegExp(PASSWORD))
})
