import type { Dispatcher } from 'undici'
import { Failure } from '../../failures.js'
import { passedOn } from './passed-on.js'

/**
 * Answers of 1xx before the real one (102 Processing, 103 Early Hints). Each restarts undici's timeout for the head, so
 * a flood of them would hold a visit for ever. Sites send one or two.
 */
export const MOST_HINTS = 10

/** Aborts a request whose origin keeps announcing an answer. */
export const fewHints: Dispatcher.DispatcherComposeInterceptor = dispatch => (options, handler) => {
  let hints = 0
  return dispatch(options, {
    ...passedOn(handler),
    onResponseStart(controller, statusCode, ...given) {
      if (statusCode < 200 && ++hints > MOST_HINTS)
        return void controller.abort(new Failure('BAD_ANSWER', `more than ${MOST_HINTS} answers of 1xx`))
      handler.onResponseStart?.(controller, statusCode, ...given)
    }
  })
}
