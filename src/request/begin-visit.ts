import { transcodeQuery } from '../charset/transcode-query.js'
import { personKeyOf } from '../clients/person-key.js'
import { identify } from '../clients/identify.js'
import { readChoices } from '../clients/read-choices.js'
import type { ClientRules } from '../clients/rules.js'
import type { Choices } from '../clients/settings.js'
import { hostContextOf, type Located } from '../front/locate.js'
import { takeHints, type AddressHints } from '../page/addresses/address-hints.js'
import { compatible } from './compatible.js'
import type { ClientServices } from './services.js'
import type { Visit, VisitRequest } from './visit-state.js'

/** A query that a form of ours sent is in the charset of its page: from here on it is in that of the site. */
function asTyped(located: Located): Located {
  if (located.kind === 'bad') return located
  const query = transcodeQuery(located.kind === 'portal' ? located.query : located.url.search.slice(1))
  if (query === undefined) return located
  if (located.kind === 'portal') return { ...located, query }
  const url = new URL(located.url.href)
  url.search = query
  return { ...located, url }
}

function hintsOf(located: Located): AddressHints {
  if (located.kind === 'bad') return {}
  return takeHints(located.kind === 'origin' ? located.url.href : `${located.path}?${located.query}`).hints
}

/** What this machine's person chose, and over it what the address says; of images it takes the place of both parts. */
function choicesFor(kept: Choices, hints: AddressHints, rules: ClientRules): Choices {
  const once = readChoices({ profile: hints.profile, display: hints.display, images: hints.images }, rules)
  if (once.images === undefined) return { ...kept, ...once }
  const { colours, ...others } = kept
  return { ...others, ...once }
}

/** What a visit knows of who asks and how, beside what stands in the request itself. */
type Asker = Pick<Visit, 'client' | 'choices' | 'hints' | 'sentQuery'>

/** A visit: what its request says, and who asks. */
export function visitOf(request: VisitRequest, asker: Asker, { hasUsers }: Pick<ClientServices, 'hasUsers'>): Visit {
  const { located } = request
  return {
    ...asker,
    request,
    personKey: personKeyOf(request),
    portal: located.portal,
    gateway: located.kind === 'bad' ? '' : located.gateway,
    hostContext: hostContextOf(located),
    passwordIsOurs: hasUsers && !request.asProxy
  }
}

/** Who asks: identified by what they chose, else by what the settings say, else by what they sent. */
export function beginVisit(request: VisitRequest, clients: ClientServices): Visit {
  const { config, rules, settings } = clients
  const hints = hintsOf(request.located)
  const choices = choicesFor(settings.of(personKeyOf(request)), hints, rules)
  const located = asTyped(compatible(request.located, config.answerFor))
  const asker = {
    client: identify(request, rules, { ...forcedProfile(config), ...choices }),
    choices,
    hints,
    sentQuery: request.located.kind === 'portal' ? request.located.query : ''
  }
  return visitOf({ ...request, located }, asker, clients)
}

/** The profile that the settings give to every client, as a choice of theirs. */
export const forcedProfile = ({ profile }: ClientServices['config']): { readonly profile?: string } =>
  profile === '' ? {} : { profile }
