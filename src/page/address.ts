import { encodeQuery } from '../charset/query.js'
import type { PageContext } from './step.js'

/** Schemes that old browsers open by themselves. */
const KEPT_SCHEMES = /^(mailto|ftp|gopher|news|nntp|telnet|wais):$/

const PLAIN = /^[A-Za-z0-9\-._~/?&=;,:@+$!*()]*$/

/**
 * Hosts that can be asked for: names, and addresses of IPv4 and IPv6. A URL takes quotes and braces in a host as well,
 * which no name has, and which would end the value of an attribute.
 */
const HOST = /^([a-z0-9_-][a-z0-9._-]*|\[[0-9a-f:.]+\])$/i

/** Of the other schemes: no browser of the time knows brackets. */
const NAMED_HOST = /^[a-z0-9_-][a-z0-9._-]*$/i

/** Everything but unreserved characters and / ? & = ; , : @ + $ ! * ( ) is percent-encoded: Mosaic ends an address at a space, a tag at >. */
const encodeRest = (text: string): string => PLAIN.test(text) ? text : text.replace(/[^A-Za-z0-9\-._~/?&=;,:@+$!*()%]|%(?![0-9A-Fa-f]{2})/g, character => encodeURIComponent(character).replace(/'/g, '%27'))

/** An address of the page as a URL, or undefined if it is none. Its query is encoded in the charset of the page. */
export function resolve (address: string, context: Pick<PageContext, 'base' | 'charset'>): URL | undefined {
  const trimmed = address.trim()
  const at = trimmed.search(/[?#]/)
  const encoded = at < 0 || trimmed[at] === '#' ? trimmed : trimmed.slice(0, at) + encodeQuery(trimmed.slice(at), context.charset)
  try {
    // A base is parsed anew each time: an absolute address does without.
    return /^https?:\/\//i.test(encoded) ? new URL(encoded) : new URL(encoded, context.base)
  } catch {
    return undefined
  }
}

/** Parameters that tell a site where a click came from, and nothing else. */
const COUNTING = /^(utm_\w+|fbclid|gclid|dclid|msclkid|mc_cid|mc_eid|igshid|yclid|_hsenc|_hsmi)=/

/** A query without them; the others stay byte for byte. */
function plainQuery (search: string): string {
  if (!/[?&](utm_|fbclid|gclid|dclid|msclkid|mc_|igshid|yclid|_hs)/.test(search)) return search
  const kept = search.slice(1).split('&').filter(part => !COUNTING.test(part))
  return kept.length === 0 ? '' : `?${kept.join('&')}`
}

/**
 * How an address is written for the client: absolute, with http:// whatever the real scheme is, percent-encoded,
 * behind the gateway if there is one. Undefined if no old browser can open it.
 */
export function clientAddress (url: URL, context: Pick<PageContext, 'gateway'>): string | undefined {
  const hash = url.hash === '' || url.hash === '#' ? '' : `#${encodeRest(url.hash.slice(1))}`
  if (KEPT_SCHEMES.test(url.protocol)) return url.host === '' || NAMED_HOST.test(url.hostname) ? encodeRest(url.href.replace(/#.*/s, '')) + hash : undefined
  if ((url.protocol !== 'http:' && url.protocol !== 'https:') || !HOST.test(url.hostname)) return undefined
  // A step that runs again meets addresses that have the gateway before them already.
  if (context.gateway !== '' && url.href.startsWith(context.gateway)) return url.href
  // https on port 80 is http by the time it is read.
  const host = url.host.replace(/:80$/, '')
  return `${context.gateway}http://${host}${encodeRest(url.pathname)}${encodeRest(plainQuery(url.search))}${hash}`
}
