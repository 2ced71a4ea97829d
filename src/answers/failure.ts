import type { WholeAnswer } from '../front/answer.js'
import { FAILURES, type Failure, type FailureCode } from '../failures.js'
import { writtenAddress } from '../page/addresses/address.js'
import { errorPage } from '../portal/error.js'
import { blankImage } from './image/image.js'
import { isInlineImage } from '../request/inline-image.js'
import { portalPage } from './portal.js'
import { faultOf, faultText, plainFailureAnswer } from './plain-failure.js'
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

/** @throws Error when even the page of the failure fails */
function pageOf(visit: Visit, plan: FetchPlan | undefined, failure: Failure): Visited & WholeAnswer {
  if (isInlineImage(visit, plan) && !isQuestion(failure))
    return { ...blankImage(), failure: failure.code, fault: faultOf(failure) }
  const address = plan === undefined ? '' : writtenAddress(plan.url, { gateway: '' })
  // What is only refused to a stranger is nobody's own error; our own pages are found again by their links.
  if (address !== '' && failure.code !== 'CLIENT_REFUSED' && failure.code !== 'GATEWAY_REFUSED')
    visit.services.lastErrors.add(visit.personKey, { address, title: FAILURES[failure.code].title })
  const page =
    address === ''
      ? visit.services.errorPages.of(visit, failure, visit.request.id)
      : portalPage(visit, errorPage(failure, address, visit.portal, visit.request.id), FAILURES[failure.code].status)
  return {
    kind: 'error',
    failure: failure.code,
    fault: faultOf(failure),
    ...page,
    headers: { ...page.headers, ...FAILURE_FIELDS[failure.code] }
  }
}

/** What went wrong as a page in the client's profile; in the place of an image, a blank one. Never throws. */
export function failureAnswer(visit: Visit, plan: FetchPlan | undefined, failure: Failure): Visited & WholeAnswer {
  try {
    return pageOf(visit, plan, failure)
  } catch (error) {
    return { ...plainFailureAnswer(failure, visit.portal, visit.request.id), fault: faultText(error) }
  }
}
