import type { IncomingHttpHeaders } from 'node:http'
import { Failure } from '../../failures.js'
import { decodeBody, readBody, type ReadBody } from '../body/body.js'
import { NO_COOKIES, type CookieKeeper } from '../cookies/cookie-keeper.js'
import type { Door } from '../door.js'
import { locationOf, MOST_ADDRESS_CHARACTERS } from '../headers/location.js'
import { requestHeaders } from '../headers/request-headers.js'
import type { OriginRequest, OriginResponse } from '../origin-request.js'
import { countBytes } from '../traffic.js'

/** What was fetched, without its content codings. */
export interface FetchedBytes {
  readonly status: number
  readonly contentType: string
  /** The value of a field by its lower-case name; the first of several; empty if it is not there */
  readonly header: (name: string) => string
  readonly bytes: Buffer
  /** Why its end is missing, if it is */
  readonly cut: ReadBody['cut']
  /** Where it came from in the end */
  readonly url: URL
  /** Where it leads on, if it is a redirect that was not followed */
  readonly next: URL | undefined
}

/** The request of a client that something is fetched for. */
export type FetchedFor = Pick<OriginRequest, 'attempts' | 'traffic'>

export interface FetchOptions extends FetchedFor {
  /** Of the request, instead of those that a browser sends */
  readonly fields: Readonly<Record<string, string>>
  readonly maxBytes: number
  readonly timeoutSeconds: number
  readonly signal: AbortSignal
  /** Redirects to other addresses of the web that are followed; 0 if not given */
  readonly maxRedirects?: number
  /** Of a client on whose behalf it is fetched, instead of as anybody: they go on by the rules for its own requests */
  readonly headers?: IncomingHttpHeaders
  /** What may be said to each address on the way; nothing if not given */
  readonly cookies?: (url: URL) => CookieKeeper
  /** Whether the body is worth reading; if not, `bytes` is empty */
  readonly wants?: (status: number, contentType: string) => boolean
}

const first = (value: string | string[] | undefined): string => (Array.isArray(value) ? value[0] : value) ?? ''

/** One answer, with what may still be asked for the same request: of a redirect, and of what is not wanted, no body. */
async function fetchOne(
  door: Pick<Door, 'fetch'>,
  url: URL,
  { fields, maxBytes, timeoutSeconds, signal, attempts, traffic, wants, headers = {}, cookies }: FetchOptions
): Promise<FetchedBytes & Pick<OriginResponse, 'attempts'>> {
  // A page may name addresses of megabytes: nobody answers them.
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
    body.on('error', () => {}).destroy()
    return { ...head, bytes: Buffer.alloc(0), cut: undefined }
  }
  countBytes(body, response.traffic)
  return { ...head, ...(await readBody(decoded, { maxBytes, timeoutSeconds })) }
}

/** Whether an answer leads on to another address of the web. */
export const leadsOn = <Fetched extends FetchedBytes>(fetched: Fetched): fetched is Fetched & { readonly next: URL } =>
  fetched.next !== undefined && /^https?:$/.test(fetched.next.protocol)

/**
 * Fetches something small through the door for ourselves, as anybody unless the options say otherwise: no cookies, no
 * Referer. Each hop is judged by the guard as any other request is.
 * @throws Failure when an origin cannot be asked, or is not to be.
 */
export async function fetchBytes(door: Pick<Door, 'fetch'>, url: URL, options: FetchOptions): Promise<FetchedBytes> {
  let fetched = await fetchOne(door, url, options)
  for (let redirects = options.maxRedirects ?? 0; redirects > 0 && leadsOn(fetched); redirects--) {
    fetched = await fetchOne(door, fetched.next, { ...options, attempts: fetched.attempts })
  }
  return fetched
}
