import type { SecureContext } from 'node:tls'
import { Agent, Dispatcher, Pool, ProxyAgent, type buildConnector } from 'undici'
import { createConnector } from '../../guard/connect.js'
import type { HostGuard } from '../../guard/hosts.js'
import type { LookUps } from '../../guard/look-ups.js'
import type { Loops } from '../../guard/loops.js'
import { createOneConnectClient } from './one-connect.js'
import { Untunnelled } from './untunnelled.js'
import { tunnelled, upstreamFailures } from './upstream-failures.js'

export interface DispatcherOptions {
  readonly guard: HostGuard
  readonly lookUps: LookUps
  readonly loops: Loops
  /** An HTTP proxy for everything, or empty */
  readonly upstreamProxy: string
  readonly authorities: SecureContext | undefined
  readonly connectTimeoutSeconds: number
  readonly responseTimeoutSeconds: number
  readonly bodyTimeoutSeconds: number
}

/**
 * Connections to one origin for all clients together: enough for eight that use all of theirs (origin/send.ts,
 * CLIENT_CONNECTIONS).
 */
const CONNECTIONS = 48
/** Bytes of a response's headers. */
export const HEADER_BYTES = 65536

/**
 * Checks every request before it is dispatched: through an upstream proxy no socket of ours sees the address of the
 * target. What undici composes would have each head of a response written as bytes and read again for request().
 */
class GuardedDispatcher extends Dispatcher {
  constructor(
    private readonly inner: Dispatcher,
    private readonly guard: HostGuard,
    private readonly loops: Loops
  ) {
    super()
  }

  /** @throws Failure when the address must not be asked */
  override dispatch(options: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler): boolean {
    const url = new URL(String(options.origin) + options.path)
    this.guard.checkUrl(url)
    const headers = Object.assign({}, options.headers as Record<string, string>, this.loops.marks(url.hostname))
    return this.inner.dispatch({ ...options, headers }, handler)
  }

  override close(): Promise<void> {
    return this.inner.close()
  }

  override destroy(): Promise<void> {
    return this.inner.destroy()
  }
}

type PoolOptions = Pool.Options & { connect: buildConnector.connector }

const createPool = (origin: string | URL, options: object): Pool =>
  new Pool(origin, { ...options, factory: createOneConnectClient })

/**
 * Sends all requests through an upstream proxy. undici does not pass its timeouts and limits on to the connections to
 * the proxy itself (7.30, Http1ProxyWrapper), so they are made here.
 */
function throughProxy(
  { upstreamProxy: uri, authorities, connectTimeoutSeconds }: DispatcherOptions,
  limits: Pool.Options
): Dispatcher {
  // Connections to the proxy, for requests that need no tunnel; and to sites, whose sockets are tunnels.
  const create = (origin: string | URL, options: object): Pool =>
    createPool(origin, { ...limits, ...options, connect: tunnelled((options as PoolOptions).connect) })
  const whoFailed = upstreamFailures(connectTimeoutSeconds)
  const trust = authorities === undefined ? {} : { secureContext: authorities }
  // undici types these as options of node:tls, but its connector also reads the timeout.
  const proxyTls = { ...trust, timeout: connectTimeoutSeconds * 1000 } as ProxyAgent.Options['proxyTls'] & object
  const tunnels = new ProxyAgent({
    ...limits,
    uri,
    factory: create,
    clientFactory: (origin, options) => create(origin, options).compose(whoFailed),
    proxyTls,
    ...(authorities === undefined ? {} : { requestTls: trust })
  })
  const proxy = new URL(uri)
  const isPlain = proxy.protocol === 'http:'
  const agent = isPlain ? new Untunnelled({ proxy, seconds: connectTimeoutSeconds, create, tunnels }) : tunnels
  return agent.compose(whoFailed)
}

/** The one dispatcher that all requests to origins go through. Certificates are verified. */
export function createDispatcher(options: DispatcherOptions): Dispatcher {
  const { guard, authorities } = options
  const common = {
    headersTimeout: options.responseTimeoutSeconds * 1000,
    bodyTimeout: options.bodyTimeoutSeconds * 1000,
    maxHeaderSize: HEADER_BYTES,
    connections: CONNECTIONS
  }
  const agent =
    options.upstreamProxy === ''
      ? new Agent({
          ...common,
          factory: createPool,
          connect: createConnector({
            guard,
            lookUps: options.lookUps,
            authorities,
            timeoutSeconds: options.connectTimeoutSeconds
          })
        })
      : throughProxy(options, common)
  return new GuardedDispatcher(agent, guard, options.loops)
}
