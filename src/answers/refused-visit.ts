import { personKeyOf } from '../clients/person-key.js'
import { identify, type Client } from '../clients/identify.js'
import type { Failure } from '../failures.js'
import { hostContextOf } from '../front/locate.js'
import { isQuestion } from './failure.js'
import type { Services, Visit, VisitRequest } from '../request/visit-state.js'

/**
 * The profile of clients that no rule knows, which all can show: a stranger's fields are not compared with any rule.
 */
function plainClient({ config, rules: { profiles, fallback } }: Services): Client {
  return {
    profile: profiles.get(config.profile) ?? fallback.profile,
    display: fallback.display,
    why: 'it may not use this proxy'
  }
}

/** Who is asked for a password may be a person of the house, and must be able to read the question. */
function askedClient({ headers, simple }: VisitRequest, { config, rules }: Services): Client {
  return identify(headers, simple, rules, config.profile === '' ? {} : { profile: config.profile })
}

/**
 * The visit of somebody who may not use this proxy: their query, hints and settings are not read, so that it costs
 * little.
 */
export function refusedVisit(request: VisitRequest, refusal: Failure, services: Services): Visit {
  const { located } = request
  return {
    request,
    personKey: personKeyOf(request),
    sentQuery: '',
    services,
    choices: {},
    hints: {},
    client: isQuestion(refusal) ? askedClient(request, services) : plainClient(services),
    portal: located.portal,
    gateway: located.kind === 'bad' ? '' : located.gateway,
    hostContext: hostContextOf(located)
  }
}
