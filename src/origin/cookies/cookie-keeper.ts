import { Cookie } from 'tough-cookie'
import type { CookieJars } from './cookie-jars.js'
import type { SameSiteContext } from './site-cookies.js'

/** The cookies of one visit, hop by hop: each belongs to the host and the scheme that is asked. */
export interface CookieKeeper {
  /** The Cookie field for a request, or empty */
  line(url: URL): string
  /** Takes the cookies that a response has set; true if the next request will send other cookies than before. */
  keep(url: URL, headers: readonly string[]): boolean
  /** Whether no address at all would get any; if it is not given, that is not known */
  isEmpty?(): boolean
}

/** For requests without cookies. */
export const NO_COOKIES: CookieKeeper = { line: () => '', keep: () => false, isEmpty: () => true }

/** For a client whose cookies are kept here; its own Cookie field is ignored. */
export function jarKeeper(
  jars: CookieJars,
  client: string,
  may: { readonly keep: boolean; readonly context: SameSiteContext }
): CookieKeeper {
  return {
    line: url => jars.line(client, url, may.context),
    keep: (url, headers) => may.keep && jars.keep(client, url, headers)
  }
}

/** For a client that keeps its own cookies: those that it sends, and those set by redirects that it does not see. */
export function ownKeeper(sent: string): CookieKeeper {
  /** Few requests are redirected by what sets cookies */
  let set: Map<string, Cookie> | undefined
  const nameOf = (pair: string): string => pair.replace(/=.*/s, '').trim()
  function line(url: URL): string {
    if (set === undefined) return sent
    const own = set
    const theirs = sent.split(/;\s*/).filter(pair => pair !== '' && !own.has(nameOf(pair)))
    const ours = [...own.values()]
      .filter(cookie => cookie.value !== '' && (!cookie.secure || url.protocol === 'https:'))
      .map(cookie => cookie.cookieString())
    return [...theirs, ...ours].join('; ')
  }
  return {
    line,
    isEmpty: () => sent === '' && set === undefined,
    keep(url, headers) {
      const before = line(url)
      for (const header of headers) {
        const cookie = Cookie.parse(header)
        if (cookie !== undefined && !/[^\x20-\x7E\x80-\xFF]/.test(cookie.key + cookie.value))
          (set ??= new Map()).set(cookie.key, cookie)
      }
      return line(url) !== before
    }
  }
}
