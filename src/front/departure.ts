import type { IncomingMessage, ServerResponse } from 'node:http'
import { createEnding, type Signal } from '../async/signal.js'
import { watchClient } from './sockets/client-watch.js'

/**
 * How long a client that has ended its side may still be waiting for its answer (`nc -N` does). A browser whose person
 * pressed Stop looks the same until something is written to it. Milliseconds.
 */
const HALF_CLOSED_MILLISECONDS = 4000

/** Made once: an error of its own for each request, with its trace, costs more than all else that is done here. */
const GONE = new DOMException('The client has gone, or has its answer', 'AbortError')

/** Whether a client still waits for its answer. */
export interface Departure {
  /** Aborted when the client has gone */
  readonly signal: Signal
  /** Something will be written now, which shows whether the client is still there */
  readonly answered: () => void
}

export function departure(raw: IncomingMessage, answer: ServerResponse): Departure {
  const { signal, end } = createEnding()
  const { socket } = raw
  let timer: NodeJS.Timeout | undefined
  let isAnswered = false
  const abort = (): void => end(GONE)
  const halfClosed = (): void => {
    if (!isAnswered) timer ??= setTimeout(abort, HALF_CLOSED_MILLISECONDS)
  }
  const answered = (): void => {
    clearTimeout(timer)
    isAnswered = true
  }
  const unwatch = watchClient(socket, { ended: halfClosed, closed: abort })
  // A kept connection has many requests, one after another, and so many listeners.
  answer.on('close', () => {
    answered()
    unwatch()
    abort()
    // Nobody reads the rest of an upload that was answered before its end, and the next request stands behind it.
    if (!raw.complete) raw.unpipe().resume()
  })
  return { signal, answered }
}
