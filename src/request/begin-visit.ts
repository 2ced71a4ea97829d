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

/** Who asks: identified by what they chose, else by what the settings say, else by what they sent. */
export function beginVisit(request: VisitRequest, { config, rules, settings, hasUsers }: ClientServices): Visit {
  const hints = hintsOf(request.located)
  const personKey = personKeyOf(request)
  const choices = choicesFor(settings.of(personKey), hints, rules)
  const forced = config.profile === '' ? {} : { profile: config.profile }
  const located = asTyped(compatible(request.located, config.answerFor))
  return {
    request: { ...request, located },
    personKey,
    sentQuery: request.located.kind === 'portal' ? request.located.query : '',
    choices,
    hints,
    client: identify(request.headers, request.simple, rules, { ...forced, ...choices }),
    portal: located.portal,
    gateway: located.kind === 'bad' ? '' : located.gateway,
    hostContext: hostContextOf(located),
    passwordIsOurs: hasUsers && !request.asProxy
  }
}
