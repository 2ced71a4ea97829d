import type { Door } from '../door.js'
import { fetchBytes, type FetchedBytes, type FetchedFor } from './fetch-bytes.js'

/** The page at an address, as anybody gets it, or undefined when it cannot be had whole. Never rejects. */
export type FetchPage = (url: URL, signal: AbortSignal, page: FetchedFor) => Promise<FetchedBytes | undefined>

export interface PageFetcherOptions {
  readonly door: Pick<Door, 'fetch'>
  readonly maxBytes: number
}

/** A person waits for it, and has something to read already. Seconds. */
const WAIT_SECONDS = 10
/** To another name of the site, and to https. */
const MOST_REDIRECTS = 2

const isPage = (status: number, contentType: string): boolean =>
  status === 200 && /^\s*(text\/html|application\/xhtml\+xml)\b/i.test(contentType)

/** Fetches another form of a page for ourselves, through the door: no cookies, each hop judged by the guard. */
export function createPageFetcher({ door, maxBytes }: PageFetcherOptions): FetchPage {
  return async (url, signal, page) => {
    try {
      const fetched = await fetchBytes(door, url, {
        ...page,
        fields: {},
        maxBytes,
        timeoutSeconds: WAIT_SECONDS,
        signal: AbortSignal.any([signal, AbortSignal.timeout(WAIT_SECONDS * 1000)]),
        maxRedirects: MOST_REDIRECTS,
        wants: isPage
      })
      return isPage(fetched.status, fetched.contentType) && fetched.cut === undefined && fetched.bytes.length > 0
        ? fetched
        : undefined
    } catch {
      return undefined
    }
  }
}
