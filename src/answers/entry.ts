import type { WholeAnswer } from '../front/answer.js'
import type { Failure } from '../failures.js'
import { quotaKeyOf } from '../guard/quotas.js'
import { asFailure } from '../origin/connect/failure.js'
import { beginVisit } from '../request/begin-visit.js'
import { failureAnswer } from './failure.js'
import { plainFailureAnswer } from './plain-failure.js'
import { refusedVisit } from './refused-visit.js'
import type { Stages, VisitRequest, Visited } from '../request/visit-state.js'
import { VIEWS } from '../request/fetch-plan.js'

/** Who may have a visit begun, with the user that they are; or what they are told instead. */
export type Entry = { readonly request: VisitRequest } | { readonly refused: Visited & WholeAnswer }

/** Paths that the operator's programs ask for: they are not counted. */
const UNCOUNTED = ['/healthz', '/metrics']

/** Whether no site is asked for it. */
const isOwnPage = (located: VisitRequest['located']): boolean =>
  located.kind === 'own' && VIEWS[located.path] === undefined

interface Known {
  readonly user?: string | undefined
  readonly refusal?: Failure
}

/** Who asks, and whether they may use this proxy. */
async function knownOf({ clientAddress, headers, asProxy, located }: VisitRequest, { access }: Stages): Promise<Known> {
  try {
    return {
      user: await access.enter({
        clientAddress,
        headers,
        asProxy,
        ownPath: located.kind === 'own' ? located.path : undefined
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
  { quotas }: Stages
): Promise<Failure | undefined> {
  if (located.kind === 'own' && UNCOUNTED.includes(located.path)) return undefined
  try {
    await quotas.begin(counted, signal, isOwnPage(located))
    return undefined
  } catch (error) {
    return asFailure(error)
  }
}

async function entryOf(asked: VisitRequest, stages: Stages): Promise<Entry> {
  const { user, refusal } = await knownOf(asked, stages)
  const request = { ...asked, user }
  const quotaKey = quotaKeyOf(request)
  if (refusal !== undefined)
    return { refused: { ...failureAnswer(refusedVisit(request, refusal, stages), undefined, refusal), quotaKey } }
  const failure = await tooMuch(request, quotaKey, stages)
  return failure === undefined
    ? { request }
    : { refused: { ...failureAnswer(beginVisit(request, stages), undefined, failure), quotaKey } }
}

/** Asked before anything else is done for a request: most of those that come in floods end here. Never rejects. */
export async function enterVisit(request: VisitRequest, stages: Stages): Promise<Entry> {
  try {
    return await entryOf(request, stages)
  } catch (error) {
    return { refused: plainFailureAnswer(asFailure(error), request.located.portal, request.id) }
  }
}
