import { createAskEither, type AskEitherOptions } from './ask.js'
import { createKeyedSemaphore } from '../async/keyed-semaphore.js'
import { Failure } from '../failures.js'
import { boundedHeaders } from './headers/header-values.js'
import { countOne, millisecondsLeft, type EndableRequest, type OriginAnswer } from './origin-request.js'
import { createEndingWithin } from '../async/signal.js'

/** Connections of one client to one origin at a time, as browsers keep them; further requests wait. */
const CLIENT_CONNECTIONS = 6

/** Sends a request to an address, by the scheme that it names, when it is its client's turn there. */
export type Send = (request: EndableRequest, url: URL) => Promise<OriginAnswer>

export function createSend(given: AskEitherOptions): Send {
  const ask = createAskEither(given)
  const turn = createKeyedSemaphore(CLIENT_CONNECTIONS)

  async function waitForTurn(key: string, url: URL, request: EndableRequest): Promise<() => void> {
    const { signal } = request
    const late = (): Failure => new Failure('TOO_MANY_AT_ONCE', url.host)
    const limit = createEndingWithin(signal, millisecondsLeft(request), late)
    try {
      return await turn.wait(key, limit.signal)
    } finally {
      limit.release()
    }
  }

  /** Holds one of the client's connections to an origin until the response is read or the visit is over. */
  function enter(url: URL, request: EndableRequest): (() => void) | Promise<() => void> | undefined {
    const { client, signal } = request
    if (client === undefined) return undefined
    signal.throwIfAborted()
    const key = `${client} ${url.origin}`
    return turn.now(key) ?? waitForTurn(key, url, request)
  }

  return async (request, url) => {
    countOne(request)
    const entered = enter(url, request)
    const leave = entered instanceof Promise ? await entered : entered
    const cookie = request.cookies.line(url)
    const headers = Object.assign({}, request.headers, { host: url.host }, cookie === '' ? undefined : { cookie })
    const { method = 'GET', body = null, signal } = request
    const options = { method, headers, body, origin: url.origin, path: url.pathname + url.search }
    try {
      const answered = await ask({ request, url, options })
      const { statusCode } = answered
      const response = Object.assign(answered, {
        headers: boundedHeaders(answered.headers),
        // RFC 9110 15: what is no status counts as an error of the server.
        statusCode: statusCode > 599 ? 500 : statusCode
      })
      if (leave !== undefined) {
        signal.addEventListener('abort', leave, { once: true })
        response.body.once('close', () => {
          signal.removeEventListener('abort', leave)
          leave()
        })
      }
      return response
    } catch (error) {
      leave?.()
      throw error
    }
  }
}
