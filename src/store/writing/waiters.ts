/** Those who wait until what was set up to a turn is written. */
export interface Waiters {
  /** Resolves when it is, or when so much time is over. */
  wait(turn: number, milliseconds: number): Promise<void>
  /** What was set up to a turn is written, or will not be for now. */
  wake(turn: number): void
}

export function createWaiters(): Waiters {
  let waiters: Array<{ readonly turn: number; readonly resolve: () => void }> = []
  return {
    async wait(turn, milliseconds) {
      let timer: NodeJS.Timeout | undefined
      await new Promise<void>(resolve => {
        waiters.push({ turn, resolve })
        timer = setTimeout(resolve, milliseconds)
      })
      clearTimeout(timer)
    },
    wake(turn) {
      for (const waiter of waiters) if (waiter.turn <= turn) waiter.resolve()
      waiters = waiters.filter(waiter => waiter.turn > turn)
    }
  }
}
