import type { Socket } from 'node:net'
import type { SecureContext } from 'node:tls'
import { buildConnector } from 'undici'
import { createConnector, type GuardedConnector } from '../../guard/connect.js'
import type { HostGuard } from '../../guard/hosts.js'
import type { LookUps, NameAsker } from '../../guard/look-ups.js'
import { createTunnelOpener } from '../connect/open-tunnel.js'
import { proxyCredentials } from '../connect/proxy-credentials.js'

/** A connection over which an address can be asked for, what is asked there, and what is said to a proxy. */
interface Opened {
  readonly socket: Socket
  readonly target: string
  readonly fields: Readonly<Record<string, string>>
}

export type OpenSocket = (url: URL, asker: NameAsker) => Promise<Opened>

export interface SocketOptions {
  readonly guard: HostGuard
  readonly lookUps: LookUps
  readonly authorities: SecureContext | undefined
  /** An HTTP proxy for everything, or empty */
  readonly upstreamProxy: string
  readonly connectTimeoutSeconds: number
}

const open = (connector: GuardedConnector, options: Parameters<GuardedConnector>[0]): Promise<Socket> =>
  new Promise((resolve, reject) => {
    connector(options, (...[error, socket]) => (error === null ? resolve(socket) : reject(error)))
  })

const portOf = ({ port, protocol }: URL): string => port || (protocol === 'https:' ? '443' : '80')

/** Opens sockets by the same guard and the same upstream proxy as all other requests. */
export function createSocketOpener(options: SocketOptions): OpenSocket {
  const { upstreamProxy, authorities, connectTimeoutSeconds } = options
  if (upstreamProxy === '') {
    const guarded = createConnector({ ...options, timeoutSeconds: connectTimeoutSeconds })
    return async (url, asker) => {
      const { hostname, protocol } = url
      const socket = await open(guarded, { hostname, protocol, port: portOf(url), servername: hostname, asker })
      return { socket, target: url.pathname + url.search, fields: {} }
    }
  }
  const proxy = new URL(upstreamProxy)
  const openTunnel = createTunnelOpener(options)
  const connector = buildConnector({
    timeout: connectTimeoutSeconds * 1000,
    ...(authorities === undefined ? {} : { secureContext: authorities })
  })
  return async (url, asker) => {
    if (url.protocol === 'http:') {
      const { hostname, protocol } = proxy
      const socket = await open(connector, { hostname, protocol, port: portOf(proxy), servername: hostname })
      return { socket, target: url.href, fields: proxyCredentials(proxy) }
    }
    const { hostname, protocol } = url
    const tunnel = (await openTunnel(hostname, Number(portOf(url)), asker)) as Socket
    const socket = await open(connector, {
      hostname,
      protocol,
      port: portOf(url),
      servername: hostname,
      httpSocket: tunnel
    })
    return { socket, target: url.pathname + url.search, fields: {} }
  }
}
