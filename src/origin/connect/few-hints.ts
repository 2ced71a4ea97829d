import { Failure } from '../../failures.js'

/**
 * Answers of 1xx before the real one (102 Processing, 103 Early Hints). Each restarts undici's timeout for the head, so
 * a flood of them would hold a visit for ever. Sites send one or two.
 */
export const MOST_HINTS = 10

/** Why a request is given up whose origin keeps announcing an answer. */
export const tooManyHints = (): Failure => new Failure('BAD_ANSWER', `more than ${MOST_HINTS} answers of 1xx`)
