import type { Door } from '../door.js'
import { fetchBytes, type FetchedBytes, type FetchedFor } from './fetch-bytes.js'
import { underTimeLimit, type Signal } from '../../async/signal.js'

/** The page at an address as anybody gets it, or undefined when it cannot be fetched completely. Never rejects. */
export type FetchPage = (url: URL, signal: Signal, page: FetchedFor) => Promise<FetchedBytes | undefined>

export interface PageFetcherOptions {
  readonly door: Pick<Door, 'fetch'>
  readonly maxBytes: number
}

/** The person waits for it, although there is something to read already. Seconds. */
const WAIT_SECONDS = 10
/** Redirects to another name of the site, and to https. */
const MOST_REDIRECTS = 2

const isPage = (status: number, contentType: string): boolean =>
  status === 200 && /^\s*(text\/html|application\/xhtml\+xml)\b/i.test(contentType)

/**
 * Fetches another form of a page for our own needs, through the door: without cookies, each hop checked by the guard.
 */
export function createPageFetcher({ door, maxBytes }: PageFetcherOptions): FetchPage {
  return async (url, signal, page) => {
    try {
      const fetched = await underTimeLimit(signal, WAIT_SECONDS * 1000, until =>
        fetchBytes(door, url, {
          ...page,
          fields: {},
          maxBytes,
          timeoutSeconds: WAIT_SECONDS,
          signal: until,
          maxRedirects: MOST_REDIRECTS,
          wants: isPage
        })
      )
      return isPage(fetched.status, fetched.contentType) && fetched.cut === undefined && fetched.bytes.length > 0
        ? fetched
        : undefined
    } catch {
      return undefined
    }
  }
}
