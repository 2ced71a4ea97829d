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
  /**
   * Whether one more head may be begun at once, for it then counts: nobody waits, no connection has come, and few heads
   * were begun in this turn of the event loop.
   */
  isFree(): boolean
  /** Reports a new connection. */
  arrived(): void
}

/**
 * Heads that are begun before the event loop gets to do other work. A refused one takes a third of a millisecond, one
 * that goes to a site two or three.
 */
const MOST_AT_ONCE = 4
/**
 * Heads of connections that are there already which are begun at once, without a turn, before the event loop gets to do
 * other work. What they take is in the time that is measured, which it is not for those that have turns.
 */
const MOST_WITHOUT_TURN = 16
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
  /** Heads that were begun at once in this turn of the event loop, and when the first of them was */
  let atOnce = 0
  let atOnceSince = 0
  /** When the next head may be begun during a storm of connections */
  let due = -Infinity

  function beginSome(): void {
    const started = now()
    if (began !== undefined) due = Math.max(began + STORM_MILLISECONDS, started + STORM_PAUSES * (started - began))
    began = undefined
    if (isStorm && started < due) return
    began = started
    for (let at = atOnce; at < (isStorm ? 1 : MOST_AT_ONCE) && now() - started < MOST_MILLISECONDS; at++)
      turnstile.next()?.()
  }

  function turn(): void {
    beginSome()
    atOnce = 0
    isStorm = false
    isComing = turnstile.waiting > 0
    if (isComing) setImmediate(turn)
  }

  /** Has this turn of the event loop end. */
  function come(): void {
    if (isComing) return
    setImmediate(turn)
    isComing = true
    // Nobody is waiting, so the count of the last turn no longer matters.
    isStorm = false
    began = undefined
  }

  return {
    wait({ address, isKnown }, begin) {
      come()
      return turnstile.add(address, isKnown, begin)
    },
    isFree() {
      come()
      if (turnstile.waiting > 0 || isStorm || atOnce >= MOST_WITHOUT_TURN) return false
      if (atOnce === 0) atOnceSince = now()
      else if (now() - atOnceSince >= MOST_MILLISECONDS) return false
      atOnce++
      return true
    },
    arrived() {
      isStorm = true
    }
  }
}
