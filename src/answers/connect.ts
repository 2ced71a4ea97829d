import { STATUS_CODES, type IncomingMessage } from 'node:http'
import type { WholeAnswer } from '../front/answer.js'
import { identify } from '../clients/identify.js'
import { Failure, FAILURES, type FailureCode } from '../failures.js'
import type { Connected } from '../front/on-connect.js'
import { connectInfoOf } from '../front/sockets/secure-origin.js'
import { plainAddress } from '../guard/address.js'
import { quotaKeyOf } from '../guard/quotas.js'
import { isHostName } from '../web-address.js'
import { asFailure } from '../origin/connect/failure.js'
import { errorPage } from '../portal/error.js'
import { FAILURE_FIELDS } from './failure.js'
import { newVisitId, placeOfConnect, type ConnectionReport } from '../watch/report.js'
import { portalPage } from './portal.js'
import { plainFailureAnswer } from './plain-failure.js'
import type { Services } from '../request/visit-state.js'

/** The page of a failure for a client of which only the fields are known; a plainer one where that cannot be made. */
function errorAnswer(
  failure: Failure,
  address: string,
  id: string,
  services: Services,
  headers: IncomingMessage['headers']
): WholeAnswer {
  const portal = `http://${services.config.name}`
  try {
    const client = identify(headers, false, services.rules, {})
    if (address === '') return services.errorPages.of({ client, services, portal }, failure, id)
    return portalPage(
      { client, services, portal, gateway: '', choices: {} },
      errorPage(failure, address, portal, id),
      FAILURES[failure.code].status
    )
  } catch {
    return plainFailureAnswer(failure, portal, id)
  }
}

/** An error page as raw bytes, for clients that never come as far as a request. Never throws. */
export function rawErrorAnswer(
  failure: Failure,
  address: string,
  id: string,
  services: Services,
  headers: IncomingMessage['headers'] = {}
): Buffer {
  const page = errorAnswer(failure, address, id, services, headers)
  const { body } = page
  const fields = Object.entries(FAILURE_FIELDS[failure.code] ?? {})
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join('')
  const head = `HTTP/1.0 ${page.status} ${STATUS_CODES[page.status] ?? 'Error'}\r\nContent-Type: ${String(page.headers['content-type'])}\r\nContent-Length: ${body.length}\r\n${fields}Connection: close\r\n\r\n`
  return Buffer.concat([Buffer.from(head, 'latin1'), body])
}

/** What CONNECT names: host:port, nothing else. The host has no brackets and no dot at its end. */
interface Authority {
  readonly url: URL
  readonly host: string
  readonly port: number
}

/** Of what is no name, on the page that says so. */
const SHOWN_CHARACTERS = 100

function authorityOf(target: string): Authority {
  if (/[/@?#\\%]/.test(target) || !URL.canParse(`https://${target}/`)) throw new Failure('BAD_REQUEST', target)
  const url = new URL(`https://${target}/`)
  if (!isHostName(url.hostname)) throw new Failure('BAD_HOST', url.hostname.slice(0, SHOWN_CHARACTERS))
  return { url, host: url.hostname.replace(/^\[|\]$|\.$/g, ''), port: url.port === '' ? 443 : Number(url.port) }
}

/** OpenSSL's names for "we have no version and no cipher in common"; a refused certificate is not among them. */
const NOTHING_IN_COMMON = /NO_SHARED_CIPHER|UNSUPPORTED_PROTOCOL|VERSION_TOO_LOW|WRONG_VERSION_NUMBER|UNKNOWN_PROTOCOL/

const codeOf = (error: Error | undefined): string => (error !== undefined && 'code' in error ? String(error.code) : '')

/** Reports to the operator what a CONNECT led to, and how that ended. */
type Report = (outcome: Pick<ConnectionReport, 'kind' | 'outcome'> & Partial<ConnectionReport>) => void

/** TLS that ends here; a client that cannot speak it gets a page at its next attempt instead of its own error. */
async function secure(
  { url, host }: Authority,
  client: string,
  quotaKey: string,
  credentials: string | undefined,
  { secureEnd }: Services,
  report: Report
): Promise<Extract<Connected, { kind: 'secure' }>> {
  if (secureEnd.isTooOld(client)) throw new Failure('USE_HTTP')
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
        if (tooOld) secureEnd.markTooOld(client)
        // What is asked inside of TLS is reported as visits.
        if (error !== undefined) report({ kind: 'handshake', outcome: tooOld ? 'too-old' : 'broken' })
      }
    }
  } catch (error) {
    leave()
    throw error
  }
}

async function toSite(
  { url, port }: Authority,
  quotaKey: string,
  signal: AbortSignal,
  { secureEnd, quotas }: Services,
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
        void quotas.spend(quotaKey, bytesDown)
        report({ kind: 'tunnel', outcome: by, bytesUp, bytesDown })
      }
    }
  } catch (error) {
    leave()
    throw error
  }
}

async function decide(request: IncomingMessage, services: Services, report: Report): Promise<Connected> {
  const clientAddress = plainAddress(request.socket.remoteAddress)
  const user = await services.access.enter({
    clientAddress,
    headers: request.headers,
    asProxy: true,
    portalPath: undefined
  })
  // One layer is enough for any browser: more would only cost memory.
  if (connectInfoOf(request.socket) !== undefined) throw new Failure('BAD_REQUEST', 'CONNECT within CONNECT')
  const authority = authorityOf(request.url ?? '')
  const mode = services.secureEnd.modeFor(authority.url.hostname.replace(/\.$/, ''), authority.port)
  if (mode === 'off') throw new Failure('USE_HTTP')
  if (mode === 'refused') throw new Failure('TUNNEL_REFUSED', String(authority.port))
  // A tunnel is a visit until it ends; a handshake is one too, and what is asked inside of TLS is counted anew.
  const end = new AbortController()
  request.socket.once('close', () => end.abort())
  const quotaKey = quotaKeyOf({ user, clientAddress })
  await services.quotas.begin(quotaKey, end.signal)
  if (mode === 'on') {
    const secured = await secure(
      authority,
      `${clientAddress} ${request.headers['user-agent'] ?? ''}`,
      quotaKey,
      request.headers['proxy-authorization'],
      services,
      report
    )
    return {
      ...secured,
      done(error?: Error) {
        end.abort()
        secured.done(error)
      }
    }
  }
  return await toSite(authority, quotaKey, end.signal, services, report)
}

/** Wherever it goes, it is the client that may not, or not now: the page names no address, and is made once. */
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

/**
 * What CONNECT leads to, by the settings: TLS that ends here, a tunnel, or a page that says how to go on. Never
 * rejects.
 * @param reportConnection told once it is over, but for TLS that was spoken
 */
export async function connectAnswer(
  request: IncomingMessage,
  services: Services,
  reportConnection: (report: ConnectionReport) => void
): Promise<Connected> {
  const id = newVisitId()
  const started = performance.now()
  const client = plainAddress(request.socket.remoteAddress)
  const report: Report = outcome =>
    reportConnection({
      id,
      client,
      place: placeOfConnect(request.url ?? ''),
      bytesUp: 0,
      bytesDown: 0,
      milliseconds: performance.now() - started,
      ...outcome
    })
  try {
    return await decide(request, services, report)
  } catch (error) {
    const host = (request.url ?? '').replace(/:443$/, '')
    const failure = asFailure(error)
    report({ kind: 'connect', outcome: failure.code })
    // Whose address is not served is not compared with the rules.
    const headers = failure.code === 'CLIENT_REFUSED' ? {} : request.headers
    const address = REFUSALS.includes(failure.code) ? '' : `http://${host}/`
    return { kind: 'refused', answer: rawErrorAnswer(failure, address, id, services, headers) }
  }
}
