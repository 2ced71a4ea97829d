import { Failure, type FailureCode } from '../failures.js'
import { badRequestStatus, type BadRequestReason } from '../front/head/bad-request.js'
import { connectionReport, newVisitId, type ConnectionReport } from '../watch/report.js'
import { rawFailureAnswer, type RawServices } from './raw-failure.js'

const CODES: Readonly<Record<number, FailureCode>> = {
  408: 'REQUEST_TIMEOUT',
  431: 'HEAD_TOO_LARGE',
  501: 'METHOD_NOT_ALLOWED'
}

/** The failure that is shown for a reason. */
const failureFor = (reason: BadRequestReason): FailureCode => CODES[badRequestStatus(reason)] ?? 'BAD_REQUEST'

/** Reports about bytes that never became a visit. */
export const malformedReport = (
  reason: BadRequestReason | 'broken',
  client: string,
  id: string = newVisitId()
): ConnectionReport =>
  connectionReport({
    id,
    client,
    kind: 'malformed',
    outcome: reason === 'broken' ? 'INTERNAL' : failureFor(reason),
    reason
  })

/** The answer to bytes that are not a request. */
export const malformedAnswer = (reason: BadRequestReason, id: string, services: RawServices): Buffer =>
  rawFailureAnswer({ failure: new Failure(failureFor(reason), reason), address: '', id, headers: {} }, services)
