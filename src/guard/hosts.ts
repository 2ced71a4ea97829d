import { isIP } from 'node:net'
import { Failure } from '../errors.js'
import { isPublic } from './address.js'

/** Names that mean this machine or its network wherever they are looked up (RFC 6761, RFC 6762, RFC 8375). */
const LOCAL_NAMES = /(^|\.)(localhost|local|internal|intranet|lan|home|corp|home\.arpa|localdomain)\.?$/i

export interface HostGuard {
  /** Throws unless a host, by name or as an address, may be asked for at all. */
  checkHost (hostname: string): void
  /** Throws unless the address that a host resolved to may be connected to. */
  checkAddress (hostname: string, address: string): void
}

const refused = (host: string): Failure => new Failure('ADDRESS_REFUSED', host)

/** What may be fetched: the open Internet, and the private hosts that the settings name. */
export function createHostGuard (allowHosts: readonly string[]): HostGuard {
  const allowed = new Set(allowHosts.map(host => host.toLowerCase().replace(/^\[|\]$/g, '')))
  const isAllowed = (host: string): boolean => allowed.has(host.toLowerCase().replace(/^\[|\]$/g, '').replace(/\.$/, ''))
  return {
    checkHost (hostname) {
      if (isAllowed(hostname)) return
      const bare = hostname.replace(/^\[|\]$/g, '')
      if (isIP(bare) !== 0 ? !isPublic(bare) : LOCAL_NAMES.test(hostname)) throw refused(hostname)
    },
    checkAddress (hostname, address) {
      if (!isAllowed(hostname) && !isAllowed(address) && !isPublic(address)) throw refused(`${hostname} is ${address}`)
    }
  }
}
