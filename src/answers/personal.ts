import { personalHeaders } from '../origin/answer-headers.js'
import type { OriginResponse, Visit } from './visit-state.js'

/** Who keeps the cookies of a visit: the client, the proxy, or nobody. */
export function cookieMode ({ choices, client, gateway }: Visit): 'own' | 'jar' | 'off' {
  const mode = choices.cookies ?? client.profile.cookies
  // Behind the gateway all sites are one host to the browser: it would send the cookies of each to all others.
  return mode === 'own' && gateway !== '' ? 'jar' : mode
}

/** Fields of an origin's response that are meant for this person: a client whose cookies are kept here gets none. */
export function personalOf (visit: Visit, response: OriginResponse): Record<string, string | string[]> {
  const { 'www-authenticate': question, ...headers } = personalHeaders(response.headers, Date.now(), cookieMode(visit) === 'own')
  // A client that says our password as that of a server cannot say one of the site as well: it would be asked for ever.
  return question === undefined || (visit.stages.access.hasUsers && !visit.request.asProxy) ? headers : { ...headers, 'www-authenticate': question }
}

/**
 * The page of a site that a request came from, and its address as the client knows it, encoded; undefined if the browser does not
 * say, or if it is one of our own.
 */
export function pageBefore ({ request, gateway, portal }: Visit): { readonly url: URL, readonly shown: string } | undefined {
  const shown = request.headers.referer ?? ''
  const real = gateway !== '' && shown.startsWith(gateway) ? shown.slice(gateway.length) : shown
  return real.startsWith(`${portal}/`) || !URL.canParse(real) ? undefined : { url: new URL(real), shown: new URL(shown).href }
}
