import { createHash } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import type { CookieKeeper } from '../../origin/cookies/cookie-keeper.js'
import { freshnessOf, NO_CONDITIONS, type Conditions } from '../../origin/headers/freshness.js'
import { requestHeaders } from '../../origin/headers/request-headers.js'
import type { KeptOriginal, OriginalImage } from '../../memory/image-cache.js'
import type { OriginResponse } from '../../origin/origin-request.js'
import type { ImageServices, Services } from '../../request/services.js'
import type { Asked } from '../../request/visit-state.js'

/** A request whose answer may be an image that is kept, or may be kept. */
export interface Keepable {
  readonly key: string
  /** What the origin is told, as far as answers may depend on it */
  readonly headers: IncomingHttpHeaders
  readonly original: KeptOriginal | undefined
}

/** The cookies that may go to the host, by either scheme. */
export function cookiesTo(url: URL, cookies: CookieKeeper): string {
  const other = new URL(url.href)
  other.protocol = url.protocol === 'http:' ? 'https:' : 'http:'
  return `${cookies.line(url)}\n${cookies.line(other)}`.trim()
}

/**
 * Where an image of this address would be kept; undefined for requests that are not shared: forms, parts of files,
 * bytes as they are, and those with a password. What is asked for with cookies is kept for this client with these
 * cookies alone, whatever the origin says of it.
 */
export function keepableFor(
  { visit, plan, cookies }: Asked,
  { images, origin }: Pick<Services, 'images' | 'origin'>
): Keepable | undefined {
  const { method, headers } = visit.request
  if (method !== 'GET' || plan.raw || headers.range !== undefined || headers.authorization !== undefined)
    return undefined
  const cookie = cookiesTo(plan.url, cookies)
  const owner = cookie === '' ? '' : createHash('sha256').update(`${visit.personKey}\n${cookie}`).digest('base64url')
  const key = `${owner} ${plan.url.href}`
  const sent = requestHeaders(headers, {
    method,
    target: plan.url,
    gateway: plan.gateway,
    isOwn: origin.isOwnHost
  })
  return { key, headers: cookie === '' ? sent : { ...sent, cookie }, original: images.cache.original(key) }
}

/**
 * The conditions of a request to the origin, instead of those of the client: they are for the origin's bytes, the
 * client's for what was made of them. Undefined leaves the client's own.
 */
export function conditionsFor(keepable: Keepable | undefined, isImage: boolean): Conditions | undefined {
  if (keepable?.original !== undefined) return keepable.original.freshness.conditions(keepable.headers)
  return keepable !== undefined && isImage ? NO_CONDITIONS : undefined
}

/** A date of the origin that old browsers can give back. Milliseconds since 1970, or undefined. */
function changedAt(headers: IncomingHttpHeaders): number | undefined {
  const changed = Date.parse(headers['last-modified'] ?? '')
  return Number.isNaN(changed) || changed > Date.now() ? undefined : changed
}

/** The image that a response brought, which is kept if its origin lets it. */
export function keepOriginal(
  { keepable, bytes }: { readonly keepable: Keepable | undefined; readonly bytes: Buffer },
  { status, headers }: OriginResponse,
  { cache }: ImageServices
): OriginalImage {
  const original = { bytes, changed: changedAt(headers) }
  const freshness = keepable === undefined ? undefined : freshnessOf(keepable.headers, { status, headers })
  if (keepable !== undefined) cache.keep(keepable.key, freshness === undefined ? undefined : { ...original, freshness })
  return original
}

/**
 * The image that is kept, after the origin has said that it has not changed; undefined if it has said anything else.
 */
export function renewedOriginal(
  keepable: Keepable | undefined,
  { status, headers, body }: OriginResponse,
  { cache }: ImageServices
): KeptOriginal | undefined {
  if (status !== 304 || keepable?.original === undefined) return undefined
  body.on('error', () => {}).destroy()
  const { original, key } = keepable
  const freshness = original.freshness.renewed(keepable.headers, headers)
  cache.keep(key, freshness === undefined ? undefined : { ...original, freshness })
  return original
}
