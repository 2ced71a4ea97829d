/**
 * Waits until fewer than so many of one key are under way; returns what is to be called once at the end (more calls do
 * nothing). Rejects with the reason of the signal when that comes first.
 */
export type ClientTurns = (key: string, signal: AbortSignal) => Promise<() => void>

interface Queue {
  inside: number
  readonly waiting: Set<() => void>
}

/** Turns by key: who takes all of its own leaves those of the others alone. */
export function createClientTurns(most: number): ClientTurns {
  const queues = new Map<string, Queue>()

  function leave(key: string, queue: Queue): void {
    const next = queue.waiting.values().next().value
    // The place goes from hand to hand.
    if (next !== undefined) return next()
    if (--queue.inside === 0) queues.delete(key)
  }

  const wait = (queue: Queue, signal: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      const go = (): void => {
        queue.waiting.delete(go)
        signal.removeEventListener('abort', giveUp)
        resolve()
      }
      const giveUp = (): void => {
        queue.waiting.delete(go)
        reject(signal.reason as Error)
      }
      queue.waiting.add(go)
      signal.addEventListener('abort', giveUp, { once: true })
    })

  return async (key, signal) => {
    signal.throwIfAborted()
    const queue = queues.get(key) ?? { inside: 0, waiting: new Set() }
    queues.set(key, queue)
    if (queue.inside >= most) await wait(queue, signal)
    else queue.inside++
    let left = false
    return () => {
      if (!left) leave(key, queue)
      left = true
    }
  }
}
