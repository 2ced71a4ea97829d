import { Cookie, CookieJar, getPublicSuffix, MemoryCookieStore } from 'tough-cookie'

/** Cookies of one site (a registrable domain with all its hosts); RFC 6265 6.1 wants 50 of a domain at least. */
const COOKIES_PER_SITE = 100
/** Name and value together; browsers of today have the same limit (RFC 6265 6.1: at least as many). Bytes. */
const COOKIE_BYTES = 4096
/**
 * All cookies of one site as they are stored; together they must not make a header larger than servers accept. Bytes.
 */
const SITE_BYTES = 32_768
/**
 * A cookie without a date expires so long after its last use, because we do not see when a machine is switched off.
 * Milliseconds.
 */
const SESSION_MILLISECONDS = 24 * 3600 * 1000
/** No cookie lives longer unless it is set again: browsers of today allow 400 days. Milliseconds. */
const LONGEST_MILLISECONDS = 400 * 24 * 3600 * 1000

/** A cookie as plain data. */
export type StoredCookie = Readonly<Record<string, unknown>>

/** The registrable domain of a host; undefined for an address of IP and for what hosts of other owners share. */
export const siteOfHost = (host: string): string | undefined =>
  getPublicSuffix(host, { allowSpecialUseDomain: true, ignoreError: true })

/** The name under which the hosts of one owner share cookies: the registrable domain, else the host. */
export const siteOf = ({ hostname }: URL): string => siteOfHost(hostname) ?? hostname

const endOf = (cookie: Cookie): number =>
  cookie.expires instanceof Date
    ? cookie.expires.getTime()
    : (cookie.lastAccessed instanceof Date ? cookie.lastAccessed.getTime() : 0) + SESSION_MILLISECONDS

/** The stored cookies that have not expired. */
export function storedCookies(stored: readonly StoredCookie[], now: number): Cookie[] {
  return stored
    .map(cookie => Cookie.fromJSON(cookie))
    .filter(cookie => cookie !== undefined)
    .filter(cookie => endOf(cookie) > now)
}

/**
 * Cookies as plain data, with their size in bytes and the time when the last of them expires (milliseconds since 1970).
 */
export function asStored(cookies: readonly Cookie[]): { cookies: StoredCookie[]; bytes: number; until: number } {
  return {
    cookies: cookies.map(cookie => ({ ...cookie.toJSON() })),
    bytes: bytesOf(cookies),
    until: Math.max(0, ...cookies.map(endOf))
  }
}

const bytesOf = (cookies: readonly Cookie[]): number =>
  cookies.reduce((sum, cookie) => sum + JSON.stringify(cookie).length, 0)

function jarOf(cookies: readonly Cookie[]): { jar: CookieJar; memory: MemoryCookieStore } {
  const memory = new MemoryCookieStore()
  for (const cookie of cookies) memory.putCookie(cookie, () => {})
  // Secure means https, even for hosts such as localhost where browsers trust http.
  return {
    jar: new CookieJar(memory, { rejectPublicSuffixes: true, allowSecureOnLocal: false, prefixSecurity: 'silent' }),
    memory
  }
}

/**
 * Who makes the request: the person or a page of the same site ('strict'), a link of another site ('lax'), a form of
 * another site ('none'); RFC 6265bis 5.2.
 */
export type SameSiteContext = 'strict' | 'lax' | 'none'

/** The Cookie field for an address, empty if there is none; marks the cookies as used. */
export function cookieLine(cookies: readonly Cookie[], url: URL, context: SameSiteContext): string {
  return jarOf(cookies).jar.getCookieStringSync(url.href, { sameSiteContext: context })
}

/** Parses a Set-Cookie, with its expiry as an absolute date; undefined if it is not one that can be sent back. */
function parsed(header: string, now: number): Cookie | undefined {
  const cookie = Cookie.parse(header)
  if (
    cookie === undefined ||
    cookie.key.length + cookie.value.length > COOKIE_BYTES ||
    /[^\x20-\x7E\x80-\xFF]/.test(cookie.key + cookie.value)
  )
    return undefined
  if ((cookie.path ?? '').length + (cookie.domain ?? '').length > COOKIE_BYTES) return undefined
  if (typeof cookie.maxAge === 'number') cookie.expires = new Date(now + Math.max(-1, cookie.maxAge) * 1000)
  cookie.maxAge = null
  // Dates beyond the range of Date count as the longest.
  if (cookie.expires instanceof Date && !(cookie.expires.getTime() < now + LONGEST_MILLISECONDS))
    cookie.expires = new Date(now + LONGEST_MILLISECONDS)
  cookie.extensions = null
  return cookie
}

/** Over http no Secure cookie may be replaced (RFC 6265bis 5.7, step 16: "leave secure cookies alone"). */
function replacesSecure(cookie: Cookie, url: URL, cookies: readonly Cookie[]): boolean {
  return url.protocol !== 'https:' && cookies.some(old => old.secure && old.key === cookie.key)
}

/** The cookies that stay when there are too many: those used last. */
function within(cookies: readonly Cookie[]): Cookie[] {
  const used = (cookie: Cookie): number => (cookie.lastAccessed instanceof Date ? cookie.lastAccessed.getTime() : 0)
  let bytes = 0
  return cookies
    .toSorted((a, b) => used(b) - used(a))
    .slice(0, COOKIES_PER_SITE)
    .filter(cookie => {
      bytes += bytesOf([cookie])
      return bytes <= SITE_BYTES
    })
}

/** A response that sets cookies. */
interface SettingCookies {
  readonly url: URL
  /** Its Set-Cookie fields */
  readonly headers: readonly string[]
  /** Milliseconds since 1970 */
  readonly now: number
}

/** The cookies after a response has set some; those that the site may not set are ignored. */
export function withCookies(cookies: readonly Cookie[], { url, headers, now }: SettingCookies): Cookie[] {
  const { jar, memory } = jarOf(cookies)
  for (const header of headers) {
    const cookie = parsed(header, now)
    if (cookie !== undefined && !replacesSecure(cookie, url, cookies))
      jar.setCookieSync(cookie, url.href, { ignoreError: true, now: new Date(now) })
  }
  let all: Cookie[] = []
  memory.getAllCookies((_error, found) => {
    all = found ?? []
  })
  return within(all.filter(cookie => endOf(cookie) > now))
}
