import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { createEnding, type Signal } from '../async/signal.js'
import { watchClient } from './sockets/client-watch.js'
import type { ClientWatch } from './sockets/front-reader.js'

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
  answered(): void
}

/** Watches the client of one request: an object, and not a function for each of these, because each request has one. */
class Watching implements ClientWatch, Departure {
  readonly #ending = createEnding()
  readonly #socket: Socket
  readonly #answer: ServerResponse
  #timer: NodeJS.Timeout | undefined
  #isAnswered = false
  #written = -1

  constructor(socket: Socket, answer: ServerResponse) {
    this.#socket = socket
    this.#answer = answer
  }

  get signal(): Signal {
    return this.#ending.signal
  }

  answered(): void {
    this.#isAnswered = true
  }

  ended(): void {
    this.#timer ??= setTimeout(() => this.#look(), HALF_CLOSED_MILLISECONDS)
  }

  closed(): void {
    this.#ending.end(GONE)
  }

  /** Nothing is waited for any more. */
  end(): void {
    clearTimeout(this.#timer)
    this.closed()
  }

  #look(): void {
    if (!this.#isAnswered) return this.closed()
    const { bytesWritten, writableLength } = this.#socket
    // What waits to be sent shows it as well, when a slow client has taken the rest.
    if (bytesWritten === this.#written && writableLength === 0) return void this.#answer.destroy()
    this.#written = bytesWritten
    this.#timer = setTimeout(() => this.#look(), HALF_CLOSED_MILLISECONDS)
  }
}

export function departure(raw: IncomingMessage, answer: ServerResponse): Departure {
  const watching = new Watching(raw.socket, answer)
  const unwatch = watchClient(raw.socket, watching)
  // A kept connection has many requests, one after another, and so many listeners.
  answer.on('close', () => {
    unwatch()
    watching.end()
    // Nobody reads the rest of an upload that was answered before its end, and the next request stands behind it.
    if (!raw.complete) raw.unpipe().resume()
  })
  return watching
}
