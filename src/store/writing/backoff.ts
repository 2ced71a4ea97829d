/** A second try after a failure, and further ones, each after twice as long as the last. */
export interface Backoff {
  /** Tries again, once, later. */
  later(again: () => void): void
  /** Whether a try is to come. */
  isSet(): boolean
  /** No try is to come. */
  cancel(): void
  /** It has succeeded: after the next failure the wait is the shortest again. */
  reset(): void
}

/** Milliseconds until the first try again, and between two at most. */
export interface BackoffTimes {
  readonly firstRetry: number
  readonly lastRetry: number
}

export function createBackoff({ firstRetry, lastRetry }: BackoffTimes): Backoff {
  let after = firstRetry
  let timer: NodeJS.Timeout | undefined
  return {
    later(again) {
      clearTimeout(timer)
      timer = setTimeout(() => {
        timer = undefined
        again()
      }, after).unref()
      after = Math.min(after * 2, lastRetry)
    },
    isSet: () => timer !== undefined,
    cancel: () => clearTimeout(timer),
    reset() {
      after = firstRetry
    }
  }
}
