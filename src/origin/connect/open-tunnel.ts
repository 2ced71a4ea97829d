import type { Duplex } from 'node:stream'
import { discard } from '../../bytes/discard.js'
import { Client } from 'undici'
import { Failure } from '../../failures.js'
import { createConnector } from '../../guard/connect.js'
import type { HostGuard } from '../../guard/hosts.js'
import type { LookUps, NameAsker } from '../../guard/look-ups.js'
import { asFailure } from './failure.js'
import { proxyCredentials } from './proxy-credentials.js'
import { upstreamFailure } from './upstream-failures.js'
import { abortSignalOf, createEndingWithin } from '../../async/signal.js'

export interface TunnelOpenerOptions {
  readonly guard: HostGuard
  readonly lookUps: LookUps
  /** An HTTP proxy for everything, or empty */
  readonly upstreamProxy: string
  readonly connectTimeoutSeconds: number
}

/**
 * Opens a connection to a host that the guard allows, directly or through an upstream proxy; rejects with a Failure.
 */
export function createTunnelOpener({
  guard,
  lookUps,
  upstreamProxy,
  connectTimeoutSeconds
}: TunnelOpenerOptions): (hostname: string, port: number, asker: NameAsker) => Promise<Duplex> {
  const connector = createConnector({ guard, lookUps, timeoutSeconds: connectTimeoutSeconds, authorities: undefined })

  // 'http:' gives a socket without TLS: the client brings its own.
  const straight = (hostname: string, port: number, asker: NameAsker): Promise<Duplex> =>
    new Promise((resolve, reject) => {
      connector({ hostname, protocol: 'http:', port: String(port), asker }, (...[error, socket]) =>
        error === null ? resolve(socket) : reject(error)
      )
    })

  async function byProxy(hostname: string, port: number, { signal }: NameAsker): Promise<Duplex> {
    const proxy = new URL(upstreamProxy)
    const client = new Client(proxy.origin)
    const limit = createEndingWithin(signal, connectTimeoutSeconds * 1000)
    try {
      const { statusCode, socket } = await client.connect({
        path: `${hostname}:${port}`,
        headers: { host: `${hostname}:${port}`, ...proxyCredentials(proxy) },
        signal: abortSignalOf(limit.signal)
      })
      // Any 2xx means success (RFC 9110 9.3.6).
      if (statusCode >= 200 && statusCode <= 299) return socket
      discard(socket)
      throw new Failure('UPSTREAM_PROXY', `CONNECT: ${statusCode}`)
    } catch (error) {
      throw limit.isLate() ? new Failure('UPSTREAM_SILENT', 'CONNECT', error) : upstreamFailure(error)
    } finally {
      limit.release()
      // undici's client must no longer handle the socket.
      void client.destroy()
    }
  }

  return async (hostname, port, asker) => {
    try {
      guard.checkTunnel(hostname)
      return await (upstreamProxy === '' ? straight(hostname, port, asker) : byProxy(hostname, port, asker))
    } catch (error) {
      throw asFailure(error)
    }
  }
}
