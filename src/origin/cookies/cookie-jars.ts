import type { Cookie } from 'tough-cookie'
import { createShares, type Shares } from '../../guard/shares.js'
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

/** All cookies of one client; beyond that those of the site used longest ago are dropped. Bytes as stored. */
const CLIENT_BYTES = 262_144
/** The jar of a client that uses no cookie for so long is forgotten. Seconds. */
const CLIENT_SECONDS = 400 * 24 * 3600
/** The use of a cookie is recorded so often at most. Milliseconds. */
const USED_MILLISECONDS = 3600 * 1000
/** A longer name is neither a host (RFC 1035 2.3.4) nor a valid key. Characters. */
const SITE_LENGTH = 253

/** The cookies that are kept here for clients: one jar for each, which no other client ever sees. */
export interface CookieJars {
  /** The Cookie field for a request, or empty. */
  line(client: string, url: URL, context: SameSiteContext): string
  /**
   * Whether anything is kept for the site of an address, which is cheaper to tell than which of it may be sent there.
   */
  has(client: string, url: URL): boolean
  /** Keeps the cookies that a response has set; true if the next request will send other cookies than before. */
  keep(client: string, url: URL, headers: readonly string[]): boolean
  count(client: string): { readonly cookies: number; readonly sites: number }
  /** Forgets all cookies of a client. */
  clear(client: string): void
}

/** The cookies of one client for one site. They are written together: of two processes the last one wins. */
interface Entry {
  readonly cookies: readonly StoredCookie[]
  readonly bytes: number
  /** milliseconds since 1970 */
  readonly used: number
}

/** The size of a client's cookies, and since when it has any (milliseconds since 1970). */
interface Jar {
  readonly bytes?: number
  readonly since?: number
}

/** The use of a jar for one site, at one time. */
interface JarUse {
  readonly client: string
  readonly key: string
  /** Milliseconds since 1970 */
  readonly now: number
}

/** All jars, and how much each client has in them. */
interface Jars {
  readonly store: Store
  readonly shares: Shares
}

const prefix = (client: string): string => `cookies ${client} `
const keyOf = (client: string, url: URL): string => prefix(client) + siteOf(url)
const canHaveJar = (url: URL): boolean => url.hostname.length <= SITE_LENGTH

const entryAt = ({ store }: Jars, key: string): Entry | undefined => store.get(key) as Entry | undefined
const bytesAt = (jars: Jars, key: string): number => entryAt(jars, key)?.bytes ?? 0
const jarOf = ({ store }: Jars, client: string): Jar => store.get(`jar ${client}`) ?? {}

/**
 * Counts more bytes for a client, or less. They are counted in the store as well: to add them up at each start would
 * take a second for 100 MB.
 */
function note(jars: Jars, client: string, more: number): void {
  const { store, shares } = jars
  if (store.shared !== undefined) return
  shares.add(client, more)
  const jar: Jar = { bytes: shares.of(client), since: jarOf(jars, client).since ?? Date.now() }
  if (shares.of(client) === 0) store.remove(`jar ${client}`)
  else store.set(`jar ${client}`, jar, CLIENT_SECONDS)
}

/** Counts what the store has from before, in the order in which the clients came. */
function recall(jars: Jars): void {
  const { store, shares } = jars
  const clients = store
    .keys('jar ')
    .map(key => key.slice('jar '.length))
    .map(client => ({ client, ...jarOf(jars, client) }))
  // Older versions wrote down no bytes.
  for (const { client, bytes } of clients.sort((one, other) => (one.since ?? 0) - (other.since ?? 0)))
    shares.add(client, bytes ?? store.keys(prefix(client)).reduce((sum, site) => sum + bytesAt(jars, site), 0))
}

/**
 * Forgets the site whose cookies a client used longest ago, but not the one that is being written; false if there is
 * none.
 */
function dropOldest(jars: Jars, client: string, kept: string): boolean {
  const { store, shares } = jars
  const sites = store
    .keys(prefix(client))
    .map(key => ({ key, bytes: bytesAt(jars, key), used: entryAt(jars, key)?.used ?? 0 }))
  const excess = shares.of(client) - sites.reduce((sum, { bytes }) => sum + bytes, 0)
  const oldest = sites.filter(({ key }) => key !== kept).sort((one, other) => one.used - other.used)[0]
  // Cookies that have expired by themselves are still counted here: without them there may be room already.
  if (excess === 0 && oldest !== undefined) store.remove(oldest.key)
  const less = excess !== 0 ? excess : (oldest?.bytes ?? 0)
  note(jars, client, -less)
  return less > 0
}

function save(jars: Jars, { client, key, now }: JarUse, cookies: readonly Cookie[]): void {
  const { store, shares } = jars
  const before = bytesAt(jars, key)
  if (cookies.length === 0 && before === 0) return
  const { until, ...stored } = asStored(cookies)
  const more = stored.bytes - before
  for (let giver = shares.giver(client, more); more > 0 && giver !== undefined; giver = shares.giver(client, more)) {
    if (!dropOldest(jars, giver, key)) break
  }
  if (cookies.length === 0) store.remove(key)
  else store.set(key, { ...stored, used: now } satisfies Entry, Math.ceil((until - now) / 1000))
  note(jars, client, more)
}

/** What each client has, where the store bounds all of them together: what its own cookies add up to. */
function ownShares(store: Store): Shares {
  const of = (client: string): number =>
    store.keys(prefix(client)).reduce((sum, key) => sum + ((store.get(key) as Entry | undefined)?.bytes ?? 0), 0)
  return {
    of,
    add() {},
    next: () => undefined,
    giver: (client, more) => (of(client) > 0 && of(client) + more > CLIENT_BYTES ? client : undefined)
  }
}

/**
 * Jars in a store, with one small value for each client and site, which expires with its last cookie. When there is no
 * room left, the client that came last, in the network that has most, loses what it used longest ago (shares.ts):
 * machines that come by the thousand push out each other, and nobody who was there before.
 * @param maxBytes for all jars together, as stored
 */
export function createCookieJars(store: Store, maxBytes: number): CookieJars {
  const shares =
    store.shared === undefined
      ? createShares({ most: maxBytes, mostOfOwner: CLIENT_BYTES, gives: 'newest' })
      : ownShares(store)
  const jars: Jars = { store, shares }
  if (store.shared === undefined) recall(jars)
  return {
    line(client, url, context) {
      const key = keyOf(client, url)
      const entry = canHaveJar(url) ? entryAt(jars, key) : undefined
      if (entry === undefined) return ''
      const now = Date.now()
      const cookies = storedCookies(entry.cookies, now)
      const line = cookieLine(cookies, url, context)
      if (line !== '' && entry.used < now - USED_MILLISECONDS) save(jars, { client, key, now }, cookies)
      return line
    },
    has: (client, url) => canHaveJar(url) && entryAt(jars, keyOf(client, url)) !== undefined,
    keep(client, url, headers) {
      if (headers.length === 0 || !canHaveJar(url)) return false
      const now = Date.now()
      const key = keyOf(client, url)
      const before = storedCookies(entryAt(jars, key)?.cookies ?? [], now)
      const after = withCookies(before, { url, headers, now })
      save(jars, { client, key, now }, after)
      return cookieLine(before, url, 'strict') !== cookieLine(after, url, 'strict')
    },
    count(client) {
      const sites = store
        .keys(prefix(client))
        .map(key => storedCookies(entryAt(jars, key)?.cookies ?? [], Date.now()).length)
        .filter(count => count > 0)
      return { cookies: sites.reduce((sum, count) => sum + count, 0), sites: sites.length }
    },
    clear(client) {
      for (const key of store.keys(prefix(client))) store.remove(key)
      note(jars, client, -jars.shares.of(client))
    }
  }
}
