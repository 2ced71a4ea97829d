import { Failure, isMistake, type FailureCode } from '../../failures.js'

/** Codes of Node, OpenSSL and undici, and what they mean for the person. */
const CODES: ReadonlyArray<readonly [RegExp, FailureCode]> = [
  [/^(ENOTFOUND|EAI_AGAIN|ENODATA|ESERVFAIL|EAI_\w+)$/, 'NAME_NOT_FOUND'],
  [/^(ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|EHOSTDOWN|EADDRNOTAVAIL)$/, 'CONNECTION_REFUSED'],
  [/^(ETIMEDOUT|UND_ERR_CONNECT_TIMEOUT|UND_ERR_HEADERS_TIMEOUT|UND_ERR_BODY_TIMEOUT)$/, 'TIMED_OUT'],
  [
    /^(CERT_|UNABLE_TO_)|SELF_SIGNED|^(ERR_TLS_CERT_ALTNAME_INVALID|UND_ERR_PRX_TLS|HOSTNAME_MISMATCH|INVALID_CA|UND_ERR_SECURE_PROXY_CONNECTION_FAILED)$/,
    'BAD_CERTIFICATE'
  ],
  [/^(EPROTO|ERR_SSL_\w+|ERR_TLS_\w+)$/, 'SECURE_FAILED'],
  // A content coding that is none.
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

/** Any error on the way to an origin as a failure with a sentence for the person. */
export function asFailure(error: unknown): Failure {
  const known = failureWithin(error)
  if (known !== undefined) return known
  const message = error instanceof Error ? error.message : String(error)
  // undici gives both the code of a request that was given up.
  if (/when HTTP Tunneling|Proxy Authentication/i.test(message)) return new Failure('UPSTREAM_PROXY', message, error)
  for (const code of codesOf(error)) {
    const found = CODES.find(([pattern]) => pattern.test(code))
    if (found !== undefined) return new Failure(found[1], `${code} ${message}`, error)
  }
  // undici's parser has no code for what does not begin like HTTP.
  if (error instanceof Error && error.name === 'HTTPParserError') return new Failure('BAD_ANSWER', message, error)
  // Nobody who reads a page can do anything with what our own code stumbled over.
  return isMistake(error) ? new Failure('INTERNAL', '', error) : new Failure('CONNECTION_LOST', message, error)
}
