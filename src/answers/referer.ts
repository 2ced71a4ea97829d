import { takeHints } from '../page/address-hints.js'
import { keyInPath } from '../page/short-address.js'
import type { ShortAddresses } from '../store/short-addresses.js'

/** The Referer of a client by the address that the origin knows: not by a short one of ours, and without hints for us. */
export function realReferer (referer: string | undefined, portal: string, shortAddresses: ShortAddresses): string | undefined {
  if (referer === undefined) return undefined
  const { address } = takeHints(referer.replace(/#.*$/s, ''))
  const key = address.startsWith(`${portal}/~`) ? keyInPath(address.slice(portal.length).replace(/\?.*$/s, '')) : undefined
  return key === undefined ? address : shortAddresses.find(key)
}
