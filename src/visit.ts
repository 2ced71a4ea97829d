import { convertedAnswer } from './answers/converted.js'
import { cookiesFor } from './answers/cookies.js'
import { failureAnswer } from './answers/failure.js'
import { ownAnswer } from './answers/own.js'
import { keptPart } from './answers/parts.js'
import { redirectAnswer } from './answers/redirect.js'
import { beginVisit, wantedOf, type Fetch, type Stages, type VisitRequest, type Visited, type Wanted } from './answers/visit-state.js'
import { Failure } from './errors.js'
import { networkOf } from './guard/address.js'
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

/** Throws unless this client may have one more visit, and its request makes sense. */
async function admit ({ headers, located, signal }: VisitRequest, counted: string, { quotas, loops }: Stages): Promise<void> {
  if (located.kind === 'own' && UNCOUNTED.includes(located.path)) return
  await quotas.begin(counted, signal)
  if (located.kind === 'bad') throw new Failure(located.code)
  if (located.kind === 'origin' && loops.isOurs(headers, located.url.hostname)) throw new Failure('LOOP', located.url.host)
}

/**
 * One visit, told once: who asks, may they?, one of our own pages?, a part that is kept?, fetch, decide, convert, answer. Never rejects: what fails
 * becomes a page that the client can show.
 */
export async function visit (request: VisitRequest, stages: Stages, fetch: Fetch): Promise<Visited> {
  const { user, refusal } = await enter(request, stages)
  const visit = beginVisit({ ...request, user }, stages)
  const countedFor = user ?? networkOf(request.clientAddress)
  let wanted: Wanted | undefined
  try {
    if (refusal !== undefined) throw refusal
    await admit(visit.request, countedFor, stages)
    const own = await ownAnswer(visit)
    if (own !== undefined) return { ...own, countedFor }
    wanted = wantedOf(visit)
    const kept = keptPart(visit, wanted)
    if (kept !== undefined) return { ...kept, countedFor }
    const response = await fetch(wanted.url, cookiesFor(visit, wanted))
    return { ...redirectAnswer(visit, wanted, response) ?? await convertedAnswer(visit, wanted, response), countedFor }
  } catch (error) {
    return { ...failureAnswer(visit, wanted, asFailure(error)), countedFor }
  }
}
