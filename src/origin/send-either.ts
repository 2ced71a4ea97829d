import { asFailure } from './connect/failure.js'
import { isRepeatable, type CountedRequest, type OriginAnswer } from './origin-request.js'
import { isUpstreamSilent, withScheme } from './scheme.js'
import type { Send } from './send.js'

/** Errors after which a host that was asked by http is asked by https: nothing has been sent to it yet. */
const TRY_SECURE = new Set(['CONNECTION_REFUSED', 'TIMED_OUT', 'CONNECTION_LOST', 'BAD_ANSWER'])

/** A response, and the address that it came from. */
export interface From {
  readonly response: OriginAnswer
  readonly url: URL
}

/** Sends a request to an address of http, and to the same by https where nothing answers it. */
export function createSendEither(send: Send) {
  return async (request: CountedRequest, url: URL): Promise<From> => {
    try {
      return { response: await send(request, url), url }
    } catch (error) {
      const mayBeSecure =
        url.protocol === 'http:' &&
        isRepeatable(request) &&
        !request.signal.aborted &&
        TRY_SECURE.has(asFailure(error).code)
      if (!mayBeSecure) throw error
      const secure = withScheme(url, 'https:')
      // The first error is reported, unless something other than the site was silent.
      const response = await send(request, secure).catch((other: unknown) => {
        throw isUpstreamSilent(other) ? other : error
      })
      return { response, url: secure }
    }
  }
}
