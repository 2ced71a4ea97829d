/** A queue in which the work of many clients waits for one of a few places. */
export interface FairQueue {
  /**
   * Waits for a place and returns its release, which may be called more than once.
   * @throws the error of `refuse` when too much of this client waits already, that of `tooLate` when the wait has taken
   * too long, the reason of the signal when it aborts first.
   */
  enter(client: string, signal: AbortSignal): Promise<() => void>
  load(): { readonly running: number; readonly waiting: number }
}

export interface FairQueueOptions {
  readonly places: number
  /** The most places of one client; the others stay free for other clients */
  readonly mostOfClient: number
  /** The most work of one client that may wait */
  readonly mostWaiting: number
  readonly waitMilliseconds: number
  readonly refuse: () => Error
  readonly tooLate: () => Error
}

interface Line {
  running: number
  readonly waiting: Set<() => void>
}

/**
 * Serves the clients in turn, each that has work waiting and less than its share running: a client with much work makes
 * only itself wait.
 */
export function createFairQueue(options: FairQueueOptions): FairQueue {
  const { places, mostOfClient, mostWaiting, waitMilliseconds, refuse, tooLate } = options
  const lines = new Map<string, Line>()
  /** The clients whose turn may come, in the order of their turns */
  const turns = new Set<string>()
  let running = 0
  let waiting = 0

  /** Adds a client to those whose turn may come, or removes it, after its line has changed. */
  function settle(client: string, line: Line): void {
    if (line.running === 0 && line.waiting.size === 0) lines.delete(client)
    if (line.waiting.size > 0 && line.running < mostOfClient) turns.add(client)
    else turns.delete(client)
  }

  function take(client: string, line: Line): void {
    running++
    line.running++
    // Its next turn comes after those of all others.
    turns.delete(client)
    settle(client, line)
  }

  function callNext(): void {
    while (running < places) {
      const client = turns.values().next().value
      if (client === undefined) return
      const line = lines.get(client)
      const go = line?.waiting.values().next().value
      if (line === undefined || go === undefined) return
      line.waiting.delete(go)
      waiting--
      take(client, line)
      go()
    }
  }

  function leave(client: string, line: Line): void {
    running--
    line.running--
    settle(client, line)
    callNext()
  }

  async function wait(client: string, line: Line, signal: AbortSignal): Promise<void> {
    await new Promise<void>((resolve, reject) => {
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
        waiting--
        line.waiting.delete(go)
        settle(client, line)
        reject(reason)
      }
      const left = (): void => giveUp(signal.reason)
      const timer = setTimeout(() => giveUp(tooLate()), waitMilliseconds)
      signal.addEventListener('abort', left, { once: true })
      waiting++
      line.waiting.add(go)
      settle(client, line)
    })
  }

  return {
    async enter(client, signal) {
      signal.throwIfAborted()
      const line = lines.get(client) ?? { running: 0, waiting: new Set() }
      if (line.waiting.size >= mostWaiting) throw refuse()
      lines.set(client, line)
      const isFree = running < places && line.running < mostOfClient && turns.size === 0
      if (isFree) take(client, line)
      else await wait(client, line, signal)
      let left = false
      return () => {
        if (!left) leave(client, line)
        left = true
      }
    },
    load: () => ({ running, waiting })
  }
}
