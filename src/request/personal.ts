import { personalHeaders } from '../origin/headers/answer-headers.js'
import type { OriginResponse } from '../origin/origin-request.js'
import type { Visit } from './visit-state.js'

/** Who keeps the cookies of a visit: the client, the proxy, or nobody. */
export function cookieMode({ choices, client, hostContext }: Visit): 'own' | 'jar' | 'off' {
  const mode = choices.cookies ?? client.profile.cookies
  // At our own host all sites are one to the browser: it would send the cookies of each to all others.
  return mode === 'own' && hostContext !== 'site' ? 'jar' : mode
}

/**
 * A site's question for a password, as this client may get it. Behind the gateway it names the host: browsers say what
 * was said for a realm of the host that they know. At our own host they would say it to all sites.
 */
function questionFor(question: string, { hostContext }: Visit, { url }: OriginResponse): string | undefined {
  if (hostContext === 'portal') return undefined
  return hostContext === 'site'
    ? question
    : `Basic realm="${url.host}: ${/realm="([^"]*)"/i.exec(question)?.[1] ?? ''}"`
}

/** Fields of an origin's response that are meant for this person: a client whose cookies are kept here gets none. */
export function personalOf(visit: Visit, response: OriginResponse): Record<string, string | string[]> {
  const { 'www-authenticate': question, ...headers } = personalHeaders(
    response.headers,
    Date.now(),
    cookieMode(visit) === 'own'
  )
  // A client that says our password as that of a server cannot say one of the site as well: it would be asked for ever.
  const asked =
    typeof question !== 'string' || visit.passwordIsOurs ? undefined : questionFor(question, visit, response)
  return asked === undefined ? headers : { ...headers, 'www-authenticate': asked }
}
