import { jarKeeper, NO_COOKIES, ownKeeper, type CookieKeeper } from '../origin/cookies/cookie-keeper.js'
import { siteOf } from '../origin/cookies/site-cookies.js'
import { isInlineImage } from './inline-image.js'
import { cookieMode } from './personal.js'
import { pageBefore } from './referer.js'
import type { Services } from './services.js'
import type { Visit, FetchPlan } from './visit-state.js'

/**
 * The cookies of a visit. A page is visited for its own sake, so it may set cookies. An image or a style sheet may only
 * do so if a page of its own site requests it; one that another site's page requests gets no cookies at all.
 */
export function cookiesFor(
  visit: Visit,
  plan: FetchPlan,
  { addresses, origin: { jars } }: Pick<Services, 'addresses' | 'origin'>
): CookieKeeper {
  const { request } = visit
  const mode = cookieMode(visit)
  if (mode === 'own') return ownKeeper(request.headers.cookie ?? '')
  if (mode === 'off') return NO_COOKIES
  const before = pageBefore(visit, addresses)
  const sameSite = before?.url !== undefined && siteOf(before.url) === siteOf(plan.url)
  const isPart = isInlineImage(visit, plan) || /\.css$/i.test(plan.url.pathname)
  if (isPart && before !== undefined && !sameSite) return NO_COOKIES
  const context =
    before === undefined || sameSite ? 'strict' : request.method === 'GET' || request.method === 'HEAD' ? 'lax' : 'none'
  return jarKeeper(jars, visit.personKey, { keep: !isPart || sameSite, context })
}
