import { readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { openStore } from '../../src/store/open.js'

/*
 * Uses stores in a process of its own, which a fault in LMDB would end: `open FOLDER...` opens, changes and closes
 * each, `full FOLDER` fills the disk of the folder. Prints what came of it as JSON, a line for each.
 */

const tell = (what: object): boolean => process.stdout.write(`${JSON.stringify(what)}\n`)

async function useOne(folder: string): Promise<void> {
  const notes: string[] = []
  const store = openStore(folder, message => notes.push(message))
  const found = store.keys('').filter(key => store.get(key) !== undefined).length
  for (const key of store.keys('').slice(0, 20)) store.remove(key)
  for (let at = 0; at < 50; at++) store.set(`new ${at}`, 'x'.repeat(at * 100))
  await store.written()
  const { failing } = store.trouble()
  await store.close()
  const again = openStore(folder, message => notes.push(message))
  tell({ found, failing, kept: again.get('new 49') !== undefined, notes, files: readdirSync(folder).sort() })
  await again.close()
}

/** Writes until the disk takes no more. */
function fill(file: string): void {
  try {
    for (let blocks = 1; ; blocks++) writeFileSync(file, Buffer.alloc(4096), { flag: 'a' })
  } catch {}
}

async function fullDisk(folder: string): Promise<void> {
  const notes: string[] = []
  const store = openStore(join(folder, 'data'), message => notes.push(message))
  store.set('before', 1)
  await store.written()
  fill(join(folder, 'filler'))
  for (let at = 0; at < 200; at++) {
    store.set(`during ${at}`, 'x'.repeat(2000))
    if (at % 50 === 0) await sleep(20)
  }
  const began = performance.now()
  await store.written()
  const during = {
    ...store.trouble(),
    waited: performance.now() - began,
    before: store.get('before'),
    last: store.get('during 199') !== undefined
  }
  const other = openStore(join(folder, 'other'), message => notes.push(message))
  other.set('a', 1)
  const start = other.get('a')
  rmSync(join(folder, 'filler'))
  for (let tries = 0; tries < 100 && (store.trouble().failing || other.trouble().failing); tries++) await sleep(100)
  const after = store.trouble()
  await store.close()
  await other.close()
  const again = openStore(join(folder, 'data'), message => notes.push(message))
  tell({ during, start, after, kept: again.keys('during ').length, before: again.get('before'), notes })
  await again.close()
}

const [what, ...folders] = process.argv.slice(2)
for (const folder of folders) await (what === 'full' ? fullDisk(folder) : useOne(folder))
