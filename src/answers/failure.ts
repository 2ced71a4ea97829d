import { clientKey } from '../clients/client-key.js'
import { FAILURES, type Failure } from '../errors.js'
import { clientAddress } from '../page/address.js'
import { errorPage } from '../portal/error.js'
import { blankImage, isInlineImage } from './image.js'
import { ownPage } from './own.js'
import type { Visit, Visited, Wanted } from './visit-state.js'

/** What went wrong as a page in the client's profile; in the place of an image, a blank one. */
export function failureAnswer (visit: Visit, wanted: Wanted | undefined, failure: Failure): Visited {
  if (isInlineImage(visit, wanted)) return blankImage()
  const address = wanted === undefined ? '' : clientAddress(wanted.url, { gateway: '' })!
  // What is only refused to a stranger is nobody's own error; our own pages are found again by their links.
  if (address !== '' && failure.code !== 'CLIENT_REFUSED') visit.stages.lastErrors.add(clientKey(visit.request), { address, title: FAILURES[failure.code].title })
  return { kind: 'error', ...ownPage(visit, errorPage(failure, address, visit.portal), FAILURES[failure.code].status) }
}
