import { clientAddress } from '../page/addresses/address.js'
import { isInlineImage } from '../request/inline-image.js'
import { sendOn } from './redirect.js'
import type { Visit, Visited, FetchPlan } from '../request/visit-state.js'

/**
 * Sends the client to the face of a site that its rule prefers; undefined if there is none, or what is wanted is no
 * page.
 */
export function alternateSiteAnswer(visit: Visit, plan: FetchPlan): Visited | undefined {
  if (plan.site?.redirect === undefined || visit.request.method !== 'GET') return undefined
  if (plan.raw || plan.view === 'image' || isInlineImage(visit, plan)) return undefined
  const to = visit.services.sites.alternateSite(plan.url)
  const address = to === undefined ? undefined : clientAddress(to, plan)
  return address === undefined ? undefined : sendOn(visit, plan, address, {})
}
