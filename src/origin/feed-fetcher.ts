import { Failure } from '../errors.js'
import { ask } from './ask.js'
import { readBody } from './body.js'
import type { Door } from './door.js'
import { isRedirect, locationOf } from './location.js'

/** What an origin said last of a feed, so that it can say "the same". RFC 9110 13. */
export interface FeedMarks { readonly etag: string, readonly lastModified: string }

/** A feed as it came, without its content codings. */
export interface FeedBody extends FeedMarks {
  readonly contentType: string
  readonly bytes: Buffer
  /** Where it was in the end */
  readonly url: string
}

/**
 * The feed at an address, or 'same' when it has not changed.
 * @throws Failure when it cannot be had.
 */
export type FetchFeed = (url: URL, marks: FeedMarks | undefined, signal: AbortSignal) => Promise<FeedBody | 'same'>

export interface FeedFetcherOptions {
  readonly door: Door
  /** A longer feed is refused */
  readonly maxBytes: number
  readonly timeoutSeconds: number
  readonly maxRedirects: number
}

const ACCEPT = 'application/rss+xml,application/atom+xml,application/feed+json,application/xml;q=0.9,text/xml;q=0.9,*/*;q=0.5'

function conditional (marks: FeedMarks | undefined): Record<string, string> {
  return {
    ...(marks === undefined || marks.etag === '' ? {} : { 'if-none-match': marks.etag }),
    ...(marks === undefined || marks.lastModified === '' ? {} : { 'if-modified-since': marks.lastModified })
  }
}

/** Fetches feeds through the door, as pages are; redirects are followed, each hop judged by the guard. */
export function createFeedFetcher ({ door, maxBytes, timeoutSeconds, maxRedirects }: FeedFetcherOptions): FetchFeed {
  async function fetchFrom (url: URL, marks: FeedMarks | undefined, signal: AbortSignal, redirects: number): Promise<FeedBody | 'same'> {
    const { status, header, body, drop, url: from } = await ask(door, url, { accept: ACCEPT, ...conditional(marks) }, signal)
    if (status !== 200 || body === undefined) drop()
    if (status === 304 && marks !== undefined) return 'same'
    const next = isRedirect(status) ? locationOf(status, header('location'), from) : undefined
    if (next !== undefined && /^https?:$/.test(next.protocol)) {
      if (redirects >= maxRedirects) throw new Failure('REDIRECT_LOOP', next.href)
      return await fetchFrom(next, marks, signal, redirects + 1)
    }
    if (status !== 200 || body === undefined) throw new Failure('BAD_ANSWER', `status ${status}`)
    const { bytes, cut } = await readBody(body, { maxBytes, timeoutSeconds })
    if (cut !== undefined) throw new Failure(cut === 'size' ? 'TOO_LARGE' : cut === 'time' ? 'TIMED_OUT' : 'CONNECTION_LOST', url.href)
    return { bytes, contentType: header('content-type'), url: from.href, etag: header('etag'), lastModified: header('last-modified') }
  }
  return async (url, marks, signal) => await fetchFrom(url, marks, AbortSignal.any([signal, AbortSignal.timeout(timeoutSeconds * 1000)]), 0)
}
