import { searchAddress } from '../page/addresses/search-address.js'
import { isInlineImage } from '../request/inline-image.js'
import type { Services } from '../request/services.js'
import type { Asked, Visited } from '../request/visit-state.js'
import { wordsAsked } from '../search/engines.js'
import { redirectTo } from './own-page.js'

/** Sends the client to our own search in the place of a search engine that needs scripts; undefined for all else. */
export function searchEngineAnswer(
  { visit, plan }: Pick<Asked, 'visit' | 'plan'>,
  { clients, addresses, writing }: Pick<Services, 'clients' | 'addresses' | 'writing'>
): Visited | undefined {
  const { request, client, hints, portal } = visit
  if (clients.config.searchEngines === 'site' || request.method !== 'GET') return undefined
  if (hints.site === 'off' || plan.raw || plan.view === 'image') return undefined
  const words = wordsAsked(plan.url, addresses.engines, client.profile.text.charset)
  if (words === undefined || isInlineImage(visit, plan)) return undefined
  return redirectTo(visit, { address: searchAddress(portal, words) }, writing)
}
