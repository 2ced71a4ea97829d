import { personalHeaders } from '../origin/headers/answer-headers.js'
import type { OriginResponse } from '../origin/origin-request.js'
import type { Visit } from './visit-state.js'

/** Who keeps the cookies of a visit: the client, the proxy, or nobody. */
export function cookieMode({ choices, client, hostContext }: Visit): 'own' | 'jar' | 'off' {
  const mode = choices.cookies ?? client.profile.cookies
  // To the browser all sites at our own host are one: it would send the cookies of each to all others.
  return mode === 'own' && hostContext !== 'site' ? 'jar' : mode
}

/**
 * A site's request for a password, in the form that this client may get. Behind the gateway the realm gets the name of
 * the site, because browsers resend a password for a realm that they know from the same host. At our own host they
 * would send it to all sites.
 */
function questionFor(question: string, { hostContext }: Visit, { url }: OriginResponse): string | undefined {
  if (hostContext === 'portal') return undefined
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
  // A client that sends our password in Authorization cannot send one for the site as well: it would be asked for ever.
  const asked =
    typeof question !== 'string' || visit.passwordIsOurs ? undefined : questionFor(question, visit, response)
  return asked === undefined ? headers : { ...headers, 'www-authenticate': asked }
}
