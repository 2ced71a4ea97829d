/** Counts what is under way. */
export interface UnderWay {
  during<T>(work: Promise<T>): Promise<T>
  /** Resolves once nothing is under way. */
  over(): Promise<void>
}

/** What is done when nothing has been under way for so long. */
export interface Quiet {
  readonly milliseconds: number
  readonly then: () => void
}

/** Calls back whenever nothing has been under way for each of some times, also at the beginning. */
export function createUnderWay(quiets: readonly Quiet[]): UnderWay {
  const rest = (): readonly NodeJS.Timeout[] =>
    quiets.map(({ milliseconds, then }) => setTimeout(then, milliseconds).unref())
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
