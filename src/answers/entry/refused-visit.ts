import { personKeyOf } from '../../clients/person-key.js'
import { identify, type Client } from '../../clients/identify.js'
import type { Failure } from '../../failures.js'
import { hostContextOf } from '../../front/locate.js'
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
function askedClient({ headers, simple }: VisitRequest, { config, rules }: ClientServices): Client {
  return identify(headers, simple, rules, config.profile === '' ? {} : { profile: config.profile })
}

/**
 * The visit of somebody who may not use this proxy: their query, hints and settings are not read, so that it costs
 * little.
 */
export function refusedVisit(request: VisitRequest, refusal: Failure, clients: ClientServices): Visit {
  const { located, asProxy } = request
  return {
    request,
    personKey: personKeyOf(request),
    sentQuery: '',
    choices: {},
    hints: {},
    client: isQuestion(refusal) ? askedClient(request, clients) : plainClient(clients),
    portal: located.portal,
    gateway: located.kind === 'bad' ? '' : located.gateway,
    hostContext: hostContextOf(located),
    passwordIsOurs: clients.hasUsers && !asProxy
  }
}
