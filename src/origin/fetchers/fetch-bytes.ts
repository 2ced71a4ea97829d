import type { IncomingHttpHeaders } from 'node:http'
import type { Dispatcher } from 'undici'
import { Failure } from '../../failures.js'
import type { Attempts } from '../attempts.js'
import { decodeBody, readBody, type ReadBody } from '../body/body.js'
import { NO_COOKIES, type CookieKeeper } from '../cookies/cookie-keeper.js'
import type { Door } from '../door.js'
import { locationOf, MOST_ADDRESS_CHARACTERS } from '../headers/location.js'
import { requestHeaders } from '../headers/request-headers.js'
import { countBytes, type Traffic } from '../traffic.js'
import { targetKey, type Target } from '../target.js'

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

export interface FetchOptions {
  /** Of the request, instead of those that a browser sends */
  readonly fields: Readonly<Record<string, string>>
  readonly maxBytes: number
  readonly timeoutSeconds: number
  readonly signal: AbortSignal
  /** Redirects to other addresses of the web that are followed; 0 if not given */
  readonly maxRedirects?: number
  /** Of the client's request that it is fetched for; its own if not given */
  readonly attempts?: Attempts | undefined
  /** Where its requests and bytes are counted */
  readonly traffic?: Traffic | undefined
  /** Of a client on whose behalf it is fetched, instead of as anybody: they go on by the rules for its own requests */
  readonly headers?: IncomingHttpHeaders
  /** What may be said to each address on the way; nothing if not given */
  readonly cookies?: (url: URL) => CookieKeeper
  /** Whether the body is worth reading; if not, `bytes` is empty */
  readonly wants?: (status: number, contentType: string) => boolean
}

const first = (value: string | string[] | undefined): string => (Array.isArray(value) ? value[0] : value) ?? ''

/** What the door answers, through its callback. */
function ask(door: Door, target: Target, headers: Readonly<Record<string, string>>): Promise<Dispatcher.ResponseData> {
  return new Promise((resolve, reject) => {
    door.request({ method: 'GET', path: '', headers: { ...headers, [targetKey]: target } }, (error, response) =>
      error === null ? resolve(response) : reject(error)
    )
  })
}

/** One answer: of a redirect, and of what is not wanted, without its body. */
async function fetchOne(
  door: Door,
  url: URL,
  attempts: Attempts,
  { fields, maxBytes, timeoutSeconds, signal, traffic, wants, headers: client = {}, cookies }: FetchOptions
): Promise<FetchedBytes> {
  // A page may name addresses of megabytes: nobody answers them.
  if (url.href.length > MOST_ADDRESS_CHARACTERS)
    throw new Failure('BAD_REDIRECT', `an address of ${url.href.length} characters`)
  const target: Target = { url, signal, cookies: cookies?.(url) ?? NO_COOKIES, fetched: url, attempts, traffic }
  const {
    statusCode: status,
    headers,
    body
  } = await ask(door, target, { ...requestHeaders(client, 'GET', url, ''), ...fields })
  const header = (name: string): string => first(headers[name])
  const contentType = header('content-type')
  const next = locationOf(status, headers.location, target.fetched)
  const head = { status, contentType, header, url: target.fetched, next }
  const decoded =
    next !== undefined || wants?.(status, contentType) === false
      ? undefined
      : decodeBody(body, header('content-encoding'))
  if (decoded === undefined) {
    body.on('error', () => {}).destroy()
    return { ...head, bytes: Buffer.alloc(0), cut: undefined }
  }
  if (traffic !== undefined) countBytes(body, traffic)
  return { ...head, ...(await readBody(decoded, { maxBytes, timeoutSeconds })) }
}

/** Whether an answer leads on to another address of the web. */
export const leadsOn = ({ next }: FetchedBytes): boolean => next !== undefined && /^https?:$/.test(next.protocol)

/**
 * Fetches something small through the door for ourselves, as anybody unless the options say otherwise: no cookies, no
 * Referer. Each hop is judged by the guard as any other request is.
 * @throws Failure when an origin cannot be asked, or is not to be.
 */
export async function fetchBytes(door: Door, url: URL, options: FetchOptions): Promise<FetchedBytes> {
  const attempts = options.attempts ?? door.attempts('')
  let fetched = await fetchOne(door, url, attempts, options)
  for (let redirects = options.maxRedirects ?? 0; redirects > 0 && leadsOn(fetched); redirects--) {
    fetched = await fetchOne(door, fetched.next!, attempts, options)
  }
  return fetched
}
