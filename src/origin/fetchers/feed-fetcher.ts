import { underTimeLimit } from '../../async/signal.js'
import { Failure } from '../../failures.js'
import { CUT_FAILURES } from '../body/body.js'
import type { Door } from '../door.js'
import { fetchBytes, leadsOn } from './fetch-bytes.js'

/** The validators of a feed's last response, by which the origin can answer "not modified". RFC 9110 13. */
export interface FeedMarks {
  readonly etag: string
  readonly lastModified: string
}

/** A feed as it came, without its content codings. */
export interface FeedBody extends FeedMarks {
  readonly contentType: string
  readonly bytes: Buffer
  /** Its address after redirects */
  readonly url: string
}

/**
 * The feed at an address, or 'same' when it has not changed.
 * @throws Failure when it cannot be fetched.
 */
export type FetchFeed = (url: URL, marks: FeedMarks | undefined, signal: AbortSignal) => Promise<FeedBody | 'same'>

export interface FeedFetcherOptions {
  readonly door: Pick<Door, 'fetch'>
  /** A longer feed is refused */
  readonly maxBytes: number
  readonly timeoutSeconds: number
  readonly maxRedirects: number
}

const ACCEPT =
  'application/rss+xml,application/atom+xml,application/feed+json,application/xml;q=0.9,text/xml;q=0.9,*/*;q=0.5'

function conditional(marks: FeedMarks | undefined): Record<string, string> {
  return {
    ...(marks === undefined || marks.etag === '' ? {} : { 'if-none-match': marks.etag }),
    ...(marks === undefined || marks.lastModified === '' ? {} : { 'if-modified-since': marks.lastModified })
  }
}

/** Fetches feeds through the door, like pages; redirects are followed, and the guard checks each hop. */
export function createFeedFetcher({ door, maxBytes, timeoutSeconds, maxRedirects }: FeedFetcherOptions): FetchFeed {
  return async (url, marks, signal) => {
    const fetched = await underTimeLimit(signal, timeoutSeconds * 1000, until =>
      fetchBytes(door, url, {
        fields: { accept: ACCEPT, ...conditional(marks) },
        maxBytes,
        timeoutSeconds,
        signal: until,
        maxRedirects,
        wants: status => status === 200
      })
    )
    const { status, bytes, cut, contentType, header, url: from } = fetched
    if (status === 304 && marks !== undefined) return 'same'
    if (leadsOn(fetched)) throw new Failure('REDIRECT_LOOP', fetched.next.href)
    if (status !== 200) throw new Failure('BAD_ANSWER', `status ${status}`)
    if (cut !== undefined) throw new Failure(CUT_FAILURES[cut], from.href)
    return { bytes, contentType, url: from.href, etag: header('etag'), lastModified: header('last-modified') }
  }
}
