import type { Entry } from '../entry.js'
import { isOld } from '../entry.js'
import type { SharedPart, Store } from '../store.js'
import { createUnwritten, type Unwritten } from '../writing/unwritten.js'
import { createWaiters } from '../writing/waiters.js'
import { bring } from './bring.js'
import { openClient, placeOfStore, Refused, type ClientOptions, type StoreClient } from './client.js'
import { createCounters } from './counters.js'
import { createLink, type Link, type LinkOptions } from './link.js'
import { AGREED_KEYS, personalPlace, personKey } from './places.js'
import { createSharedBytes } from './shared-bytes.js'
import { createView, VERSION_FIELD, type View } from './view.js'
import { writeChanges } from './write-changes.js'

export interface SharedStoreOptions extends ClientOptions, Pick<LinkOptions, 'note' | 'observe'> {}

/** A store that several proxies share. */
export interface SharedStore extends Store {
  readonly shared: SharedPart
}

/** Memory for entries that cannot be written; beyond that the oldest are forgotten. Bytes. */
const MOST_UNWRITTEN_BYTES = 64 * 1024 * 1024
/** Size of one transaction: while it is written, answers to others wait behind it. Bytes. */
const BATCH_BYTES = 256 * 1024
/** How long a start waits for a store that does not answer. Milliseconds. */
const START_MILLISECONDS = 2000
/** What is written to try whether a store can be written is gone after so long. Seconds. */
const TRIAL_SECONDS = 60

/** Whether a store can be written, which a full one and a copy that only reads cannot. @throws Error */
const tryWrite = async (client: StoreClient): Promise<unknown> =>
  await client.send(['SET', personKey('trial'), '1', 'EX', String(TRIAL_SECONDS)])

/** The version of a person as the store has it; undefined where something else stands in its place. */
async function versionOf(client: StoreClient, name: string): Promise<unknown> {
  try {
    return await client.send(['HGET', personKey(name), VERSION_FIELD])
  } catch (error) {
    if (error instanceof Refused) return undefined
    throw error
  }
}

/**
 * What was set while the store was away may be older than what others have written since: of persons who have changed
 * meanwhile nothing is known any more, so that what stands in the store stays.
 */
async function forgetChanged(client: StoreClient, unwritten: Unwritten, view: View): Promise<void> {
  const persons = new Set<string>()
  for (const [key] of unwritten.keys()) persons.add(personalPlace(key)?.person ?? '')
  persons.delete('')
  await Promise.all(
    [...persons].map(async name => {
      const version = await versionOf(client, name)
      if (view.person(name)?.version !== version) view.setPerson(name, undefined)
    })
  )
}

interface Writing {
  readonly link: () => Link
  readonly unwritten: Unwritten
  readonly view: View
  readonly milliseconds: number
}

/** Writes what waits, in the order in which it was set, whenever the store can be written. */
function createSharedWriter({ link, unwritten, view, milliseconds }: Writing) {
  const waiters = createWaiters()
  let running = false

  async function writeAll(): Promise<void> {
    while (unwritten.size > 0 && link().isUp()) {
      const { changes, turn } = unwritten.batch(BATCH_BYTES)
      await link().run({ operation: 'write', work: client => writeChanges(client, changes, view) })
      unwritten.drop(turn)
      waiters.wake(turn)
    }
  }

  async function start(): Promise<void> {
    if (running) return
    running = true
    // What one visit sets goes out together.
    await new Promise(resolve => setImmediate(resolve))
    try {
      await writeAll()
    } catch (error) {
      link().fail(error)
      waiters.wake(Infinity)
    } finally {
      running = false
      // It may have come back before the last answer was given up.
      if (unwritten.size > 0 && link().isUp()) void start()
    }
  }

  return {
    start: () => void start(),
    wake: () => waiters.wake(Infinity),
    async written() {
      if (unwritten.size > 0 && link().isUp()) await waiters.wait(unwritten.turn(), milliseconds)
    }
  }
}

/** The values that all proxies must agree on, as far as they are known here: a store that lost them gets them again. */
function offerAgain(view: View, unwritten: Unwritten): void {
  for (const key of AGREED_KEYS) {
    const entry = view.value(key)
    if (entry !== undefined) unwritten.set(key, entry)
  }
}

/** The keys that are known of one person, with what waits to be written. */
function keysWith(prefix: string, { unwritten, view }: Pick<Writing, 'unwritten' | 'view'>): string[] {
  const found = new Set(view.keys(prefix))
  for (const [key, isKept] of unwritten.keys()) {
    if (!key.startsWith(prefix)) continue
    if (isKept) found.add(key)
    else found.delete(key)
  }
  return [...found]
}

/**
 * A store in Valkey or Redis. It is read from a view in memory, which `bring` fills at the beginning of a visit, and
 * written a moment after something is set. While it is away the view and what waits to be written take its place.
 */
export function openSharedStore(options: SharedStoreOptions): SharedStore {
  const view = createView()
  const unwritten = createUnwritten(MOST_UNWRITTEN_BYTES, () => {})
  const writer = createSharedWriter({ link: () => link, unwritten, view, milliseconds: options.milliseconds })
  const link: Link = createLink({
    ...options,
    place: placeOfStore(options.address),
    open: () => openClient(options),
    async prepare(client) {
      await tryWrite(client)
      await forgetChanged(client, unwritten, view)
    },
    onUp() {
      offerAgain(view, unwritten)
      writer.start()
    },
    onDown: writer.wake
  })
  const bytes = createSharedBytes(link)

  function set(key: string, entry: Entry | undefined): void {
    unwritten.set(key, entry)
    writer.start()
  }

  return {
    get(key) {
      const entry = unwritten.has(key) ? unwritten.get(key) : view.get(key)
      return entry === undefined || isOld(entry, Date.now()) ? undefined : entry.value
    },
    set(key, value, forSeconds) {
      set(key, forSeconds === undefined ? { value } : { value, until: Date.now() + forSeconds * 1000 })
    },
    remove: key => set(key, undefined),
    keys: prefix => keysWith(prefix, { unwritten, view }),
    async written() {
      await Promise.all([writer.written(), bytes.settled()])
    },
    trouble: () => ({ failing: !link.isUp(), waiting: unwritten.size }),
    async close() {
      await writer.written()
      if (unwritten.size > 0) options.note(`${unwritten.size} entries of the shared store could not be written.`)
      link.close()
    },
    shared: {
      bring: keys => bring(keys, { link, view }),
      async ready() {
        await link.ready(START_MILLISECONDS)
        await bring(AGREED_KEYS, { link, view })
      },
      bytes,
      counters: createCounters(link)
    }
  }
}
