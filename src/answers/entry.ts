import type { WholeAnswer } from '../front/answer.js'
import type { Failure } from '../failures.js'
import { quotaKeyOf } from '../guard/quotas.js'
import { asFailure } from '../origin/connect/failure.js'
import { beginVisit } from '../request/begin-visit.js'
import { failureAnswer } from './failure.js'
import { plainFailureAnswer } from './plain-failure.js'
import { refusedVisit } from './refused-visit.js'
import type { Services, VisitRequest, Visited } from '../request/visit-state.js'
import { VIEWS } from '../request/fetch-plan.js'

/** Who may have a visit begun, with the user that they are; or what they are told instead. */
export type Entry = { readonly request: VisitRequest } | { readonly refused: Visited & WholeAnswer }

/** Paths that the operator's programs ask for: they are not counted. */
const UNCOUNTED = ['/healthz', '/metrics']

/** Whether no site is asked for it. */
const isPortalPage = (located: VisitRequest['located']): boolean =>
  located.kind === 'portal' && VIEWS[located.path] === undefined

interface Known {
  readonly user?: string | undefined
  readonly refusal?: Failure
}

/** Who asks, and whether they may use this proxy. */
async function knownOf(
  { clientAddress, headers, asProxy, located }: VisitRequest,
  { access }: Services
): Promise<Known> {
  try {
    return {
      user: await access.enter({
        clientAddress,
        headers,
        asProxy,
        portalPath: located.kind === 'portal' ? located.path : undefined
      })
    }
  } catch (error) {
    return { refusal: asFailure(error) }
  }
}

/** Why this client may not have one more visit. */
async function tooMuch(
  { located, signal }: VisitRequest,
  counted: string,
  { quotas }: Services
): Promise<Failure | undefined> {
  if (located.kind === 'portal' && UNCOUNTED.includes(located.path)) return undefined
  try {
    await quotas.begin(counted, signal, isPortalPage(located))
    return undefined
  } catch (error) {
    return asFailure(error)
  }
}

async function entryOf(asked: VisitRequest, services: Services): Promise<Entry> {
  const { user, refusal } = await knownOf(asked, services)
  const request = { ...asked, user }
  const quotaKey = quotaKeyOf(request)
  if (refusal !== undefined)
    return { refused: { ...failureAnswer(refusedVisit(request, refusal, services), undefined, refusal), quotaKey } }
  const failure = await tooMuch(request, quotaKey, services)
  return failure === undefined
    ? { request }
    : { refused: { ...failureAnswer(beginVisit(request, services), undefined, failure), quotaKey } }
}

/** Asked before anything else is done for a request: most of those that come in floods end here. Never rejects. */
export async function enterVisit(request: VisitRequest, services: Services): Promise<Entry> {
  try {
    return await entryOf(request, services)
  } catch (error) {
    return { refused: plainFailureAnswer(asFailure(error), request.located.portal, request.id) }
  }
}
