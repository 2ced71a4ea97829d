import { isIP } from 'node:net'
import { Failure } from '../failures.js'
import { isHostName } from '../bytes/web-address.js'
import { isPublic, networkMatcher } from './address.js'
import type { BlockList } from './blocked.js'
import { isListedPort, WEB_PORTS } from '../config/ports.js'

/** Names that mean this machine or its network wherever they are resolved (RFC 6761, RFC 6762, RFC 8375). */
const LOCAL_NAMES = /(^|\.)(localhost|local|internal|intranet|lan|home|corp|private|home\.arpa|localdomain)$/i

export interface HostGuard {
  /** Throws unless a host, given as a name or an address, may be asked for. */
  checkHost(hostname: string): void
  /** Throws unless the address that a host resolved to may be connected to. */
  checkAddress(hostname: string, address: string): void
  /** Throws unless a web address may be fetched, by its host, its port and the block list. */
  checkUrl(url: URL): void
  /**
   * Throws unless a tunnel may be opened to a host: by its name, and by the entries of the block list for whole hosts.
   */
  checkTunnel(hostname: string): void
  /** Throws when the other end of a connection is this proxy itself. */
  checkPeer(address: string, port: number): void
}

export interface HostGuardOptions {
  /** Private hosts that may be fetched, at any port */
  readonly allowHosts: readonly string[]
  /** Ports and ranges that are allowed for all other hosts */
  readonly allowPorts?: readonly string[]
  /** Called each time, because the list may be reloaded */
  readonly blocked?: () => BlockList
  /** Whether the proxy listens at this address */
  readonly isOwn?: (address: string, port: number) => boolean
  /** Public networks (CIDR) that this machine is in; called each time, because they change */
  readonly localNetworks?: () => readonly string[]
}

const refused = (host: string): Failure => new Failure('ADDRESS_REFUSED', host)

/** A host in the form in which it is compared: without brackets and without dots at its end. */
const bareHost = (host: string): string =>
  host
    .toLowerCase()
    .replace(/^\[|\]$/g, '')
    .replace(/(?<!\.)\.+$/, '')

const portOf = ({ port, protocol }: URL): number => (port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port))

/** Allows the open Internet, and the private hosts that the settings name. */
export function createHostGuard({
  allowHosts,
  allowPorts = WEB_PORTS,
  blocked,
  isOwn = () => false,
  localNetworks = () => []
}: HostGuardOptions): HostGuard {
  const allowed = new Set(allowHosts.map(bareHost))
  const isAllowed = (host: string): boolean => allowed.has(bareHost(host))
  // In IPv6 the machines of a home have public addresses, and only a firewall protects them; we are inside of it.
  const isOutside = (address: string): boolean => isPublic(address) && !networkMatcher(localNetworks())(address)

  function checkHost(hostname: string): void {
    // Redirects and resources of pages are only checked here. Connections name an IPv6 address without brackets.
    if (isIP(hostname) === 0 && !isHostName(hostname)) throw new Failure('BAD_HOST', hostname)
    if (isAllowed(hostname)) return
    const bare = bareHost(hostname)
    // A name of one label means a machine of the local network to whoever resolves it, also to an upstream proxy.
    if (isIP(bare) !== 0 ? !isOutside(bare) : LOCAL_NAMES.test(bare) || !bare.includes('.')) throw refused(hostname)
  }

  function checkBlocked(url: URL): void {
    const reason = blocked?.().reasonFor(url)
    if (reason !== undefined) throw new Failure('BLOCKED', reason)
  }

  return {
    checkHost,
    checkTunnel(hostname) {
      checkHost(hostname)
      checkBlocked(new URL(`https://${hostname}/`))
    },
    checkAddress(hostname, address) {
      if (!isAllowed(hostname) && !isAllowed(address) && !isOutside(address)) throw refused(`${hostname} is ${address}`)
    },
    checkUrl(url) {
      checkHost(url.hostname)
      const port = portOf(url)
      if (!isAllowed(url.hostname) && !isListedPort(port, allowPorts)) throw new Failure('PORT_REFUSED', `port ${port}`)
      checkBlocked(url)
    },
    checkPeer(address, port) {
      if (isOwn(address, port)) throw new Failure('LOOP', `${address}:${port}`)
    }
  }
}

/** A guard by settings that may be read again: whoever holds it asks the one of the moment. */
export const currentHostGuard = (current: () => HostGuard): HostGuard => ({
  checkHost: hostname => current().checkHost(hostname),
  checkAddress: (hostname, address) => current().checkAddress(hostname, address),
  checkUrl: url => current().checkUrl(url),
  checkTunnel: hostname => current().checkTunnel(hostname),
  checkPeer: (address, port) => current().checkPeer(address, port)
})
