import type { Signal } from './signal.js'

/** Acquires permits of keys; the release of one may be called more than once. */
export interface KeyedSemaphore {
  /** A permit that is free; undefined if there is none */
  now(key: string): (() => void) | undefined
  /** Waits for one in the order of the calls. Rejects with the reason of the signal if that aborts first. */
  wait(key: string, signal: Signal): Promise<() => void>
}

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

  const wait = (queue: Queue, signal: Signal): Promise<void> =>
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

  function releaseOf(key: string, queue: Queue): () => void {
    let left = false
    return () => {
      if (!left) leave(key, queue)
      left = true
    }
  }

  function now(key: string): (() => void) | undefined {
    const queue = queues.get(key) ?? { inside: 0, waiting: new Set() }
    if (queue.inside >= most) return undefined
    queues.set(key, queue)
    queue.inside++
    return releaseOf(key, queue)
  }

  return {
    now,
    async wait(key, signal) {
      signal.throwIfAborted()
      const release = now(key)
      if (release !== undefined) return release
      const queue = queues.get(key)!
      await wait(queue, signal)
      return releaseOf(key, queue)
    }
  }
}
