import { decodeBody, readBody, type ReadBody } from './body.js'
import { NO_COOKIES } from './cookie-keeper.js'
import type { Door } from './door.js'
import { locationOf } from './location.js'
import { requestHeaders } from './request-headers.js'
import { targetKey, type Target } from './target.js'

/** What was fetched, without its content codings. */
export interface FetchedBytes {
  readonly status: number
  readonly contentType: string
  readonly bytes: Buffer
  /** Why its end is missing, if it is */
  readonly cut: ReadBody['cut']
  /** Where it came from in the end */
  readonly url: URL
}

export interface FetchOptions {
  readonly accept: string
  /** Accept-Language, if it is to be another than ours */
  readonly language?: string
  readonly maxBytes: number
  readonly timeoutSeconds: number
  readonly signal: AbortSignal
  /** Redirects to other addresses that are followed; 0 if not given */
  readonly maxRedirects?: number
  /** Whether the body is worth reading; if not, `bytes` is empty */
  readonly wants?: (status: number, contentType: string) => boolean
}

const header = (value: string | string[] | undefined): string => (Array.isArray(value) ? value[0] : value) ?? ''

/** One answer, and where it leads if it is a redirect. */
function ask (door: Door, url: URL, options: FetchOptions): Promise<FetchedBytes & { readonly next: URL | undefined }> {
  const { accept, language, maxBytes, timeoutSeconds, signal, wants } = options
  const target: Target = { url, signal, cookies: NO_COOKIES, fetched: url }
  const headers = { ...requestHeaders(language === undefined ? {} : { 'accept-language': language }, 'GET', url, ''), accept, [targetKey]: target }
  return new Promise((resolve, reject) => {
    door.request({ method: 'GET', path: '', headers }, (error, response) => {
      if (error !== null) return reject(error)
      const contentType = header(response.headers['content-type'])
      const head = { status: response.statusCode, contentType, url: target.fetched, next: locationOf(response.statusCode, response.headers.location, target.fetched) }
      const body = decodeBody(response.body, header(response.headers['content-encoding']))
      if (body === undefined || head.next !== undefined || wants?.(head.status, contentType) === false) {
        response.body.on('error', () => {}).destroy()
        return resolve({ ...head, bytes: Buffer.alloc(0), cut: undefined })
      }
      void readBody(body, { maxBytes, timeoutSeconds }).then(({ bytes, cut }) => resolve({ ...head, bytes, cut }))
    })
  })
}

/**
 * Fetches something small through the door for ourselves, as anybody: no cookies, no Referer. Each hop is judged by the
 * guard as any other request is.
 * @throws Failure when an origin cannot be asked, or is not to be.
 */
export async function fetchBytes (door: Door, url: URL, options: FetchOptions): Promise<FetchedBytes> {
  let fetched = await ask(door, url, options)
  for (let redirects = options.maxRedirects ?? 0; redirects > 0 && fetched.next !== undefined && /^https?:$/.test(fetched.next.protocol); redirects--) {
    fetched = await ask(door, fetched.next, options)
  }
  return fetched
}
