import type { IncomingMessage, ServerResponse } from 'node:http'

/**
 * A client that has ended its side waits for its answer (`nc -N`) or is gone: a browser whose person pressed Stop looks
 * the same until something is written to it. Milliseconds.
 */
const HALF_CLOSED_MILLISECONDS = 4000

/** Whether a client still waits for its answer. */
export interface Departure {
  /** Aborted when it has gone */
  readonly signal: AbortSignal
  /** Says that what is written shows from now on whether it has */
  readonly answered: () => void
}

export function departure(raw: IncomingMessage, answer: ServerResponse): Departure {
  const controller = new AbortController()
  const { socket } = raw
  let timer: NodeJS.Timeout | undefined
  const abort = (): void => controller.abort()
  const halfClosed = (): void => {
    timer ??= setTimeout(abort, HALF_CLOSED_MILLISECONDS)
  }
  const answered = (): void => {
    clearTimeout(timer)
    socket.off('end', halfClosed)
  }
  socket.once('close', abort)
  socket.once('end', halfClosed)
  if (socket.readableEnded) halfClosed()
  // A connection that is kept has many requests, one after another.
  answer.once('close', () => {
    answered()
    socket.off('close', abort)
    abort()
  })
  return { signal: controller.signal, answered }
}
