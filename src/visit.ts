import { beginVisit } from './request/begin-visit.js'
import { convertedAnswer } from './answers/converted.js'
import { cookiesFor } from './request/cookies.js'
import { failureAnswer } from './answers/failure.js'
import { isInlineImage } from './request/inline-image.js'
import { conditionsFor, keepableFor, renewedOriginal } from './answers/image/kept-image.js'
import { portalAnswer } from './answers/portal.js'
import { originalAnswer } from './answers/image/origin-image.js'
import { alternateSiteAnswer } from './answers/alternate-site.js'
import { keptPart } from './answers/page/parts.js'
import { personalOf } from './request/personal.js'
import { plainFailureAnswer } from './answers/plain-failure.js'
import { redirectAnswer } from './answers/redirect.js'
import type { Fetch, Services, Visit, VisitRequest, Visited, FetchPlan } from './request/visit-state.js'
import { planFetch } from './request/fetch-plan.js'
import { Failure } from './failures.js'
import { quotaKeyOf } from './guard/quotas.js'
import { asFailure } from './origin/connect/failure.js'

/** Throws unless the request makes sense. */
function understand({ headers, located }: VisitRequest, { loops }: Services): void {
  if (located.kind === 'bad') throw new Failure(located.code)
  if (located.kind === 'origin' && loops.isOurs(headers, located.url.hostname))
    throw new Failure('LOOP', located.url.host)
}

/** What an origin has, fetched or kept from before. */
async function fetchedAnswer(visit: Visit, plan: FetchPlan, fetch: Fetch): Promise<Visited> {
  const known = keptPart(visit, plan) ?? alternateSiteAnswer(visit, plan)
  if (known !== undefined) return known
  const cookies = cookiesFor(visit, plan)
  const keepable = keepableFor(visit, plan, cookies)
  if (keepable?.original?.freshness.answers(keepable.headers) === true)
    return await originalAnswer(visit, plan, keepable.original, {})
  const response = await fetch(
    quotaKeyOf(visit.request),
    plan.url,
    cookies,
    conditionsFor(keepable, plan.view === 'image' || isInlineImage(visit, plan)),
    plan.site?.userAgent
  )
  const renewed = renewedOriginal(visit, keepable, response)
  if (renewed !== undefined) return await originalAnswer(visit, plan, renewed, personalOf(visit, response))
  return redirectAnswer(visit, plan, response) ?? (await convertedAnswer(visit, plan, response, keepable))
}

/** Rejects only when not even the client can be told from its request. */
async function visitOf(request: VisitRequest, services: Services, fetch: Fetch): Promise<Visited> {
  const visit = beginVisit(request, services)
  let plan: FetchPlan | undefined
  try {
    understand(visit.request, services)
    const own = await portalAnswer(visit)
    if (own !== undefined) return own
    plan = planFetch(visit)
    return await fetchedAnswer(visit, plan, fetch)
  } catch (error) {
    return failureAnswer(visit, plan, asFailure(error))
  }
}

/**
 * One visit of somebody who may have it (answers/entry.ts), told once: who asks?, one of our own pages?, a part or an
 * image that is kept?, fetch, decide, convert, answer. Never rejects: what fails becomes a page that the client can
 * show.
 */
export async function visit(request: VisitRequest, services: Services, fetch: Fetch): Promise<Visited> {
  try {
    return { ...(await visitOf(request, services, fetch)), quotaKey: quotaKeyOf(request) }
  } catch (error) {
    return plainFailureAnswer(asFailure(error), request.located.portal, request.id)
  }
}
