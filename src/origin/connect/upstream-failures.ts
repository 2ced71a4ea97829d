import type { buildConnector, Dispatcher } from 'undici'
import { Failure, type FailureCode } from '../../failures.js'
import { asFailure } from './failure.js'
import { PassedOn } from './passed-on.js'

/**
 * Errors of a connection to a proxy. A timeout before it was open is distinguished; any other timeout may be the
 * site's.
 */
const OF_THE_PROXY: ReadonlySet<FailureCode> = new Set([
  'CONNECTION_REFUSED',
  'CONNECTION_LOST',
  'NAME_NOT_FOUND',
  'NAME_SERVER_SILENT',
  'BAD_CERTIFICATE',
  'SECURE_FAILED'
])

/** An answer that is not HTTP comes from the proxy; a head that is too long may be the site's. */
const isGarbage = (error: unknown): boolean => error instanceof Error && error.name === 'HTTPParserError'

const isUnreached = (failure: Failure): boolean =>
  failure.code === 'TIMED_OUT' && /^(ETIMEDOUT|UND_ERR_CONNECT_TIMEOUT)\b/.test(failure.detail)

/** An error of the connection to an upstream proxy, before it has answered. */
export function upstreamFailure(error: unknown): Failure {
  const failure = asFailure(error)
  if (isUnreached(failure)) return new Failure('UPSTREAM_SILENT', failure.detail, error)
  return OF_THE_PROXY.has(failure.code) || isGarbage(error)
    ? new Failure('UPSTREAM_PROXY', failure.detail, error)
    : failure
}

/** What is told about an exchange with an upstream proxy. */
class WithProxy extends PassedOn {
  #begun = false
  #timer: NodeJS.Timeout | undefined

  /** @param milliseconds to answer CONNECT; undefined if that was not asked */
  constructor(
    handler: Dispatcher.DispatchHandler,
    private readonly milliseconds: number | undefined
  ) {
    super(handler)
  }

  override onRequestStart(...given: Parameters<PassedOn['onRequestStart']>): void {
    const giveUp = (): void => given[0].abort(new Failure('UPSTREAM_SILENT', 'CONNECT'))
    if (this.milliseconds !== undefined) this.#timer = setTimeout(giveUp, this.milliseconds)
    super.onRequestStart(...given)
  }

  override onRequestUpgrade(...given: Parameters<PassedOn['onRequestUpgrade']>): void {
    clearTimeout(this.#timer)
    super.onRequestUpgrade(...given)
  }

  override onResponseStart(...given: Parameters<PassedOn['onResponseStart']>): void {
    this.#begun = true
    super.onResponseStart(...given)
  }

  override onResponseError(controller: Dispatcher.DispatchController, error: Error): void {
    clearTimeout(this.#timer)
    super.onResponseError(controller, this.#begun ? error : upstreamFailure(error))
  }
}

/**
 * Decides, for a request that the proxy itself handles (CONNECT, an http address), whether the proxy or the site is to
 * blame for a missing answer. Requests within a tunnel are the site's. CONNECT is answered as soon as the site is
 * reached or cannot be: a proxy that stays silent for longer than that takes is itself the silent one.
 * @param seconds to reach a site
 */
export const upstreamFailures =
  (seconds: number): Dispatcher.DispatcherComposeInterceptor =>
  dispatch =>
  (options, handler) => {
    const isConnect = options.method === 'CONNECT'
    if (String(options.origin).startsWith('https:') && !isConnect) return dispatch(options, handler)
    return dispatch(options, new WithProxy(handler, isConnect ? seconds * 1000 : undefined))
  }

/**
 * A connector whose errors are failures, which undici treats as final: those of CONNECT are attributed to the proxy
 * already, the others come from TLS with a site.
 */
export const tunnelled =
  (connect: buildConnector.connector): buildConnector.connector =>
  (options, callback) => {
    connect(options, (...[error, socket]) => {
      if (error === null) callback(null, socket)
      else callback(asFailure(error), null)
    })
  }
