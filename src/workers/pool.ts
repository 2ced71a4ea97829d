import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Piscina } from 'piscina'
import { Failure, FAILURES, type FailureCode } from '../errors.js'
import type { ConversionResult, ImageOptions } from '../image/options.js'
import type { PageJob, PageResult } from '../page/convert.js'
import type { NeedsJob, PageNeeds } from '../page/page-needs.js'
import type { FeedJob, Story } from '../page/readers/stories.js'
import type { FormJob, RewrittenForm } from '../front/rewrite-body.js'
import type { FoundPages } from '../page/read-results.js'
import type { ResultsJob } from '../search/read-answer.js'
import { moved } from './moved.js'
import type { Outcome } from './outcome.js'

/** Converts pages and images in threads of their own; a conversion ends when its time is over or its client has left. */
export interface Workers {
  page (job: PageJob, signal: AbortSignal): Promise<PageResult>
  /** What a page wants fetched before it is converted. */
  needs (job: NeedsJob, signal: AbortSignal): Promise<PageNeeds>
  image (bytes: Buffer, options: ImageOptions, signal: AbortSignal): Promise<ConversionResult>
  /** The stories of a feed; rejects when it is none. */
  stories (job: FeedJob, signal: AbortSignal): Promise<Story[]>
  /** What a back end of the search has found; undefined when its answer is none. */
  results (job: ResultsJob, signal: AbortSignal): Promise<FoundPages | undefined>
  /** A form as its site takes it; the bytes of the job are gone afterwards. */
  form (job: FormJob, signal: AbortSignal): Promise<RewrittenForm>
  /** Threads that convert, and conversions that wait for one */
  load (): { readonly running: number, readonly waiting: number }
  /** Ends once all that was asked for is done. */
  retire (): Promise<void>
  close (): Promise<void>
}

export interface WorkersOptions {
  /** As many for pages, and as many for images: a page never waits for images to be done */
  readonly threads: number
  readonly timeoutSeconds: number
  /** Folder with the rules that the threads convert by */
  readonly rulesFolder: string
}

/** Memory of one thread: a page of 100,000 elements takes about 60 MB, an image's pixels do not count. MiB. */
const THREAD_MEMORY = 384
/** A thread without work ends after so long. Milliseconds. */
const IDLE_MILLISECONDS = 60_000

function codeOf (failed: string): FailureCode {
  return failed in FAILURES ? failed as FailureCode : failed === 'IMAGE_TOO_LARGE' ? 'TOO_LARGE' : 'CONVERSION_FAILED'
}

/** dist/ holds JavaScript; the tests run the sources, which the threads load as the main thread did. */
function workerFile (name: string): string {
  const compiled = fileURLToPath(new URL(`./${name}.js`, import.meta.url))
  return existsSync(compiled) ? compiled : fileURLToPath(new URL(`./${name}.ts`, import.meta.url))
}

export function createWorkers ({ threads, timeoutSeconds, rulesFolder }: WorkersOptions): Workers {
  // A page is waited for: a thread for it is always there. One for images is there in a tenth of a second.
  const poolOf = (worker: string, minThreads: number): Piscina => new Piscina({ filename: workerFile(worker), workerData: rulesFolder, minThreads, maxThreads: threads, idleTimeout: IDLE_MILLISECONDS, concurrentTasksPerWorker: 1, resourceLimits: { maxOldGenerationSizeMb: THREAD_MEMORY } })
  const pools = { pages: poolOf('page-worker', 1), images: poolOf('image-worker', 0) }
  const waiting = (): number => pools.pages.queueSize + pools.images.queueSize

  let asked = 0

  async function run<T> (pool: Piscina, name: string, job: unknown, signal: AbortSignal): Promise<T> {
    const limit = AbortSignal.timeout(timeoutSeconds * 1000)
    let outcome: Outcome<T>
    asked++
    try {
      outcome = await pool.run(job, { name, signal: AbortSignal.any([signal, limit]) }) as Outcome<T>
    } catch (error) {
      throw new Failure('CONVERSION_FAILED', limit.aborted ? `more than ${timeoutSeconds} seconds` : error instanceof Error ? error.message : String(error), error)
    } finally {
      asked--
    }
    if ('failed' in outcome) throw new Failure(codeOf(outcome.failed), outcome.detail)
    return outcome.result
  }

  return {
    page: (job, signal) => run<PageResult>(pools.pages, 'convertPage', job, signal),
    needs: (job, signal) => run<PageNeeds>(pools.pages, 'needsOfPage', job, signal),
    image: (bytes, options, signal) => run<ConversionResult>(pools.images, 'convertImageBytes', { bytes, options }, signal),
    stories: (job, signal) => run<Story[]>(pools.pages, 'storiesOfFeed', job, signal),
    results: (job, signal) => run<FoundPages | undefined>(pools.pages, 'resultsOfAnswer', job, signal),
    form: (job, signal) => run<RewrittenForm>(pools.pages, 'formForSite', moved(job.blocks, blocks => ({ ...job, blocks })), signal),
    load: () => ({ running: asked - waiting(), waiting: waiting() }),
    retire: async () => { await Promise.all([pools.pages.close(), pools.images.close()]) },
    close: async () => { await Promise.all([pools.pages.destroy(), pools.images.destroy()]) }
  }
}
