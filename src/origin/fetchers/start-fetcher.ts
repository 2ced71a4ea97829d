import type { Attempts } from '../attempts.js'
import type { CookieKeeper } from '../cookies/cookie-keeper.js'
import type { Door } from '../door.js'
import { fetchBytes } from './fetch-bytes.js'
import type { Signal } from '../../async/signal.js'

/** On whose behalf an image of a page is asked for. */
export interface ImageAsker {
  /** In whose share such requests are counted (quotaKeyOf()) */
  readonly client: string
  /** The page, by its address at the site: sent as Referer as far as browsers do that */
  readonly referer: string
  /** Accept-Language of the client */
  readonly language: string | undefined
  /** Aborted with the request for the page */
  readonly attempts: Attempts
  /** The cookies for an address */
  readonly cookies: (url: URL) => CookieKeeper
}

/**
 * The first bytes of an image, enough to read its size from; empty if there is no image at the address.
 * @throws Failure when the site cannot or must not be asked, or not before the signal aborts.
 */
export type FetchStart = (url: URL, asker: ImageAsker, signal: Signal) => Promise<Buffer>

/**
 * The head of a JPEG with a preview in its Exif data has some 10 KB; the first window of TCP (RFC 6928) brings 14 KB
 * without another round trip. A site that ignores ranges is cut off after so many. Bytes.
 */
const START_BYTES = 16 * 1024
/** What arrives later is of no use, even for the next page. Seconds. */
const LATE_SECONDS = 5
/** Redirects: images move to the hosts that store them. */
const MOST_REDIRECTS = 3

const isStart = (status: number, range: string): boolean =>
  status === 200 || (status === 206 && /^bytes 0-/.test(range))

/** Fetches the beginnings of images through the door, in the way in which the client would request them. */
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
