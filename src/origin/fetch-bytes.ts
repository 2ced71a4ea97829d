import { ask } from './ask.js'
import { readBody, type ReadBody } from './body.js'
import type { Door } from './door.js'
import { locationOf } from './location.js'

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

/** One answer, and where it leads if it is a redirect. */
async function askOne (door: Door, url: URL, { accept, language, maxBytes, timeoutSeconds, signal, wants }: FetchOptions): Promise<FetchedBytes & { readonly next: URL | undefined }> {
  const { status, header, body, drop, url: fetched } = await ask(door, url, { accept, ...(language === undefined ? {} : { 'accept-language': language }) }, signal)
  const contentType = header('content-type')
  const head = { status, contentType, url: fetched, next: locationOf(status, header('location') || undefined, fetched) }
  if (body === undefined || head.next !== undefined || wants?.(status, contentType) === false) {
    drop()
    return { ...head, bytes: Buffer.alloc(0), cut: undefined }
  }
  const { bytes, cut } = await readBody(body, { maxBytes, timeoutSeconds })
  return { ...head, bytes, cut }
}

/**
 * Fetches something small through the door for ourselves, as anybody: no cookies, no Referer. Each hop is judged by the
 * guard as any other request is.
 * @throws Failure when an origin cannot be asked, or is not to be.
 */
export async function fetchBytes (door: Door, url: URL, options: FetchOptions): Promise<FetchedBytes> {
  let fetched = await askOne(door, url, options)
  for (let redirects = options.maxRedirects ?? 0; redirects > 0 && fetched.next !== undefined && /^https?:$/.test(fetched.next.protocol); redirects--) {
    fetched = await askOne(door, fetched.next, options)
  }
  return fetched
}
