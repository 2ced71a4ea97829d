import { Cookie } from 'tough-cookie'

/** Netscape cuts longer cookies to 19 characters. Bytes. */
const COOKIE_BYTES = 4096

/** Wdy, DD-Mon-YY HH:MM:SS GMT: the date that Netscape's cookie specification wants. */
function netscapeDate(date: Date): string {
  const [, day, month, year, time] = /^\w+, (\d+) (\w+) \d\d(\d\d) ([\d:]+)/.exec(date.toUTCString())!
  return `${date.toUTCString().slice(0, 3)}, ${day}-${month}-${year} ${time} GMT`
}

/**
 * A Set-Cookie as Netscape 2 to 4 accept it, or undefined if it would do harm: without attributes that they do not know
 * (Max-Age, SameSite ...), with two dots in its domain, and without Secure, which they find anywhere in the text, even
 * in a path.
 */
export function oldCookie(header: string, now: number): string | undefined {
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
  if (cookie.domain !== null && cookie.domain !== '') parts.push(`domain=.${cookie.domain.replace(/^\./, '')}`)
  const written = parts.join('; ')
  return written.length <= COOKIE_BYTES ? written : undefined
}
