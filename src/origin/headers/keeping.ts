import type { IncomingHttpHeaders } from 'node:http'
import { listMembers } from './list-members.js'

/** The words of HTTP/1.0 for how long an answer may be kept (RFC 1945 10.7 and 10.12). */
export interface Keeping {
  readonly pragma?: 'no-cache'
  readonly expires?: string
}

/** Has expired already: RFC 1945 10.7 names this value, and servers of the time sent it. */
const AT_ONCE = '0'

type Directives = ReadonlyMap<string, string>

/**
 * Cache-Control as its directives, in lower case; one that names fields ("no-cache=set-cookie") is about these alone.
 */
function directivesOf(cacheControl: string): Directives {
  return new Map(
    listMembers(cacheControl.toLowerCase()).map(part => {
      const [name = '', value = ''] = part.split('=', 2)
      return [name.trim(), value.trim().replace(/^"|"$/g, '')]
    })
  )
}

/** When a response expires, in milliseconds since 1970; undefined if it does not say, NaN if that is no time. */
function expiryOf(said: Directives, { age, expires }: IncomingHttpHeaders, now: number): number | undefined {
  const seconds = said.get('max-age')
  // RFC 9111 5.3: max-age counts, not Expires. 5.2: the time for which caches on the way have had it is over.
  if (seconds !== undefined && /^\d{1,10}$/.test(seconds))
    return now + 1000 * Math.max(0, Number(seconds) - (/^\d{1,10}$/.test(age ?? '') ? Number(age) : 0))
  return expires === undefined ? undefined : Date.parse(expires)
}

/**
 * What a site says about keeping its answer, in the words that browsers of the time know: none of them reads
 * Cache-Control. Without Expires they ask once a session, so that a page from before a log-in is shown after it.
 * @param now milliseconds since 1970
 */
export function keepingOf(headers: IncomingHttpHeaders, now: number): Keeping {
  const { pragma = '', 'cache-control': cacheControl } = headers
  const said = directivesOf(cacheControl ?? '')
  const isAsked = cacheControl === undefined && /no-cache/i.test(pragma)
  if (said.has('no-store') || said.get('no-cache') === '' || isAsked) return { pragma: 'no-cache', expires: AT_ONCE }
  const expiry = expiryOf(said, headers, now)
  // For one person alone: only the word of its time keeps it out of what others see.
  if (expiry === undefined) return said.has('private') ? { expires: AT_ONCE } : {}
  if (expiry > now) return { expires: new Date(expiry).toUTCString() }
  return said.has('private') ? { pragma: 'no-cache', expires: AT_ONCE } : { expires: AT_ONCE }
}

/**
 * The same for an image, which a person may want in other colours before it expires. One that may be kept, and is to be
 * asked for again, is mostly unchanged.
 */
export function keepingOfImage(headers: IncomingHttpHeaders, now: number): Keeping {
  const keeping = keepingOf(headers, now)
  if (keeping.expires !== AT_ONCE) return {}
  return directivesOf(headers['cache-control'] ?? '').has('no-store') ? keeping : { expires: AT_ONCE }
}

/**
 * The same for a file: Internet Explorer deletes what came with Pragma: no-cache before the program for it can open it.
 */
export const keepingOfFile = (headers: IncomingHttpHeaders, now: number): Pick<Keeping, 'expires'> => {
  const { expires } = keepingOf(headers, now)
  return expires === undefined ? {} : { expires }
}
