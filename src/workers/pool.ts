import { createFairQueue, type FairQueue, type FairQueueOptions } from '../async/fair-queue.js'
import { Failure, FAILURES, type FailureCode } from '../failures.js'
import type { ConversionResult, ImageOptions } from '../image/options.js'
import type { PageJob, PageResult } from '../page/convert.js'
import type { NeedsJob, PageNeeds } from '../page/needs/page-needs.js'
import type { FeedJob, Story } from '../page/read/readers/stories.js'
import type { FormJob } from '../front/forms/rewrite-body.js'
import type { RewrittenForm } from '../front/forms/rewritten-form.js'
import type { FoundPages } from '../page/read/read-results.js'
import type { ResultsJob } from '../search/read-answer.js'
import { createImageProcesses, type ProcessFigures } from './image-processes.js'
import { messageOf } from '../system-error.js'
import { moved } from './moved.js'
import type { Outcome } from './outcome.js'
import { createPageThreads, type PageThreadsOptions } from './page-threads.js'
import { createSpareRoom } from './v8/spare-room.js'
import { abortSignalOf, createEndingWithin, type Signal } from '../async/signal.js'
import { createUnderWay } from '../async/under-way.js'

/** On whose behalf something is converted. */
export interface Asker {
  /** In whose turn it is converted (quotaKeyOf()) */
  readonly client: string
  /** Aborted when nobody waits for it any more */
  readonly signal: Signal
}

/**
 * Converts pages in worker threads and images in processes. A conversion ends when its time is over or its client has
 * left, and each client has its share of both.
 */
export interface Workers {
  /** A page is on its way: a thread begins for it, unless one is there. */
  ready(): void
  page(job: PageJob, asker: Asker): Promise<PageResult>
  /** Finds what a page needs fetched before it is converted. */
  needs(job: NeedsJob, asker: Asker): Promise<PageNeeds>
  image(bytes: Buffer, options: ImageOptions, asker: Asker): Promise<ConversionResult>
  /** The stories of a feed; rejects when the document is not a feed. */
  stories(job: FeedJob, asker: Asker): Promise<Story[]>
  /** The results in the answer of a search back end; undefined when there are none that can be read. */
  results(job: ResultsJob, asker: Asker): Promise<FoundPages | undefined>
  /** A form as its site takes it; the bytes of the job are handed over and cannot be read afterwards. */
  form(job: FormJob, asker: Asker): Promise<RewrittenForm>
  /** Conversions under way, and those that wait for a place */
  load(): { readonly running: number; readonly waiting: number }
  imageProcesses(): Promise<ProcessFigures>
  /** Closes once everything that was asked for is done. */
  retire(): Promise<void>
  close(): Promise<void>
}

export interface WorkersOptions extends PageThreadsOptions {
  /** Conversions at the same time: so many of pages, and of images for one client, so that a page never waits for images */
  readonly places: number
  /** Conversions of one client that may wait, of each kind */
  readonly mostWaiting: number
  /** Time for a conversion from its beginning */
  readonly timeoutSeconds: number
  /** Time that a conversion may wait for its beginning */
  readonly waitSeconds: number
  /** Memory that one image may take */
  readonly maxImageMemoryBytes: number
}

/**
 * When nothing was converted for so long, threads collect what is left of many pages, and of any; and once more, since V8
 * gives back the room for new objects only where hardly any were made in the five seconds before. This thread does so too,
 * but never after a short pause, in which others wait for it. Milliseconds.
 */
const SHORT_PAUSE = 3000
const PAUSE = 10_000
const LONGER_PAUSES = [60_000, 67_000]
/** When nothing was converted for so long, no thread stands ready any more. Milliseconds. */
const LONG_PAUSE = 15 * 60_000
/** The share of one client in the places for pages, so that the other half is always left to others. */
const CLIENT_SHARE = 1 / 2
/** Places for images that one client never has, where it may have more than one: others find them free. */
const OTHERS_PLACES = 1

const isFailureCode = (failed: string): failed is FailureCode => Object.hasOwn(FAILURES, failed)

function codeOf(failed: string): FailureCode {
  if (isFailureCode(failed)) return failed
  return failed === 'IMAGE_TOO_LARGE' ? 'TOO_LARGE' : 'CONVERSION_FAILED'
}

function resultOf<T>(outcome: Outcome<T>): T {
  if ('failed' in outcome) throw new Failure(codeOf(outcome.failed), outcome.detail)
  return outcome.result
}

/** The queue for some work, and the time that the work may take. */
interface Turn {
  readonly queue: FairQueue
  readonly timeoutSeconds: number
}

/** Runs work in its turn, for so many seconds at most. */
async function runInTurn<T>(
  { queue, timeoutSeconds }: Turn,
  { client, signal }: Asker,
  work: (signal: AbortSignal) => Promise<Outcome<T>>
): Promise<T> {
  const leave = await queue.enter(client, signal)
  const limit = createEndingWithin(signal, timeoutSeconds * 1000)
  let outcome: Outcome<T>
  try {
    outcome = await work(abortSignalOf(limit.signal))
  } catch (error) {
    const detail = limit.isLate() ? `more than ${timeoutSeconds} seconds` : messageOf(error)
    throw new Failure('CONVERSION_FAILED', detail, error)
  } finally {
    limit.release()
    leave()
  }
  return resultOf(outcome)
}

/** How much is converted at the same time: of all clients, and of one. */
type Places = Pick<FairQueueOptions, 'places' | 'mostOfClient'>

const forPages = (places: number): Places => ({ places, mostOfClient: Math.ceil(places * CLIENT_SHARE) })

/** A browser asks for the images of a page at once, and where one person is alone, all of the machine is for them. */
const forImages = (places: number): Places => ({
  places: places > 1 ? places + OTHERS_PLACES : places,
  mostOfClient: places
})

const queueOf = (shared: Places, { mostWaiting, waitSeconds }: WorkersOptions): FairQueue =>
  createFairQueue({
    ...shared,
    mostWaiting,
    waitMilliseconds: waitSeconds * 1000,
    refuse: () => new Failure('TOO_MANY_AT_ONCE', `${mostWaiting} conversions wait`),
    tooLate: () => new Failure('BUSY', `no place within ${waitSeconds} seconds`)
  })

export function createWorkers(options: WorkersOptions): Workers {
  const { places, timeoutSeconds, maxImageMemoryBytes } = options
  const queues = { pages: queueOf(forPages(places), options), images: queueOf(forImages(places), options) }
  const threads = createPageThreads(options)
  const processes = createImageProcesses(maxImageMemoryBytes)
  const collectOwn = createSpareRoom()
  function giveBack(name: 'collect' | 'collectMany'): void {
    threads.collect(name)
    collectOwn()
  }
  const underWay = createUnderWay([
    { milliseconds: SHORT_PAUSE, then: () => threads.collect('collectMany') },
    { milliseconds: PAUSE, then: () => giveBack('collectMany') },
    ...LONGER_PAUSES.map(milliseconds => ({ milliseconds, then: () => giveBack('collect') })),
    { milliseconds: LONG_PAUSE, then: () => void threads.end() }
  ])

  const inThread = <T>(name: string, job: unknown, asker: Asker): Promise<T> =>
    underWay.during(
      runInTurn<T>({ queue: queues.pages, timeoutSeconds }, asker, signal => threads.run<T>(job, { name, signal }))
    )

  async function close(): Promise<void> {
    processes.close()
    await threads.end()
  }

  return {
    ready() {
      // A thread that gets no work ends after a while all the same.
      if (threads.ready()) void underWay.during(Promise.resolve())
    },
    page: (job, asker) => inThread<PageResult>('convertPage', job, asker),
    needs: (job, asker) => inThread<PageNeeds>('needsOfPage', job, asker),
    image: (bytes, options, asker) =>
      underWay.during(
        runInTurn({ queue: queues.images, timeoutSeconds }, asker, signal =>
          processes.convert({ bytes, options }, signal)
        )
      ),
    stories: (job, asker) => inThread<Story[]>('storiesOfFeed', job, asker),
    results: (job, asker) => inThread<FoundPages | undefined>('resultsOfAnswer', job, asker),
    form: (job, asker) =>
      inThread<RewrittenForm>(
        'formForSite',
        moved(job.blocks, blocks => ({ ...job, blocks })),
        asker
      ),
    load() {
      const [pages, images] = [queues.pages.load(), queues.images.load()]
      return { running: pages.running + images.running, waiting: pages.waiting + images.waiting }
    },
    imageProcesses: () => processes.figures(),
    async retire() {
      await underWay.over()
      await close()
    },
    close
  }
}
