import { isIP } from 'node:net'
import { networkInterfaces, type NetworkInterfaceInfo } from 'node:os'
import { isPublic, plainAddress } from './address.js'

/** What this machine is called in the networks that it is in, by its addresses of both families. */
function outerInterfaces(family: 'IPv4' | 'IPv6'): NetworkInterfaceInfo[] {
  return Object.values(networkInterfaces()).flatMap(entries =>
    (entries ?? []).filter(entry => entry.family === family && !entry.internal)
  )
}

const localAddresses = (): string[] => outerInterfaces('IPv4').map(({ address }) => address)

/** Addresses of this machine in the networks that it is in. */
export const outerAddresses = (): string[] =>
  [...outerInterfaces('IPv4'), ...outerInterfaces('IPv6')].map(({ address }) => address)

/** Networks of IPv6 (CIDR) that this machine is in: those of a home, or of a rack. */
export const localNetworks = (): string[] => outerInterfaces('IPv6').map(({ address, cidr }) => cidr ?? `${address}/64`)

/** An address, as a socket says it, at which this machine answers itself. */
function isOwnAddress(address: string): boolean {
  const bare = plainAddress(address)
  return (
    /^127\.|^::1$/.test(bare) ||
    Object.values(networkInterfaces()).some(entries => entries?.some(entry => entry.address === bare))
  )
}

export interface OwnHostOptions {
  /** Address to listen at; 0.0.0.0 and :: are all */
  readonly host: string
  /** 0: one that is free */
  readonly port: number
  /** Under which people reach this machine besides */
  readonly ownNames: readonly string[]
  /** Private hosts that may be fetched: sites, whatever they are called */
  readonly allowHosts: readonly string[]
}

/** This machine, as others and we ourselves may name it, and where on it this proxy listens. */
export interface OwnHost {
  /** This machine by a name or address of its own: what cannot be on the open Internet, unless the settings open it */
  isOwn(hostname: string): boolean
  /** Whether this proxy itself is at the other end of a connection */
  isListening(address: string, port: number): boolean
  /** The setting, until listensAt() */
  port(): number
  /** host:port, as they are typed into a browser's proxy settings */
  proxyAddresses(): readonly string[]
  /** Told once the port is known */
  listensAt(port: number): void
}

export function createOwnHost({ host, port: wished, ownNames, allowHosts }: OwnHostOptions): OwnHost {
  let port = wished

  function isOwn(hostname: string): boolean {
    const bare = hostname.replace(/^\[|\]$|\.$/g, '')
    // Whatever the settings open: a request that is led to this machine again goes round without end.
    if (ownNames.includes(bare) || /^(127\.[\d.]+|::1|localhost)$/.test(bare) || localAddresses().includes(bare))
      return true
    if (allowHosts.includes(bare)) return false
    return isIP(bare) !== 0
      ? !isPublic(bare)
      : !bare.includes('.') || /\.(local|lan|home|internal|localhost)$/i.test(bare)
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
