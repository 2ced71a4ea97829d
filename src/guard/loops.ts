import { createHmac, randomBytes } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'

/** Finds requests that come back to the proxy that sent them. */
export interface Loops {
  /** Fields that mark a request to a host as ours */
  marks(hostname: string): Readonly<Record<string, string>>
  /** Whether a request for a host was sent by this proxy */
  isOurs(headers: IncomingHttpHeaders, hostname: string): boolean
}

/** Enough that no other proxy has the same. Hex characters. */
const MARK_CHARACTERS = 12

/**
 * Requests carry a name that is ours in this process: in CDN-Loop (RFC 8586), since many servers stop compressing where
 * there is a Via, and in Via as well (RFC 9110 7.6.3) where an upstream proxy writes one anyway. The name is another
 * for each host: no two sites can tell that the same proxy came.
 */
export function createLoops(throughProxy: boolean): Loops {
  const key = randomBytes(32)
  const nameFor = (hostname: string): string =>
    `retrograde-${createHmac('sha256', key).update(hostname.toLowerCase()).digest('hex').slice(0, MARK_CHARACTERS)}`
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
