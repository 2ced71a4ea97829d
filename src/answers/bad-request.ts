import { Failure, type FailureCode } from '../errors.js'
import { badRequestStatus, type BadRequestReason } from '../front/bad-request.js'
import { newVisitId } from '../watch/report.js'
import { rawErrorAnswer } from './connect.js'
import type { Stages } from './visit-state.js'

const CODES: Readonly<Record<number, FailureCode>> = { 408: 'REQUEST_TIMEOUT', 431: 'HEAD_TOO_LARGE', 501: 'METHOD_NOT_ALLOWED' }

/** The answer to bytes that are no request. */
export function badRequestAnswer (reason: BadRequestReason, stages: Stages, tell: (failure: FailureCode, id: string) => void): Buffer {
  const id = newVisitId()
  const failure = new Failure(CODES[badRequestStatus(reason)] ?? 'BAD_REQUEST', reason)
  tell(failure.code, id)
  return rawErrorAnswer(failure, '', id, stages)
}
