/** Runs work as soon as a permit is free, in the order of the calls. */
export type Semaphore = <T>(work: () => Promise<T>) => Promise<T>

/**
 * @param atOnce permits
 * @param mostWaiting calls that may wait; a further one rejects with the error that `refuse` makes
 */
export function createSemaphore(
  atOnce: number,
  mostWaiting = Infinity,
  refuse = (): Error => new Error('too many wait')
): Semaphore {
  let running = 0
  const waiting: Array<() => void> = []
  return async work => {
    if (running >= atOnce) {
      if (waiting.length >= mostWaiting) throw refuse()
      await new Promise<void>(resolve => waiting.push(resolve))
    } else running++
    try {
      return await work()
    } finally {
      // The permit passes to the next in line without being freed: nobody can slip in between.
      const next = waiting.shift()
      if (next === undefined) running--
      else next()
    }
  }
}
