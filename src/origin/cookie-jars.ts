import type { Store } from '../store/store.js'
import { asStored, cookieLine, siteOf, storedCookies, withCookies, type SameSiteContext, type StoredCookie } from './site-cookies.js'

/** All cookies of one client; those of the site that was used longest ago go first. Bytes as stored. */
const CLIENT_BYTES = 262_144
/** Clients that have cookies; the one that was seen longest ago loses its own. */
const MOST_CLIENTS = 1000
/** A client that sets no cookie for so long is as new. Seconds. */
const CLIENT_SECONDS = 400 * 24 * 3600
/** The use of a cookie is written down at most so often. Milliseconds. */
const USED_MILLISECONDS = 3600 * 1000
/** Longer names are no hosts (RFC 1035 2.3.4), and no keys. Characters. */
const SITE_LENGTH = 253

/** The cookies that are kept here for clients: one jar for each, which no other client ever sees. */
export interface CookieJars {
  /** The Cookie field for a request, or empty. */
  line (client: string, url: URL, context: SameSiteContext): string
  /** Whether anything is kept for the site of an address: cheaper than to ask which of it may go there. */
  has (client: string, url: URL): boolean
  /** Keeps what a response has set; true if further requests will carry something else than before. */
  keep (client: string, url: URL, headers: readonly string[]): boolean
  count (client: string): { readonly cookies: number, readonly sites: number }
  /** Forgets all cookies of a client. */
  clear (client: string): void
}

/** The cookies of one client and one site, the unit in which they are written: of two processes the last one wins. */
interface Entry {
  readonly cookies: readonly StoredCookie[]
  readonly bytes: number
  /** milliseconds since 1970 */
  readonly used: number
}

/** Jars in a store: small values, one for each client and site, that end with their last cookie. */
export function createCookieJars (store: Store): CookieJars {
  const prefix = (client: string): string => `cookies ${client} `
  const keyOf = (client: string, url: URL): string => prefix(client) + siteOf(url)
  const entryAt = (key: string): Entry | undefined => store.get(key) as Entry | undefined
  const hasJar = (url: URL): boolean => url.hostname.length <= SITE_LENGTH
  const clientSeen = (client: string): number => (store.get(`jar ${client}`) as number | undefined) ?? 0

  function clear (client: string): void {
    for (const key of store.keys(prefix(client))) store.remove(key)
    store.remove(`jar ${client}`)
  }

  function noteClient (client: string, now: number): void {
    const seen = clientSeen(client)
    if (seen > now - USED_MILLISECONDS) return
    store.set(`jar ${client}`, now, CLIENT_SECONDS)
    if (seen > 0) return
    const others = store.keys('jar ').map(key => key.slice('jar '.length)).filter(other => other !== client)
    if (others.length >= MOST_CLIENTS) clear(others.reduce((oldest, other) => clientSeen(other) < clientSeen(oldest) ? other : oldest))
  }

  function shrink (client: string, kept: string): void {
    const entries = store.keys(prefix(client)).map(key => ({ key, entry: entryAt(key) })).sort((a, b) => (b.entry?.used ?? 0) - (a.entry?.used ?? 0))
    let bytes = entryAt(kept)?.bytes ?? 0
    for (const { key, entry } of entries) {
      if (key === kept) continue
      bytes += entry?.bytes ?? 0
      if (entry === undefined || bytes > CLIENT_BYTES) store.remove(key)
    }
  }

  function save (client: string, key: string, cookies: Parameters<typeof asStored>[0], now: number): void {
    const before = entryAt(key)?.bytes ?? 0
    if (cookies.length === 0) return before === 0 ? undefined : store.remove(key)
    const { until, ...stored } = asStored(cookies)
    store.set(key, { ...stored, used: now } satisfies Entry, Math.ceil((until - now) / 1000))
    noteClient(client, now)
    if (stored.bytes > before) shrink(client, key)
  }

  return {
    line (client, url, context) {
      const key = keyOf(client, url)
      const entry = hasJar(url) ? entryAt(key) : undefined
      if (entry === undefined) return ''
      const now = Date.now()
      const cookies = storedCookies(entry.cookies, now)
      const line = cookieLine(cookies, url, context)
      if (line !== '' && entry.used < now - USED_MILLISECONDS) save(client, key, cookies, now)
      return line
    },
    has: (client, url) => hasJar(url) && entryAt(keyOf(client, url)) !== undefined,
    keep (client, url, headers) {
      if (headers.length === 0 || !hasJar(url)) return false
      const now = Date.now()
      const key = keyOf(client, url)
      const before = storedCookies(entryAt(key)?.cookies ?? [], now)
      const after = withCookies(before, url, headers, now)
      save(client, key, after, now)
      return cookieLine(before, url, 'strict') !== cookieLine(after, url, 'strict')
    },
    count (client) {
      const sites = store.keys(prefix(client)).map(key => storedCookies(entryAt(key)?.cookies ?? [], Date.now()).length).filter(count => count > 0)
      return { cookies: sites.reduce((sum, count) => sum + count, 0), sites: sites.length }
    },
    clear
  }
}
