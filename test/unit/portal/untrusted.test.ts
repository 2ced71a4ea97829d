import t from 'tap'
import { Failure } from '../../../src/failures.js'
import { untrustedBecause } from '../../../src/portal/untrusted.js'

t.test('why a certificate is not trusted', t => {
  const now = Date.UTC(2031, 4, 2)
  const told = (detail: string): string | undefined => untrustedBecause(new Failure('BAD_CERTIFICATE', detail), now)
  const clock = 'By the clock of this proxy it is 2 May 2031.'
  for (const [detail, words] of [
    ['CERT_HAS_EXPIRED certificate has expired', `Its certificate has run out. ${clock}`],
    ['CERT_NOT_YET_VALID certificate is not yet valid', `Its certificate is not valid yet. ${clock}`],
    [
      "ERR_TLS_CERT_ALTNAME_INVALID Hostname/IP does not match certificate's altnames: Host: a.test. is not in the cert's altnames: DNS:b.test, DNS:*.b.test",
      'Its certificate is for another site: b.test, *.b.test.'
    ],
    ['HOSTNAME_MISMATCH', 'Its certificate is for another site.'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT self-signed certificate', /signed by nobody/],
    ['SELF_SIGNED_CERT_IN_CHAIN', /signed by nobody/],
    ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY unable to get local issuer certificate', /signed by nobody/],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', /signed by nobody/],
    ['CERT_REVOKED', 'Its certificate was taken back.']
  ] as const)
    t.match(told(detail), words, detail)
  t.equal(told('CERT_SIGNATURE_FAILURE'), undefined, 'what is not known is not said')
  t.equal(untrustedBecause(new Failure('TIMED_OUT', 'CERT_HAS_EXPIRED'), now), undefined)
  t.end()
})
