import { isIP } from 'node:net'
import { hostname, networkInterfaces, type NetworkInterfaceInfo } from 'node:os'
import { isPublic, plainAddress } from './address.js'

/** The addresses of this machine in its networks, of both families. */
function outerInterfaces(family: 'IPv4' | 'IPv6'): NetworkInterfaceInfo[] {
  return Object.values(networkInterfaces()).flatMap(entries =>
    (entries ?? []).filter(entry => entry.family === family && !entry.internal)
  )
}

/**
 * The system takes longer to name them than we do for a page of our own, and they change with a cable or a lease: so
 * they are asked for once in so long. Milliseconds.
 */
const ADDRESSES_MILLISECONDS = 1000

function createLocalAddresses(): () => readonly string[] {
  let [known, until]: [readonly string[], number] = [[], -Infinity]
  return () => {
    const now = performance.now()
    if (now < until) return known
    known = outerInterfaces('IPv4').map(({ address }) => address)
    until = now + ADDRESSES_MILLISECONDS
    return known
  }
}

/** Addresses of this machine in the networks that it is in. */
export const outerAddresses = (): string[] =>
  [...outerInterfaces('IPv4'), ...outerInterfaces('IPv6')].map(({ address }) => address)

/** IPv6 networks (CIDR) that this machine is in, such as that of a home or of a rack. */
export const localNetworks = (): string[] => outerInterfaces('IPv6').map(({ address, cidr }) => cidr ?? `${address}/64`)

/** Whether an address, as a socket names it, belongs to this machine. */
function isOwnAddress(address: string): boolean {
  const bare = plainAddress(address)
  return (
    /^127\.|^::1$/.test(bare) ||
    Object.values(networkInterfaces()).some(entries => entries?.some(entry => entry.address === bare))
  )
}

/** Names of a home's network, which nobody on the open Internet has (RFC 6761, 6762, 8375, and what routers give). */
const HOME_NAMES = /\.(?:local|lan|home|internal|localdomain|home\.arpa|localhost)$/i

/** What a router of AVM calls this machine: others in fritz.box are the router and its devices, or sites of the Internet. */
const isAtRouter = (name: string): boolean =>
  name.toLowerCase() === `${(hostname().split('.')[0] ?? '').toLowerCase()}.fritz.box`

export interface OwnHostOptions {
  /** Address to listen at; 0.0.0.0 and :: mean all */
  readonly host: string
  /** 0 takes a free one */
  readonly port: number
  /** Further names by which people reach this machine */
  readonly ownNames: readonly string[]
  /** Private hosts that may be fetched: these are sites, even if they are names of this machine */
  readonly allowHosts: readonly string[]
}

/** This machine under all of its names, and the port at which the proxy listens. */
export interface OwnHost {
  /**
   * Whether a host is this machine, by a name or address that nobody else on the open Internet can have; not if the
   * settings open it
   */
  isOwn(hostname: string): boolean
  /** Whether an address and port are those of this proxy */
  isListening(address: string, port: number): boolean
  /** The port of the settings until listensAt() was called */
  port(): number
  /** host:port, as it is typed into a browser's proxy settings */
  proxyAddresses(): readonly string[]
  /** Called once the port is known */
  listensAt(port: number): void
}

/** @param current what may change while the program runs */
export function createOwnHost(
  { host, port: wished, ...first }: OwnHostOptions,
  current: () => Pick<OwnHostOptions, 'ownNames' | 'allowHosts'> = () => first
): OwnHost {
  let port = wished
  const localAddresses = createLocalAddresses()

  function isOwn(name: string): boolean {
    const bare = name.replace(/^\[|\]$|\.$/g, '')
    const { ownNames, allowHosts } = current()
    // Refused whatever the settings open: a request to ourselves would go round without end.
    if (ownNames.includes(bare) || /^(127\.[\d.]+|::1|localhost)$/.test(bare) || localAddresses().includes(bare))
      return true
    if (allowHosts.includes(bare)) return false
    return isIP(bare) !== 0 ? !isPublic(bare) : !bare.includes('.') || HOME_NAMES.test(bare) || isAtRouter(bare)
  }

  return {
    isOwn,
    isListening: (address, other) => other === port && isOwnAddress(address),
    port: () => port,
    proxyAddresses() {
      const hosts = /^(0\.0\.0\.0|::)$/.test(host) ? localAddresses() : [host]
      return (hosts.length === 0 ? ['127.0.0.1'] : hosts).map(name => `${name}:${port}`)
    },
    listensAt(found) {
      port = found
    }
  }
}
