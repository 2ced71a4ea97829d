/** Runs work now or when its turn comes, in order. */
export type Turns = <T>(work: () => Promise<T>) => Promise<T>

/** So many at a time, while others wait; `refuse` is asked for an error when so many wait already. */
export function createTurns(
  atOnce: number,
  mostWaiting = Infinity,
  refuse = (): Error => new Error('too many wait')
): Turns {
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
      // The place goes from hand to hand.
      const next = waiting.shift()
      if (next === undefined) running--
      else next()
    }
  }
}
