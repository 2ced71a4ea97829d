import { addressBehind } from '../front/locate.js'
import { takeHints } from '../page/addresses/address-hints.js'
import { keyInPath } from '../page/addresses/short-address.js'
import { PORTAL_PAGES } from '../portal/pages.js'
import type { ShortAddresses } from './short-addresses.js'
import type { AddressServices } from './services.js'
import type { Visit } from './visit-state.js'
import { VIEWS, viewedAddress } from './fetch-plan.js'

/**
 * The Referer of a client by the address that the origin knows: not by a short one of ours, and without hints for us.
 */
export function realReferer(
  referer: string | undefined,
  portal: string,
  shortAddresses: ShortAddresses
): string | undefined {
  if (referer === undefined) return undefined
  const { address } = takeHints(referer.replace(/#.*/s, ''))
  const key = address.startsWith(`${portal}/~`)
    ? keyInPath(address.slice(portal.length).replace(/\?.*/s, ''))
    : undefined
  return key === undefined ? address : shortAddresses.find(key)
}

/** The page of a site that an address behind the beginning of ours shows; 'ours' is a page of our own. */
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
  /** Undefined: a page of a site, and nobody knows of which */
  readonly url: URL | undefined
  /** Its address as the client knows it, encoded; undefined at our own host */
  readonly shown: string | undefined
}

/**
 * The page of a site that a request came from; undefined if the browser does not say, or if it is one of our own. A
 * page that our own host shows (a view, a short address) counts as what it is: else any site could ask in our name.
 */
export function pageBefore(visit: Visit, addresses: AddressServices): PageBefore | undefined {
  const {
    request: { headers },
    portal,
    gateway
  } = visit
  const referer = headers.referer ?? ''
  if (!URL.canParse(referer)) return undefined
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
