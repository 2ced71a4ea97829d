import type { IncomingHttpHeaders } from 'node:http'
import CachePolicy from 'http-cache-semantics'
import { boundedValue } from './header-values.js'

/** Fields that ask an origin whether it has a newer version; undefined ones are not sent. */
export interface Conditions {
  readonly 'if-none-match': string | undefined
  readonly 'if-modified-since': string | undefined
}

/** For a request that must not be conditional. */
export const NO_CONDITIONS: Conditions = { 'if-none-match': undefined, 'if-modified-since': undefined }

/** How long a kept response may be used, by the rules for shared caches (RFC 9111). */
export interface Freshness {
  /** Whether it answers a request without asking the origin. */
  answers(request: IncomingHttpHeaders): boolean
  /** The conditions for asking the origin whether it has changed. */
  conditions(request: IncomingHttpHeaders): Conditions
  /** The freshness after the origin has answered 304; undefined if the response must not be kept any longer. */
  renewed(request: IncomingHttpHeaders, headers: IncomingHttpHeaders): Freshness | undefined
}

/** Fields of a response that say how long it holds, and by what it is known again: the others are not kept with it. */
const TELLING = ['age', 'cache-control', 'date', 'etag', 'expires', 'last-modified', 'pragma', 'vary'] as const

/** What says more is not kept: it would take more room than is counted for it. Characters. */
const MOST_TELLING_CHARACTERS = 1000

/** Each field as one text. Directives in lower case, because the library takes "Private" for an unknown extension. */
function plainFields(headers: IncomingHttpHeaders): Record<string, string> {
  const fields: Record<string, string> = {}
  for (const [name, value] of Object.entries(headers))
    if (value !== undefined) fields[name] = boundedValue(Array.isArray(value) ? value.join(', ') : value)
  for (const name of ['cache-control', 'vary'])
    if (fields[name] !== undefined) fields[name] = fields[name].toLowerCase()
  return fields
}

/** What a response says of how long it holds; undefined if that is too much, or it sets a cookie, and so is one person's. */
function toldBy(headers: IncomingHttpHeaders): Record<string, string> | undefined {
  if (headers['set-cookie'] !== undefined) return undefined
  const told = plainFields(Object.fromEntries(TELLING.map(name => [name, headers[name]])))
  return Object.values(told).join('').length > MOST_TELLING_CHARACTERS ? undefined : told
}

/** The conditions of the client are about its own copy and not about ours. */
const asked = (request: IncomingHttpHeaders): { headers: Record<string, string> } => ({
  headers: plainFields({ ...request, ...NO_CONDITIONS })
})

const textOf = (value: string | string[] | undefined): string | undefined => (Array.isArray(value) ? value[0] : value)

/** Whether a request leaves it to the response how old it may be. */
const saysNothing = (request: IncomingHttpHeaders): boolean =>
  request['cache-control'] === undefined && request.pragma === undefined

/**
 * @param isForAll it does not depend on fields of the request: as long as it is fresh, the library, which copies all
 * fields to answer, is not asked again
 */
function freshnessBy(policy: CachePolicy, isForAll: boolean): Freshness | undefined {
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
  const isFresh = isForAll && policy.satisfiesWithoutRevalidation({ headers: {} })
  const freshUntil = isFresh ? Date.now() + (policy.maxAge() - policy.age()) * 1000 : 0
  return {
    answers: request =>
      (Date.now() < freshUntil && saysNothing(request)) || policy.satisfiesWithoutRevalidation(asked(request)),
    conditions,
    renewed(request, headers) {
      const told = toldBy(headers)
      if (told === undefined) return undefined
      return freshnessBy(
        policy.revalidatedPolicy(asked(request), { status: 304, headers: told }).policy,
        isForAll && headers.vary === undefined
      )
    }
  }
}

/**
 * How long the response to a GET may be kept for all who send the same request. Undefined if not at all: it is private,
 * sets a cookie, was requested with a password, is stale at once and has no validator, or says too much.
 */
export function freshnessOf(
  request: IncomingHttpHeaders,
  response: { readonly status: number; readonly headers: IncomingHttpHeaders }
): Freshness | undefined {
  const { status, headers } = response
  const told = toldBy(headers)
  if (request.authorization !== undefined || told === undefined) return undefined
  return freshnessBy(
    new CachePolicy(asked(request), { status, headers: told }, { shared: true }),
    headers.vary === undefined
  )
}
