import type { IncomingHttpHeaders } from 'node:http'
import CachePolicy from 'http-cache-semantics'
import { boundedValue } from './header-values.js'

/** Fields that ask an origin whether it has something newer; one that is undefined is not sent. */
export interface Conditions {
  readonly 'if-none-match': string | undefined
  readonly 'if-modified-since': string | undefined
}

/** For a request that must not be conditional. */
export const NO_CONDITIONS: Conditions = { 'if-none-match': undefined, 'if-modified-since': undefined }

/** How long a kept response holds, by the rules for shared caches (RFC 9111). */
export interface Freshness {
  /** Whether it answers a request without asking the origin. */
  answers(request: IncomingHttpHeaders): boolean
  /** What asks the origin whether it still holds. */
  conditions(request: IncomingHttpHeaders): Conditions
  /** The same after the origin has said 304; undefined: it must not be kept any longer. */
  renewed(request: IncomingHttpHeaders, headers: IncomingHttpHeaders): Freshness | undefined
}

/**
 * Each field as one text. Directives in small letters: the library takes "Private" for an extension that it does not
 * know.
 */
function plainFields(headers: IncomingHttpHeaders): Record<string, string> {
  const fields: Record<string, string> = {}
  for (const [name, value] of Object.entries(headers))
    if (value !== undefined) fields[name] = boundedValue(Array.isArray(value) ? value.join(', ') : value)
  for (const name of ['cache-control', 'vary'])
    if (fields[name] !== undefined) fields[name] = fields[name].toLowerCase()
  return fields
}

/** What the client's own copy is has nothing to do with ours. */
const asked = (request: IncomingHttpHeaders): { headers: Record<string, string> } => ({
  headers: plainFields({ ...request, ...NO_CONDITIONS })
})

const textOf = (value: string | string[] | undefined): string | undefined => (Array.isArray(value) ? value[0] : value)

function freshnessBy(policy: CachePolicy): Freshness | undefined {
  const hasConditions = (request: IncomingHttpHeaders): boolean =>
    Object.values(conditions(request)).some(value => value !== undefined)
  function conditions(request: IncomingHttpHeaders): Conditions {
    const fields = policy.revalidationHeaders(asked(request))
    return {
      'if-none-match': textOf(fields['if-none-match']),
      'if-modified-since': textOf(fields['if-modified-since'])
    }
  }
  if (!policy.storable() || (policy.stale() && !hasConditions({}))) return undefined
  return {
    answers: request => policy.satisfiesWithoutRevalidation(asked(request)),
    conditions,
    renewed(request, headers) {
      if (headers['set-cookie'] !== undefined) return undefined
      return freshnessBy(
        policy.revalidatedPolicy(asked(request), { status: 304, headers: plainFields(headers) }).policy
      )
    }
  }
}

/**
 * How long the response to a GET may be kept for everybody who asks the same; undefined if not at all: it is private,
 * it sets a cookie, it was asked for with a password, or it is stale at once and nothing can tell whether it has
 * changed.
 */
export function freshnessOf(
  request: IncomingHttpHeaders,
  response: { readonly status: number; readonly headers: IncomingHttpHeaders }
): Freshness | undefined {
  if (response.headers['set-cookie'] !== undefined || request.authorization !== undefined) return undefined
  return freshnessBy(
    new CachePolicy(
      asked(request),
      { status: response.status, headers: plainFields(response.headers) },
      { shared: true }
    )
  )
}
