import { asFailure } from './connect/failure.js'
import {
  endable,
  isRepeatable,
  millisecondsLeft,
  type CountedRequest,
  type EndableRequest,
  type OriginAnswer
} from './origin-request.js'
import { isUpstreamSilent, withScheme } from './scheme.js'
import type { Send } from './send.js'

/** Errors after which a host that was asked by http is asked by https: nothing has been sent to it yet. */
const TRY_SECURE = new Set(['CONNECTION_REFUSED', 'TIMED_OUT', 'CONNECTION_LOST', 'BAD_ANSWER'])

/**
 * A host that has been silent by http for so much of the time is asked by https as well, while it may still answer.
 * What is left is longer than an upstream proxy has for CONNECT, so that it is known which of them is silent.
 */
const SILENT_SHARE = 1 / 2

/** Why the request by the other scheme is given up. */
const ANSWERED = new DOMException('The other scheme has answered', 'AbortError')

/** A response, and the address that it came from. */
export interface From {
  readonly response: OriginAnswer
  readonly url: URL
}

/** What came one way; undefined if another is worth trying: it has failed, or is silent for too long. */
function cameSoon<T>(first: Promise<T>, request: CountedRequest): Promise<T | undefined> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => resolve(undefined), millisecondsLeft(request) * SILENT_SHARE)
    first.then(
      came => {
        clearTimeout(timer)
        resolve(came)
      },
      (error: unknown) => {
        clearTimeout(timer)
        if (!request.signal.aborted && TRY_SECURE.has(asFailure(error).code)) resolve(undefined)
        else reject(error)
      }
    )
  })
}

/** Sends a request that can be ended by itself as long as its answer is not over. */
const sendEndable = (send: Send, request: EndableRequest, to: URL): Promise<From> =>
  send(request, to).then(
    response => {
      response.body.once('close', request.release)
      return { response, url: to }
    },
    (error: unknown) => {
      request.release()
      throw error
    }
  )

/** Asks a host by http, and by https where http does not answer: whichever answers first is what it said. */
export function createSendEither(send: Send) {
  async function sendBoth(request: CountedRequest, url: URL): Promise<From> {
    const under: EndableRequest[] = []
    let answered = false
    const by = async (to: URL): Promise<From> => {
      const own = endable(request)
      under.push(own)
      const from = await sendEndable(send, own, to)
      // Both may have answered by now: the first one ends the other.
      if (!answered) for (const other of under) if (other !== own) other.end(ANSWERED)
      answered = true
      return from
    }
    const plain = by(url)
    const soon = await cameSoon(plain, request)
    if (soon !== undefined) return soon
    const secure = by(withScheme(url, 'https:'))
    // Of two errors the first is reported, unless something other than the site was silent.
    return await Promise.any([plain, secure]).catch(async () => {
      await secure.catch((error: unknown) => {
        if (isUpstreamSilent(error)) throw error
      })
      return await plain
    })
  }

  return (request: CountedRequest, url: URL): Promise<From> =>
    url.protocol === 'http:' && isRepeatable(request)
      ? sendBoth(request, url)
      : sendEndable(send, endable(request), url)
}
