import type { IncomingHttpHeaders } from 'node:http'
import { identify } from '../clients/identify.js'
import { FAILURES, type Failure } from '../failures.js'
import type { WholeAnswer } from '../front/answer.js'
import { rawAnswer } from '../front/raw-answer.js'
import { errorPage } from '../portal/error.js'
import type { Services } from '../request/services.js'
import { FAILURE_FIELDS } from './failure.js'
import { portalPage } from './own-page.js'
import { plainFailureAnswer } from './plain-failure.js'

/** A failure before there is a visit: in the head of a request, in its connection, in a CONNECT. */
export interface RawFailure {
  readonly failure: Failure
  /** The address that was requested; empty if it is not to be shown */
  readonly address: string
  /** The number under which it stands in the log; empty if it does not */
  readonly id: string
  /** The header fields as far as they are known, by which the client is identified */
  readonly headers: IncomingHttpHeaders
}

/** The services that are needed to answer a client of which only header fields are known. */
export type RawServices = Pick<Services, 'clients' | 'writing'>

/** Its error page, or a plainer one if that cannot be made. */
function pageOf({ failure, address, id, headers }: RawFailure, { clients, writing }: RawServices): WholeAnswer {
  const portal = `http://${clients.config.name}`
  try {
    const client = identify({ headers, simple: false }, clients.rules, {})
    if (address === '') return writing.errorPages.of({ client, portal }, failure, id)
    return portalPage(
      { client, portal, gateway: '', choices: {} },
      { page: errorPage(failure, { address, portal, id }), status: FAILURES[failure.code].status },
      writing
    )
  } catch {
    return plainFailureAnswer(failure, portal, id)
  }
}

/** An error page as raw bytes, for clients whose request was never parsed. Never throws. */
export function rawFailureAnswer(failed: RawFailure, services: RawServices): Buffer {
  const { status, headers, body } = pageOf(failed, services)
  const { 'content-type': type } = headers
  return rawAnswer({
    status,
    headers: { 'content-type': type ?? 'text/html', ...FAILURE_FIELDS[failed.failure.code] },
    body
  })
}
