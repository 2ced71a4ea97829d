import { decide, needsStart } from '../decide/decide.js'
import { Failure } from '../failures.js'
import { quotaKeyOf } from '../guard/quotas.js'
import { CUT_FAILURES, decodeBody, peekBody, readBody } from '../origin/body/body.js'
import { asFailure } from '../origin/connect/failure.js'
import { countBytes } from '../origin/traffic.js'
import { writtenAddress } from '../page/addresses/address.js'
import { unsupportedAnswer } from './unsupported.js'
import { blankImage } from './image/image.js'
import { isSurelyInlineImage } from '../request/inline-image.js'
import type { Keepable } from './image/kept-image.js'
import { imageAnswer } from './image/origin-image.js'
import { pageAnswer } from './page/page.js'
import { passthroughAnswer } from './passthrough.js'
import { responseFacts } from '../request/response-facts.js'
import type { OriginResponse } from '../origin/origin-request.js'
import type { Visit, Visited, FetchPlan } from '../request/visit-state.js'

/** Bytes that tell what a response without a type is. */
const START_BYTES = 1024

/**
 * Decides what a response is, and converts it.
 * @throws Failure when it cannot be read or converted.
 */
export async function convertedAnswer(
  visit: Visit,
  plan: FetchPlan,
  response: OriginResponse,
  keepable: Keepable | undefined
): Promise<Visited> {
  const {
    request,
    services: { config, redirectHistory, memoryBudget }
  } = visit
  const arrive = (answer: Visited): Visited => {
    // A META refresh goes on: it is one more of the chain.
    if (answer.kind !== 'redirect') redirectHistory.end(visit.personKey, writtenAddress(plan.url, plan))
    return answer
  }
  const facts = responseFacts(visit, plan, response)
  if (decide(facts) === 'unsupported') return arrive(unsupportedAnswer(visit, plan, response))
  const coding = response.headers['content-encoding']
  const decoded = request.method === 'HEAD' ? response.body : decodeBody(response.body, coding)
  if (decoded === undefined) throw new Failure('BAD_ANSWER', `Content-Encoding: ${coding ?? ''}`)
  if (decoded !== response.body) countBytes(response.body, response.traffic)
  const { start, body } = needsStart(facts) ? await peekBody(decoded, START_BYTES) : { start: undefined, body: decoded }
  const kind = decide({ ...facts, start })
  if (kind === 'passthrough') return arrive(passthroughAnswer(visit, plan, response, body, coding !== undefined))
  const read = await readBody(body, {
    maxBytes: kind === 'image' ? config.maxImageBytes : config.maxPageBytes,
    timeoutSeconds: config.readTimeoutSeconds,
    reserve: memoryBudget.forVisit(quotaKeyOf(request), request.signal)
  })
  if (read.cut === 'memory') throw new Failure(CUT_FAILURES.memory, 'memory')
  if (decoded === response.body) response.traffic.bytes += read.bytes.length
  if (read.bytes.length === 0 && read.error !== undefined) throw asFailure(read.error)
  // What is called a page may be an image, and the other way round: now its first bytes are here.
  const really = decide({ ...facts, start: read.bytes.subarray(0, START_BYTES) })
  // A page there would have others fetched, be converted and remembered, and not be seen.
  if (really === 'page' && isSurelyInlineImage(visit, plan)) return arrive(blankImage())
  return arrive(
    really === 'image'
      ? await imageAnswer(visit, plan, response, read, keepable)
      : await pageAnswer(visit, plan, response, read)
  )
}
