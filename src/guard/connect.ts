import { lookup as dnsLookup, type LookupAddress } from 'node:dns'
import type { LookupFunction } from 'node:net'
import type { SecureContext } from 'node:tls'
import { buildConnector } from 'undici'
import type { HostGuard } from './hosts.js'

export interface ConnectOptions {
  readonly guard: HostGuard
  readonly timeoutSeconds: number
  /** Certificate authorities to trust, or undefined for those of Node */
  readonly authorities: SecureContext | undefined
}

/** A name may have a thousand addresses, and Node tries one after another until one answers. Of each family. */
const MOST_ADDRESSES = 4

/** Those of each family that are tried; the family of the first goes first, as the resolver wants it. */
export function addressesToTry (addresses: readonly LookupAddress[]): LookupAddress[] {
  const isFirst = ({ family }: LookupAddress): boolean => family === addresses[0]!.family
  return [...addresses.filter(isFirst).slice(0, MOST_ADDRESSES), ...addresses.filter(one => !isFirst(one)).slice(0, MOST_ADDRESSES)]
}

/**
 * Opens every socket to an origin. The addresses are checked where they are resolved, so that the address that was
 * checked is the one that is connected to: a name that changes its mind in between (DNS rebinding) gains nothing.
 */
export function createConnector ({ guard, timeoutSeconds, authorities }: ConnectOptions): buildConnector.connector {
  const lookup: LookupFunction = (hostname, options, callback) => {
    dnsLookup(hostname, { ...options, all: true }, (error, addresses: LookupAddress[]) => {
      if (error !== null) return callback(error, '', 4)
      try {
        for (const { address } of addresses) guard.checkAddress(hostname, address)
      } catch (failure) {
        return callback(failure as Error, '', 4)
      }
      const first = addresses[0]
      if (first === undefined) return callback(Object.assign(new Error(`no address of ${hostname}`), { code: 'ENOTFOUND' }), '', 4)
      if (options.all === true) return (callback as unknown as (error: null, addresses: LookupAddress[]) => void)(null, addressesToTry(addresses))
      callback(null, first.address, first.family)
    })
  }
  const connect = buildConnector({ lookup, timeout: timeoutSeconds * 1000, ...(authorities === undefined ? {} : { secureContext: authorities }) } as buildConnector.BuildOptions)
  return (options, callback) => {
    try {
      // Node does not look up literal addresses: they are checked here.
      guard.checkHost(options.hostname)
    } catch (failure) {
      return void callback(failure as Error, null)
    }
    connect(options, (...[error, socket]: Parameters<typeof callback>) => {
      // undici leaves the socket out of a failure.
      if (socket == null) return callback(error as Error, null)
      try {
        // A name of the open Internet may be that of this machine: nothing has been sent to it yet.
        guard.checkPeer(socket.remoteAddress ?? '', socket.remotePort ?? 0)
      } catch (failure) {
        socket.destroy()
        return callback(failure as Error, null)
      }
      callback(null, socket)
    })
  }
}
