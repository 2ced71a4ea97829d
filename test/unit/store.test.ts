import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'
import { checkStore } from '../../src/doctor/check-files.js'
import { DatabaseFull, type Database } from '../../src/store/database.js'
import type { Entry } from '../../src/store/entry.js'
import { findDamage } from '../../src/store/damage/find-damage.js'
import { openStore, storeFile } from '../../src/store/open.js'
import type { Store } from '../../src/store/store.js'
import { createWriteBehind } from '../../src/store/write-behind.js'
import { get } from '../helpers/client.js'
import { startProxy } from '../helpers/proxy.js'

const MIB = 1024 * 1024
const child = [fileURLToPath(new URL('../helpers/use-store.js', import.meta.url))]

async function until(fact: () => boolean, seconds = 30): Promise<boolean> {
  for (let waited = 0; waited < seconds * 1000 && !fact(); waited += 20) await sleep(20)
  return fact()
}

/** Runs a program to its end: what it has told, a line each, and how it ended. */
async function run(
  program: string,
  args: readonly string[]
): Promise<{ told: Array<Record<string, unknown>>; ended: unknown[] }> {
  const running = spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  let out = ''
  running.stdout.on('data', (data: Buffer) => {
    out += data.toString()
  })
  const ended = await once(running, 'close')
  return {
    told: out
      .split('\n')
      .filter(line => line !== '')
      .map(line => JSON.parse(line) as Record<string, unknown>),
    ended
  }
}

/** A database in a Map that fails as it is told. */
function createTrial(): {
  database: Database
  entries: Map<string, Entry>
  fails: { write?: Error; open?: Error; read?: Error; gone?: boolean }
  opened: () => number
  store: (notes: string[], more?: object) => Store
} {
  const entries = new Map<string, Entry>()
  const fails: { write?: Error; open?: Error; read?: Error; gone?: boolean } = {}
  let opened = 0
  const database: Database = {
    get(key) {
      if (fails.read !== undefined) throw fails.read
      return entries.get(key)
    },
    keys: prefix => [...entries.keys()].filter(key => key.startsWith(prefix)),
    after: (key, most) =>
      [...entries]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .filter(([found]) => found > key)
        .slice(0, most),
    async write(changes) {
      await sleep(1)
      if (
        fails.write !== undefined &&
        (!(fails.write instanceof DatabaseFull) || [...changes.values()].some(entry => entry !== undefined))
      )
        throw fails.write
      for (const [key, entry] of changes) {
        if (entry === undefined) entries.delete(key)
        else entries.set(key, entry)
      }
      if (fails.write instanceof DatabaseFull && entries.size < 50) delete fails.write
    },
    isGone: () => fails.gone ?? false,
    isReadable: () => fails.read === undefined,
    async close() {}
  }
  const open = (): Database => {
    opened++
    if (fails.open !== undefined) throw fails.open
    if (fails.gone === true) entries.clear()
    delete fails.gone
    delete fails.read
    return database
  }
  return {
    database,
    entries,
    fails,
    opened: () => opened,
    store: (notes, more = {}) =>
      createWriteBehind({
        open,
        note: message => notes.push(message),
        maxWaitingBytes: MIB,
        roomBytes: 3000,
        firstRetry: 20,
        lastRetry: 100,
        ...more
      })
  }
}

t.test('a database that cannot be written', async t => {
  const { entries, fails, store: openTrial } = createTrial()
  const notes: string[] = []
  const store = openTrial(notes)
  store.set('before', 1)
  store.set('changed', 1)
  await store.written()
  t.equal(entries.size, 2)
  fails.write = new Error('ENOSPC: no space left on device, write')
  store.set('changed', 2)
  store.remove('before')
  for (let at = 0; at < 100; at++) store.set(`new ${at}`, at)
  await store.written()
  t.strictSame(store.trouble(), { failing: true, waiting: 102 })
  const began = performance.now()
  for (let at = 0; at < 100; at++) await store.written()
  t.ok(performance.now() - began < 500, 'nobody waits for it')
  t.strictSame(
    [store.get('before'), store.get('changed'), store.get('new 99'), store.keys('new ').length, store.keys('before')],
    [undefined, 2, 99, 100, []],
    'what is new is read'
  )
  await sleep(300)
  t.strictSame(
    notes,
    [
      'The store cannot be written (ENOSPC: no space left on device, write): what is new is kept in memory until it can be.'
    ],
    'one line'
  )
  delete fails.write
  t.ok(await until(() => !store.trouble().failing && store.trouble().waiting === 0), 'it goes on by itself')
  t.strictSame(store.trouble(), { failing: false, waiting: 0 })
  t.strictSame(
    [entries.get('changed')?.value, entries.has('before'), entries.size],
    [2, false, 101],
    'with all that was set'
  )
  t.strictSame(notes.slice(1), ['The store is written again.'])
  fails.write = new Error('EIO')
  store.set('late', 1)
  await store.close()
  t.match(notes.slice(2), [/cannot be written \(EIO\)/, '1 entries of the store could not be written.'])
})

t.test('a database that cannot be opened, read, or found any more', async t => {
  const { entries, fails, opened, store: openTrial } = createTrial()
  const notes: string[] = []
  fails.open = new Error('EACCES')
  const store = openTrial(notes)
  store.set('a', 1)
  t.equal(store.get('a'), 1, 'it remembers meanwhile')
  t.match(notes, [/cannot be written \(EACCES\)/])
  delete fails.open
  t.ok(await until(() => !store.trouble().failing && store.trouble().waiting === 0))
  t.equal(entries.get('a')?.value, 1)

  fails.read = new Error('MDB_PANIC')
  t.strictSame([store.get('a'), store.keys('b')], [undefined, []], 'reading throws nothing')
  fails.write = fails.read
  store.set('b', 2)
  await until(() => store.trouble().failing)
  delete fails.write
  t.ok(await until(() => !store.trouble().failing))
  t.strictSame([store.get('a'), store.get('b'), opened()], [1, 2, 3], 'it is opened anew')

  fails.gone = true
  fails.write = new Error('its file was deleted')
  store.set('b', 3)
  await until(() => store.trouble().failing)
  delete fails.write
  t.ok(await until(() => !store.trouble().failing && store.trouble().waiting === 0))
  t.strictSame([entries.get('a')?.value, entries.get('b')?.value], [1, 3], 'what the old file had is in the new one')
  await store.close()
})

t.test('a database that is full', async t => {
  const { entries, fails, store: openTrial } = createTrial()
  const notes: string[] = []
  const store = openTrial(notes)
  store.set('secret', 'kept')
  store.set('client me', { profile: 'nav3' }, 100)
  for (let at = 0; at < 60; at++) store.set(`cookies ${at}`, 'x'.repeat(100), 86_400 * (at + 1))
  await store.written()
  fails.write = new DatabaseFull('full')
  store.set('cookies new', 'x', 86_400 * 400)
  t.ok(await until(() => store.trouble().waiting === 0))
  t.match(notes, [/^The store is full \(full\): the oldest of what takes most in it is removed\.$/])
  t.strictSame(
    [
      store.get('secret'),
      store.get('client me'),
      store.get('cookies new'),
      store.get('cookies 0'),
      store.get('cookies 59') !== undefined
    ],
    ['kept', { profile: 'nav3' }, 'x', undefined, true],
    'the oldest of the largest kind'
  )
  t.ok(entries.size > 30 && entries.size < 50)

  const forgetful = openTrial(notes, { maxWaitingBytes: 10_000 })
  fails.write = new Error('EIO')
  for (let at = 0; at < 300; at++) forgetful.set(`many ${at}`, 'x'.repeat(100))
  await forgetful.written()
  t.ok(forgetful.trouble().waiting < 100, 'memory is bounded')
  t.strictSame(
    [forgetful.get('many 0'), forgetful.get('many 299')?.toString().length],
    [undefined, 100],
    'the first goes'
  )
  t.equal(notes.filter(note => note.includes('than memory is kept for')).length, 1)
  await forgetful.close()
  delete fails.write
  await store.close()
})

t.test('a file of bounded size', async t => {
  const folder = t.testdir()
  const notes: string[] = []
  const store = openStore(folder, message => notes.push(message), 2 * MIB)
  store.set('client me', 'kept', 1000)
  for (let at = 0; at < 3000; at++) {
    store.set(`short ${at}`, 'x'.repeat(3000), 10_000 + at)
    if (at % 100 === 0) await store.written()
  }
  t.ok(await until(() => store.trouble().waiting === 0, 30))
  t.equal(store.get('client me'), 'kept')
  t.ok(store.get('short 2999') !== undefined)
  t.equal(store.get('short 0'), undefined)
  const { size } = statSync(storeFile(folder))
  t.ok(size < 3 * MIB, `9 MB were written into ${size} bytes`)
  t.match(notes, [/^The store is full .*maxStoreBytes, 2 MB.* is removed\.$/])
  await store.close()
  t.equal(notes.length, 1, 'a line for all')
  t.equal(findDamage(storeFile(folder)), undefined)
})

/** A file that is well, with values of several sizes. */
async function makeFile(folder: string): Promise<Buffer> {
  mkdirSync(folder)
  const store = openStore(folder, () => {})
  for (let at = 0; at < 400; at++) store.set(`key ${at}`, { text: 'x'.repeat((at * 13) % 9000) }, 1000 + at)
  await store.written()
  for (let at = 0; at < 100; at++) store.remove(`key ${at * 3}`)
  await store.close()
  return readFileSync(storeFile(folder))
}

t.test('damaged files', { timeout: 120_000 }, async t => {
  const folder = t.testdir()
  const good = await makeFile(join(folder, 'good'))
  t.equal(findDamage(storeFile(join(folder, 'good'))), undefined)
  let seed = 1
  const random = (most: number): number => (seed = (seed * 48271) % 2147483647) % most
  const changed = (change: (bytes: Buffer) => unknown): Buffer => {
    const copy = Buffer.from(good)
    change(copy)
    return copy
  }
  const kinds: ReadonlyArray<readonly [string, Buffer]> = [
    ['noise', Buffer.from(Array.from({ length: 65_536 }, () => random(256)))],
    ['half', good.subarray(0, good.length >> 1)],
    ['short', good.subarray(0, 5000)],
    ['first', changed(bytes => bytes.fill(0, 0, 4096))],
    ['metas', changed(bytes => bytes.fill(0, 0, 8192))],
    [
      'middle',
      changed(bytes => {
        for (let at = 8192; at < bytes.length; at += 64) bytes[at] = random(256)
      })
    ],
    ['ones', changed(bytes => bytes.fill(0xff, 8192))],
    [
      'size',
      changed(bytes => {
        for (const at of [48, 4096 + 48]) bytes.writeUInt32LE(0, at)
      })
    ],
    [
      'root',
      changed(bytes => {
        for (const at of [136, 4096 + 136]) bytes.writeUInt32LE(0x7fffffff, at)
      })
    ],
    [
      'last',
      changed(bytes => {
        for (const at of [144, 4096 + 144]) bytes.writeUInt32LE(0x7fffffff, at + 4)
      })
    ],
    ['version', changed(bytes => bytes.writeUInt32LE(1, 28))],
    ['foreign', Buffer.from('SQLite format 3\0'.padEnd(20_000, 'x'))]
  ]
  for (const [name, bytes] of kinds) {
    mkdirSync(join(folder, name))
    writeFileSync(storeFile(join(folder, name)), bytes)
    t.match(findDamage(storeFile(join(folder, name))), /^(it|page|free)/, name)
  }
  mkdirSync(storeFile(join(folder, 'folder')), { recursive: true })
  mkdirSync(join(folder, 'pipe'))
  execFileSync('mkfifo', [storeFile(join(folder, 'pipe'))])
  const names = [...kinds.map(([name]) => name), 'folder', 'pipe']
  const { told, ended } = await run(process.execPath, [...child, 'open', ...names.map(name => join(folder, name))])
  t.strictSame(ended, [0, null], 'nothing ends the process')
  for (const [at, name] of names.entries()) {
    t.match(
      told[at],
      {
        found: 0,
        failing: false,
        kept: true,
        notes: [
          /^The store is damaged \(.*\): it is set aside as .*retrograde\.lmdb\.damaged-.*, and a new one is begun\.$/
        ]
      },
      name
    )
    t.ok(
      (told[at]?.files as string[]).some(file => file.startsWith('retrograde.lmdb.damaged-')),
      `${name}: it is still there`
    )
  }

  for (let one = 0; one < 40; one++) {
    mkdirSync(join(folder, `some-${one}`))
    writeFileSync(
      storeFile(join(folder, `some-${one}`)),
      changed(bytes => {
        // Heads of pages, where the numbers are, more often than the rest.
        for (let bits = 0; bits <= random(4); bits++)
          bytes.writeUInt16LE(
            random(65_536),
            random((bytes.length / 4096) | 0) * 4096 + random(random(2) === 0 ? 64 : 4094)
          )
      })
    )
  }
  const some = await run(process.execPath, [
    ...child,
    'open',
    ...Array.from({ length: 40 }, (_, one) => join(folder, `some-${one}`))
  ])
  t.strictSame([some.ended, some.told.length], [[0, null], 40], 'a few wrong numbers end nothing either')
  t.ok(
    some.told.every(({ kept }) => kept === true),
    'and each can be used'
  )
})

t.test('damaged files that are kept, and what the doctor says', async t => {
  const folder = t.testdir()
  for (let round = 0; round < 5; round++) {
    writeFileSync(storeFile(folder), `noise ${round}`)
    await t.rejects(checkStore(folder), /retrograde\.lmdb is damaged \(.*\): the next start sets it aside/)
    await openStore(folder, () => {}).close()
    await sleep(5)
  }
  const kept = readdirSync(folder)
    .filter(name => name.includes('damaged'))
    .sort()
  t.strictSame(
    kept.map(name => readFileSync(join(folder, name), 'utf8')),
    ['noise 2', 'noise 3', 'noise 4'],
    'the latest are kept'
  )
  t.match(
    await checkStore(folder),
    /can be written, \d+ MB are free; damaged stores were set aside .*: retrograde\.lmdb\.damaged-/
  )
})

t.test('files are for their owner alone', async t => {
  const folder = t.testdir()
  const modes = (): string[] =>
    [storeFile(folder), `${storeFile(folder)}-lock`].map(file => (statSync(file).mode & 0o777).toString(8))
  await openStore(folder, () => {}).close()
  t.strictSame(modes(), ['600', '600'])
  for (const file of ['', '-lock']) chmodSync(storeFile(folder) + file, 0o644)
  await openStore(folder, () => {}).close()
  t.strictSame(modes(), ['600', '600'], 'those of before too')
  await openStore(join(folder, 'made', 'here'), () => {}).close()
  t.equal((statSync(join(folder, 'made', 'here')).mode & 0o777).toString(8), '700')
})

t.test('a folder that is deleted while it is used', async t => {
  const folder = join(t.testdir(), 'data')
  const notes: string[] = []
  const store = openStore(folder, message => notes.push(message))
  store.set('before', 1)
  await store.written()
  rmSync(folder, { recursive: true })
  store.set('after', 2)
  await store.written()
  t.strictSame([store.get('before'), store.get('after')], [1, 2])
  t.ok(await until(() => !store.trouble().failing && store.trouble().waiting === 0))
  await store.close()
  const again = openStore(folder, message => t.fail(message))
  t.strictSame([again.get('before'), again.get('after')], [1, 2], 'all is in the new one')
  await again.close()
  t.match(notes, [/cannot be written \(its file was deleted\)/, 'The store is written again.'])
})

t.test('figures', async t => {
  const folder = t.testdir({ file: '' })
  const { port, lines } = await startProxy(t, { conversions: 1, 'data-dir': join(folder, 'file', 'data') })
  t.match((await get(port, 'http://retrograde/settings')).status, 200)
  const { text } = await get(port, 'http://retrograde/metrics')
  t.match(text, /^retrograde_store_failing 1$/m)
  t.match(text, /^retrograde_store_waiting [1-9]\d*$/m)
  t.equal(lines.filter(line => line.includes('The store cannot be written')).length, 1)
})

/** Whether we may mount a disk of our own. */
function mayMount(): boolean {
  try {
    execFileSync('unshare', ['-m', 'mount', '-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', import.meta.dirname], {
      stdio: 'ignore'
    })
    return true
  } catch {
    return false
  }
}

t.test(
  'a disk that is full',
  mayMount() ? { timeout: 60_000 } : { skip: 'no disk can be mounted here: that takes root on Linux' },
  async t => {
    const folder = t.testdir()
    const {
      told: [told],
      ended
    } = await run('unshare', [
      '-m',
      'sh',
      '-c',
      'mount -t tmpfs -o size=3m tmpfs "$0" && exec "$@"',
      folder,
      process.execPath,
      ...child,
      'full',
      folder
    ])
    t.strictSame(ended, [0, null])
    t.match(told, {
      during: { failing: true, before: 1, last: true },
      start: 1,
      after: { failing: false, waiting: 0 },
      kept: 200,
      before: 1
    })
    t.ok((told?.during as { waited: number }).waited < 500, 'nobody waits for it')
    t.match(
      told?.notes,
      [
        /cannot be written \((the disk is full|.*ENOSPC).*\)/,
        /cannot be written/,
        'The store is written again.',
        'The store is written again.'
      ],
      'a line for each of the two when it fails, and one when it goes on'
    )
  }
)

t.test('a file that another process writes is not damaged', async t => {
  const folder = t.testdir()
  const store = openStore(folder, message => t.fail(message))
  const writing = setInterval(() => {
    for (let at = 0; at < 50; at++) store.set(`key ${Math.random()}`.slice(0, 7), 'x'.repeat(Math.random() * 5000))
  }, 1)
  t.teardown(() => clearInterval(writing))
  for (let looks = 0; looks < 50; looks++) {
    await sleep(10)
    t.equal(findDamage(storeFile(folder)), undefined)
  }
  clearInterval(writing)
  await store.close()
})
