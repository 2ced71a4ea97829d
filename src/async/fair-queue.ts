import type { Signal } from './signal.js'

/** A queue in which the work of many clients waits for one of a few places. */
export interface FairQueue {
  /**
   * Waits for a place and returns its release, which may be called more than once.
   * @throws the error of `refuse` when too much of this client waits already, that of `tooLate` when the wait has taken
   * too long, the reason of the signal when it aborts first.
   */
  enter(client: string, signal: Signal): Promise<() => void>
  load(): { readonly running: number; readonly waiting: number }
}

export interface FairQueueOptions {
  readonly places: number
  /** The most places of one client; the others stay free for other clients */
  readonly mostOfClient: number
  /** How much work of one client may wait */
  readonly mostWaiting: number
  readonly waitMilliseconds: number
  readonly refuse: () => Error
  readonly tooLate: () => Error
}

/** The work of one client: how much is running, and what waits. */
interface Line {
  readonly client: string
  running: number
  /** Callbacks, each for one piece of work that gets a place */
  readonly waiting: Set<() => void>
}

/** The places and the lines in front of them. */
interface Turns {
  /** The line of a client, which is kept once something is in it */
  lineOf(client: string): Line
  /** Whether work of a client may run at once: there is a place, and nobody else waits for one */
  isFree(line: Line): boolean
  take(line: Line): void
  leave(line: Line): void
  wait(line: Line, go: () => void): void
  giveUp(line: Line, go: () => void): void
  load(): { readonly running: number; readonly waiting: number }
}

function createTurns({ places, mostOfClient }: Pick<FairQueueOptions, 'places' | 'mostOfClient'>): Turns {
  const lines = new Map<string, Line>()
  /** The lines whose turn may come, in the order of their turns */
  const turns = new Set<Line>()
  let running = 0
  let waiting = 0

  /** Adds a line to those whose turn may come, or removes it, after it has changed. */
  function settle(line: Line): void {
    if (line.running === 0 && line.waiting.size === 0) lines.delete(line.client)
    else lines.set(line.client, line)
    if (line.waiting.size > 0 && line.running < mostOfClient) turns.add(line)
    else turns.delete(line)
  }

  function take(line: Line): void {
    running++
    line.running++
    // Its next turn comes after those of all others.
    turns.delete(line)
    settle(line)
  }

  function giveUp(line: Line, go: () => void): void {
    waiting--
    line.waiting.delete(go)
    settle(line)
  }

  function callNext(): void {
    while (running < places) {
      const line = turns.values().next().value
      const go = line?.waiting.values().next().value
      if (line === undefined || go === undefined) return
      line.waiting.delete(go)
      waiting--
      take(line)
      go()
    }
  }

  return {
    lineOf: client => lines.get(client) ?? { client, running: 0, waiting: new Set() },
    isFree: line => running < places && line.running < mostOfClient && turns.size === 0,
    take,
    leave(line) {
      running--
      line.running--
      settle(line)
      callNext()
    },
    wait(line, go) {
      waiting++
      line.waiting.add(go)
      settle(line)
    },
    giveUp,
    load: () => ({ running, waiting })
  }
}

/**
 * Serves the clients in turn, each that has work waiting and less than its share running: a client with much work makes
 * only itself wait.
 */
export function createFairQueue(options: FairQueueOptions): FairQueue {
  const { mostWaiting, waitMilliseconds, refuse, tooLate } = options
  const turns = createTurns(options)

  const wait = (line: Line, signal: Signal): Promise<void> =>
    new Promise<void>((resolve, reject) => {
      const stop = (): void => {
        clearTimeout(timer)
        signal.removeEventListener('abort', left)
      }
      const go = (): void => {
        stop()
        resolve()
      }
      const giveUp = (reason: unknown): void => {
        stop()
        turns.giveUp(line, go)
        reject(reason)
      }
      const left = (): void => giveUp(signal.reason)
      const timer = setTimeout(() => giveUp(tooLate()), waitMilliseconds)
      signal.addEventListener('abort', left, { once: true })
      turns.wait(line, go)
    })

  return {
    async enter(client, signal) {
      signal.throwIfAborted()
      const line = turns.lineOf(client)
      if (line.waiting.size >= mostWaiting) throw refuse()
      if (turns.isFree(line)) turns.take(line)
      else await wait(line, signal)
      let left = false
      return () => {
        if (!left) turns.leave(line)
        left = true
      }
    },
    load: turns.load
  }
}
