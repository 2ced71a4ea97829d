import { createHmac, randomBytes } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import { createRemembered } from '../async/remembered.js'

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
/** The longest name of a host, behind that of this process. Characters. */
const REMEMBERED_CHARACTERS = 253 + 65

const KEY_BYTES = 32

/** The name of this process alone. */
function ownName(): () => string {
  const name = randomBytes(KEY_BYTES).toString('hex')
  return () => name
}

/**
 * Requests carry a name of this process, or of all that share a store: in CDN-Loop (RFC 8586), since many servers stop
 * compressing when there is a Via, and in Via too (RFC 9110 7.6.3) where an upstream proxy adds one anyway. The name
 * differs for each host, so that no two sites can tell that the same proxy came.
 */
export function createLoops(throughProxy: boolean, name: () => string = ownName()): Loops {
  const names = createRemembered<string>({ most: MOST_REMEMBERED, longest: REMEMBERED_CHARACTERS })
  const makeName = (hostname: string): string =>
    `retrograde-${createHmac('sha256', name()).update(hostname.toLowerCase()).digest('hex').slice(0, MARK_CHARACTERS)}`
  // The name of all that share a store comes with the store.
  const nameFor = (hostname: string): string => names(`${name()} ${hostname}`, () => makeName(hostname))
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
