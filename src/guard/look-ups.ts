import { lookup as dnsLookup, type LookupAddress, type LookupAllOptions } from 'node:dns'
import { LRUCache } from 'lru-cache'
import { createFairQueue } from '../async/fair-queue.js'
import { boundedKey } from '../bytes/bounded-key.js'
import { Failure } from '../failures.js'
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

function ask(
  { hostname, options, mostMilliseconds, leave }: Question,
  resolve: Resolve,
  silent: LRUCache<string, true>
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
        if (error !== null) return fail(error)
        // An answer after the time limit: the name is not silent after all.
        silent.delete(key)
        found(addresses)
      })
    } catch (error) {
      over()
      throw error
    }
  })
}

/** Looks names up in turns by client: names whose servers are silent delay nobody else's. */
export function createLookUps(options: LookUpsOptions = {}): LookUps {
  const {
    resolve = dnsLookup,
    places = lookUpPlaces(process.env.UV_THREADPOOL_SIZE),
    mostSilent = MOST_SILENT,
    now = () => performance.now(),
    mostMilliseconds = LOOK_UP_MILLISECONDS
  } = options
  const silent = new LRUCache<string, true>({
    max: mostSilent,
    ttl: SILENT_MILLISECONDS,
    ttlResolution: 0,
    perf: { now }
  })
  const queue = createFairQueue({
    places,
    mostOfClient: Math.max(1, Math.floor(places * CLIENT_SHARE)),
    mostWaiting: MOST_WAITING,
    waitMilliseconds: mostMilliseconds,
    refuse: () => new Failure('TOO_MANY_AT_ONCE', 'names'),
    // What holds the places that long are names whose servers are silent.
    tooLate: () => new Failure('NAME_SERVER_SILENT', 'before its name was looked up')
  })

  return {
    async find(hostname, options, { client, signal }) {
      const refuseSilent = (): void => {
        if (silent.has(boundedKey(hostname))) throw silence(hostname)
      }
      refuseSilent()
      const leave = await queue.enter(client, signal)
      try {
        // While this look-up waited, another one may have found that the name is silent.
        refuseSilent()
      } catch (failure) {
        leave()
        throw failure
      }
      return await ask({ hostname, options, mostMilliseconds, leave }, resolve, silent)
    }
  }
}
