import type { Dispatcher } from 'undici'
import { asFailure } from './failure.js'
import { passedOn } from './passed-on.js'

/**
 * A connection that was kept has ended before it answered: its other side had closed it already, while the request was
 * on its way. Browsers ask once more on a new one.
 */
class StaleConnection extends Error {}

/** Whether an error is that of a connection that was kept for too long. */
export const isStale = (error: unknown): boolean =>
  error instanceof Error && (error instanceof StaleConnection || isStale(error.cause))

/** Tells that a request was lost on a connection that was there before it. */
export const staleConnections =
  (wasKept: () => boolean): Dispatcher.DispatcherComposeInterceptor =>
  dispatch =>
  (options, handler) => {
    let begun = false
    return dispatch(options, {
      ...passedOn(handler),
      onResponseStart(...given) {
        begun = true
        handler.onResponseStart?.(...given)
      },
      onResponseError(controller, error) {
        const isLost = !begun && wasKept() && asFailure(error).code === 'CONNECTION_LOST'
        handler.onResponseError?.(
          controller,
          isLost ? new StaleConnection('a kept connection ended', { cause: error }) : error
        )
      }
    })
  }
