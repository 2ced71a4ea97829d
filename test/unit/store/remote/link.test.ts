import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'
import { placeOfStore, Refused, type StoreClient } from '../../../../src/store/remote/client.js'
import { createLink, type Link } from '../../../../src/store/remote/link.js'
import { createSharedBytes, MOST_SHARED_BYTES } from '../../../../src/store/remote/shared-bytes.js'
import { withinTime } from '../../../../src/store/remote/within-time.js'

/** What a server does with a command. */
type Answer = () => Promise<unknown>

interface Fake {
  readonly link: Link
  readonly notes: string[]
  readonly seen: Array<readonly [operation: string, milliseconds: number]>
  readonly opened: () => number
  answers: Answer
  /** Ends the connection as a server does that is killed. */
  end(): void
}

function fake(opens: () => boolean = () => true): Fake {
  const notes: string[] = []
  const seen: Array<readonly [string, number]> = []
  let opened = 0
  let ended = (_error: Error): void => {}
  const client: StoreClient = {
    send: () => self.answers(),
    bytes: async () => Buffer.from(String(await self.answers())),
    all: async () => [await self.answers()],
    onEnd(told) {
      ended = told
    },
    close() {}
  }
  const self: Fake = {
    notes,
    seen,
    opened: () => opened,
    answers: async () => 'OK',
    end: () => ended(new Error('killed')),
    link: createLink({
      async open() {
        if (!opens()) throw new Error('refused')
        opened++
        return client
      },
      milliseconds: 50,
      prepare: async () => {},
      onUp() {},
      onDown() {},
      note: message => notes.push(message),
      place: 'store.test:6379/0',
      observe: (operation, milliseconds) => seen.push([operation, milliseconds])
    })
  }
  return self
}

const ask = (link: Link): Promise<unknown> => link.run({ operation: 'count', work: client => client.send(['PING']) })

t.test('a store that does not answer is left alone, and asked again later', async t => {
  const store = fake()
  t.teardown(() => store.link.close())
  await store.link.ready(1000)
  t.equal(await ask(store.link), 'OK')
  store.answers = () => new Promise(() => {})
  const began = performance.now()
  await t.rejects(ask(store.link), /no answer within 50 ms/)
  t.notOk(store.link.isUp())
  await t.rejects(ask(store.link), /away/)
  t.ok(performance.now() - began < 1000, 'the second waits for nothing')
  store.answers = async () => 'OK'
  while (!store.link.isUp()) await sleep(20)
  t.equal(await ask(store.link), 'OK')
  t.equal(store.opened(), 2, 'on a new connection')
  t.match(store.notes, [/store\.test:6379\/0\) does not answer \(no answer/, /answers again/])
  t.strictSame(
    store.seen.map(([operation]) => operation),
    ['count', 'count', 'count'],
    'what was asked is measured, what was not is not'
  )
})

t.test('what a server refuses is no failure of the store', async t => {
  const store = fake()
  t.teardown(() => store.link.close())
  await store.link.ready(1000)
  store.answers = () => Promise.reject(new Refused('WRONGTYPE'))
  await t.rejects(ask(store.link), /WRONGTYPE/)
  t.ok(store.link.isUp())
  t.strictSame(store.notes, [])
})

t.test('a connection that ends is known before anybody asks', async t => {
  let opens = true
  const store = fake(() => opens)
  t.teardown(() => store.link.close())
  await store.link.ready(1000)
  opens = false
  store.end()
  t.notOk(store.link.isUp())
  await sleep(1200)
  t.equal(store.notes.length, 1, 'it is said once, however often it is tried')
})

t.test('what had no time to be read is not late', async t => {
  const work = new Promise<string>(resolve => setTimeout(() => setImmediate(resolve, 'there'), 5))
  const result = withinTime(work, 10)
  for (const end = performance.now() + 60; performance.now() < end;);
  t.equal(await result, 'there')
})

t.test('bytes that are too many stay here', async t => {
  const sent: number[] = []
  const link = {
    isUp: () => true,
    run: async <T>({ work }: { work: (client: StoreClient) => Promise<T> }): Promise<T> =>
      await work({ send: async ([, , bytes]: readonly unknown[]) => sent.push((bytes as Buffer).length) } as never)
  } as unknown as Link
  const bytes = createSharedBytes(link)
  bytes.set('a', Buffer.alloc(MOST_SHARED_BYTES), 1000)
  bytes.set('b', Buffer.alloc(MOST_SHARED_BYTES + 1), 1000)
  await bytes.settled()
  t.strictSame(sent, [MOST_SHARED_BYTES])
})

t.test('bytes that wait for a slow store are bounded', async t => {
  let asked = 0
  const link = { isUp: () => true, run: () => (asked++, new Promise(() => {})) } as unknown as Link
  const bytes = createSharedBytes(link)
  for (let at = 0; at < 100; at++) bytes.set(String(at), Buffer.alloc(MOST_SHARED_BYTES), 1000)
  t.ok(asked >= 8 && asked <= 9, `${asked} of 100`)
})

t.test('no password is told', t => {
  t.equal(placeOfStore('redis://me:secret@store.test:6379/2'), 'store.test:6379/2')
  t.end()
})
