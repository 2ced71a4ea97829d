import type { Dispatcher } from 'undici'
import { Failure } from '../failures.js'
import { createAttempts, type Attempts } from './attempts.js'
import { createKeyedSemaphore } from '../async/keyed-semaphore.js'
import { asFailure } from './connect/failure.js'
import { boundedHeaders } from './headers/header-values.js'
import { locationOf } from './headers/location.js'
import type { SecureHosts } from './secure-hosts.js'
import { targetKey, type Target } from './target.js'

type Headers = Record<string | symbol, unknown>
type Options = Omit<Dispatcher.RequestOptions, 'headers'> & { headers: Headers }
type Callback = (error: Error | null, data: Dispatcher.ResponseData) => void

export interface DoorOptions {
  readonly dispatcher: Dispatcher
  readonly secureHosts: SecureHosts
  readonly maxRedirects: number
  /** Until a response begins, the wait for a connection included */
  readonly responseTimeoutSeconds: number
  /** For all that one request of a client leads to */
  readonly maxConnectionsPerRequest: number
}

/**
 * The object through which @fastify/http-proxy asks: a `request` of undici's form, with the target among the headers.
 */
export interface Door {
  request(options: Options, callback: Callback): void
  /**
   * For what is to be fetched for one request of a client, empty if for ourselves: targets that share it are counted
   * together.
   */
  attempts(client: string): Attempts
  destroy(): Promise<void>
}

/** Connections of one client to one origin at a time, as browsers keep them; further requests wait. */
const CLIENT_CONNECTIONS = 6

/** Errors after which a host that was asked by http is asked by https: nothing was sent to it yet. */
const TRY_SECURE = new Set(['CONNECTION_REFUSED', 'TIMED_OUT', 'CONNECTION_LOST', 'BAD_ANSWER'])

/**
 * A host that has not answered the question for its scheme by then is asked by http: a form waits for it. A little more
 * than an upstream proxy has for CONNECT (connectTimeoutSeconds), so that who is silent is known by then. Seconds.
 */
const PROBE_SECONDS = 11

const isUpstreamSilent = (error: unknown): boolean => asFailure(error).code === 'UPSTREAM_SILENT'

const withScheme = (url: URL, protocol: string): URL => {
  const other = new URL(url.href)
  other.protocol = protocol
  return other
}

const isRepeatable = (options: Options): boolean => options.method === 'GET' || options.method === 'HEAD'
const hasOwnPort = (url: URL): boolean => url.port !== ''
const sameButScheme = (a: URL, b: URL): boolean =>
  a.host === b.host && a.pathname === b.pathname && a.search === b.search

// undici gives a field that came once as a text, whatever its type says.
const cookiesOf = (response: Dispatcher.ResponseData): string[] => [response.headers['set-cookie'] ?? []].flat()

/** @throws Failure when the request has had its connections */
const count = ({ attempts, traffic }: Target): void => {
  attempts.take()
  if (traffic !== undefined) traffic.requests++
}

/** The last response of a way that the client does not see, with the cookies of the others. */
const withCookies = (response: Dispatcher.ResponseData, cookies: string[]): Dispatcher.ResponseData =>
  Object.assign(response, { headers: { ...response.headers, 'set-cookie': cookies } })

/**
 * The door to the origins. An address typed as http:// is opened by https where the host wants it: redirects to the
 * same address by the other scheme, and with a new cookie to the very same address, are followed here; all others are
 * the client's.
 */
export function createDoor({
  dispatcher,
  secureHosts,
  maxRedirects,
  responseTimeoutSeconds,
  maxConnectionsPerRequest
}: DoorOptions): Door {
  const turn = createKeyedSemaphore(CLIENT_CONNECTIONS)

  /** A place among the client's connections to an origin, until the response is read or the visit is over. */
  async function enter(url: URL, { client, signal }: Target): Promise<(() => void) | undefined> {
    if (client === undefined) return undefined
    const late = new AbortController()
    const timer = setTimeout(() => late.abort(new Failure('TOO_MANY_AT_ONCE', url.host)), responseTimeoutSeconds * 1000)
    try {
      return await turn(`${client} ${url.origin}`, AbortSignal.any([signal, late.signal]))
    } finally {
      clearTimeout(timer)
    }
  }

  /**
   * undici's own time for a head begins when a request has a connection: one that waits for it would wait for ever.
   * @param seconds until it begins; without, as long as its client needs to send it
   */
  async function ask(
    options: Dispatcher.RequestOptions,
    signal: AbortSignal,
    seconds: number | undefined
  ): Promise<Dispatcher.ResponseData> {
    const late = new AbortController()
    const either = AbortSignal.any([signal, late.signal])
    const timer =
      seconds === undefined
        ? undefined
        : setTimeout(() => late.abort(new Failure('TIMED_OUT', 'until its answer began')), seconds * 1000)
    let giveUp = (): void => {}
    const gone = new Promise<never>((_resolve, reject) => {
      giveUp = () => reject(either.reason)
    })
    either.addEventListener('abort', giveUp)
    try {
      return await Promise.race([dispatcher.request({ ...options, signal: either }), gone])
    } finally {
      clearTimeout(timer)
      either.removeEventListener('abort', giveUp)
    }
  }

  async function send(options: Options, url: URL, target: Target): Promise<Dispatcher.ResponseData> {
    count(target)
    const leave = await enter(url, target)
    const cookie = target.cookies.line(url)
    const headers = { ...options.headers, host: url.host, ...(cookie === '' ? {} : { cookie }) } as Record<
      string,
      string
    >
    try {
      const answered = await ask(
        { ...options, headers, origin: url.origin, path: url.pathname + url.search },
        target.signal,
        isRepeatable(options) ? responseTimeoutSeconds : undefined
      )
      const response = Object.assign(answered, { headers: boundedHeaders(answered.headers) })
      if (leave !== undefined) {
        response.body.once('close', leave)
        target.signal.addEventListener('abort', leave, { once: true })
      }
      return response
    } catch (error) {
      leave?.()
      throw error
    }
  }

  /**
   * A form goes to the scheme that the host speaks, found out by a request that carries nothing: it is sent only once.
   */
  async function probe(url: URL, target: Target): Promise<URL> {
    const secure = withScheme(url, 'https:')
    count(target)
    try {
      const response = await ask(
        { method: 'HEAD', origin: secure.origin, path: '/', headers: { [targetKey]: target } as never },
        target.signal,
        Math.min(PROBE_SECONDS, responseTimeoutSeconds)
      )
      await response.body.dump()
      secureHosts.learn(secure.host)
      return secure
    } catch (error) {
      if (asFailure(error).code === 'BAD_CERTIFICATE' || isUpstreamSilent(error)) throw error
      return url
    }
  }

  async function begin(options: Options, target: Target): Promise<URL> {
    const { url } = target
    if (url.protocol === 'https:' || hasOwnPort(url)) return url
    if (secureHosts.knows(url.host)) return withScheme(url, 'https:')
    return isRepeatable(options) ? url : await probe(url, target)
  }

  async function sendEither(options: Options, url: URL, target: Target): Promise<Dispatcher.ResponseData> {
    try {
      return await send(options, url, target)
    } catch (error) {
      const mayBeSecure =
        url.protocol === 'http:' &&
        isRepeatable(options) &&
        !target.signal.aborted &&
        TRY_SECURE.has(asFailure(error).code)
      if (!mayBeSecure) throw error
      const secure = withScheme(url, 'https:')
      // The first is what is told, unless it was not the site that was silent.
      const response = await send(options, secure, target).catch((other: unknown) => {
        throw isUpstreamSilent(other) ? other : error
      })
      target.fetched = secure
      return response
    }
  }

  function learn(url: URL): void {
    if (url.protocol === 'https:' && !hasOwnPort(url)) secureHosts.learn(url.host)
  }

  async function follow(options: Options, target: Target): Promise<Dispatcher.ResponseData> {
    target.fetched = await begin(options, target)
    const onTheWay: string[] = []
    for (let redirects = 0; ; redirects++) {
      const response = await sendEither(options, target.fetched, target)
      learn(target.fetched)
      const set = cookiesOf(response)
      const changed = set.length > 0 && target.cookies.keep(target.fetched, set)
      const next = locationOf(response.statusCode, response.headers.location, target.fetched)
      if (
        next === undefined ||
        !isRepeatable(options) ||
        !sameButScheme(next, target.fetched) ||
        !/^https?:$/.test(next.protocol)
      )
        return onTheWay.length === 0 ? response : withCookies(response, [...onTheWay, ...set])
      await response.body.dump()
      if (redirects >= maxRedirects || (next.protocol === target.fetched.protocol && !changed))
        throw new Failure('REDIRECT_LOOP', next.href)
      onTheWay.push(...set)
      target.fetched = next
    }
  }

  return {
    request(options, callback) {
      const target = options.headers[targetKey] as Target | undefined
      if (target === undefined)
        return void callback(new Failure('INTERNAL', 'a request without a target'), undefined as never)
      follow(options, target).then(
        response => callback(null, response),
        (error: unknown) => callback(asFailure(error), undefined as never)
      )
    },
    attempts: client => createAttempts(maxConnectionsPerRequest, client),
    destroy: () => dispatcher.destroy()
  }
}
