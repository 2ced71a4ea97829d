import type { FailureCode } from '../failures.js'
import { asFailure } from '../origin/connect/failure.js'
import type { FeedMarks, FetchFeed } from '../origin/fetchers/feed-fetcher.js'
import type { FeedJob, Story } from '../page/read/readers/stories.js'
import type { Store } from '../store/store.js'
import { createSemaphore } from '../async/semaphore.js'

/** A feed as it was last seen. */
export interface KeptFeed extends FeedMarks {
  readonly stories: readonly Story[]
  /** When its origin last answered. Milliseconds since 1970 */
  readonly checked: number
}

/** The stories of feeds, kept over restarts, so that there are news when their origins are down. */
export interface FeedCache {
  /** Has the others know what a proxy that shares the store has fetched of feeds that are due. */
  bring(feeds: readonly string[]): Promise<void>
  get(feed: string): KeptFeed | undefined
  /** Why it could not be had the last time; undefined if it could, or was not asked for */
  failureOf(feed: string): FailureCode | undefined
  /** Whether it is to be asked again. */
  isDue(feed: string): boolean
  /** Asks for a feed; all who want it at the same time wait for the same answer. Never rejects. */
  refresh(feed: string): Promise<void>
  /** Ends what is under way. */
  close(): void
}

export interface FeedCacheOptions {
  readonly store: Store
  readonly fetchFeed: FetchFeed
  /** Rejects when it is no feed */
  readonly readStories: (job: FeedJob, signal: AbortSignal) => Promise<Story[]>
  /** A feed is not asked more often */
  readonly refreshMinutes: number
  /** Milliseconds since 1970 */
  readonly now: () => number
}

/** News of a month ago are better than none. Seconds. */
const KEPT_SECONDS = 31 * 24 * 3600
/** A feed that could not be had is asked again after so long. Milliseconds. */
const FAILED_MILLISECONDS = 5 * 60 * 1000
/** Feeds that are asked for at the same time; the others wait. */
const MOST_UNDER_WAY = 8

export function createFeedCache({ store, fetchFeed, readStories, refreshMinutes, now }: FeedCacheOptions): FeedCache {
  const underWay = new Map<string, Promise<void>>()
  const failed = new Map<string, { readonly at: number; readonly code: FailureCode }>()
  const closing = new AbortController()
  const inTurn = createSemaphore(MOST_UNDER_WAY)

  const keyOf = (feed: string): string => `feed ${feed}`
  const get = (feed: string): KeptFeed | undefined => store.get(keyOf(feed)) as KeptFeed | undefined

  async function load(feed: string): Promise<void> {
    const kept = get(feed)
    const answer = await fetchFeed(new URL(feed), kept, closing.signal)
    if (answer === 'same')
      return void (kept !== undefined && store.set(keyOf(feed), { ...kept, checked: now() }, KEPT_SECONDS))
    const { bytes, contentType, url, etag, lastModified } = answer
    const stories = await readStories({ bytes, contentType, url }, closing.signal)
    // An empty feed is a fault of its publisher: what was there before is better.
    if (stories.length === 0 && kept !== undefined) return
    store.set(keyOf(feed), { stories, etag, lastModified, checked: now() } satisfies KeptFeed, KEPT_SECONDS)
  }

  async function tryLoad(feed: string): Promise<void> {
    try {
      if (!closing.signal.aborted) await load(feed)
      failed.delete(feed)
    } catch (error) {
      failed.set(feed, { at: now(), code: asFailure(error).code })
    }
    underWay.delete(feed)
  }

  function isDue(feed: string): boolean {
    const checked = get(feed)?.checked ?? 0
    return now() - checked >= refreshMinutes * 60_000 && now() - (failed.get(feed)?.at ?? 0) >= FAILED_MILLISECONDS
  }

  return {
    async bring(feeds) {
      const due = store.shared === undefined ? [] : feeds.filter(isDue)
      if (due.length > 0) await store.shared?.bring(due.map(keyOf))
    },
    get,
    failureOf: feed => failed.get(feed)?.code,
    isDue,
    refresh(feed) {
      const found = underWay.get(feed)
      if (found !== undefined) return found
      const loading = inTurn(() => tryLoad(feed))
      underWay.set(feed, loading)
      return loading
    },
    close: () => closing.abort()
  }
}
