import type { IncomingMessage, ServerResponse } from 'node:http'
import { createEnding, type Signal } from '../async/signal.js'
import { watchClient } from './sockets/client-watch.js'

/**
 * How long a client that has ended its side may still be waiting for its answer (`nc -N` does). A browser whose person
 * pressed Stop looks the same until something is written to it: before its answer, and wherever a site falls silent in
 * the middle of one. Milliseconds.
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
  let written = -1
  const look = (): void => {
    if (!isAnswered) return abort()
    // What waits to be sent shows it as well, when a slow client has taken the rest.
    if (socket.bytesWritten === written && socket.writableLength === 0) return void answer.destroy()
    written = socket.bytesWritten
    timer = setTimeout(look, HALF_CLOSED_MILLISECONDS)
  }
  const halfClosed = (): void => {
    timer ??= setTimeout(look, HALF_CLOSED_MILLISECONDS)
  }
  const answered = (): void => {
    isAnswered = true
  }
  const unwatch = watchClient(socket, { ended: halfClosed, closed: abort })
  // A kept connection has many requests, one after another, and so many listeners.
  answer.on('close', () => {
    clearTimeout(timer)
    unwatch()
    abort()
    // Nobody reads the rest of an upload that was answered before its end, and the next request stands behind it.
    if (!raw.complete) raw.unpipe().resume()
  })
  return { signal, answered }
}
