import { createHash } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import { discard } from '../../bytes/discard.js'
import type { CookieKeeper } from '../../origin/cookies/cookie-keeper.js'
import { freshnessOf, NO_CONDITIONS, type Conditions } from '../../origin/headers/freshness.js'
import { requestHeaders } from '../../origin/headers/request-headers.js'
import { imageOptionsOf } from './image.js'
import type { OriginalImage, ShownAgain } from '../../memory/image-cache.js'
import type { OriginResponse } from '../../origin/origin-request.js'
import type { ImageServices, Services } from '../../request/services.js'
import type { Asked } from '../../request/visit-state.js'

/** A request whose answer may be kept as an image, or be kept already. */
export interface Keepable {
  readonly key: string
  /** The header fields that the origin gets, as far as its answer may depend on them */
  readonly headers: IncomingHttpHeaders
  readonly original: ShownAgain | undefined
}

/** The cookies for a host, by http and by https. */
export function cookiesTo(url: URL, cookies: CookieKeeper): string {
  if (cookies.isEmpty?.() === true) return ''
  const other = new URL(url.href)
  other.protocol = url.protocol === 'http:' ? 'https:' : 'http:'
  return `${cookies.line(url)}\n${cookies.line(other)}`.trim()
}

/**
 * Where an image of this address would be kept; undefined for requests whose answers are not shared: forms, parts of
 * files, raw bytes, and those with a password. What is requested with cookies is kept only for this client with these
 * cookies, whatever the origin says about it.
 */
export function keepableFor(
  { visit, plan, cookies }: Asked,
  { images, origin }: Pick<Services, 'images' | 'origin'>
): Keepable | undefined {
  const { method, headers } = visit.request
  const hasPassword = headers.authorization !== undefined || plan.authorization !== undefined
  if (method !== 'GET' || plan.raw || headers.range !== undefined || hasPassword) return undefined
  const cookie = cookiesTo(plan.url, cookies)
  const owner = cookie === '' ? '' : createHash('sha256').update(`${visit.personKey}\n${cookie}`).digest('base64url')
  const key = `${owner} ${plan.url.href}`
  const sent = requestHeaders(headers, {
    method,
    target: plan.url,
    gateway: plan.gateway,
    isOwn: origin.isOwnHost
  })
  // The page of an image says things of its bytes.
  const original = images.cache.original(key, () =>
    plan.view === 'image' ? undefined : imageOptionsOf(visit, plan.size, images)
  )
  return { key, headers: cookie === '' ? sent : { ...sent, cookie }, original }
}

/**
 * The conditions for the request to the origin, which replace those of the client: ours compare the origin's bytes, the
 * client's what was made of them. Undefined leaves the client's own.
 */
export function conditionsFor(keepable: Keepable | undefined, isImage: boolean): Conditions | undefined {
  if (keepable?.original !== undefined) return keepable.original.freshness.conditions(keepable.headers)
  return keepable !== undefined && isImage ? NO_CONDITIONS : undefined
}

/** Last-Modified, in the only form of date that old browsers can send back. Milliseconds since 1970, or undefined. */
function changedAt(headers: IncomingHttpHeaders): number | undefined {
  const changed = Date.parse(headers['last-modified'] ?? '')
  return Number.isNaN(changed) || changed > Date.now() ? undefined : changed
}

/** The image in a response, which is kept if its origin allows it. */
export function keepOriginal(
  { keepable, bytes }: { readonly keepable: Keepable | undefined; readonly bytes: Buffer },
  { status, headers }: OriginResponse,
  { cache }: ImageServices
): OriginalImage {
  const changed = changedAt(headers)
  const freshness = keepable === undefined ? undefined : freshnessOf(keepable.headers, { status, headers })
  if (keepable !== undefined)
    cache.keep(keepable.key, freshness === undefined ? undefined : { bytes, changed, freshness })
  return { content: bytes, length: bytes.length, changed }
}

/** The kept image, after the origin has answered that it has not changed; undefined after any other answer. */
export function renewedOriginal(
  keepable: Keepable | undefined,
  { status, headers, body }: OriginResponse,
  { cache }: ImageServices
): OriginalImage | undefined {
  if (status !== 304 || keepable?.original === undefined) return undefined
  discard(body)
  const { original, key } = keepable
  cache.renew(key, original.freshness, original.freshness.renewed(keepable.headers, headers))
  return original
}
