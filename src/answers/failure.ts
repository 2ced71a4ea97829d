import type { WholeAnswer } from '../front/answer.js'
import { FAILURES, type Failure, type FailureCode } from '../failures.js'
import { writtenAddress } from '../page/addresses/address.js'
import { archiveAddress } from '../page/addresses/archive-address.js'
import { errorPage } from '../portal/error.js'
import { blankImage } from './image/image.js'
import { isInlineImage } from '../request/inline-image.js'
import { portalPage } from './own-page.js'
import { faultOf, faultText, plainFailureAnswer } from './plain-failure.js'
import { untrustedBecause } from '../portal/untrusted.js'
import { waitedFor } from '../portal/waited-for.js'
import type { WritingServices } from '../request/services.js'
import type { Visit, Visited, FetchPlan } from '../request/visit-state.js'

/**
 * Header fields that tell browsers what the page tells the person. All browsers know Basic, and no other scheme is
 * common to them.
 */
export const FAILURE_FIELDS: Partial<Record<FailureCode, Readonly<Record<string, string>>>> = {
  PROXY_PASSWORD: { 'proxy-authenticate': 'Basic realm="Retrograde"' },
  PASSWORD: { 'www-authenticate': 'Basic realm="Retrograde"' },
  TOO_MANY_REQUESTS: { 'retry-after': '60' },
  TOO_MANY_AT_ONCE: { 'retry-after': '10' },
  DAY_IS_OVER: { 'retry-after': '3600' },
  BUSY: { 'retry-after': '10' }
}

/**
 * Whether a failure asks for a password. That is asked in the place of an image too, which may be the first thing that
 * a browser requests from us.
 */
export const isQuestion = ({ code }: Failure): boolean => code === 'PROXY_PASSWORD' || code === 'PASSWORD'

/**
 * Failures after which the copy in an archive may be all that there is: of the site, not of ours or of the client's.
 */
const DEAD: ReadonlySet<FailureCode> = new Set([
  'NAME_NOT_FOUND',
  'NAME_SERVER_SILENT',
  'CONNECTION_REFUSED',
  'CONNECTION_LOST',
  'TIMED_OUT',
  'BAD_ANSWER',
  'BAD_CERTIFICATE',
  'SECURE_FAILED',
  'REDIRECT_LOOP',
  'BAD_REDIRECT'
])

/** The address of a copy of the page that failed. What a form sent has none. */
const copyOf = ({ visit, plan }: Failed, { code }: Failure): string | undefined =>
  plan !== undefined && DEAD.has(code) && visit.request.method === 'GET' ? archiveAddress(plan.url, plan) : undefined

/** A visit that failed, and what it was about to fetch, if it got that far. */
export interface Failed {
  readonly visit: Visit
  readonly plan?: FetchPlan | undefined
  /** How long it took to fail, if something was waited for */
  readonly seconds?: number
}

/** @throws Error when even the page of the failure fails */
function pageOf(failed: Failed, failure: Failure, writing: WritingServices): Visited & WholeAnswer {
  const { visit, plan, seconds = 0 } = failed
  if (isInlineImage(visit, plan) && !isQuestion(failure))
    return { ...blankImage(), failure: failure.code, fault: faultOf(failure) }
  const { portal, personKey, request } = visit
  const address = plan === undefined ? '' : writtenAddress(plan.url, { gateway: '' })
  const { title, status } = FAILURES[failure.code]
  // Not remembered as an error of the client: refusals of strangers, and our own pages, which links lead back to.
  if (address !== '' && failure.code !== 'CLIENT_REFUSED' && failure.code !== 'GATEWAY_REFUSED')
    writing.lastErrors.add(personKey, { address, title })
  const page =
    address === ''
      ? writing.errorPages.of(visit, failure, request.id)
      : portalPage(
          visit,
          {
            page: errorPage(failure, {
              address,
              copy: copyOf(failed, failure),
              more: waitedFor(failure, seconds) ?? untrustedBecause(failure, Date.now()),
              portal,
              id: request.id
            }),
            status
          },
          writing
        )
  return {
    kind: 'error',
    failure: failure.code,
    fault: faultOf(failure),
    ...page,
    headers: { ...page.headers, ...FAILURE_FIELDS[failure.code] }
  }
}

/** The failure as a page in the client's profile; in the place of an image, a blank one. Never throws. */
export function failureAnswer(failed: Failed, failure: Failure, writing: WritingServices): Visited & WholeAnswer {
  try {
    return pageOf(failed, failure, writing)
  } catch (error) {
    const { portal, request } = failed.visit
    return { ...plainFailureAnswer(failure, portal, request.id), fault: faultText(error) }
  }
}
