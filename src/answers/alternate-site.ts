import { clientAddress } from '../page/addresses/address.js'
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
