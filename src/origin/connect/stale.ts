import type { Dispatcher } from 'undici'
import { asFailure } from './failure.js'
import { PassedOn } from './passed-on.js'

/**
 * A connection that was kept has ended before it answered: its other side had closed it already, while the request was
 * on its way. Browsers ask once more on a new one.
 */
class StaleConnection extends Error {}

/** Whether an error is that of a connection that was kept for too long. */
export const isStale = (error: unknown): boolean =>
  error instanceof Error && (error instanceof StaleConnection || isStale(error.cause))

class OnKept extends PassedOn {
  #begun = false

  constructor(
    handler: Dispatcher.DispatchHandler,
    private readonly wasKept: () => boolean
  ) {
    super(handler)
  }

  override onResponseStart(...given: Parameters<PassedOn['onResponseStart']>): void {
    this.#begun = true
    super.onResponseStart(...given)
  }

  override onResponseError(controller: Dispatcher.DispatchController, error: Error): void {
    const isLost = !this.#begun && this.wasKept() && asFailure(error).code === 'CONNECTION_LOST'
    super.onResponseError(controller, isLost ? new StaleConnection('a kept connection ended', { cause: error }) : error)
  }
}

/** Tells that a request was lost on a connection that was there before it. */
export const staleConnections =
  (wasKept: () => boolean): Dispatcher.DispatcherComposeInterceptor =>
  dispatch =>
  (options, handler) =>
    dispatch(options, new OnKept(handler, wasKept))
