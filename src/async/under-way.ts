/** Counts what is under way. */
export interface UnderWay {
  during<T>(work: Promise<T>): Promise<T>
  /** Resolves once nothing is under way. */
  over(): Promise<void>
}

/** Calls back whenever nothing has been under way for each of some times, also at the beginning. Milliseconds. */
export function createUnderWay(quietTimes: readonly number[], onQuiet: () => void): UnderWay {
  const rest = (): readonly NodeJS.Timeout[] => quietTimes.map(time => setTimeout(onQuiet, time).unref())
  let count = 0
  let quiet = rest()
  let whenDone = (): void => {}
  return {
    async during(work) {
      count++
      quiet.forEach(timer => clearTimeout(timer))
      try {
        return await work
      } finally {
        if (--count === 0) {
          whenDone()
          quiet = rest()
        }
      }
    },
    async over() {
      if (count > 0)
        await new Promise<void>(resolve => {
          whenDone = resolve
        })
    }
  }
}
