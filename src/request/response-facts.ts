import type { ResponseFacts } from '../decide/decide.js'
import { fileName } from '../page/read/document-kind.js'
import { isProgram } from './is-program.js'
import type { Fetched } from './visit-state.js'

/**
 * What is known about a response before its first bytes are read.
 * @param maxBytes of a page
 */
export function responseFacts({ visit, plan, response }: Fetched, maxBytes: number): ResponseFacts {
  const { method } = visit.request
  const contentType = response.headers['content-type'] ?? ''
  return {
    method,
    status: response.status,
    contentType,
    disposition: response.headers['content-disposition'] ?? '',
    name: fileName(plan.url),
    raw: plan.raw,
    fetches: isProgram(visit, contentType),
    tooLong: Number(response.headers['content-length'] ?? 0) > maxBytes,
    start: undefined
  }
}
