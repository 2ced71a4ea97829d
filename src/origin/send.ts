import type { Dispatcher } from 'undici'
import { createKeyedSemaphore } from '../async/keyed-semaphore.js'
import { Failure } from '../failures.js'
import type { AskedOptions } from './connect/one-connect.js'
import { boundedHeaders } from './headers/header-values.js'
import { countOne, isRepeatable, type CountedRequest } from './origin-request.js'

/** Connections of one client to one origin at a time, as browsers keep them; further requests wait. */
const CLIENT_CONNECTIONS = 6

export interface Ask {
  readonly options: Dispatcher.RequestOptions
  readonly request: CountedRequest
  /** Time until the response begins; if not given, as long as the client takes to send the request */
  readonly seconds: number | undefined
}

/**
 * Passes a request to undici, whose own timeout for a head begins when the request has a connection: without a timeout
 * here a request would wait for a connection for ever.
 */
export async function ask(
  dispatcher: Dispatcher,
  { options, request: { signal, attempts }, seconds }: Ask
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
  const asked: AskedOptions = { ...options, signal: either, asker: { client: attempts.client, signal: either } }
  try {
    return await Promise.race([dispatcher.request(asked), gone])
  } finally {
    clearTimeout(timer)
    either.removeEventListener('abort', giveUp)
  }
}

/** Sends a request to an address, by the scheme in it, when it is its client's turn there. */
export type Send = (request: CountedRequest, url: URL) => Promise<Dispatcher.ResponseData>

/** @param responseTimeoutSeconds until a response begins, including the wait for a connection */
export function createSend(dispatcher: Dispatcher, responseTimeoutSeconds: number): Send {
  const turn = createKeyedSemaphore(CLIENT_CONNECTIONS)

  /** Holds one of the client's connections to an origin until the response is read or the visit is over. */
  async function enter(url: URL, { client, signal }: CountedRequest): Promise<(() => void) | undefined> {
    if (client === undefined) return undefined
    const late = new AbortController()
    const timer = setTimeout(() => late.abort(new Failure('TOO_MANY_AT_ONCE', url.host)), responseTimeoutSeconds * 1000)
    try {
      return await turn(`${client} ${url.origin}`, AbortSignal.any([signal, late.signal]))
    } finally {
      clearTimeout(timer)
    }
  }

  return async (request, url) => {
    countOne(request)
    const leave = await enter(url, request)
    const cookie = request.cookies.line(url)
    const headers = { ...request.headers, host: url.host, ...(cookie === '' ? {} : { cookie }) }
    const { method = 'GET', body = null, signal } = request
    const options = { method, headers, body, origin: url.origin, path: url.pathname + url.search }
    try {
      const seconds = isRepeatable(request) ? responseTimeoutSeconds : undefined
      const answered = await ask(dispatcher, { options, request, seconds })
      const response = Object.assign(answered, { headers: boundedHeaders(answered.headers) })
      if (leave !== undefined) {
        response.body.once('close', leave)
        signal.addEventListener('abort', leave, { once: true })
      }
      return response
    } catch (error) {
      leave?.()
      throw error
    }
  }
}
