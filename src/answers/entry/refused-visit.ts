import { identify, type Client } from '../../clients/identify.js'
import type { Failure } from '../../failures.js'
import { forcedProfile, visitOf } from '../../request/begin-visit.js'
import type { ClientServices } from '../../request/services.js'
import type { Visit, VisitRequest } from '../../request/visit-state.js'
import { isQuestion } from '../failure.js'

/**
 * The profile for clients that no rule knows, which all browsers can show: the header fields of a stranger are not
 * matched against any rule.
 */
function plainClient({ config, rules: { profiles, fallback } }: ClientServices): Client {
  return {
    profile: profiles.get(config.profile) ?? fallback.profile,
    display: fallback.display,
    why: 'it may not use this proxy'
  }
}

/** Whoever is asked for a password may belong to the household, and must be able to read the question. */
const askedClient = (request: VisitRequest, { config, rules }: ClientServices): Client =>
  identify(request, rules, forcedProfile(config))

/**
 * The visit of somebody who may not use this proxy. Its query, hints and settings are not read, so that it costs
 * little.
 */
export function refusedVisit(request: VisitRequest, refusal: Failure, clients: ClientServices): Visit {
  const client = isQuestion(refusal) ? askedClient(request, clients) : plainClient(clients)
  return visitOf(request, { client, choices: {}, hints: {}, sentQuery: '' }, clients)
}
