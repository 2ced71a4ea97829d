import { createShares } from '../../guard/shares.js'
import type { Store } from '../../store/store.js'
import {
  asStored,
  cookieLine,
  siteOf,
  storedCookies,
  withCookies,
  type SameSiteContext,
  type StoredCookie
} from './site-cookies.js'

/** All cookies of one client; those of the site that was used longest ago go first. Bytes as stored. */
const CLIENT_BYTES = 262_144
/** A client that uses no cookie for so long is as new. Seconds. */
const CLIENT_SECONDS = 400 * 24 * 3600
/** The use of a cookie is written down at most so often. Milliseconds. */
const USED_MILLISECONDS = 3600 * 1000
/** Longer names are no hosts (RFC 1035 2.3.4), and no keys. Characters. */
const SITE_LENGTH = 253

/** The cookies that are kept here for clients: one jar for each, which no other client ever sees. */
export interface CookieJars {
  /** The Cookie field for a request, or empty. */
  line(client: string, url: URL, context: SameSiteContext): string
  /** Whether anything is kept for the site of an address: cheaper than to ask which of it may go there. */
  has(client: string, url: URL): boolean
  /** Keeps what a response has set; true if further requests will carry something else than before. */
  keep(client: string, url: URL, headers: readonly string[]): boolean
  count(client: string): { readonly cookies: number; readonly sites: number }
  /** Forgets all cookies of a client. */
  clear(client: string): void
}

/** The cookies of one client and one site, the unit in which they are written: of two processes the last one wins. */
interface Entry {
  readonly cookies: readonly StoredCookie[]
  readonly bytes: number
  /** milliseconds since 1970 */
  readonly used: number
}

/** What a client has of all cookies, and since when it has any (milliseconds since 1970). */
interface Jar {
  readonly bytes?: number
  readonly since?: number
}

/** A jar of a client, and when it is opened. */
interface JarUse {
  readonly client: string
  readonly key: string
  /** Milliseconds since 1970 */
  readonly now: number
}

/**
 * Jars in a store: small values, one for each client and site, that end with their last cookie. When there is no room
 * left, the client that came last in the network that has most loses what it used longest ago (shares.ts): machines
 * that come by the thousand push out each other, and nobody who was there before.
 * @param maxBytes for all jars together, as stored
 */
export function createCookieJars(store: Store, maxBytes: number): CookieJars {
  const shares = createShares({ most: maxBytes, mostOfOwner: CLIENT_BYTES, gives: 'newest' })
  const prefix = (client: string): string => `cookies ${client} `
  const keyOf = (client: string, url: URL): string => prefix(client) + siteOf(url)
  const entryAt = (key: string): Entry | undefined => store.get(key) as Entry | undefined
  const hasJar = (url: URL): boolean => url.hostname.length <= SITE_LENGTH
  const jarOf = (client: string): Jar => store.get(`jar ${client}`) ?? {}
  const bytesAt = (key: string): number => entryAt(key)?.bytes ?? 0

  /** What a client has is counted in the store as well: to add it up at each start would take a second for 100 MB. */
  function note(client: string, more: number): void {
    shares.add(client, more)
    if (shares.of(client) === 0) store.remove(`jar ${client}`)
    else
      store.set(
        `jar ${client}`,
        { bytes: shares.of(client), since: jarOf(client).since ?? Date.now() } satisfies Jar,
        CLIENT_SECONDS
      )
  }

  function clear(client: string): void {
    for (const key of store.keys(prefix(client))) store.remove(key)
    note(client, -shares.of(client))
  }

  function recall(): void {
    const clients = store
      .keys('jar ')
      .map(key => key.slice('jar '.length))
      .map(client => ({ client, ...jarOf(client) }))
    // Older versions wrote down no bytes.
    for (const { client, bytes } of clients.sort((one, other) => (one.since ?? 0) - (other.since ?? 0)))
      shares.add(client, bytes ?? store.keys(prefix(client)).reduce((sum, site) => sum + bytesAt(site), 0))
  }

  /**
   * Forgets the site whose cookies a client used longest ago, but not the one that is being written; false if there is
   * none.
   */
  function dropOldest(client: string, kept: string): boolean {
    const sites = store.keys(prefix(client)).map(key => ({ key, bytes: bytesAt(key), used: entryAt(key)?.used ?? 0 }))
    const excess = shares.of(client) - sites.reduce((sum, { bytes }) => sum + bytes, 0)
    const oldest = sites.filter(({ key }) => key !== kept).sort((one, other) => one.used - other.used)[0]
    // Cookies end by themselves too: then there is room already.
    if (excess === 0 && oldest !== undefined) store.remove(oldest.key)
    const less = excess !== 0 ? excess : (oldest?.bytes ?? 0)
    note(client, -less)
    return less > 0
  }

  function save({ client, key, now }: JarUse, cookies: Parameters<typeof asStored>[0]): void {
    const before = bytesAt(key)
    if (cookies.length === 0 && before === 0) return
    const { until, ...stored } = asStored(cookies)
    const more = stored.bytes - before
    for (let giver = shares.giver(client, more); more > 0 && giver !== undefined; giver = shares.giver(client, more)) {
      if (!dropOldest(giver, key)) break
    }
    if (cookies.length === 0) store.remove(key)
    else store.set(key, { ...stored, used: now } satisfies Entry, Math.ceil((until - now) / 1000))
    note(client, more)
  }

  recall()
  return {
    line(client, url, context) {
      const key = keyOf(client, url)
      const entry = hasJar(url) ? entryAt(key) : undefined
      if (entry === undefined) return ''
      const now = Date.now()
      const cookies = storedCookies(entry.cookies, now)
      const line = cookieLine(cookies, url, context)
      if (line !== '' && entry.used < now - USED_MILLISECONDS) save({ client, key, now }, cookies)
      return line
    },
    has: (client, url) => hasJar(url) && entryAt(keyOf(client, url)) !== undefined,
    keep(client, url, headers) {
      if (headers.length === 0 || !hasJar(url)) return false
      const now = Date.now()
      const key = keyOf(client, url)
      const before = storedCookies(entryAt(key)?.cookies ?? [], now)
      const after = withCookies(before, { url, headers, now })
      save({ client, key, now }, after)
      return cookieLine(before, url, 'strict') !== cookieLine(after, url, 'strict')
    },
    count(client) {
      const sites = store
        .keys(prefix(client))
        .map(key => storedCookies(entryAt(key)?.cookies ?? [], Date.now()).length)
        .filter(count => count > 0)
      return { cookies: sites.reduce((sum, count) => sum + count, 0), sites: sites.length }
    },
    clear
  }
}
