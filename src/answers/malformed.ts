import { Failure, type FailureCode } from '../failures.js'
import { badRequestStatus, type BadRequestReason } from '../front/head/bad-request.js'
import { newVisitId } from '../watch/report.js'
import { rawErrorAnswer } from './connect.js'
import type { Services } from '../request/visit-state.js'

const CODES: Readonly<Record<number, FailureCode>> = {
  408: 'REQUEST_TIMEOUT',
  431: 'HEAD_TOO_LARGE',
  501: 'METHOD_NOT_ALLOWED'
}

/** The failure that a reason is to a person. */
export const failureFor = (reason: BadRequestReason): FailureCode => CODES[badRequestStatus(reason)] ?? 'BAD_REQUEST'

/** The answer to bytes that are no request. */
export function badRequestAnswer(reason: BadRequestReason, services: Services, report: (id: string) => void): Buffer {
  const id = newVisitId()
  const failure = new Failure(failureFor(reason), reason)
  report(id)
  return rawErrorAnswer(failure, '', id, services)
}
