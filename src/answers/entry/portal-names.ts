import type { PortalNames } from '../../front/locate.js'
import type { OwnHost } from '../../guard/own-host.js'
import { keyInPath } from '../../page/addresses/short-address.js'
import type { ShortAddresses } from '../../request/short-addresses.js'

/** The names of our own pages: one object for all requests, which sees the port once it is known. */
export function portalNames(
  name: string,
  ownHost: Pick<OwnHost, 'port' | 'isOwn'>,
  shortAddresses: Pick<ShortAddresses, 'find'>
): () => PortalNames {
  const names: PortalNames = {
    name,
    get port() {
      return ownHost.port()
    },
    isOwn: ownHost.isOwn,
    longAddress(path) {
      const key = keyInPath(path)
      return key === undefined ? undefined : shortAddresses.find(key)
    }
  }
  return () => names
}
