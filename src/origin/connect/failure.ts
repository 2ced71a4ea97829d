import { Failure, isMistake, type FailureCode } from '../../failures.js'
import { messageOf } from '../../system-error.js'

/** Error codes of Node, OpenSSL and undici, and the failures that they mean. */
const CODES: ReadonlyArray<readonly [RegExp, FailureCode]> = [
  [/^(ENOTFOUND|ENODATA|EAI_NONAME|EAI_NODATA)$/, 'NAME_NOT_FOUND'],
  // No answer, or one that says nothing of the name: all names fail so while a line is down.
  [/^(EAI_\w+|ESERVFAIL)$/, 'NAME_SERVER_SILENT'],
  [/^(ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|EHOSTDOWN|EADDRNOTAVAIL)$/, 'CONNECTION_REFUSED'],
  [/^(ETIMEDOUT|UND_ERR_CONNECT_TIMEOUT|UND_ERR_HEADERS_TIMEOUT|UND_ERR_BODY_TIMEOUT)$/, 'TIMED_OUT'],
  [
    /^(CERT_|UNABLE_TO_)|SELF_SIGNED|^(ERR_TLS_CERT_ALTNAME_INVALID|UND_ERR_PRX_TLS|HOSTNAME_MISMATCH|INVALID_CA|UND_ERR_SECURE_PROXY_CONNECTION_FAILED)$/,
    'BAD_CERTIFICATE'
  ],
  [/^(EPROTO|ERR_SSL_\w+|ERR_TLS_\w+)$/, 'SECURE_FAILED'],
  // An invalid content coding.
  [
    /^(HPE_|Z_|ERR_\w{0,16}BROTLI|ERR__ERROR_|UND_ERR_RESPONSE)|^(UND_ERR_HEADERS_OVERFLOW|UND_ERR_RES_CONTENT_LENGTH_MISMATCH|UND_ERR_INFO|FST_REPLY_FROM_BAD_GATEWAY)$/,
    'BAD_ANSWER'
  ],
  [
    /^(ECONNRESET|EPIPE|UND_ERR_SOCKET|UND_ERR_ABORTED|ECONNABORTED|UND_ERR_DESTROYED|UND_ERR_CLOSED)$/,
    'CONNECTION_LOST'
  ],
  [/^UND_ERR_RES_EXCEEDED_MAX_SIZE$/, 'TOO_LARGE']
]

function codesOf(error: unknown): string[] {
  if (!(error instanceof Error)) return []
  const own = 'code' in error && typeof error.code === 'string' ? [error.code] : []
  const inner = error instanceof AggregateError ? error.errors : error.cause === undefined ? [] : [error.cause]
  return [...own, ...inner.flatMap(codesOf)]
}

function failureWithin(error: unknown): Failure | undefined {
  if (error instanceof Failure) return error
  return error instanceof Error && error.cause !== undefined ? failureWithin(error.cause) : undefined
}

/** Turns any error on the way to an origin into a failure, which has a sentence for the person. */
export function asFailure(error: unknown): Failure {
  const known = failureWithin(error)
  if (known !== undefined) return known
  const message = messageOf(error)
  // undici gives both the code of an aborted request.
  if (/when HTTP Tunneling|Proxy Authentication/i.test(message)) return new Failure('UPSTREAM_PROXY', message, error)
  for (const code of codesOf(error)) {
    const found = CODES.find(([pattern]) => pattern.test(code))
    if (found !== undefined) return new Failure(found[1], `${code} ${message}`, error)
  }
  // undici's parser has no code of its own for an answer that does not begin like HTTP.
  if (error instanceof Error && error.name === 'HTTPParserError') return new Failure('BAD_ANSWER', message, error)
  // The details of our own errors are of no use to the person who reads the page.
  return isMistake(error) ? new Failure('INTERNAL', '', error) : new Failure('CONNECTION_LOST', message, error)
}
