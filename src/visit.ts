import { beginVisit } from './answers/begin-visit.js'
import { convertedAnswer } from './answers/converted.js'
import { cookiesFor } from './answers/cookies.js'
import { failureAnswer } from './answers/failure.js'
import { isInlineImage } from './answers/image.js'
import { conditionsFor, keepableFor, renewedOriginal } from './answers/kept-image.js'
import { ownAnswer } from './answers/own.js'
import { originalAnswer } from './answers/origin-image.js'
import { otherFaceAnswer } from './answers/other-face.js'
import { keptPart } from './answers/parts.js'
import { personalOf } from './answers/personal.js'
import { plainFailureAnswer } from './answers/plain-failure.js'
import { redirectAnswer } from './answers/redirect.js'
import { refusedVisit } from './answers/refused-visit.js'
import type { Fetch, Stages, Visit, VisitRequest, Visited, Wanted } from './answers/visit-state.js'
import { VIEWS, wantedOf } from './answers/wanted.js'
import { Failure } from './errors.js'
import { quotaKey } from './guard/quotas.js'
import { asFailure } from './origin/failure.js'

/** Paths that the operator's programs ask for: they are not counted. */
const UNCOUNTED = ['/healthz', '/metrics']

interface Entered { readonly user?: string | undefined, readonly refusal?: Failure }

/** Who asks, and whether they may use this proxy. */
async function enter ({ clientAddress, headers, asProxy, located }: VisitRequest, { access }: Stages): Promise<Entered> {
  try {
    return { user: await access.enter({ clientAddress, headers, asProxy, ownPath: located.kind === 'own' ? located.path : undefined }) }
  } catch (error) {
    return { refusal: asFailure(error) }
  }
}

/** Whether no site is asked for it. */
const isOwnPage = (located: VisitRequest['located']): boolean => located.kind === 'own' && VIEWS[located.path] === undefined

/** Throws unless this client may have one more visit, and its request makes sense. */
async function admit ({ headers, located, signal }: VisitRequest, counted: string, { quotas, loops }: Stages): Promise<void> {
  if (located.kind === 'own' && UNCOUNTED.includes(located.path)) return
  await quotas.begin(counted, signal, isOwnPage(located))
  if (located.kind === 'bad') throw new Failure(located.code)
  if (located.kind === 'origin' && loops.isOurs(headers, located.url.hostname)) throw new Failure('LOOP', located.url.host)
}

/** What an origin has, fetched or kept from before. */
async function fetchedAnswer (visit: Visit, wanted: Wanted, fetch: Fetch): Promise<Visited> {
  const known = keptPart(visit, wanted) ?? otherFaceAnswer(visit, wanted)
  if (known !== undefined) return known
  const cookies = cookiesFor(visit, wanted)
  const keepable = keepableFor(visit, wanted, cookies)
  if (keepable?.original?.freshness.answers(keepable.headers) === true) return await originalAnswer(visit, wanted, keepable.original, {})
  const response = await fetch(quotaKey(visit.request), wanted.url, cookies, conditionsFor(keepable, wanted.view === 'image' || isInlineImage(visit, wanted)), wanted.site?.userAgent)
  const renewed = renewedOriginal(visit, keepable, response)
  if (renewed !== undefined) return await originalAnswer(visit, wanted, renewed, personalOf(visit, response))
  return redirectAnswer(visit, wanted, response) ?? await convertedAnswer(visit, wanted, response, keepable)
}

/** Rejects only when not even the client can be told from its request. */
async function visitOf (request: VisitRequest, stages: Stages, fetch: Fetch): Promise<Visited> {
  const { user, refusal } = await enter(request, stages)
  const countedFor = quotaKey({ user, clientAddress: request.clientAddress })
  if (refusal !== undefined) return { ...failureAnswer(refusedVisit(request, refusal, stages), undefined, refusal), countedFor }
  const visit = beginVisit({ ...request, user }, stages)
  let wanted: Wanted | undefined
  try {
    await admit(visit.request, countedFor, stages)
    const own = await ownAnswer(visit)
    if (own !== undefined) return { ...own, countedFor }
    wanted = wantedOf(visit)
    return { ...await fetchedAnswer(visit, wanted, fetch), countedFor }
  } catch (error) {
    return { ...failureAnswer(visit, wanted, asFailure(error)), countedFor }
  }
}

/**
 * One visit, told once: who asks, may they?, one of our own pages?, a part or an image that is kept?, fetch, decide,
 * convert, answer. Never rejects: what fails becomes a page that the client can show.
 */
export async function visit (request: VisitRequest, stages: Stages, fetch: Fetch): Promise<Visited> {
  try {
    return await visitOf(request, stages, fetch)
  } catch (error) {
    return plainFailureAnswer(asFailure(error), request.located.portal, request.id)
  }
}
