import type { Dispatcher } from 'undici'
import { Failure } from '../../failures.js'
import { PassedOn } from './passed-on.js'

/**
 * Answers of 1xx before the real one (102 Processing, 103 Early Hints). Each restarts undici's timeout for the head, so
 * a flood of them would hold a visit for ever. Sites send one or two.
 */
export const MOST_HINTS = 10

class FewHints extends PassedOn {
  #hints = 0

  override onResponseStart(...given: Parameters<PassedOn['onResponseStart']>): void {
    const [controller, statusCode] = given
    if (statusCode < 200 && ++this.#hints > MOST_HINTS)
      controller.abort(new Failure('BAD_ANSWER', `more than ${MOST_HINTS} answers of 1xx`))
    else super.onResponseStart(...given)
  }
}

/** Aborts a request whose origin keeps announcing an answer. */
export const fewHints: Dispatcher.DispatcherComposeInterceptor = dispatch => (options, handler) =>
  dispatch(options, new FewHints(handler))
