import { jarKeeper, NO_COOKIES, ownKeeper, type CookieKeeper } from '../origin/cookies/cookie-keeper.js'
import { siteOf } from '../origin/cookies/site-cookies.js'
import { isInlineImage } from './inline-image.js'
import { cookieMode } from './personal.js'
import { pageBefore } from './referer.js'
import type { Services } from './services.js'
import type { Visit, FetchPlan } from './visit-state.js'

type CookieServices = Pick<Services, 'addresses' | 'origin'>

/** The cookies that are kept here for a person, as far as a request to an address may send and set them. */
function jarFor(
  visit: Visit,
  { plan, url }: { readonly plan: FetchPlan; readonly url: URL },
  { addresses, origin: { jars } }: CookieServices
): CookieKeeper {
  const { request } = visit
  const before = pageBefore(visit, addresses)
  const sameSite = before?.url !== undefined && siteOf(before.url) === siteOf(url)
  const isPart = isInlineImage(visit, plan) || /\.css$/i.test(plan.url.pathname)
  if (isPart && before !== undefined && !sameSite) return NO_COOKIES
  const context =
    before === undefined || sameSite ? 'strict' : request.method === 'GET' || request.method === 'HEAD' ? 'lax' : 'none'
  return jarKeeper(jars, visit.personKey, { keep: !isPart || sameSite, context })
}

/**
 * The cookies of a visit. A page is visited for its own sake, so it may set cookies. An image or a style sheet may only
 * do so if a page of its own site requests it; one that another site's page requests gets no cookies at all.
 */
export function cookiesFor(visit: Visit, plan: FetchPlan, services: CookieServices): CookieKeeper {
  const mode = cookieMode(visit)
  if (mode === 'own') return ownKeeper(visit.request.headers.cookie ?? '')
  return mode === 'off' ? NO_COOKIES : jarFor(visit, { plan, url: plan.url }, services)
}

/** The cookies for another host that a request is sent on to: those that a client has sent are not for that one. */
export const cookiesOnward =
  (visit: Visit, plan: FetchPlan, services: CookieServices) =>
  (url: URL): CookieKeeper =>
    cookieMode(visit) === 'jar' ? jarFor(visit, { plan, url }, services) : NO_COOKIES
