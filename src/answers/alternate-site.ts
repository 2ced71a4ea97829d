import { sameButScheme } from '../bytes/web-address.js'
import { clientAddress, writtenAddress } from '../page/addresses/address.js'
import { addHints } from '../page/addresses/address-hints.js'
import { isInlineImage } from '../request/inline-image.js'
import { sendOn } from './redirect.js'
import type { Services } from '../request/services.js'
import type { Asked, Visited } from '../request/visit-state.js'

/**
 * Redirects the client to the alternate site that a rule prefers; undefined if there is none, or if the request is not
 * for a page.
 */
export function alternateSiteAnswer(
  asked: Pick<Asked, 'visit' | 'plan'>,
  services: Pick<Services, 'addresses' | 'origin' | 'writing'>
): Visited | undefined {
  const { visit, plan } = asked
  if (plan.site?.redirect === undefined || visit.request.method !== 'GET') return undefined
  if (plan.raw || plan.view === 'image' || isInlineImage(visit, plan)) return undefined
  const to = services.addresses.sites.alternateSite(plan.url)
  const address = to === undefined ? undefined : clientAddress(to, plan)
  return address === undefined ? undefined : sendOn(asked, { address, headers: {} }, services)
}

/**
 * The way back to the page itself, for a client that was redirected to its alternate site a moment ago: that may not be
 * there any more, or not have this page. Undefined for all other requests.
 */
export function pageOfAlternate(
  { visit, plan }: Pick<Asked, 'visit' | 'plan'>,
  services: Pick<Services, 'addresses' | 'origin' | 'writing'>
): (() => Visited) | undefined {
  const from = services.origin.redirectHistory.cameFrom(visit.personKey, writtenAddress(plan.url, plan))
  const page = from?.slice(plan.gateway.length)
  if (from === undefined || page === undefined || !URL.canParse(page)) return undefined
  const alternate = services.addresses.sites.alternateSite(new URL(page))
  if (alternate === undefined || !sameButScheme(plan.url, alternate)) return undefined
  return () => sendOn({ visit, plan }, { address: addHints(from, { site: 'off' }), headers: {} }, services)
}
