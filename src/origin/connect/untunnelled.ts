import { Agent, buildConnector, Dispatcher, type Pool } from 'undici'
import { Failure } from '../../failures.js'
import { PassedOn } from './passed-on.js'
import { proxyCredentials } from './proxy-credentials.js'

/** Refuses an answer that is the proxy's own, and not the site's. */
class OfSite extends PassedOn {
  override onResponseStart(...given: Parameters<PassedOn['onResponseStart']>): void {
    const [controller, status] = given
    if (status === 407) controller.abort(new Failure('UPSTREAM_PROXY', 'Proxy Authentication Required (407)'))
    else super.onResponseStart(...given)
  }
}

const ofSite: Dispatcher.DispatcherComposeInterceptor = dispatch => (options, handler) =>
  dispatch(options, new OfSite(handler))

export interface UpstreamOptions {
  readonly proxy: URL
  /** The time to connect to it */
  readonly seconds: number
  /** Makes connections to it for one site */
  readonly create: (proxy: URL, options: object) => Pool
  /** Asks the sites that are asked in a tunnel */
  readonly tunnels: Dispatcher
}

/**
 * Asks http addresses of an http proxy, which needs no tunnel for them. undici has a way of its own for that (7.30,
 * Http1ProxyWrapper), but it does not tell its agent of connections that have ended: for each site that was ever asked
 * 23 kB are kept, without end.
 */
export class Untunnelled extends Dispatcher {
  private readonly agent: Dispatcher
  private readonly tunnels: Dispatcher
  private readonly credentials: Readonly<Record<string, string>>

  constructor({ proxy, seconds, create, tunnels }: UpstreamOptions) {
    super()
    this.tunnels = tunnels
    this.credentials = proxyCredentials(proxy)
    this.agent = new Agent({
      factory: (_site, options) => create(proxy, options),
      connect: buildConnector({ timeout: seconds * 1000 })
    }).compose(ofSite)
  }

  override dispatch(options: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler): boolean {
    const { origin, path } = options
    if (!String(origin).startsWith('http:')) return this.tunnels.dispatch(options, handler)
    const headers = Object.assign({}, options.headers as Record<string, string>, this.credentials)
    return this.agent.dispatch({ ...options, path: String(origin) + path, headers }, handler)
  }

  override async close(): Promise<void> {
    await Promise.all([this.agent.close(), this.tunnels.close()])
  }

  override async destroy(): Promise<void> {
    await Promise.all([this.agent.destroy(), this.tunnels.destroy()])
  }
}
