import { Failure } from '../failures.js'
import { challengesOf, isBasic } from '../origin/headers/challenges.js'
import { personalHeaders } from '../origin/headers/answer-headers.js'
import { bareType } from '../page/read/document-kind.js'
import type { OriginResponse } from '../origin/origin-request.js'
import type { Fetched, Visit } from './visit-state.js'

/** Who keeps the cookies of a visit: the client, the proxy, or nobody. */
export function cookieMode({ choices, client, hostContext }: Visit): 'own' | 'jar' | 'off' {
  const mode = choices.cookies ?? client.profile.cookies
  // To the browser all sites at our own host are one: it would send the cookies of each to all others.
  return mode === 'own' && hostContext !== 'site' ? 'jar' : mode
}

/**
 * Whether a client can send a site a password. At our own host it would send it to all sites; and one that sends ours in
 * Authorization has no room for another, and would be asked for ever.
 */
export const canAskPassword = ({ hostContext, passwordIsOurs }: Visit): boolean =>
  hostContext !== 'portal' && !passwordIsOurs

/**
 * A site's request for a password, in the form that this client may get. Behind the gateway the realm gets the name of
 * the site, because browsers resend a password for a realm that they know from the same host.
 */
function questionFor(question: string, { hostContext }: Visit, { url }: OriginResponse): string {
  return hostContext === 'site'
    ? question
    : `Basic realm="${url.host}: ${/realm="([^"]*)"/i.exec(question)?.[1] ?? ''}"`
}

/**
 * Header fields of an origin's response that are meant for this person only; a client whose cookies are kept here gets
 * no Set-Cookie.
 */
export function personalOf(visit: Visit, response: OriginResponse): Record<string, string | string[]> {
  const { 'www-authenticate': question, ...headers } = personalHeaders(
    response.headers,
    { host: response.url.hostname, now: Date.now() },
    cookieMode(visit) === 'own'
  )
  const asked =
    typeof question === 'string' && canAskPassword(visit) ? questionFor(question, visit, response) : undefined
  return asked === undefined ? headers : { ...headers, 'www-authenticate': asked }
}

/** What browsers of today ask a name and a password for; pages with other schemes are shown as they come. */
const ASKED_FOR = new Set(['digest', 'ntlm', 'negotiate'])

/**
 * Why nobody is asked for the name and the password that a site wants; undefined if the browser asks, or the site
 * explains it itself.
 */
export function unaskedPassword({
  visit,
  response: { status, headers }
}: Pick<Fetched, 'visit' | 'response'>): Failure | undefined {
  if (status !== 401) return undefined
  const challenges = challengesOf(headers['www-authenticate'])
  if (challenges.length === 0) return undefined
  if (challenges.some(isBasic)) return canAskPassword(visit) ? undefined : new Failure('LOGIN_NOT_HERE')
  const isPage = bareType(headers['content-type'] ?? 'text/html') === 'text/html'
  if (isPage && !challenges.some(({ scheme }) => ASKED_FOR.has(scheme))) return undefined
  return new Failure('LOGIN_UNKNOWN', challenges.map(({ scheme }) => scheme).join(', '))
}
