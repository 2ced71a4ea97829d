import { asFailure } from './connect/failure.js'
import { isRepeatable, millisecondsLeft, type CountedRequest, type OriginAnswer } from './origin-request.js'
import { isUpstreamSilent, withScheme } from './scheme.js'
import type { Send } from './send.js'

/** Errors after which a host that was asked by http is asked by https: nothing has been sent to it yet. */
const TRY_SECURE = new Set(['CONNECTION_REFUSED', 'TIMED_OUT', 'CONNECTION_LOST', 'BAD_ANSWER'])

/**
 * A host that has been silent by http for so much of the time is asked by https as well, while it may still answer.
 * What is left is longer than an upstream proxy has for CONNECT, so that it is known which of them is silent.
 */
const SILENT_SHARE = 1 / 2

/** A response, and the address that it came from. */
export interface From {
  readonly response: OriginAnswer
  readonly url: URL
}

/** Resolves when another way is worth trying: one has failed, or is silent for too long. Rejects if none is. */
function worthAnother(first: Promise<unknown>, request: CountedRequest): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, millisecondsLeft(request) * SILENT_SHARE)
    const over = (): void => clearTimeout(timer)
    first.then(over, (error: unknown) => {
      over()
      if (!request.signal.aborted && TRY_SECURE.has(asFailure(error).code)) resolve()
      else reject(asFailure(error))
    })
  })
}

/** Asks a host by http, and by https where http does not answer: whichever answers first is what it said. */
export function createSendEither(send: Send) {
  async function sendBoth(request: CountedRequest, url: URL): Promise<From> {
    const [plainEnd, secureEnd] = [new AbortController(), new AbortController()]
    let answered = false
    const by = async (to: URL, own: AbortController, other: AbortController): Promise<From> => {
      const response = await send({ ...request, signal: AbortSignal.any([request.signal, own.signal]) }, to)
      // Both may have answered by now: the first one ends the other.
      if (!answered) other.abort()
      answered = true
      return { response, url: to }
    }
    const plain = by(url, plainEnd, secureEnd)
    const secure = worthAnother(plain, request).then(() => by(withScheme(url, 'https:'), secureEnd, plainEnd))
    // Of two errors the first is reported, unless something other than the site was silent.
    return await Promise.any([plain, secure]).catch(async () => {
      await secure.catch((error: unknown) => {
        if (isUpstreamSilent(error)) throw error
      })
      return await plain
    })
  }

  return async (request: CountedRequest, url: URL): Promise<From> =>
    url.protocol === 'http:' && isRepeatable(request)
      ? await sendBoth(request, url)
      : { response: await send(request, url), url }
}
