import { identify, type Client } from '../../clients/identify.js'
import type { Failure } from '../../failures.js'
import { forcedProfile, visitOf } from '../../request/begin-visit.js'
import type { ClientServices } from '../../request/services.js'
import type { Visit, VisitRequest } from '../../request/visit-state.js'
import { isQuestion } from '../failure.js'

/**
 * The profile of clients that no rule knows, which all can show: a stranger's fields are not compared with any rule.
 */
function plainClient({ config, rules: { profiles, fallback } }: ClientServices): Client {
  return {
    profile: profiles.get(config.profile) ?? fallback.profile,
    display: fallback.display,
    why: 'it may not use this proxy'
  }
}

/** Who is asked for a password may be a person of the house, and must be able to read the question. */
const askedClient = (request: VisitRequest, { config, rules }: ClientServices): Client =>
  identify(request, rules, forcedProfile(config))

/**
 * The visit of somebody who may not use this proxy: their query, hints and settings are not read, so that it costs
 * little.
 */
export function refusedVisit(request: VisitRequest, refusal: Failure, clients: ClientServices): Visit {
  const client = isQuestion(refusal) ? askedClient(request, clients) : plainClient(clients)
  return visitOf(request, { client, choices: {}, hints: {}, sentQuery: '' }, clients)
}
