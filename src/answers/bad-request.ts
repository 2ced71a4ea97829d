import { Failure, type FailureCode } from '../errors.js'
import { badRequestStatus, type BadRequestReason } from '../front/bad-request.js'
import { rawErrorAnswer } from './connect.js'
import type { Stages } from './visit-state.js'

const CODES: Readonly<Record<number, FailureCode>> = { 408: 'REQUEST_TIMEOUT', 431: 'HEAD_TOO_LARGE', 501: 'METHOD_NOT_ALLOWED' }

/** The answer to bytes that are no request. */
export function badRequestAnswer (reason: BadRequestReason, stages: Stages): Buffer {
  return rawErrorAnswer(new Failure(CODES[badRequestStatus(reason)] ?? 'BAD_REQUEST', reason), '', stages)
}
