import { Readable } from 'node:stream'
import type { Dispatcher } from 'undici'
import { Failure } from '../failures.js'
import { firstByte } from './body/first-byte.js'
import type { AskedOptions, ConnectionAsker } from './connect/one-connect.js'
import { MOST_HINTS, tooManyHints } from './connect/few-hints.js'
import { isStale, onKept } from './connect/stale.js'
import type { AskLeniently } from './lenient/ask-leniently.js'
import { countOne, isRepeatable, millisecondsLeft, type EndableRequest, type RawAnswer } from './origin-request.js'
import type { Signal } from '../async/signal.js'

/**
 * Does what has a limit of time until an answer begins; the signal that it is given ends it.
 * @throws Failure TIMED_OUT; the reason of the request's own signal
 */
export function withinTime<T>(
  { signal, end }: EndableRequest,
  milliseconds: number | undefined,
  work: (signal: Signal) => Promise<T>
): Promise<T> {
  const timer =
    milliseconds === undefined
      ? undefined
      : setTimeout(() => end(new Failure('TIMED_OUT', 'until its answer began')), milliseconds)
  return new Promise<T>((resolve, reject) => {
    const over = (): void => {
      clearTimeout(timer)
      signal.removeEventListener('abort', giveUp)
    }
    const giveUp = (): void => {
      over()
      reject(signal.reason)
    }
    signal.addEventListener('abort', giveUp)
    if (signal.aborted) giveUp()
    work(signal).then(
      result => {
        over()
        resolve(result)
      },
      (error: unknown) => {
        over()
        reject(error)
      }
    )
  })
}

export interface Ask {
  readonly options: Dispatcher.RequestOptions
  readonly request: EndableRequest
  /** Time until the response begins; if not given, as long as the client takes to send the request */
  readonly milliseconds: number | undefined
}

/**
 * Passes a request to undici, whose own timeout for a head begins when the request has a connection: without a timeout
 * here a request would wait for a connection for ever.
 */
export const ask = (
  dispatcher: Dispatcher,
  { options, request, milliseconds }: Ask
): Promise<Dispatcher.ResponseData> =>
  withinTime(request, milliseconds, signal => {
    let hints = 0
    const asker: ConnectionAsker = { client: request.attempts.client, signal }
    const onInfo = (): void => {
      if (++hints > MOST_HINTS) request.end(tooManyHints())
    }
    const asked: AskedOptions = Object.assign({}, options, { signal, asker, onInfo })
    return dispatcher.request(asked).catch((error: unknown) => {
      throw hints > 0 || asker.isOpened === true ? error : onKept(error)
    })
  })

/** Whether undici's parser has refused an answer that others may read; it calls an unasked 100 a bad response. */
function isRefused(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const code = 'code' in error ? String(error.code) : ''
  if (error.name === 'HTTPParserError' || error.message === 'bad response') return code !== 'HPE_HEADER_OVERFLOW'
  return /^(HPE_|UND_ERR_RES_CONTENT_LENGTH_MISMATCH$)/.test(code) || isRefused(error.cause)
}

export interface AskEitherOptions {
  readonly dispatcher: Dispatcher
  readonly askLeniently: AskLeniently
}

/** A request to one address, as undici takes it. */
export interface Asked {
  readonly request: EndableRequest
  readonly url: URL
  readonly options: Omit<Dispatcher.RequestOptions, 'headers'> & { readonly headers: Readonly<Record<string, string>> }
}

/**
 * Asks by undici, and once more, leniently and on a connection of its own, for what its parser refuses and for what was
 * lost on a connection that its other side had closed.
 */
export function createAskEither({ dispatcher, askLeniently }: AskEitherOptions) {
  function askStrictly({ request, options }: Asked): Promise<RawAnswer> {
    const left = millisecondsLeft(request)
    return isRepeatable(request)
      ? ask(dispatcher, { options, request, milliseconds: left })
      : // undici's own time begins when all of a form is sent.
        ask(dispatcher, { options: { ...options, headersTimeout: left }, request, milliseconds: undefined })
  }

  return async (asked: Asked): Promise<RawAnswer> => {
    const { request, url, options } = asked
    try {
      const answered = await askStrictly(asked)
      if (answered.headers['transfer-encoding'] === undefined || options.method !== 'GET') return answered
      // Sizes of chunks are read after the head.
      await firstByte(answered.body)
      // Who reads an empty body now would wait for an end that has been.
      return answered.body.readableEnded ? { ...answered, body: Readable.from([]) } : answered
    } catch (error) {
      if (!(isRefused(error) || isStale(error)) || !isRepeatable(request) || request.signal.aborted) throw error
      countOne(request)
      const { method, headers } = options
      try {
        return await withinTime(request, millisecondsLeft(request), signal =>
          askLeniently({ url, method, headers, asker: { client: request.attempts.client, signal } })
        )
      } catch {
        // What was wrong with the answer says more than that the second try failed as well.
        throw error
      }
    }
  }
}
