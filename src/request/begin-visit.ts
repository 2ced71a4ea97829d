import { timingSafeEqual } from 'node:crypto'
import type { WantedByPost } from '../charset/form-mark.js'
import { transcodeForm } from '../charset/transcode-query.js'
import { formSeal } from '../page/addresses/form-seal.js'
import { personKeyOf } from '../clients/person-key.js'
import { readChoices } from '../clients/read-choices.js'
import type { ClientRules } from '../clients/rules.js'
import type { Choices } from '../clients/settings.js'
import { hostContextOf, type Located } from '../front/locate.js'
import { takeHints, type AddressHints } from '../page/addresses/address-hints.js'
import { aimedAddress } from './aimed-form.js'
import { compatible } from './compatible.js'
import type { ClientServices } from './services.js'
import type { Visit, VisitRequest } from './visit-state.js'

/** Who sends a form. */
interface Sender {
  /** Whether it sends forms by POST itself */
  readonly sendsPost: boolean
  readonly secret: () => string
}

/** Whether a form that is to be sent by POST was in a page of this client: links can look like such a form. */
function isSealed({ path, seal }: WantedByPost, { host }: URL, secret: string): boolean {
  const own = Buffer.from(formSeal(host, path, secret))
  const given = Buffer.from(seal)
  return own.length === given.length && timingSafeEqual(own, given)
}

/**
 * Converts a query that a form of ours sent from the charset of its page into that of the site. Of a client that sends
 * forms by GET alone it is a POST if the site wants one: otherwise the site would not know the form, and a password would
 * stand in its address.
 */
function asTyped(request: VisitRequest, located: Located, { sendsPost, secret }: Sender): VisitRequest {
  const unchanged = located === request.located ? request : { ...request, located }
  if (located.kind === 'bad') return unchanged
  const form = transcodeForm(located.kind === 'portal' ? located.query : located.url.search.slice(1))
  if (form === undefined) return unchanged
  const { query, to, post } = form
  if (located.kind === 'portal') return { ...request, located: { ...located, query } }
  if (post !== undefined && !sendsPost && request.method === 'GET' && isSealed(post, located.url, secret())) {
    const url = aimedAddress(located.url, post)
    return { ...request, located: { ...located, url }, method: 'POST', form: Buffer.from(query, 'latin1') }
  }
  const url = to === undefined ? new URL(located.url.href) : aimedAddress(located.url, to)
  url.search = query
  return { ...request, located: { ...located, url } }
}

function hintsOf(located: Located): AddressHints {
  if (located.kind === 'bad') return {}
  return takeHints(located.kind === 'origin' ? located.url.href : `${located.path}?${located.query}`).hints
}

/** The choices of this person, overridden by those in the address; a choice for images replaces both of its parts. */
function choicesFor(kept: Choices, hints: AddressHints, rules: ClientRules): Choices {
  const { profile, display, images } = hints
  if (profile === undefined && display === undefined && images === undefined) return kept
  const once = readChoices({ profile, display, images }, rules)
  if (once.images === undefined) return { ...kept, ...once }
  const { colours, ...others } = kept
  return { ...others, ...once }
}

/** What a visit knows about its client beside the request itself. */
type Asker = Pick<Visit, 'client' | 'choices' | 'hints' | 'sentQuery'>

/** Makes a visit of a request and of what is known about its client. */
export function visitOf(request: VisitRequest, asker: Asker, { hasUsers }: Pick<ClientServices, 'hasUsers'>): Visit {
  const { located } = request
  const { client, choices, hints, sentQuery } = asker
  return {
    request,
    personKey: personKeyOf(request),
    portal: located.portal,
    gateway: located.kind === 'bad' ? '' : located.gateway,
    hostContext: hostContextOf(located),
    passwordIsOurs: hasUsers && !request.asProxy,
    client,
    choices,
    hints,
    sentQuery
  }
}

/** Begins a visit. Its client is identified by what the person chose, else by the settings, else by the request. */
export function beginVisit(request: VisitRequest, clients: ClientServices): Visit {
  const { config, rules, settings } = clients
  const hints = hintsOf(request.located)
  const choices = choicesFor(settings.of(personKeyOf(request)), hints, rules)
  const asker = {
    client: clients.identify(request, config.profile === '' ? choices : { ...forcedProfile(config), ...choices }),
    choices,
    hints,
    sentQuery: request.located.kind === 'portal' ? request.located.query : ''
  }
  const located = compatible(request.located, config.answerFor)
  const sender = {
    sendsPost: asker.client.profile.forms.post,
    secret: () => clients.secretFor(personKeyOf(request))
  }
  return visitOf(asTyped(request, located, sender), asker, clients)
}

/** The profile that the settings force on every client, as if it were chosen. */
export const forcedProfile = ({ profile }: ClientServices['config']): { readonly profile?: string } =>
  profile === '' ? {} : { profile }
