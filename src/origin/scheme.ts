import type { Soon } from '../async/soon.js'
import type { Dispatcher } from 'undici'
import { asFailure } from './connect/failure.js'
import { countOne, endable, isRepeatable, millisecondsLeft, type CountedRequest } from './origin-request.js'
import type { SecureHosts } from './secure-hosts.js'
import { ask } from './ask.js'

/**
 * A host that has not told its scheme by then is asked by http, so that a form does not wait longer. A little more than
 * an upstream proxy has for CONNECT (connectTimeoutSeconds), so that by then it is known which of them is silent.
 * Seconds.
 */
const PROBE_SECONDS = 11

export const isUpstreamSilent = (error: unknown): boolean => asFailure(error).code === 'UPSTREAM_SILENT'

export const withScheme = (url: URL, protocol: 'http:' | 'https:'): URL => {
  const other = new URL(url.href)
  other.protocol = protocol
  return other
}

const hasOwnPort = (url: URL): boolean => url.port !== ''

/** Decides by which scheme a host is asked. */
export interface Schemes {
  /** The address at which a request begins: for http:// it may be https://. At once unless that must be found out. */
  first(request: CountedRequest): Soon<URL>
  /** Notes that an address has answered. */
  learn(url: URL): void
}

export interface SchemesOptions {
  readonly dispatcher: Dispatcher
  readonly secureHosts: SecureHosts
}

export function createSchemes({ dispatcher, secureHosts }: SchemesOptions): Schemes {
  /**
   * A form goes to the scheme that the host speaks, which a request without content finds out first, because the form
   * itself must be sent only once.
   */
  async function probe(request: CountedRequest): Promise<URL> {
    const { url } = request
    const secure = withScheme(url, 'https:')
    countOne(request)
    const own = endable(request)
    try {
      const response = await ask(dispatcher, {
        options: { method: 'HEAD', origin: secure.origin, path: '/' },
        request: own,
        milliseconds: Math.min(PROBE_SECONDS * 1000, millisecondsLeft(request))
      })
      await response.body.dump()
      secureHosts.learn(secure.host)
      return secure
    } catch (error) {
      if (asFailure(error).code === 'BAD_CERTIFICATE' || isUpstreamSilent(error)) throw error
      return url
    } finally {
      own.release()
    }
  }

  return {
    first(request) {
      const { url } = request
      if (url.protocol === 'https:' || hasOwnPort(url)) return url
      if (secureHosts.knows(url.host)) return withScheme(url, 'https:')
      return isRepeatable(request) ? url : probe(request)
    },
    learn(url) {
      if (url.protocol === 'https:' && !hasOwnPort(url)) secureHosts.learn(url.host)
    }
  }
}
