import { clientAddress } from '../page/addresses/address.js'
import { isInlineImage } from '../request/inline-image.js'
import { sendOn } from './redirect.js'
import type { Visit, Visited, Wanted } from '../request/visit-state.js'

/**
 * Sends the client to the face of a site that its rule prefers; undefined if there is none, or what is wanted is no
 * page.
 */
export function otherFaceAnswer(visit: Visit, wanted: Wanted): Visited | undefined {
  if (wanted.site?.redirect === undefined || visit.request.method !== 'GET') return undefined
  if (wanted.raw || wanted.view === 'image' || isInlineImage(visit, wanted)) return undefined
  const to = visit.stages.sites.otherFace(wanted.url)
  const address = to === undefined ? undefined : clientAddress(to, wanted)
  return address === undefined ? undefined : sendOn(visit, wanted, address, {})
}
