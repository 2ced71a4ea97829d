import { discard } from './bytes/discard.js'
import { whenHere, type Soon } from './async/soon.js'
import { alternateSiteAnswer, pageOfAlternate } from './answers/alternate-site.js'
import { convertedAnswer } from './answers/converted.js'
import { failureAnswer } from './answers/failure.js'
import { conditionsFor, keepableFor, renewedOriginal, type Keepable } from './answers/image/kept-image.js'
import { imageFields, originalAnswer } from './answers/image/origin-image.js'
import { leftAnswer } from './answers/left.js'
import { keptPart } from './answers/page/parts.js'
import { plainFailureAnswer } from './answers/plain-failure.js'
import { portalAnswer } from './answers/portal.js'
import { redirectAnswer } from './answers/redirect.js'
import { searchEngineAnswer } from './answers/search-engine.js'
import { sameButScheme } from './bytes/web-address.js'
import { Failure } from './failures.js'
import { quotaKeyOf } from './guard/quotas.js'
import { asFailure } from './origin/connect/failure.js'
import { beginVisit } from './request/begin-visit.js'
import { cookiesFor } from './request/cookies.js'
import { planFetch } from './request/fetch-plan.js'
import { isInlineImage } from './request/inline-image.js'
import { originRequest } from './request/origin-request.js'
import type { GuardServices, Services } from './request/services.js'
import type { Asked, Fetch, FetchPlan, Visit, VisitRequest, Visited } from './request/visit-state.js'

/** THE LIST of methods that are passed on: those of browsers, and of other programs that speak to sites. */
export const METHODS: readonly string[] = ['DELETE', 'GET', 'HEAD', 'PATCH', 'POST', 'PUT', 'OPTIONS']

/** Throws unless the request makes sense. */
function understand({ method, headers, located }: VisitRequest, { loops }: GuardServices): void {
  if (!METHODS.includes(method)) throw new Failure('METHOD_NOT_ALLOWED', method)
  if (located.kind === 'bad') throw new Failure(located.code)
  if (located.kind === 'origin' && loops.isOurs(headers, located.url.hostname))
    throw new Failure('LOOP', located.url.host)
}

/** A visit for which an origin may be asked. */
type Planned = Pick<Asked, 'visit' | 'plan'>

/** What is needed for what an origin has. */
type FetchServices = Pick<Services, 'clients' | 'addresses' | 'origin' | 'images' | 'pages' | 'writing'>

/** What an origin has, fetched or kept from before. */
function originAnswer(planned: Planned, services: FetchServices, fetch: Fetch): Soon<Visited> {
  if (planned.plan.part === undefined) return wholeAnswer(planned, services, fetch)
  return keptPart(planned, services.pages).then(part => part ?? wholeAnswer(planned, services, fetch))
}

function wholeAnswer(planned: Planned, services: FetchServices, fetch: Fetch): Soon<Visited> {
  const known = searchEngineAnswer(planned, services) ?? alternateSiteAnswer(planned, services)
  if (known !== undefined) return known
  const { visit, plan } = planned
  const asked = { visit, plan, cookies: cookiesFor(visit, plan, services) }
  const keepable = keepableFor(asked, services)
  if (keepable?.original?.freshness.answers(keepable.headers) !== true)
    return fetchedAnswer({ asked, keepable }, services, fetch)
  const { content, length, changed } = keepable.original
  return originalAnswer(asked, { content, length, changed, personal: {}, isKept: true }, services)
}

/** What an origin answers when it is asked. */
async function fetchedAnswer(
  { asked, keepable }: { readonly asked: Asked; readonly keepable: Keepable | undefined },
  services: FetchServices,
  fetch: Fetch
): Promise<Visited> {
  const { visit, plan } = asked
  const conditions = conditionsFor(keepable, plan.view === 'image' || isInlineImage(visit, plan))
  const page = pageOfAlternate(asked, services)
  const fetching = fetch(originRequest(asked, conditions, services))
  if (page !== undefined) {
    const found = await fetching.catch((error: unknown) => {
      if (visit.request.signal.aborted) throw error
      return undefined
    })
    if (found === undefined || found.status >= 400) {
      if (found !== undefined) discard(found.body)
      return page()
    }
  }
  const response = await fetching
  const renewed = renewedOriginal(keepable, response, services.images)
  if (renewed !== undefined)
    return await originalAnswer(asked, { ...renewed, personal: imageFields(visit, response) }, services)
  const fetched = { visit, plan, cookies: asked.cookies, response }
  // How long an image may be kept that came from another address, none of the redirects to it was asked.
  const kept = sameButScheme(plan.url, response.url) ? keepable : undefined
  return redirectAnswer(fetched, services) ?? (await convertedAnswer(fetched, kept, services))
}

function answerOf(visit: Visit, services: Services, fetch: Fetch): Soon<Visited> {
  const begun = performance.now()
  let plan: FetchPlan | undefined
  const failed = (error: unknown): Visited => {
    // What was given up because nobody waits for it has not failed.
    if (visit.request.signal.aborted) return leftAnswer()
    const seconds = (performance.now() - begun) / 1000
    return failureAnswer({ visit, plan, seconds }, asFailure(error), services.writing)
  }
  try {
    understand(visit.request, services.guard)
    let answer = portalAnswer(visit, services)
    if (answer === undefined) {
      plan = planFetch(visit, services.addresses)
      answer = originAnswer({ visit, plan }, services, fetch)
    }
    return answer instanceof Promise ? answer.catch(failed) : answer
  } catch (error) {
    return failed(error)
  }
}

/** What a visit came to, unless its client has gone meanwhile. */
export function sendable(visited: Visited, { signal }: VisitRequest): Visited {
  if (!signal.aborted) return visited
  if (!Buffer.isBuffer(visited.body)) discard(visited.body)
  const { profile, quotaKey } = visited
  return { ...leftAnswer(), profile, quotaKey }
}

/** All fields of a visit: one that is added and not copied here does not compile. */
type EachField = { readonly [Name in keyof Required<Visited>]: unknown }

/** Field by field, so that all answers are made alike: to copy whatever they have takes ten times as long. */
const withAsker = (visited: Visited, profile: string, quotaKey: string): Visited & EachField => ({
  kind: visited.kind,
  status: visited.status,
  headers: visited.headers,
  body: visited.body,
  originBytes: visited.originBytes,
  images: visited.images,
  failure: visited.failure,
  fault: visited.fault,
  profile,
  quotaKey
})

/**
 * The story of one visit, after answers/entry/entry.ts has let it in: who asks? one of our own pages? a part or an
 * image that is kept? Else fetch, decide, convert, answer. Never throws or rejects: what fails becomes a page that the
 * client can show.
 */
export function visit(request: VisitRequest, services: Services, fetch: Fetch): Soon<Visited> {
  const quotaKey = quotaKeyOf(request)
  let begun: Visit
  try {
    begun = beginVisit(request, services.clients)
  } catch (error) {
    // Not even the client can be told from its request.
    return { ...plainFailureAnswer(asFailure(error), request.located.portal, request.id), quotaKey }
  }
  const { id } = begun.client.profile
  const finish = (visited: Visited): Visited => sendable(withAsker(visited, id, quotaKey), request)
  const answer = answerOf(begun, services, fetch)
  return whenHere(answer, finish)
}
