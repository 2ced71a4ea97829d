import type { Conditions } from '../origin/headers/freshness.js'
import { requestHeaders } from '../origin/headers/request-headers.js'
import type { OriginRequest } from '../origin/origin-request.js'
import { quotaKeyOf } from '../guard/quotas.js'
import { cookiesOnward } from './cookies.js'
import { isInlineImage } from './inline-image.js'
import { realReferer } from './referer.js'
import type { Services } from './services.js'
import type { Asked } from './visit-state.js'

/**
 * The request to an origin for that of a client, in the form in which a browser of today would send it.
 * @param conditions of our own, which replace the client's
 */
export function originRequest(
  { visit, plan, cookies }: Asked,
  conditions: Conditions | undefined,
  { addresses, origin }: Pick<Services, 'addresses' | 'origin'>
): OriginRequest {
  const { request, portal, gateway, hostContext, passwordIsOurs } = visit
  const { method, headers, signal } = request
  // A client that does not know that we are a proxy sends our password in this field: it must not go on. Nor does a
  // password that was sent to our own host, because the browser sends it for the pages of all sites there.
  const typed = passwordIsOurs || hostContext === 'portal' ? undefined : headers.authorization
  // What the person has typed since is newer than what stands in the address.
  const authorization = typed ?? plan.authorization
  const referer = realReferer(headers.referer, portal, addresses.shortAddresses)
  const said = Object.assign({}, headers, { referer, authorization }, conditions)
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
    follows: isInlineImage(visit, plan),
    onward: cookiesOnward(visit, plan, { addresses, origin }),
    cookies,
    form: request.form
  }
}
