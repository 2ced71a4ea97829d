import type { WholeAnswer } from '../front/answer.js'
import { FAILURES, type Failure, type FailureCode } from '../failures.js'
import { writtenAddress } from '../page/addresses/address.js'
import { errorPage } from '../portal/error.js'
import { blankImage } from './image/image.js'
import { isInlineImage } from '../request/inline-image.js'
import { portalPage } from './own-page.js'
import { faultOf, faultText, plainFailureAnswer } from './plain-failure.js'
import type { WritingServices } from '../request/services.js'
import type { Visit, Visited, FetchPlan } from '../request/visit-state.js'

/** Fields that say to browsers what the page says to the person. Every browser knows Basic, and no other scheme. */
export const FAILURE_FIELDS: Partial<Record<FailureCode, Readonly<Record<string, string>>>> = {
  PROXY_PASSWORD: { 'proxy-authenticate': 'Basic realm="Retrograde"' },
  PASSWORD: { 'www-authenticate': 'Basic realm="Retrograde"' },
  TOO_MANY_REQUESTS: { 'retry-after': '60' },
  TOO_MANY_AT_ONCE: { 'retry-after': '10' },
  DAY_IS_OVER: { 'retry-after': '3600' },
  BUSY: { 'retry-after': '10' }
}

/** Browsers ask for a password for an image too, if it is the first that they want of us. */
export const isQuestion = ({ code }: Failure): boolean => code === 'PROXY_PASSWORD' || code === 'PASSWORD'

/** A visit that fails, and what it was about to fetch, if it came so far. */
export interface Failed {
  readonly visit: Visit
  readonly plan?: FetchPlan | undefined
}

/** @throws Error when even the page of the failure fails */
function pageOf({ visit, plan }: Failed, failure: Failure, writing: WritingServices): Visited & WholeAnswer {
  if (isInlineImage(visit, plan) && !isQuestion(failure))
    return { ...blankImage(), failure: failure.code, fault: faultOf(failure) }
  const { portal, personKey, request } = visit
  const address = plan === undefined ? '' : writtenAddress(plan.url, { gateway: '' })
  const { title, status } = FAILURES[failure.code]
  // What is only refused to a stranger is nobody's own error; our own pages are found again by their links.
  if (address !== '' && failure.code !== 'CLIENT_REFUSED' && failure.code !== 'GATEWAY_REFUSED')
    writing.lastErrors.add(personKey, { address, title })
  const page =
    address === ''
      ? writing.errorPages.of(visit, failure, request.id)
      : portalPage(visit, { page: errorPage(failure, { address, portal, id: request.id }), status }, writing)
  return {
    kind: 'error',
    failure: failure.code,
    fault: faultOf(failure),
    ...page,
    headers: { ...page.headers, ...FAILURE_FIELDS[failure.code] }
  }
}

/** What went wrong as a page in the client's profile; in the place of an image, a blank one. Never throws. */
export function failureAnswer(failed: Failed, failure: Failure, writing: WritingServices): Visited & WholeAnswer {
  try {
    return pageOf(failed, failure, writing)
  } catch (error) {
    const { portal, request } = failed.visit
    return { ...plainFailureAnswer(failure, portal, request.id), fault: faultText(error) }
  }
}
