import type { Attempts } from '../attempts.js'
import type { CookieKeeper } from '../cookies/cookie-keeper.js'
import type { Door } from '../door.js'
import { fetchBytes } from './fetch-bytes.js'

/** On whose behalf an image of a page is asked for. */
export interface ImageAsker {
  /** Whose share of such questions it is (quotaKeyOf()) */
  readonly client: string
  /** The page, as its site knows it: said to others as far as browsers say it */
  readonly referer: string
  /** Accept-Language of the client */
  readonly language: string | undefined
  /** Of the request for the page */
  readonly attempts: Attempts
  /** What may be said to an address */
  readonly cookies: (url: URL) => CookieKeeper
}

/**
 * The first bytes of an image, enough to tell its size; empty if there is none at the address.
 * @throws Failure when the site cannot be asked, or is not to be, or not before the signal.
 */
export type FetchStart = (url: URL, asker: ImageAsker, signal: AbortSignal) => Promise<Buffer>

/**
 * The head of a JPEG with a preview in its Exif data is some 10 KB; TCP's first window (RFC 6928) brings 14 KB without
 * another way there and back. A site that knows no ranges is left after so many. Bytes.
 */
const START_BYTES = 16 * 1024
/** What comes later is of no use even for the next page. Seconds. */
const LATE_SECONDS = 5
/** Images move to the hosts that store them. */
const MOST_REDIRECTS = 3

const isStart = (status: number, range: string): boolean =>
  status === 200 || (status === 206 && /^bytes 0-/.test(range))

/** Fetches the beginnings of images through the door, as the client's own requests for them will be. */
export function createStartFetcher(door: Pick<Door, 'fetch'>): FetchStart {
  return async (url, { referer, language, attempts, cookies }, signal) => {
    const { status, header, bytes } = await fetchBytes(door, url, {
      headers: {
        referer,
        range: `bytes=0-${START_BYTES - 1}`,
        'accept-language': language
      },
      fields: {},
      attempts,
      cookies,
      maxBytes: START_BYTES,
      timeoutSeconds: LATE_SECONDS,
      signal,
      maxRedirects: MOST_REDIRECTS,
      // A page that says "not found", whatever its status is.
      wants: (status, contentType) => (status === 200 || status === 206) && !/^\s*text\/html\b/i.test(contentType)
    })
    return isStart(status, header('content-range')) ? bytes : Buffer.alloc(0)
  }
}
