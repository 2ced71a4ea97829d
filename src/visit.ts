import { convertedAnswer } from './answers/converted.js'
import { cookiesFor } from './answers/cookies.js'
import { failureAnswer } from './answers/failure.js'
import { isInlineImage } from './answers/image.js'
import { conditionsFor, keepableFor, renewedOriginal } from './answers/kept-image.js'
import { ownAnswer } from './answers/own.js'
import { originalAnswer } from './answers/origin-image.js'
import { keptPart } from './answers/parts.js'
import { personalOf } from './answers/personal.js'
import { redirectAnswer } from './answers/redirect.js'
import { beginVisit, wantedOf, type Fetch, type Stages, type VisitRequest, type Visited, type Wanted } from './answers/visit-state.js'
import { Failure } from './errors.js'
import { isInNetworks } from './guard/address.js'
import { asFailure } from './origin/failure.js'

/** Throws unless the client may use this proxy and its request makes sense. */
function admit ({ clientAddress, located }: VisitRequest, allowClients: readonly string[]): void {
  if (!isInNetworks(clientAddress, allowClients)) throw new Failure('CLIENT_REFUSED', clientAddress)
  if (located.kind === 'bad') throw new Failure(located.code)
}

/**
 * One visit, told once: who asks, one of our own pages?, a part or an image that is kept?, fetch, decide, convert,
 * answer. Never rejects: what fails becomes a page that the client can show.
 */
export async function visit (request: VisitRequest, stages: Stages, fetch: Fetch): Promise<Visited> {
  const visit = beginVisit(request, stages)
  let wanted: Wanted | undefined
  try {
    admit(request, stages.config.allowClients)
    const own = await ownAnswer(visit)
    if (own !== undefined) return own
    wanted = wantedOf(visit)
    const kept = keptPart(visit, wanted)
    if (kept !== undefined) return kept
    const cookies = cookiesFor(visit, wanted)
    const keepable = keepableFor(visit, wanted, cookies)
    if (keepable?.original?.freshness.answers(keepable.headers) === true) return await originalAnswer(visit, wanted, keepable.original, {})
    const response = await fetch(wanted.url, cookies, conditionsFor(keepable, wanted.view === 'image' || isInlineImage(visit, wanted)))
    const renewed = renewedOriginal(visit, keepable, response)
    if (renewed !== undefined) return await originalAnswer(visit, wanted, renewed, personalOf(visit, response))
    return redirectAnswer(visit, wanted, response) ?? await convertedAnswer(visit, wanted, response, keepable)
  } catch (error) {
    return failureAnswer(visit, wanted, asFailure(error))
  }
}
