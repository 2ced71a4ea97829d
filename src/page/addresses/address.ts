import { encodeQuery } from '../../charset/query.js'
import { isHostName, isWebAddress } from '../../bytes/web-address.js'

/** What an address of a page is resolved with. */
export interface AddressContext {
  readonly base: URL
  /** The encoding of the queries of its links */
  readonly charset: string
}

/** Schemes that old browsers open by themselves. */
const KEPT_SCHEMES = /^(mailto|ftp|gopher|news|nntp|telnet|wais):$/

const PLAIN = /^[A-Za-z0-9\-._~/?&=;,:@+$!*()]*$/
const PLAIN_HOST = /^[A-Za-z0-9._:[\]-]*$/

/**
 * Everything but unreserved characters and / ? & = ; , : @ + $ ! * ( ) is percent-encoded: Mosaic ends an address at a
 * space, a tag at >.
 */
const encodeRest = (text: string): string =>
  PLAIN.test(text)
    ? text
    : text.replace(/[^A-Za-z0-9\-._~/?&=;,:@+$!*()%]|%(?![0-9A-Fa-f]{2})/g, character =>
        encodeURIComponent(character).replace(/'/g, '%27')
      )

/**
 * Resolves an address of the page; undefined if it is invalid or names no host of the web. Its query is encoded in the
 * charset of the page.
 */
export function resolve(address: string, context: AddressContext): URL | undefined {
  const trimmed = address.trim()
  const at = trimmed.search(/[?#]/)
  const encoded =
    at < 0 || trimmed[at] === '#' ? trimmed : trimmed.slice(0, at) + encodeQuery(trimmed.slice(at), context.charset)
  try {
    // URL parses the base each time it is given: an absolute address needs none.
    const url = /^https?:\/\//i.test(encoded) ? new URL(encoded) : new URL(encoded, context.base)
    return /^https?:$/.test(url.protocol) && !isHostName(url.hostname) ? undefined : url
  } catch {
    return undefined
  }
}

/** Parameters that tell a site where a click came from, and nothing else. */
const COUNTING = /^(utm_\w+|fbclid|gclid|dclid|msclkid|mc_cid|mc_eid|igshid|yclid|_hsenc|_hsmi)=/

/** Removes the tracking parameters from a query; the others stay byte for byte. */
function plainQuery(search: string): string {
  if (!/[?&](utm_|fbclid|gclid|dclid|msclkid|mc_|igshid|yclid|_hs)/.test(search)) return search
  const kept = search
    .slice(1)
    .split('&')
    .filter(part => !COUNTING.test(part))
  return kept.length === 0 ? '' : `?${kept.join('&')}`
}

/** Percent-encodes characters that no valid host has, and that would end the value of an attribute. */
const encodeHost = (host: string): string =>
  PLAIN_HOST.test(host)
    ? host
    : host.replace(/[^A-Za-z0-9._:[\]-]/g, character => `%${character.charCodeAt(0).toString(16).padStart(2, '0')}`)

/** A name and a password in an address, as its page has written them: browsers that know no others send them on. */
const passwordIn = ({ username, password }: URL): string =>
  username === '' ? '' : `${encodeRest(username)}${password === '' ? '' : `:${encodeRest(password)}`}@`

const fragmentOf = ({ hash }: URL): string => (hash === '' || hash === '#' ? '' : `#${encodeRest(hash.slice(1))}`)

/**
 * Writes an address of the web for the client, whatever its host: absolute, percent-encoded, behind the gateway if
 * there is one, and with http:// whatever the real scheme is. It is for addresses that were fetched already, or will
 * be.
 */
export function writtenAddress(url: URL, { gateway }: { readonly gateway: string }): string {
  // A step that runs again meets addresses that have the gateway before them already.
  if (gateway !== '' && url.href.startsWith(gateway)) return url.href
  // https on port 80 is http by the time it is read.
  const host = encodeHost(url.host.replace(/:80$/, ''))
  return `${gateway}http://${passwordIn(url)}${host}${encodeRest(url.pathname)}${encodeRest(plainQuery(url.search))}${fragmentOf(url)}`
}

/**
 * Writes an address that comes from a page for the client, as writtenAddress() does; undefined if no old browser can
 * open it.
 */
export function clientAddress(url: URL, context: { readonly gateway: string }): string | undefined {
  if (!KEPT_SCHEMES.test(url.protocol)) return isWebAddress(url) ? writtenAddress(url, context) : undefined
  const isNamed = url.host === '' || (isHostName(url.hostname) && !url.hostname.startsWith('['))
  return isNamed ? encodeRest(url.href.replace(/#.*/s, '')) + fragmentOf(url) : undefined
}
