import { Failure } from '../failures.js'
import { isRedirect, locationOf, MOST_ADDRESS_CHARACTERS } from '../origin/headers/location.js'
import type { Traffic } from '../origin/traffic.js'
import { clientAddress, writtenAddress } from '../page/addresses/address.js'
import { addHints } from '../page/addresses/address-hints.js'
import { redirectTo } from './portal.js'
import { personalOf } from '../request/personal.js'
import type { OriginResponse } from '../origin/origin-request.js'
import type { Visit, Visited, FetchPlan } from '../request/visit-state.js'
import { viewAddress } from '../request/fetch-plan.js'

/**
 * Sends the client on to an address; the view, the size and the switches that it asked for go with it.
 * @throws Failure REDIRECT_LOOP when it was sent on too often in a row, BAD_REDIRECT when no site would take the
 *   address.
 */
export function sendOn(
  visit: Visit,
  plan: FetchPlan,
  address: string,
  headers: Record<string, string | string[]>,
  took?: Readonly<Traffic>
): Visited {
  const { services, portal, hints } = visit
  if (address.length > MOST_ADDRESS_CHARACTERS)
    throw new Failure('BAD_REDIRECT', `an address of ${address.length} characters`)
  if (
    services.redirectHistory.step(visit.personKey, writtenAddress(plan.url, plan), address, took) >
    services.config.maxRedirects
  )
    throw new Failure('REDIRECT_LOOP', address)
  const viewed = viewAddress(portal, plan, addHints(address.slice(plan.gateway.length), hints))
  return redirectTo(visit, viewed ?? addHints(address, hints), headers)
}

const sameButScheme = (one: URL, other: URL | undefined): boolean =>
  one.host === other?.host && one.pathname === other.pathname && one.search === other.search

/** The address that a redirect leads to. A face of a site that sends back to where we came from is not asked again. */
function withoutLoop({ services: { sites } }: Visit, { url }: FetchPlan, to: URL, address: string): string {
  return sameButScheme(url, sites.alternateSite(to)) ? addHints(address, { site: 'off' }) : address
}

/** A redirect of the origin as old browsers follow it; undefined if the response is none. */
export function redirectAnswer(visit: Visit, plan: FetchPlan, response: OriginResponse): Visited | undefined {
  if (!isRedirect(response.status)) return undefined
  response.body.on('error', () => {}).destroy()
  const to = locationOf(response.status, response.headers.location, response.url)
  const address = to === undefined || !/^https?:$/.test(to.protocol) ? undefined : clientAddress(to, plan)
  if (address === undefined) throw new Failure('BAD_REDIRECT', response.headers.location ?? 'no Location')
  return sendOn(visit, plan, withoutLoop(visit, plan, to!, address), personalOf(visit, response), response.traffic)
}
