import { lookup as dnsLookup, type LookupAddress, type LookupAllOptions } from 'node:dns'
import { LRUCache } from 'lru-cache'
import { createFairQueue } from '../async/fair-queue.js'
import { boundedKey } from '../bytes/bounded-key.js'
import { Failure } from '../failures.js'

/** libuv gives slow work half of its threads, rounded up; getaddrinfo holds one until it returns. */
const LOOK_UP_THREADS_SHARE = 1 / 2
/** Those of libuv unless UV_THREADPOOL_SIZE says how many. */
const THREADS = 4
/** libuv has no more. */
const MOST_THREADS = 1024

/** As many look-ups as run at once: others would wait in libuv, where there are no turns. */
export function lookUpPlaces(threadPoolSize: string | undefined): number {
  const threads = Math.min(MOST_THREADS, Math.max(1, Number.parseInt(threadPoolSize ?? '', 10) || THREADS))
  return Math.ceil(threads * LOOK_UP_THREADS_SHARE)
}

/** Of the look-ups at once, those for one client and its pages: of two places one. */
const CLIENT_SHARE = 1 / 4
/** Look-ups of one client that wait: a page has some twenty hosts, a client at most some pages at once. */
const MOST_WAITING = 128
/** glibc asks the second name server after 5 s: a name that takes longer has none that answers. Milliseconds. */
const LOOK_UP_MILLISECONDS = 6000
/** So long nobody asks again for a name that was silent. Milliseconds. */
const SILENT_MILLISECONDS = 60_000
/** Names that were silent. */
const MOST_SILENT = 10_000

/** Those of dns.lookup with all: true. */
export type Resolve = (
  hostname: string,
  options: LookupAllOptions,
  callback: (error: Error | null, addresses: LookupAddress[]) => void
) => void

export interface LookUpsOptions {
  readonly resolve?: Resolve
  /** At once */
  readonly places?: number
  readonly mostSilent?: number
  /** Milliseconds of a clock that only goes on */
  readonly now?: () => number
  /** What takes longer is silent. Milliseconds. */
  readonly mostMilliseconds?: number
}

/** For whom a name is looked up. */
export interface NameAsker {
  /** Whose turn it is; empty for what we ask for ourselves */
  readonly client: string
  /** Aborted when nobody waits for the name any more */
  readonly signal: AbortSignal
}

export interface LookUps {
  /**
   * The addresses of a host.
   * @throws Failure TIMED_OUT of a name server that is silent, TOO_MANY_AT_ONCE; the errors of dns.lookup; the reason
   *   of the signal
   */
  find(hostname: string, options: LookupAllOptions, asker: NameAsker): Promise<LookupAddress[]>
}

const silence = (hostname: string): Failure => new Failure('TIMED_OUT', `no name server answers for ${hostname}`)

/** Names are looked up in turns by client: names whose servers are silent keep nobody else from the others. */
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
    tooLate: () => new Failure('TIMED_OUT', 'before its name was looked up')
  })

  /** @param leave is called when the thread is free again, which may be long after the time limit */
  const ask = (hostname: string, options: LookupAllOptions, leave: () => void): Promise<LookupAddress[]> =>
    new Promise((found, fail) => {
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
          // It may have been late.
          silent.delete(key)
          found(addresses)
        })
      } catch (error) {
        over()
        throw error
      }
    })

  return {
    async find(hostname, options, { client, signal }) {
      const refuseSilent = (): void => {
        if (silent.has(boundedKey(hostname))) throw silence(hostname)
      }
      refuseSilent()
      const leave = await queue.enter(client, signal)
      try {
        // It may have become known meanwhile.
        refuseSilent()
      } catch (failure) {
        leave()
        throw failure
      }
      return await ask(hostname, options, leave)
    }
  }
}
