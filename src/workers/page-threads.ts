import { setFlagsFromString } from 'node:v8'
import { Piscina } from 'piscina'
import type { RulesFolder } from '../config/layers/rules-folder.js'
import type { PageClient } from './first-page.js'
import type { Outcome } from './outcome.js'
import { entryFile } from './entry-file.js'
import { flagsToBegin } from './v8/thread-flags.js'
import { threadMemory } from './v8/thread-memory.js'

/**
 * An idle thread that is not kept ready ends after so long, because it takes 45 MB: it has work only where two pages come
 * at once, and whoever asks next has the other thread, which knows what pages are made of. Milliseconds.
 */
const IDLE_MILLISECONDS = 10_000

/** A function of page-worker.ts, and until when its result is wanted. */
interface Task {
  readonly name: string
  readonly signal: AbortSignal
}

/** The threads that convert pages. They begin with the first work, or when it is announced; each takes some 20 MB. */
export interface PageThreads {
  /** Work is on its way: the threads that are to be ready begin, unless they are there. Tells whether they do. */
  ready(): boolean
  run<T>(job: unknown, task: Task): Promise<Outcome<T>>
  /** Has all threads collect what is left of their pages; `collectMany`: those that have converted many. */
  collect(name: 'collect' | 'collectMany'): void
  /** Ends all threads, and what they do; further work begins new ones. */
  end(): Promise<void>
}

/** What a thread is given to begin with. */
export interface PageThreadData {
  /** Folder with the rules that the threads convert by */
  readonly rulesFolder: RulesFolder
  /** A client for whom a thread converts a made page as its first one (first-page.ts); none if it is not given, or no thread stands ready */
  readonly firstClient?: PageClient | undefined
}

export interface PageThreadsOptions extends PageThreadData {
  /** The file that a thread begins with (page-thread.cts) */
  readonly entry?: string
  /** Threads at most */
  readonly places: number
  /** Threads that are there before they are needed; to start one takes as long as most pages (1) */
  readonly readyThreads?: number
  /** Memory for the objects of one thread (v8/thread-memory.ts) */
  readonly maxThreadMemoryBytes?: number
}

function begin(options: PageThreadsOptions): Piscina {
  const { entry = entryFile('page-thread.cjs'), places, readyThreads = 1, maxThreadMemoryBytes } = options
  // Where none stands ready, one begins for work that waits already.
  const firstClient = readyThreads > 0 ? options.firstClient : undefined
  const data: PageThreadData = { rulesFolder: options.rulesFolder, firstClient }
  for (const flag of flagsToBegin(process.versions.v8)) setFlagsFromString(flag)
  return new Piscina({
    filename: entry,
    workerData: data,
    execArgv: [],
    minThreads: Math.min(readyThreads, places),
    maxThreads: places,
    idleTimeout: IDLE_MILLISECONDS,
    concurrentTasksPerWorker: 1,
    resourceLimits: threadMemory(maxThreadMemoryBytes)
  })
}

export function createPageThreads(options: PageThreadsOptions): PageThreads {
  let pool: Piscina | undefined

  function beginAnew(): Piscina {
    const begun = begin(options)
    // Where nobody listens, a thread that ends without work ends the proxy with it.
    begun.on('error', (error: Error) => {
      process.emitWarning(`A thread for pages has ended: ${error.message}`)
      // A pool whose threads cannot begin tries no more, and what comes then would wait for its time to be over.
      if (begun.threads.length > 0 || begun !== pool) return
      pool = undefined
      void begun.destroy()
    })
    return begun
  }

  const threads = (): Piscina => (pool ??= beginAnew())
  return {
    ready() {
      const begins = pool === undefined
      threads()
      return begins
    },
    run: async <T>(job: unknown, task: Task) => (await threads().run(job, task)) as Outcome<T>,
    collect(name) {
      for (const _ of pool?.threads ?? []) void pool?.run(undefined, { name }).catch(() => {})
    },
    async end() {
      const ended = pool
      pool = undefined
      await ended?.destroy()
    }
  }
}
