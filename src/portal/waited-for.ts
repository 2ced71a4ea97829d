import type { Failure, FailureCode } from '../failures.js'

/** What a failure that took too long was waiting for, by its code and its detail. The first that matches counts. */
const WAITS: ReadonlyArray<readonly [FailureCode, RegExp, string]> = [
  ['NAME_SERVER_SILENT', /^/, 'a name server'],
  ['TIMED_OUT', /^(ETIMEDOUT|UND_ERR_CONNECT_TIMEOUT)\b/, 'a connection to the site'],
  ['TIMED_OUT', /^UND_ERR_BODY_TIMEOUT\b|^the rest/, 'the rest of the answer'],
  ['TIMED_OUT', /^/, 'the answer of the site to begin'],
  ['UPSTREAM_SILENT', /^/, 'the other proxy'],
  ['BUSY', /^no place/, 'its turn to convert the page']
]

/**
 * A sentence on what was waited for, and for how long. A browser of the time can show nothing before the answer is
 * there, so that only the page at the end can tell. Undefined if nothing was waited for that long.
 */
export function waitedFor({ code, detail }: Failure, seconds: number): string | undefined {
  const what = WAITS.find(([waiting, pattern]) => waiting === code && pattern.test(detail))?.[2]
  const whole = Math.round(seconds)
  if (what === undefined || whole < 1) return undefined
  return `The proxy waited ${whole} second${whole === 1 ? '' : 's'} for ${what}.`
}
