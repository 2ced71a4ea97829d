import { Cookie, domainMatch } from 'tough-cookie'
import { siteOfHost } from './site-cookies.js'

/** Netscape cuts longer cookies to 19 characters. Bytes. */
const COOKIE_BYTES = 4096

/** Wdy, DD-Mon-YY HH:MM:SS GMT: the date that Netscape's cookie specification wants. */
function netscapeDate(date: Date): string {
  const [, day, month, year, time] = /^\w+, (\d+) (\w+) \d\d(\d\d) ([\d:]+)/.exec(date.toUTCString())!
  return `${date.toUTCString().slice(0, 3)}, ${day}-${month}-${year} ${time} GMT`
}

/** Whether a host may set cookies of a domain: its own, but none that hosts of other owners share (RFC 6265 5.3). */
const isOwnDomain = (domain: string, host: string): boolean =>
  domain === host || (domainMatch(host, domain) === true && siteOfHost(domain) !== undefined)

/** Where and when a cookie comes from. */
export interface CookieOrigin {
  readonly host: string
  /** Milliseconds since 1970 */
  readonly now: number
}

/**
 * A Set-Cookie as Netscape 2 to 4 accept it, or undefined if it would do harm: without attributes that they do not know
 * (Max-Age, SameSite ...), with two dots in its domain, and without Secure, which they find anywhere in the text, even
 * in a path. Netscape looks at the dots of a domain alone, so that one that is not the host's ends here.
 */
export function oldCookie(header: string, { host, now }: CookieOrigin): string | undefined {
  const cookie = Cookie.parse(header, { loose: true })
  if (cookie === undefined || /[^\x21-\x7E]/.test(cookie.key + cookie.value.replaceAll(' ', ''))) return undefined
  const expires =
    typeof cookie.maxAge === 'number'
      ? new Date(now + cookie.maxAge * 1000)
      : cookie.expires instanceof Date
        ? cookie.expires
        : undefined
  const path =
    cookie.path === null || /secure/i.test(cookie.path) || !/^\/[\x21-\x7E]*$/.test(cookie.path) ? '/' : cookie.path
  const parts = [`${cookie.key}=${cookie.value}`, `path=${path}`]
  if (expires !== undefined && Number.isFinite(expires.getTime())) parts.push(`expires=${netscapeDate(expires)}`)
  const domain = cookie.domain?.replace(/^\./, '').toLowerCase() ?? ''
  if (domain !== '' && !isOwnDomain(domain, host)) return undefined
  if (domain !== '') parts.push(`domain=.${domain}`)
  const written = parts.join('; ')
  return written.length <= COOKIE_BYTES ? written : undefined
}
