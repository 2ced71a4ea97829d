import { createTurnstile } from '../../guard/turnstile.js'

/** The client at the other end of a connection. */
export interface Peer {
  readonly address: string
  /** It was let in recently */
  readonly isKnown: boolean
}

/** Gives connections turns to have the bytes of a head read and its request begun. */
export interface HeadTurns {
  /** Calls back when it is the turn of this peer, never synchronously; returns a function that cancels the turn. */
  wait(peer: Peer, begin: () => void): () => void
  /** Reports a new connection. */
  arrived(): void
}

/**
 * Heads that are begun before the event loop gets to do other work. A refused one takes a third of a millisecond, one
 * that goes to a site two or three.
 */
const MOST_AT_ONCE = 4
/** After so much time no further head is begun in the same turn of the event loop. Milliseconds. */
const MOST_MILLISECONDS = 2
/**
 * While each turn of the event loop brings new connections, at most one head is begun in so much time. libuv accepts
 * one connection per turn, so longer turns would keep a client of the house waiting behind a thousand others in the
 * kernel, where clients cannot be told apart. Milliseconds.
 */
const STORM_MILLISECONDS = 5
/** The pause after a turn is at least this many times as long as the turn took: on a busy machine that is longer. */
const STORM_PAUSES = 3

/** @param now in milliseconds */
export function createHeadTurns(now: () => number = () => performance.now()): HeadTurns {
  const turnstile = createTurnstile()
  let isComing = false
  let isStorm = false
  let began: number | undefined
  /** When the next head may be begun during a storm of connections */
  let due = -Infinity

  function beginSome(): void {
    const started = now()
    if (began !== undefined) due = Math.max(began + STORM_MILLISECONDS, started + STORM_PAUSES * (started - began))
    began = undefined
    if (isStorm && started < due) return
    began = started
    for (let at = 0; at < (isStorm ? 1 : MOST_AT_ONCE) && now() - started < MOST_MILLISECONDS; at++)
      turnstile.next()?.()
  }

  function turn(): void {
    beginSome()
    isStorm = false
    isComing = turnstile.waiting > 0
    if (isComing) setImmediate(turn)
  }

  return {
    wait({ address, isKnown }, begin) {
      if (!isComing) {
        setImmediate(turn)
        // Nobody is waiting, so the count of the last turn no longer matters.
        isStorm = false
        began = undefined
      }
      isComing = true
      return turnstile.add(address, isKnown, begin)
    },
    arrived() {
      isStorm = true
    }
  }
}
