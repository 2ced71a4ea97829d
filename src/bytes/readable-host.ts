import { decodePercent } from './decode-percent.js'

/** The host in an address: behind its scheme, a name and a password, and before its port or path. */
const AUTHORITY = /^([a-z][a-z0-9+.-]*:\/\/)([^/?#]*)/i

/**
 * An address whose host can be read: a browser of the time sends the name of a host as it is typed, in Latin-1, while a
 * URL takes the bytes of a name for UTF-8. What is UTF-8 stays as it is.
 */
export function readableHost(address: string): string {
  if (!address.includes('%')) return address
  return address.replace(AUTHORITY, (whole: string, scheme: string, authority: string) => {
    const at = authority.lastIndexOf('@') + 1
    const host = authority.slice(at)
    if (!host.includes('%') || decodePercent(host) !== host) return whole
    const letters = host.replace(/%([89a-f][0-9a-f])/gi, (_, byte: string) => String.fromCharCode(parseInt(byte, 16)))
    return `${scheme}${authority.slice(0, at)}${letters}`
  })
}
