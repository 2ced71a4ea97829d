import { personalHeaders } from '../origin/answer-headers.js'
import type { OriginResponse, Visit } from './visit-state.js'

/** Who keeps the cookies of a visit: the client, the proxy, or nobody. */
export function cookieMode ({ choices, client, gateway }: Visit): 'own' | 'jar' | 'off' {
  const mode = choices.cookies ?? client.profile.cookies
  // Behind the gateway all sites are one host to the browser: it would send the cookies of each to all others.
  return mode === 'own' && gateway !== '' ? 'jar' : mode
}

/** Fields of an origin's response that are meant for this person: a client whose cookies are kept here gets none. */
export const personalOf = (visit: Visit, response: OriginResponse): Record<string, string | string[]> =>
  personalHeaders(response.headers, Date.now(), cookieMode(visit) === 'own')
