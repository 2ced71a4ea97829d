import type { IncomingMessage } from 'node:http'
import { serviceOf } from '../../config/ports.js'
import { Failure, type FailureCode } from '../../failures.js'
import type { Connected } from '../../front/on-connect.js'
import { connectInfoOf } from '../../front/sockets/secure-origin.js'
import { plainAddress } from '../../guard/address.js'
import { quotaKeyOf } from '../../guard/quotas.js'
import { asFailure } from '../../origin/connect/failure.js'
import type { Services } from '../../request/services.js'
import type { SecureEnd } from '../../tls/secure-end.js'
import { connectionReport, newVisitId, placeOfConnect, type ConnectionReport } from '../../watch/report.js'
import { authorityOf, type Authority } from './authority.js'
import { rawFailureAnswer } from '../raw-failure.js'
import type { Signal } from '../../async/signal.js'

/** OpenSSL's codes for "no version or cipher in common"; a refused certificate has other codes. */
const NOTHING_IN_COMMON = /NO_SHARED_CIPHER|UNSUPPORTED_PROTOCOL|VERSION_TOO_LOW|WRONG_VERSION_NUMBER|UNKNOWN_PROTOCOL/

const codeOf = (error: Error | undefined): string => (error !== undefined && 'code' in error ? String(error.code) : '')

/** Reports to the operator what became of a CONNECT, and how it ended. */
type Report = (outcome: Pick<ConnectionReport, 'kind' | 'outcome'> & Partial<ConnectionReport>) => void

/** A CONNECT that was let in. */
interface Connecting {
  readonly authority: Authority
  /** Remembers the client if it speaks no TLS that we do */
  readonly browser: string
  readonly quotaKey: string
  readonly credentials: string | undefined
  readonly signal: Signal
}

/** Terminates TLS here; a client that cannot do that gets a page at its next attempt instead of its browser's error. */
async function secure(
  { authority: { url, host }, browser, quotaKey, credentials }: Connecting,
  secureEnd: SecureEnd,
  report: Report
): Promise<Extract<Connected, { kind: 'secure' }>> {
  if (secureEnd.isTooOld(browser)) throw new Failure('USE_HTTP')
  const leave = secureEnd.handshakes.enter(quotaKey)
  if (leave === undefined) throw new Failure('TOO_MANY_CONNECTS')
  try {
    const context = await secureEnd.contextFor(host, quotaKey)
    return {
      kind: 'secure',
      info: { origin: url.origin, credentials },
      context,
      done(error) {
        leave()
        const tooOld = NOTHING_IN_COMMON.test(codeOf(error))
        if (tooOld) secureEnd.markTooOld(browser)
        // Requests inside of TLS are reported as visits of their own.
        if (error !== undefined) report({ kind: 'handshake', outcome: tooOld ? 'too-old' : 'broken' })
      }
    }
  } catch (error) {
    leave()
    throw error
  }
}

async function toSite(
  { authority: { url, port }, quotaKey, signal }: Connecting,
  secureEnd: SecureEnd,
  report: Report
): Promise<Connected> {
  const leave = secureEnd.tunnels.enter(quotaKey)
  if (leave === undefined) throw new Failure('TOO_MANY_CONNECTS')
  try {
    return {
      kind: 'tunnel',
      site: await secureEnd.openTunnel(url.hostname, port, { client: quotaKey, signal }),
      done({ by, bytesUp, bytesDown }) {
        leave()
        report({ kind: 'tunnel', outcome: by, bytesUp, bytesDown, quotaKey })
      }
    }
  } catch (error) {
    leave()
    throw error
  }
}

/** What was wanted, by its name, and the setting that opens it. */
function wantedPort(port: number): string {
  const service = serviceOf(port)
  return `${service === undefined ? '' : `${service}, `}port ${port}: tunnelPorts=${port}`
}

async function decide({ request, services: { guard, secureEnd } }: Connect, report: Report): Promise<Connected> {
  const { headers, socket } = request
  const clientAddress = plainAddress(socket.remoteAddress)
  const user = await guard.access.enter({ clientAddress, headers, asProxy: true, portalPath: undefined })
  // No browser needs TLS within TLS, and more layers would only cost memory.
  if (connectInfoOf(socket) !== undefined) throw new Failure('BAD_REQUEST', 'CONNECT within CONNECT')
  const authority = authorityOf(request.url ?? '')
  const mode = secureEnd.modeFor(authority.url.hostname.replace(/\.$/, ''), authority.port)
  if (mode === 'off') throw new Failure('USE_HTTP')
  if (mode === 'refused') throw new Failure('TUNNEL_REFUSED', wantedPort(authority.port))
  // A tunnel counts as a visit until it ends. So does a handshake; requests inside of TLS are counted one by one.
  const end = new AbortController()
  socket.once('close', () => end.abort())
  const quotaKey = quotaKeyOf({ user, clientAddress })
  await guard.quotas.begin(quotaKey, end.signal)
  const connecting = {
    authority,
    browser: `${clientAddress} ${headers['user-agent'] ?? ''}`,
    quotaKey,
    credentials: headers['proxy-authorization'],
    signal: end.signal
  }
  if (mode !== 'on') return await toSite(connecting, secureEnd, report)
  const secured = await secure(connecting, secureEnd, report)
  return {
    ...secured,
    done(error?: Error) {
      end.abort()
      secured.done(error)
    }
  }
}

/** The client is refused whatever the target is. The page names no address, so that it is made only once. */
const REFUSALS: readonly FailureCode[] = [
  'CLIENT_REFUSED',
  'GATEWAY_REFUSED',
  'PROXY_PASSWORD',
  'TOO_MANY_REQUESTS',
  'TOO_MANY_AT_ONCE',
  'DAY_IS_OVER',
  'BUSY',
  'TOO_MANY_CONNECTS'
]

/** A CONNECT, and what is needed for it. */
export interface Connect {
  readonly request: IncomingMessage
  readonly services: Pick<Services, 'guard' | 'clients' | 'writing' | 'secureEnd'>
  /** Called when it is over, except when TLS was terminated here */
  readonly report: (report: ConnectionReport) => void
}

/**
 * What CONNECT results in, depending on the settings: TLS that is terminated here, a tunnel, or a page that says how to
 * go on. Never rejects.
 */
export async function connectAnswer(connect: Connect): Promise<Connected> {
  const { request, services } = connect
  const id = newVisitId()
  const started = performance.now()
  const client = plainAddress(request.socket.remoteAddress)
  const place = placeOfConnect(request.url ?? '')
  const report: Report = outcome =>
    connect.report(connectionReport({ id, client, place, milliseconds: performance.now() - started, ...outcome }))
  try {
    return await decide(connect, report)
  } catch (error) {
    const host = (request.url ?? '').replace(/:443$/, '')
    const failure = asFailure(error)
    report({ kind: 'connect', outcome: failure.code })
    // A client that may not use the proxy is not identified by the rules, which takes time.
    const headers = failure.code === 'CLIENT_REFUSED' ? {} : request.headers
    // What is no web has no address that begins with http://.
    const shown = failure.code === 'TUNNEL_REFUSED' ? host : `http://${host}/`
    const address = REFUSALS.includes(failure.code) ? '' : shown
    return { kind: 'refused', answer: rawFailureAnswer({ failure, address, id, headers }, services) }
  }
}
