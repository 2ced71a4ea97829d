import { createHmac, timingSafeEqual } from 'node:crypto'
import { createShares } from '../guard/shares.js'
import { secretOf } from '../store/secret.js'
import type { Store } from '../store/store.js'

/** What a person at an old machine chose; what they did not choose is as the settings of the proxy say. */
export interface Choices {
  readonly profile?: string
  readonly display?: string
  readonly images?: 'inline' | 'links' | 'off'
  /**
   * Of images: so many instead of those of the screen, photographs as JPEG whatever the machine, or the bytes that the
   * site sent; both where the browser takes them
   */
  readonly colours?: 'mono' | '16' | '256' | 'jpeg' | 'sent'
  readonly originalSource?: 'bottom' | 'top' | 'off'
  /**
   * What the Original source line says besides: the feeds of the page, its copy in the Internet Archive, bytes and
   * requests
   */
  readonly feedLinks?: 'on' | 'off'
  readonly archiveLink?: 'on' | 'off'
  readonly figures?: 'on' | 'off'
  /** Articles are shown without what stands around them */
  readonly first?: 'reader'
  /** A line that is no modem: more for each page and its images */
  readonly speed?: 'fast'
  /** Whether long pages come in parts */
  readonly parts?: 'on' | 'off'
  /** Who keeps cookies: the browser, the proxy, or nobody */
  readonly cookies?: 'own' | 'jar' | 'off'
  /** Of the news, chosen on its own page; there may be none of that name any more */
  readonly edition?: string
  /** Name of a charset of charsets.ts, in lower case */
  readonly charset?: string
}

/** What each client chose, kept under the name that personKeyOf gives it. */
export interface PersonalSettings {
  of(client: string): Choices
  save(client: string, choices: Choices): void
  /** Goes into the settings form: a page of another site cannot make the browser change the settings without it. */
  token(client: string): string
  isToken(client: string, token: string): boolean
}

/** A machine that was not seen for so long is as new. Seconds. */
const KEPT_SECONDS = 365 * 24 * 3600
/** Machines and users whose settings are kept; who came last in the network that has most gives first (shares.ts). */
const MOST_CLIENTS = 4096

/** Makes room for a client of which nothing is kept yet. */
function roomFor(store: Store, prefix: string): (client: string) => void {
  const shares = createShares({ most: MOST_CLIENTS, gives: 'newest' })
  for (const found of store.keys(prefix)) shares.add(found.slice(prefix.length), 1)
  return client => {
    if (shares.of(client) > 0) return
    for (let giver = shares.giver(client, 1); giver !== undefined; giver = shares.giver(client, 1)) {
      store.remove(prefix + giver)
      shares.add(giver, -1)
    }
    shares.add(client, 1)
  }
}

/**
 * A token is good on the day on which its form was made, and on the next: it stays in the history of browsers. Days.
 */
const TOKEN_DAYS = 2
const DAY_MILLISECONDS = 24 * 3600 * 1000

const areEqual = (a: string, b: string): boolean => {
  const [left, right] = [Buffer.from(a), Buffer.from(b)]
  return left.length === right.length && timingSafeEqual(left, right)
}

export function createPersonalSettings(store: Store, now: () => number = Date.now): PersonalSettings {
  const secret = secretOf(store, 'secret')
  const key = (client: string): string => `client ${client}`
  // A shared store drops whom it has not seen for longest.
  const makeRoom = store.shared === undefined ? roomFor(store, key('')) : () => {}
  const today = (): number => Math.floor(now() / DAY_MILLISECONDS)
  const tokenOf = (client: string, day: number): string =>
    createHmac('sha256', secret()).update(`${day} ${client}`).digest('hex').slice(0, 16)
  return {
    of: client => store.get(key(client)) ?? {},
    save(client, choices) {
      makeRoom(client)
      store.set(key(client), choices, KEPT_SECONDS)
    },
    token: client => tokenOf(client, today()),
    isToken: (client, given) =>
      Array.from({ length: TOKEN_DAYS }, (_, ago) => areEqual(tokenOf(client, today() - ago), given)).includes(true)
  }
}
