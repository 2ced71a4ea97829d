import { createTurnstile } from '../../guard/turnstile.js'

/** Who is at the other end of a connection. */
export interface Peer {
  readonly address: string
  /** Was let in of late */
  readonly isKnown: boolean
}

/** Turns to have bytes of a head read, and the request in it begun. */
export interface HeadTurns {
  /** Begins when it is the turn of this peer, never at once; returns what takes it back. */
  wait(peer: Peer, begin: () => void): () => void
  /** A new connection has come. */
  arrived(): void
}

/**
 * Heads that are begun before what else there is to do is looked at again. A refused one takes a third of a
 * millisecond, one that goes to a site two or three.
 */
const MOST_AT_ONCE = 4
/** Time after which no further one is begun then. Milliseconds. */
const MOST_MILLISECONDS = 2
/**
 * While there are new connections in each turn of the event loop, one head is begun in such a time at most: libuv
 * accepts one connection in a turn, so that with longer turns a client of the house would wait behind a thousand others
 * in the kernel, where nobody can tell them apart. Milliseconds.
 */
const STORM_MILLISECONDS = 5
/** And after each so many times as long as its turn took: on a machine that has other work too, that is longer. */
const STORM_PAUSES = 3

/** @param now in milliseconds */
export function createHeadTurns(now: () => number = () => performance.now()): HeadTurns {
  const turnstile = createTurnstile()
  let isComing = false
  let isStorm = false
  let began: number | undefined
  /** The next may be begun in a storm */
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
        // What was while nobody waited is over.
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
