import { lookup as dnsLookup, type LookupAddress, type LookupAllOptions } from 'node:dns'
import { LRUCache } from 'lru-cache'
import { createFairQueue } from '../async/fair-queue.js'
import { boundedKey } from '../bytes/bounded-key.js'
import { Failure } from '../failures.js'
import { codeOf } from '../system-error.js'
import type { Signal } from '../async/signal.js'

/** libuv gives slow work half of its threads, rounded up, and getaddrinfo blocks one until it returns. */
const LOOK_UP_THREADS_SHARE = 1 / 2
/** Threads of libuv, unless UV_THREADPOOL_SIZE says otherwise. */
const THREADS = 4
/** The most threads that libuv has. */
const MOST_THREADS = 1024

/** How many look-ups run at once: more would queue in libuv, which knows no turns. */
export function lookUpPlaces(threadPoolSize: string | undefined): number {
  const threads = Math.min(MOST_THREADS, Math.max(1, Number.parseInt(threadPoolSize ?? '', 10) || THREADS))
  return Math.ceil(threads * LOOK_UP_THREADS_SHARE)
}

/** The share of one client in the look-ups at once: one of two places. */
const CLIENT_SHARE = 1 / 4
/** Look-ups of one client that may wait: a page has some twenty hosts, and a client loads a few pages at once. */
const MOST_WAITING = 128
/** glibc asks the second name server after 5 s, so no server answers for a name that takes longer. Milliseconds. */
const LOOK_UP_MILLISECONDS = 6000
/** A name whose servers were silent is not looked up again for so long. Milliseconds. */
const SILENT_MILLISECONDS = 60_000
/** Silent names that are remembered. */
const MOST_SILENT = 10_000
/**
 * The addresses of a name are not looked up again for so long: a page opens six connections to a host. The system does
 * not say how long they hold; Chromium takes the same for what getaddrinfo gives. Milliseconds.
 */
const KNOWN_MILLISECONDS = 60_000
/** Names whose addresses are remembered. */
const MOST_KNOWN = 1000
/**
 * A name that there is not is not looked up again for so long: a page asks for many images of such a host. A name server
 * may say how long (RFC 2308, 5), which the system does not pass on; a person who mends a name soon sees it. Milliseconds.
 */
const MISSING_MILLISECONDS = 10_000
/** What the system says of a name that there is not, or that has no address; other errors are of the moment. */
const MISSING = /^(ENOTFOUND|ENODATA|EAI_NONAME|EAI_NODATA)$/
/** A name may have thousands, which a stranger's name server chooses: those are not remembered. Addresses of a name. */
const MOST_KNOWN_ADDRESSES = 32

/** The signature of dns.lookup with all: true. */
export type Resolve = (
  hostname: string,
  options: LookupAllOptions,
  callback: (error: Error | null, addresses: LookupAddress[]) => void
) => void

export interface LookUpsOptions {
  readonly resolve?: Resolve
  /** Look-ups at once */
  readonly places?: number
  readonly mostSilent?: number
  /** Milliseconds of a monotonic clock */
  readonly now?: () => number
  /** What takes longer is silent. Milliseconds. */
  readonly mostMilliseconds?: number
}

/** For whom a name is looked up. */
export interface NameAsker {
  /** In whose turn the name is looked up; empty for our own needs */
  readonly client: string
  /** Aborted when nobody needs the name any more */
  readonly signal: Signal
}

export interface LookUps {
  /**
   * The addresses of a host.
   * @throws Failure NAME_SERVER_SILENT when its name server is silent, TOO_MANY_AT_ONCE; errors of dns.lookup; the
   * reason of the signal
   */
  find(hostname: string, options: LookupAllOptions, asker: NameAsker): Promise<LookupAddress[]>
}

const silence = (hostname: string): Failure =>
  new Failure('NAME_SERVER_SILENT', `no name server answers for ${hostname}`)

interface Question {
  readonly hostname: string
  readonly options: LookupAllOptions
  readonly mostMilliseconds: number
  /** Called when the thread is free again, which may be long after the time limit */
  readonly leave: () => void
}

/** What is remembered of names: addresses, or that there are none, by name and options, and whose servers were silent. */
interface Remembered {
  readonly known: LRUCache<string, LookupAddress[]>
  readonly missing: LRUCache<string, Error>
  readonly silent: LRUCache<string, true>
}

const knownKey = (hostname: string, { family = 0, hints = 0, order }: LookupAllOptions): string =>
  boundedKey(`${family} ${hints} ${order ?? ''} ${hostname.toLowerCase()}`)

function ask(
  { hostname, options, mostMilliseconds, leave }: Question,
  resolve: Resolve,
  { known, missing, silent }: Remembered
): Promise<LookupAddress[]> {
  return new Promise((found, fail) => {
    const key = boundedKey(hostname)
    const timer = setTimeout(() => {
      silent.set(key, true)
      fail(silence(hostname))
    }, mostMilliseconds)
    const over = (): void => {
      clearTimeout(timer)
      leave()
    }
    try {
      resolve(hostname, options, (error, addresses) => {
        over()
        if (error !== null) {
          if (MISSING.test(codeOf(error) ?? '')) missing.set(knownKey(hostname, options), error)
          return fail(error)
        }
        // An answer after the time limit: the name is not silent after all.
        silent.delete(key)
        if (addresses.length <= MOST_KNOWN_ADDRESSES) known.set(knownKey(hostname, options), addresses)
        found(addresses)
      })
    } catch (error) {
      over()
      throw error
    }
  })
}

/**
 * Looks names up in turns by client: names whose servers are silent delay nobody else's. A page asks for many images of a
 * host at once, whose name takes one place of its client, so that other names have the others.
 */
export function createLookUps(options: LookUpsOptions = {}): LookUps {
  const {
    resolve = dnsLookup,
    places = lookUpPlaces(process.env.UV_THREADPOOL_SIZE),
    mostSilent = MOST_SILENT,
    now = () => performance.now(),
    mostMilliseconds = LOOK_UP_MILLISECONDS
  } = options
  const clock = { ttlResolution: 0, perf: { now } }
  const silent = new LRUCache<string, true>({ max: mostSilent, ttl: SILENT_MILLISECONDS, ...clock })
  const known = new LRUCache<string, LookupAddress[]>({ max: MOST_KNOWN, ttl: KNOWN_MILLISECONDS, ...clock })
  const missing = new LRUCache<string, Error>({ max: MOST_KNOWN, ttl: MISSING_MILLISECONDS, ...clock })
  const queue = createFairQueue({
    places,
    mostOfClient: Math.max(1, Math.floor(places * CLIENT_SHARE)),
    mostWaiting: MOST_WAITING,
    waitMilliseconds: mostMilliseconds,
    refuse: () => new Failure('TOO_MANY_AT_ONCE', 'names'),
    // What holds the places that long are names whose servers are silent.
    tooLate: () => new Failure('NAME_SERVER_SILENT', 'before its name was looked up')
  })

  /** Each holds a place: there are no more than those */
  const underWay = new Map<string, Promise<LookupAddress[]>>()

  return {
    async find(hostname, options, { client, signal }) {
      const key = knownKey(hostname, options)
      const remembered = (): LookupAddress[] | Promise<LookupAddress[]> | undefined => {
        if (silent.has(boundedKey(hostname))) throw silence(hostname)
        const error = missing.get(key)
        if (error !== undefined) throw error
        return known.get(key) ?? underWay.get(key)
      }
      const before = remembered()
      if (before !== undefined) return await before
      const leave = await queue.enter(client, signal)
      let meanwhile: ReturnType<typeof remembered>
      try {
        // While this look-up waited, another one may have begun or found the addresses, or that the name is silent.
        meanwhile = remembered()
      } catch (failure) {
        leave()
        throw failure
      }
      if (meanwhile !== undefined) {
        leave()
        return await meanwhile
      }
      const asking = ask({ hostname, options, mostMilliseconds, leave }, resolve, { known, missing, silent })
      const forget = (): void => void underWay.delete(key)
      underWay.set(key, asking)
      asking.then(forget, forget)
      return await asking
    }
  }
}
