import type { Conditions } from '../origin/headers/freshness.js'
import { requestHeaders } from '../origin/headers/request-headers.js'
import type { OriginRequest } from '../origin/origin-request.js'
import { quotaKeyOf } from '../guard/quotas.js'
import { realReferer } from './referer.js'
import type { Services } from './services.js'
import type { Asked } from './visit-state.js'

/**
 * The request of a client as its origin is asked: for the address that is meant, as a browser of today says it.
 * @param conditions of our own instead of the client's
 */
export function originRequest(
  { visit, plan, cookies }: Asked,
  conditions: Conditions | undefined,
  { addresses, origin }: Pick<Services, 'addresses' | 'origin'>
): OriginRequest {
  const { request, portal, gateway, hostContext, passwordIsOurs } = visit
  const { method, headers, signal } = request
  // Who does not know that we are a proxy says our password in this field: it stays here. So does what is said to our
  // own host, where it is meant for one site and would go to all.
  const authorization = passwordIsOurs || hostContext === 'portal' ? undefined : headers.authorization
  const referer = realReferer(headers.referer, portal, addresses.shortAddresses)
  const said = { ...headers, referer, authorization, ...conditions }
  const userAgent = plan.site?.userAgent
  return {
    url: plan.url,
    method,
    headers: {
      ...requestHeaders(said, { method, target: plan.url, gateway, isOwn: origin.isOwnHost }),
      ...(userAgent === undefined ? {} : { 'user-agent': userAgent })
    },
    signal,
    client: quotaKeyOf(request),
    cookies
  }
}
