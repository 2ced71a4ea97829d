import { discard } from '../bytes/discard.js'
import { sameButScheme } from '../bytes/web-address.js'
import { Failure } from '../failures.js'
import { isRedirect, locationOf, MOST_ADDRESS_CHARACTERS } from '../origin/headers/location.js'
import type { OriginResponse } from '../origin/origin-request.js'
import type { Traffic } from '../origin/traffic.js'
import { clientAddress, writtenAddress } from '../page/addresses/address.js'
import { addHints } from '../page/addresses/address-hints.js'
import { bareType } from '../page/read/document-kind.js'
import { redirectTo } from './own-page.js'
import { personalOf } from '../request/personal.js'
import type { Services } from '../request/services.js'
import type { Asked, Fetched, Visited } from '../request/visit-state.js'
import { viewAddress } from '../request/fetch-plan.js'

/** Where the client is redirected to, and what it took to learn that. */
export interface Redirect {
  readonly address: string
  /** Header fields for the answer */
  readonly headers: Readonly<Record<string, string | string[]>>
  readonly took?: Readonly<Traffic>
}

/**
 * Redirects the client; the view, the size and the switches of its request go with it.
 * @throws Failure REDIRECT_LOOP when it was redirected too often in a row, BAD_REDIRECT when the address is longer than
 * servers accept.
 */
export function sendOn(
  { visit, plan }: Pick<Asked, 'visit' | 'plan'>,
  { address, headers, took }: Redirect,
  { origin, writing }: Pick<Services, 'origin' | 'writing'>
): Visited {
  const { portal, hints, personKey } = visit
  if (address.length > MOST_ADDRESS_CHARACTERS)
    throw new Failure('BAD_REDIRECT', `an address of ${address.length} characters`)
  const { config, redirectHistory } = origin
  const step = { from: writtenAddress(plan.url, plan), to: address, took }
  if (redirectHistory.step(personKey, step) > config.maxRedirects) throw new Failure('REDIRECT_LOOP', address)
  const viewed = viewAddress(portal, plan, addHints(address.slice(plan.gateway.length), hints))
  return redirectTo(visit, { address: viewed ?? addHints(address, hints), headers }, writing)
}

const hasPage = ({ headers }: OriginResponse): boolean =>
  bareType(headers['content-type'] ?? '') === 'text/html' && headers['content-length'] !== '0'

/** A redirect of the origin in a form that old browsers follow; undefined if the response is not a redirect. */
export function redirectAnswer(
  fetched: Fetched,
  services: Pick<Services, 'addresses' | 'origin' | 'writing'>
): Visited | undefined {
  const { visit, plan, response } = fetched
  if (!isRedirect(response.status)) return undefined
  const to = locationOf(response.status, response.headers.location, response.url)
  // Browsers show the page of one that leads nowhere.
  if (to === undefined && hasPage(response)) return undefined
  discard(response.body)
  const address = to === undefined || !/^https?:$/.test(to.protocol) ? undefined : clientAddress(to, plan)
  if (to === undefined || address === undefined)
    throw new Failure('BAD_REDIRECT', response.headers.location ?? 'no Location')
  // If an alternate site redirects back to where the client came from, it is left out.
  const isBack = sameButScheme(plan.url, services.addresses.sites.alternateSite(to))
  return sendOn(
    fetched,
    {
      address: isBack ? addHints(address, { site: 'off' }) : address,
      headers: personalOf(visit, response),
      took: response.traffic
    },
    services
  )
}
