import { addressBehind } from '../front/locate.js'
import { takeHints } from '../page/addresses/address-hints.js'
import { keyInPath } from '../page/addresses/short-address.js'
import { PORTAL_PAGES } from '../portal/pages.js'
import type { ShortAddresses } from './short-addresses.js'
import type { AddressServices } from './services.js'
import type { Visit } from './visit-state.js'
import { VIEWS, viewedAddress } from './fetch-plan.js'

/** A name and a password belong in no Referer (RFC 9110 10.1.3); browsers of the time leave them there. */
const USERINFO = /^(https?:\/\/)[^/?]*@/i

/** The Referer of a client with the address that the origin knows: not a short one of ours, and without our hints. */
export function realReferer(
  referer: string | undefined,
  portal: string,
  shortAddresses: ShortAddresses
): string | undefined {
  if (referer === undefined) return undefined
  const { address } = takeHints(referer.replace(/#.*/s, '').replace(USERINFO, '$1'))
  const key = address.startsWith(`${portal}/~`)
    ? keyInPath(address.slice(portal.length).replace(/\?.*/s, ''))
    : undefined
  return key === undefined ? address : shortAddresses.find(key)
}

/** The page of a site that an address on our host or behind the gateway shows; 'ours' is one of our own pages. */
function shownAt(rest: string, visit: Visit, addresses: AddressServices): URL | 'ours' | undefined {
  const behind = visit.gateway === '' ? undefined : addressBehind(rest)
  if (behind !== undefined) return URL.canParse(behind) ? new URL(behind) : undefined
  const [, path = '', query = ''] = /^([^?#]*)\??([^#]*)/s.exec(rest) ?? []
  const key = keyInPath(path)
  const long = key === undefined ? undefined : addresses.shortAddresses.find(key)
  if (long !== undefined)
    return !long.startsWith(`${visit.portal}/`)
      ? new URL(long)
      : keyInPath(new URL(long).pathname) === undefined
        ? shownAt(long.slice(visit.portal.length), visit, addresses)
        : undefined
  if (Object.hasOwn(VIEWS, path)) return viewedAddress(visit, query, addresses)
  return Object.hasOwn(PORTAL_PAGES, path) ? 'ours' : undefined
}

/** The page that a request came from. */
export interface PageBefore {
  /** Undefined: it is a page of some site, but not known of which */
  readonly url: URL | undefined
  /** Its address as the client knows it, encoded; undefined at our own host */
  readonly shown: string | undefined
}

/**
 * The page of a site that a request came from; undefined if the browser does not say, or if it is one of our own pages.
 * A site's page that is shown at our own host (a view, a short address) counts as a page of that site: otherwise any
 * site could make requests in our name.
 */
export function pageBefore(visit: Visit, addresses: AddressServices): PageBefore | undefined {
  const {
    request: { headers },
    portal,
    gateway
  } = visit
  const referer = headers.referer ?? ''
  if (referer === '' || !URL.canParse(referer)) return undefined
  if (!referer.startsWith(`${portal}/`)) return { url: new URL(referer), shown: new URL(referer).href }
  try {
    const url = shownAt(referer.slice(portal.length), visit, addresses)
    return url === 'ours'
      ? undefined
      : {
          url,
          shown:
            gateway !== '' && addressBehind(referer.slice(portal.length)) !== undefined
              ? new URL(referer).href
              : undefined
        }
  } catch {
    return { url: undefined, shown: undefined }
  }
}
