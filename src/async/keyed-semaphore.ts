/**
 * Acquires one permit of a key and returns its release, which may be called more than once. Rejects with the reason of
 * the signal if that aborts first.
 */
export type KeyedSemaphore = (key: string, signal: AbortSignal) => Promise<() => void>

interface Queue {
  inside: number
  readonly waiting: Set<() => void>
}

/**
 * A semaphore for each key: a key that uses up its permits does not slow another.
 *
 * @param most permits of one key
 */
export function createKeyedSemaphore(most: number): KeyedSemaphore {
  const queues = new Map<string, Queue>()

  function leave(key: string, queue: Queue): void {
    const next = queue.waiting.values().next().value
    // The permit passes to the next in line without being freed: nobody can slip in between.
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
        reject(signal.reason)
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
