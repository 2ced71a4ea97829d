import { createHmac, randomBytes } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import { LRUCache } from 'lru-cache'

/** Recognises requests that come back to the proxy that sent them. */
export interface Loops {
  /** Header fields that mark a request to a host as ours */
  marks(hostname: string): Readonly<Record<string, string>>
  /** Whether this proxy sent the request, to this host */
  isOurs(headers: IncomingHttpHeaders, hostname: string): boolean
}

/** Long enough to be unique among proxies. Hex characters. */
const MARK_CHARACTERS = 12
/** Names of hosts that were asked last, with the name of this process for each. */
const MOST_REMEMBERED = 1024
/** A host with a longer name is not remembered. Characters. */
const REMEMBERED_CHARACTERS = 253

/**
 * Requests carry a name of this process: in CDN-Loop (RFC 8586), since many servers stop compressing when there is a
 * Via, and in Via too (RFC 9110 7.6.3) where an upstream proxy adds one anyway. The name differs for each host, so that
 * no two sites can tell that the same proxy came.
 */
export function createLoops(throughProxy: boolean): Loops {
  const key = randomBytes(32)
  const names = new LRUCache<string, string>({ max: MOST_REMEMBERED })
  const makeName = (hostname: string): string =>
    `retrograde-${createHmac('sha256', key).update(hostname.toLowerCase()).digest('hex').slice(0, MARK_CHARACTERS)}`
  function nameFor(hostname: string): string {
    const name = names.get(hostname) ?? makeName(hostname)
    if (hostname.length <= REMEMBERED_CHARACTERS) names.set(hostname, name)
    return name
  }
  return {
    marks(hostname) {
      const name = nameFor(hostname)
      return { 'cdn-loop': name, ...(throughProxy ? { via: `1.1 ${name}` } : {}) }
    },
    isOurs(headers, hostname) {
      const said = `${String(headers['cdn-loop'] ?? '')} ${headers.via ?? ''}`
      return said.includes('retrograde-') && said.includes(nameFor(hostname))
    }
  }
}
