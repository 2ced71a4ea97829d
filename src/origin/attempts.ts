import { Failure } from '../failures.js'

/** The connections to sites that may still be opened for one request of a client. */
export interface Attempts {
  /** Whose request it is; empty for our own needs */
  readonly client: string
  /**
   * Counts one more connection.
   * @throws Failure GIVEN_UP when there were enough.
   */
  take(): void
}

/** A request ends after so many connections, whatever fails and is tried again in another way. */
export function createAttempts(most: number, client: string): Attempts {
  let left = most
  return {
    client,
    take() {
      if (left-- <= 0) throw new Failure('GIVEN_UP', `${most} connections`)
    }
  }
}
