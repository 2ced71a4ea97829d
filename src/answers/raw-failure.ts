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

/** What failed where there is no visit: in the head of a request, in its connection, in a CONNECT. */
export interface RawFailure {
  readonly failure: Failure
  /** That was asked for; empty if it is not to be shown */
  readonly address: string
  /** Under which the log has it; empty if it has not */
  readonly id: string
  /** Of the request, as far as they are known: what its client is told by */
  readonly headers: IncomingHttpHeaders
}

/** What it takes to tell a client of which only the fields are known. */
export type RawServices = Pick<Services, 'clients' | 'writing'>

/** Its page; a plainer one where that cannot be made. */
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

/** An error page as raw bytes, for clients that never come as far as a request. Never throws. */
export function rawFailureAnswer(failed: RawFailure, services: RawServices): Buffer {
  const { status, headers, body } = pageOf(failed, services)
  const { 'content-type': type } = headers
  return rawAnswer({
    status,
    headers: { 'content-type': type ?? 'text/html', ...FAILURE_FIELDS[failed.failure.code] },
    body
  })
}
