import type { LookupAddress } from 'node:dns'
import type { LookupFunction } from 'node:net'
import type { SecureContext } from 'node:tls'
import { buildConnector } from 'undici'
import type { HostGuard } from './hosts.js'
import type { LookUps, NameAsker } from './look-ups.js'
import { createEnding, createEndingUnder } from '../async/signal.js'

export interface ConnectOptions {
  readonly guard: HostGuard
  readonly lookUps: LookUps
  readonly timeoutSeconds: number
  /** Certificate authorities to trust, or undefined for those of Node */
  readonly authorities: SecureContext | undefined
}

/** Opens a socket for a client, or for ourselves when none is given. */
export type GuardedConnector = (
  options: buildConnector.Options & { readonly asker?: NameAsker | undefined },
  callback: buildConnector.Callback
) => void

/** Why nobody waits for a name any more. */
const TOO_LATE = new DOMException('The connection was opened, or was given up', 'AbortError')

/** A thrown value as an Error, which Node's callbacks expect. */
const errorOf = (thrown: unknown): Error => (thrown instanceof Error ? thrown : new Error(String(thrown)))

/** A name may have a thousand addresses, and Node tries one after another until one answers. Addresses per family. */
const MOST_ADDRESSES = 4

/** The addresses that are tried, of each family; the family of the first one goes first, as the resolver prefers. */
export function addressesToTry(addresses: readonly LookupAddress[]): LookupAddress[] {
  const isFirst = ({ family }: LookupAddress): boolean => family === addresses[0]?.family
  return [
    ...addresses.filter(isFirst).slice(0, MOST_ADDRESSES),
    ...addresses.filter(one => !isFirst(one)).slice(0, MOST_ADDRESSES)
  ]
}

/**
 * Opens every socket to an origin. Addresses are checked where they are resolved, so that the address that is checked
 * is the one that is connected to: a name that resolves differently a moment later (DNS rebinding) gains nothing.
 */
export function createConnector({ guard, lookUps, timeoutSeconds, authorities }: ConnectOptions): GuardedConnector {
  // Whose socket is being opened: net.connect calls our look-up before it returns.
  let asking!: NameAsker
  const lookup: LookupFunction = (hostname, options, callback) => {
    const found = lookUps.find(hostname, { ...options, all: true }, asking).then(addresses => {
      for (const { address } of addresses) guard.checkAddress(hostname, address)
      return addresses
    })
    found.then(
      addresses => {
        const first = addresses[0]
        if (first === undefined)
          return callback(Object.assign(new Error(`no address of ${hostname}`), { code: 'ENOTFOUND' }), '', 4)
        if (options.all === true) return callback(null, addressesToTry(addresses))
        callback(null, first.address, first.family)
      },
      (failure: unknown) => callback(errorOf(failure), '', 4)
    )
  }
  const connect = buildConnector({
    lookup,
    timeout: timeoutSeconds * 1000,
    ...(authorities === undefined ? {} : { secureContext: authorities })
  })
  return (options, callback) => {
    try {
      // Node does not look up literal addresses, so they are checked here.
      guard.checkHost(options.hostname)
    } catch (failure) {
      return callback(errorOf(failure), null)
    }
    const { client, signal } = options.asker ?? { client: '', signal: createEnding().signal }
    const over = createEndingUnder(signal)
    asking = { client, signal: over.signal }
    connect(options, (...[error, socket]: Parameters<typeof callback>) => {
      // The time limit may have passed while the name waited for its turn.
      over.end(TOO_LATE)
      over.release()
      // undici loses the socket when connecting fails.
      if (socket == null) return callback(error, null)
      try {
        // A public name may resolve to this machine: this is noticed before anything is sent.
        guard.checkPeer(socket.remoteAddress ?? '', socket.remotePort ?? 0)
      } catch (failure) {
        socket.destroy()
        return callback(errorOf(failure), null)
      }
      callback(null, socket)
    })
  }
}
