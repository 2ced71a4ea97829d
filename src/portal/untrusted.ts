import type { Failure } from '../failures.js'

/** Names of a certificate beyond so many are left out. */
const MOST_NAMES = 3

const DATE = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' })

/** The hosts that a certificate is for, as Node tells them: "DNS:one.example, DNS:two.example". */
function namesIn(detail: string): string {
  const names = [...detail.matchAll(/\bDNS:([^\s,)]{1,100})/g)].slice(0, MOST_NAMES).map(([, name]) => name)
  return names.length === 0 ? '' : `: ${names.join(', ')}`
}

/**
 * A sentence on why a certificate is not trusted; undefined for what is no such failure, or not known. A clock that is
 * wrong makes all certificates run out, so it is told what it says.
 *
 * @param now milliseconds since 1970
 */
export function untrustedBecause({ code, detail }: Failure, now: number): string | undefined {
  if (code !== 'BAD_CERTIFICATE') return undefined
  const clock = `By the clock of this proxy it is ${DATE.format(now)}.`
  if (/^CERT_HAS_EXPIRED\b/.test(detail)) return `Its certificate has run out. ${clock}`
  if (/^CERT_NOT_YET_VALID\b/.test(detail)) return `Its certificate is not valid yet. ${clock}`
  if (/^(ERR_TLS_CERT_ALTNAME_INVALID|HOSTNAME_MISMATCH)\b/.test(detail))
    return `Its certificate is for another site${namesIn(detail)}.`
  if (/^CERT_REVOKED\b/.test(detail)) return 'Its certificate was taken back.'
  return /SELF_SIGNED|^UNABLE_TO_(GET_ISSUER|VERIFY)|^INVALID_CA/.test(detail)
    ? 'Its certificate is signed by nobody whom this proxy knows.'
    : undefined
}
