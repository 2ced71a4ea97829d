import { keyInPath } from '../page/short-address.js'
import type { ShortAddresses } from '../store/short-addresses.js'

/** The Referer of a client by the address that the origin knows: not by a short one of ours. */
export function realReferer (referer: string | undefined, portal: string, shortAddresses: ShortAddresses): string | undefined {
  if (referer === undefined || !referer.startsWith(`${portal}/~`)) return referer
  const key = keyInPath(referer.slice(portal.length).replace(/[?#].*$/s, ''))
  return key === undefined ? referer : shortAddresses.find(key)
}
