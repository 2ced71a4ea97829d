import type { IncomingHttpHeaders } from 'node:http'
import { discard } from '../../bytes/discard.js'
import { Failure } from '../../failures.js'
import { decodeBody, readBody, type ReadBody } from '../body/body.js'
import { NO_COOKIES, type CookieKeeper } from '../cookies/cookie-keeper.js'
import type { Door } from '../door.js'
import { locationOf, MOST_ADDRESS_CHARACTERS } from '../headers/location.js'
import { requestHeaders } from '../headers/request-headers.js'
import type { OriginRequest, OriginResponse } from '../origin-request.js'
import { countBytes } from '../traffic.js'
import type { Signal } from '../../async/signal.js'

/** What was fetched, without its content codings. */
export interface FetchedBytes {
  readonly status: number
  readonly contentType: string
  /** The value of a header field by its lower-case name; the first if there are several; empty if there is none */
  readonly header: (name: string) => string
  readonly bytes: Buffer
  /** Why its end is missing, if it is */
  readonly cut: ReadBody['cut']
  /** The address it came from, after redirects */
  readonly url: URL
  /** The target of a redirect that was not followed */
  readonly next: URL | undefined
}

/** How something is fetched on behalf of a client's request. */
export type FetchedFor = Pick<OriginRequest, 'attempts' | 'traffic'>

export interface FetchOptions extends FetchedFor {
  /** Header fields that replace those a browser sends */
  readonly fields: Readonly<Record<string, string>>
  readonly maxBytes: number
  readonly timeoutSeconds: number
  readonly signal: Signal
  /** Redirects to other addresses that are followed; 0 if not given */
  readonly maxRedirects?: number
  /**
   * Header fields of the client on whose behalf it is fetched, passed on as for its own requests; otherwise it is
   * anonymous
   */
  readonly headers?: IncomingHttpHeaders
  /** The cookies for each address on the way; none if not given */
  readonly cookies?: (url: URL) => CookieKeeper
  /** Whether to read the body; if not, `bytes` is empty */
  readonly wants?: (status: number, contentType: string) => boolean
}

const first = (value: string | string[] | undefined): string => (Array.isArray(value) ? value[0] : value) ?? ''

/**
 * Fetches one response, and tells which attempts are left. The body of a redirect, or of an unwanted response, is not
 * read.
 */
async function fetchOne(
  door: Pick<Door, 'fetch'>,
  url: URL,
  { fields, maxBytes, timeoutSeconds, signal, attempts, traffic, wants, headers = {}, cookies }: FetchOptions
): Promise<FetchedBytes & Pick<OriginResponse, 'attempts'>> {
  // A page may name addresses of megabytes, which no server answers.
  if (url.href.length > MOST_ADDRESS_CHARACTERS)
    throw new Failure('BAD_REDIRECT', `an address of ${url.href.length} characters`)
  const response = await door.fetch({
    url,
    headers: { ...requestHeaders(headers, { method: 'GET', target: url }), ...fields },
    signal,
    cookies: cookies?.(url) ?? NO_COOKIES,
    attempts,
    traffic
  })
  const { status, body } = response
  const header = (name: string): string => first(response.headers[name])
  const contentType = header('content-type')
  const next = locationOf(status, response.headers.location, response.url)
  const head = { status, contentType, header, url: response.url, next, attempts: response.attempts }
  const decoded =
    next !== undefined || wants?.(status, contentType) === false
      ? undefined
      : decodeBody(body, header('content-encoding'))
  if (decoded === undefined) {
    discard(body)
    return { ...head, bytes: Buffer.alloc(0), cut: undefined }
  }
  countBytes(body, response.traffic)
  return { ...head, ...(await readBody(decoded, { maxBytes, timeoutSeconds })) }
}

/** Whether a response redirects to another web address. */
export const leadsOn = <Fetched extends FetchedBytes>(fetched: Fetched): fetched is Fetched & { readonly next: URL } =>
  fetched.next !== undefined && /^https?:$/.test(fetched.next.protocol)

/**
 * Fetches something small through the door for our own needs, anonymously unless the options say otherwise: no cookies,
 * no Referer. The guard checks each hop like any other request.
 * @throws Failure when an origin cannot or must not be asked.
 */
export async function fetchBytes(door: Pick<Door, 'fetch'>, url: URL, options: FetchOptions): Promise<FetchedBytes> {
  let fetched = await fetchOne(door, url, options)
  for (let redirects = options.maxRedirects ?? 0; redirects > 0 && leadsOn(fetched); redirects--) {
    fetched = await fetchOne(door, fetched.next, { ...options, attempts: fetched.attempts })
  }
  return fetched
}
