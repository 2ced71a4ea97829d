import t from 'tap'
import { freshnessOf } from '../../../src/origin/headers/freshness.js'
import { createKeptOriginals, type FormerOriginal, type KeptOriginal } from '../../../src/memory/kept-originals.js'

const freshFor = (seconds: number) =>
  freshnessOf({}, { status: 200, headers: { 'cache-control': `max-age=${seconds}`, etag: '"1"' } })!

const original = (bytes: number): KeptOriginal => ({
  bytes: Buffer.alloc(bytes, 'x'),
  changed: 1000,
  freshness: freshFor(60)
})

/** Room for two of 400 bytes; only what is longer than 10 bytes has a hash. */
function kept() {
  const formers = new Map<string, FormerOriginal>()
  const hashOf = (bytes: Buffer): string | undefined => (bytes.length > 10 ? `hash of ${bytes.length}` : undefined)
  return { formers, originals: createKeptOriginals(formers, { maxBytes: 1000, entryBytes: 10, hashOf }) }
}

t.test('bytes give way, the hash stays', async t => {
  const { formers, originals } = kept()
  for (const key of ['a', 'b', 'c']) originals.set(key, original(400))
  t.match(originals.get('a'), { hash: 'hash of 400', length: 400, changed: 1000 })
  t.notOk('bytes' in originals.get('a')!)
  t.match(originals.get('b'), { bytes: Buffer.alloc(400, 'x') })
  t.equal(originals.get('d'), undefined)
  originals.set('a', original(300))
  t.match(originals.get('a'), { bytes: Buffer.alloc(300, 'x') }, 'they came again')
  t.strictSame([...formers.keys()], ['c'], 'and what was used longest ago gave way to them')
})

t.test('how long they hold, and their end', async t => {
  const { formers, originals } = kept()
  for (const key of ['a', 'b', 'c']) originals.set(key, original(400))
  const later = freshFor(600)
  for (const key of ['a', 'c', 'gone']) originals.renew(key, originals.get(key)?.freshness ?? later, later)
  t.equal(originals.get('a')?.freshness, later)
  t.equal(originals.get('c')?.freshness, later)
  const another = original(300)
  originals.set('c', another)
  originals.renew('c', later, freshFor(900))
  t.equal(originals.get('c')?.freshness, another.freshness, 'what came meanwhile is not what the origin spoke of')
  t.equal(originals.get('gone'), undefined)
  for (const key of ['a', 'c']) originals.delete(key)
  t.strictSame([originals.get('a'), originals.get('c'), formers.size], [undefined, undefined, 0])
})

t.test('nothing is left of what nothing was made of, nor of what is too large', async t => {
  const { formers, originals } = kept()
  for (const [key, bytes] of [
    ['small', 10],
    ['large', 600],
    ['a', 450],
    ['b', 450],
    ['c', 450]
  ] as const)
    originals.set(key, original(bytes))
  t.equal(originals.get('small'), undefined)
  t.equal(originals.get('large'), undefined)
  t.strictSame([...formers.keys()], ['a'])
})
